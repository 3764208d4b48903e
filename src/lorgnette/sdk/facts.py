"""What the wearer asked to be remembered, as a skill sees it: facts, and where the car stands."""

from typing import Literal, Protocol

import msgspec

from lorgnette.core.taint import CLEAN, Taint


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One thing, in the words in which it was told.

    `subject`: what it is about, as it was said ("my locker code"), empty where that isn't clear; `taint`:
    whose words they are, none: the wearer's own; `place`: latitude and longitude; `private`: a code or the
    like, which leaves the hub only where the wearer asks for it; `created`: epoch seconds; `replaced`: when a
    newer one took its place, 0: it holds.
    """

    id: str
    text: str
    language: str = "en"
    subject: str = ""
    kind: Literal["fact", "parking"] = "fact"
    taint: Taint = CLEAN
    private: bool = False
    place: tuple[float, float] | None = None
    created: float = 0.0
    replaced: float = 0.0


class Remembered(msgspec.Struct, frozen=True, kw_only=True):
    """What came of remembering. `how`: `known`: it was there already; `replaced`: `former` said otherwise."""

    fact: Fact
    how: Literal["new", "known", "replaced"] = "new"
    former: Fact | None = None


class Recalled(msgspec.Struct, frozen=True, kw_only=True):
    """What may be meant. `near`: it is about something like it; one says so."""

    fact: Fact
    near: bool = False


class Facts(Protocol):
    """Bound to one wearer. `language`: of the words that are given, which says how they are read."""

    async def remember(self, text: str, language: str, *, taint: Taint = CLEAN) -> Remembered:
        """Keep it, in place of what was said of the same subject before. `SkillError` if it can't be."""
        ...

    async def correct(self, value: str, *, taint: Taint = CLEAN) -> Remembered:
        """The fact that was remembered or recalled last, with another value; `SkillError` if none was."""
        ...

    async def recall(
        self, about: str, language: str, *, where: bool = False, private: bool = True, limit: int = 3
    ) -> list[Recalled]:
        """The best first, and only those that may be meant. `where`: a place is asked for.

        `private`: codes and the like, too.
        """
        ...

    async def forget(self, id: str) -> Fact:
        """With all that it replaced. It can come back by `restore` for a day."""
        ...

    async def restore(self, id: str) -> Fact: ...

    async def take_back(self, id: str) -> Fact:
        """As if it had never been remembered: what it replaced holds again."""
        ...

    async def park(self, text: str, language: str, place: tuple[float, float] | None = None) -> Fact:
        """The car, the bicycle: where the last one stood is replaced."""
        ...

    async def parked(self) -> Fact | None: ...
