"""The section `memory` of `lorgnette.toml`: what is remembered, and by which engine meanings are compared."""

from typing import Annotated

from msgspec import Meta

from lorgnette.config import Section


class MemorySection(Section, frozen=True, kw_only=True):
    """What the hub remembers. Each wearer may switch off what is on here."""

    facts: Annotated[bool, Meta(description="Whether it remembers what one asks it to remember.")] = True
    summaries: Annotated[
        bool, Meta(description="Whether a model, where there is one, sums up a conversation that is over.")
    ] = True
    idle_minutes: Annotated[
        float, Meta(ge=1, le=1440, description="Minutes of silence after which a conversation is over.")
    ] = 10.0
    embed: Annotated[
        tuple[str, ...],
        Meta(description="Engines that compare meanings, the first that works; empty: words alone count."),
    ] = ()
    likeness: Annotated[
        float,
        Meta(ge=0, le=1, description="How alike question and fact must be (cosine); depends on the model."),
    ] = 0.55
