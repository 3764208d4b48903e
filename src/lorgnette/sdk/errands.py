"""Errands as a skill sees them: goals that run on their own, and say what came of them."""

from datetime import datetime
from typing import Literal, Protocol

import msgspec

from lorgnette.core.taint import CLEAN, Taint

ErrandKind = Literal["watch", "routine", "task"]
"""watch: looks again and again until something is so; routine: at its times; task: once, later."""


class Errand(msgspec.Struct, frozen=True, kw_only=True):
    """One of them. `what`: in the wearer's words; `due`: when it runs next, epoch seconds, 0: no more.

    `rule`: RRULE of a routine; `last`: what came of the last run.
    """

    id: str
    kind: ErrandKind
    what: str
    language: str = "en"
    rule: str = ""
    due: float = 0.0
    status: Literal["active", "running", "done", "cancelled", "failed"] = "active"
    runs: int = 0
    last: str = ""
    created: float = 0.0


class Errands(Protocol):
    """Bound to one wearer. `SkillError` with what to say where something can't be done."""

    async def watch(self, what: str, language: str, *, taint: Taint = CLEAN) -> Errand:
        """Say so once `what` is the case; given up after a week. What couldn't be looked at is refused."""
        ...

    async def routine(
        self, what: str, language: str, at: datetime, rule: str, *, taint: Taint = CLEAN
    ) -> Errand:
        """Do `what` at each of its times, the first at `at` (aware)."""
        ...

    async def later(self, what: str, language: str, at: datetime, *, taint: Taint = CLEAN) -> Errand:
        """Do `what` once, at `at` (aware)."""
        ...

    async def live(self) -> list[Errand]:
        """Those that will run, soonest first."""
        ...

    async def find(self, what: str) -> Errand:
        """The live one most like these words. `NotFound`."""
        ...

    async def cancel(self, id: str) -> Errand: ...

    async def restore(self, id: str) -> Errand:
        """Take a cancellation back."""
        ...
