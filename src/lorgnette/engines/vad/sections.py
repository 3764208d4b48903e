"""The section of `lorgnette.toml` for the voice detector."""

from typing import Annotated

from msgspec import Meta

from lorgnette.config import Section


class SileroSection(Section, frozen=True, kw_only=True):
    """The voice detector Silero."""

    provider: Annotated[
        str,
        Meta(
            pattern=r"^[a-z][a-z0-9_]*$",
            description="The chip it runs on: cpu, cuda, or what a package brings; "
            "lorgnette bench vad measures those that are here.",
        ),
    ] = "cpu"
