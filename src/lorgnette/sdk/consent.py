"""What a skill lays before the wearer ahead of an act that leaves the hub, and what the wearer allowed."""

from collections.abc import Mapping
from typing import Any, Literal, Protocol

import msgspec

from lorgnette.core.taint import CLEAN, Source, Taint


class Offer:
    """What would be done, read from the order itself; the wearer hears it and says yes, touches, or doesn't.

    `key` names a phrase of the skill, a question ("Send Anna “Ten minutes late”?"), and `values` fill it.
    `order`: the arguments with which the tool is called after a yes, every choice made: the address for the
    name, the amount for "the bill". `to`: who gets it, the same word each time ("mailto:anna@…"),
    by which a standing rule knows them. `who`: what the wearer calls them,
    for the phrase as `$who`, too. `source`: whose words the order
    passes on, where they aren't the wearer's own ("forward that to Anna").
    """

    __slots__ = ("key", "order", "taint", "to", "values", "who")

    def __init__(
        self,
        key: str,
        *,
        order: Mapping[str, Any],
        to: str = "",
        who: str = "",
        source: Source | Taint = CLEAN,
        **values: Any,
    ) -> None:
        self.key = key
        self.taint: Taint = frozenset({source}) if isinstance(source, Source) else source
        self.order: Mapping[str, Any] = order
        self.to = to
        self.who = who
        self.values: Mapping[str, Any] = {"who": who, **values}

    def __repr__(self) -> str:
        return f"Offer({self.key!r}, to={self.to!r}, order={dict(self.order)!r})"


How = Literal["voice", "typed", "nod", "touch", "pin", "rule", "errand"]
"""By what a consent was given or withheld."""


class Consent(msgspec.Struct, frozen=True, kw_only=True):
    """One question of the hub and what came of it; `at`: epoch seconds.

    `answer`: open (nobody answered yet, or ever), yes, no, dropped (something else was said), rule (nobody
    was asked). `tool`: skill and tool, "messages.send_message"; `sources`: whose words were behind it.
    """

    id: str
    at: float
    tool: str
    question: str
    answer: Literal["open", "yes", "no", "dropped", "rule"] = "open"
    how: How | Literal[""] = ""
    to: str = ""
    who: str = ""
    sources: tuple[Source, ...] = ()
    result: str = ""


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A standing consent: this tool may reach this recipient unasked, while nobody else's words are near.

    `who`: the name by which it holds; by another one it is asked about, since people choose their own.
    """

    id: str
    tool: str
    to: str
    who: str
    at: float


class Consents(Protocol):
    """What one wearer allowed."""

    async def allows(self, tool: str, to: str) -> Rule | None:
        """The rule that covers it."""
        ...

    async def allow(self, tool: str, to: str, who: str) -> Rule:
        """From now on; one that is there already gets this name. `SkillError` where there are too many."""
        ...

    async def rules(self) -> list[Rule]:
        """Newest first."""
        ...

    async def revoke(self, id: str) -> Rule:
        """No longer. `NotFound`."""
        ...

    async def log(self, limit: int = 20) -> list[Consent]:
        """Newest first."""
        ...

    async def note(self, consent: Consent) -> None:
        """Keep it; again with the same id as more is known. Durable on return."""
        ...
