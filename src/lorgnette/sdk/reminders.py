"""Reminders as a skill sees them: by time on the schedule, by place at a place with a name."""

from datetime import datetime
from typing import Protocol

import msgspec

from lorgnette.core.taint import CLEAN, Taint
from lorgnette.sdk.places import Place


class Reminder(msgspec.Struct, frozen=True, kw_only=True):
    """By time: `due` (epoch seconds), `rule` (RRULE) where it comes again. By place: `place`, `leaving`."""

    id: str
    text: str = ""
    due: float = 0.0
    rule: str = ""
    place: Place | None = None
    leaving: bool = False
    taint: Taint = CLEAN


class Reminders(Protocol):
    """Bound to one wearer. `taint`: whose words are in `text`, where they aren't the wearer's."""

    async def at(self, moment: datetime, text: str, rule: str = "", *, taint: Taint = CLEAN) -> Reminder:
        """Said at this time (aware); with `rule` again and again."""
        ...

    async def there(self, place: str, text: str, *, leaving: bool = False, taint: Taint = CLEAN) -> Reminder:
        """Said when the wearer next comes to a saved place, or leaves it; `NotFound` if none is called so."""
        ...

    async def waiting(self) -> list[Reminder]:
        """By time first, soonest first."""
        ...

    async def cancel(self, id: str) -> Reminder: ...

    async def restore(self, id: str) -> Reminder: ...
