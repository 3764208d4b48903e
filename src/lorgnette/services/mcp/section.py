"""The section `mcp` of `lorgnette.toml`: bounds of outside tools, and whether outside agents may come."""

from typing import Annotated, Literal

from msgspec import Meta

from lorgnette.config import Section


class McpSection(Section, frozen=True, kw_only=True):
    """Outside tools and agents, by the Model Context Protocol. Servers are added by command or page."""

    seconds: Annotated[
        float,
        Meta(gt=0, le=300, description="Seconds that a tool may take; news of progress begin them anew."),
    ] = 30.0
    longest_seconds: Annotated[
        float, Meta(gt=0, le=1800, description="Seconds after which a call ends, progress or not.")
    ] = 120.0
    idle_minutes: Annotated[
        float, Meta(gt=0, le=24 * 60, description="Minutes after which an unused server is closed.")
    ] = 10.0
    sandbox: Annotated[
        Literal["auto", "always", "never"],
        Meta(
            description="Whether programs run in bubblewrap: auto: where bwrap is installed; "
            "always: a program doesn't start without; never."
        ),
    ] = "auto"
    agents: Annotated[
        bool, Meta(description="Whether agents with a token may come to /mcp on the hub's own port.")
    ] = True
    calls_a_minute: Annotated[int, Meta(gt=0, le=600, description="Calls of one agent in a minute.")] = 30
    looks_a_minute: Annotated[
        int, Meta(gt=0, le=60, description="Of those, looks through the camera and times of listening.")
    ] = 6
