"""The durable schedule as a skill sees it: the wearer's timers, alarms and reminders."""

from datetime import datetime, timedelta
from typing import Literal, Protocol

import msgspec

Kind = Literal["timer", "alarm", "reminder"]
Status = Literal["running", "paused", "ringing", "done", "cancelled"]


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One entry. `due`: UTC epoch seconds; `total`, `left`: seconds of a timer (`left` counts while paused).

    `rule`: RFC 5545 RRULE or empty; `zone`: IANA zone in which an alarm's wall-clock time holds.
    """

    id: str
    kind: Kind
    label: str = ""
    due: float = 0.0
    total: float = 0.0
    left: float = 0.0
    status: Status = "running"
    rule: str = ""
    zone: str = "UTC"
    created: float = 0.0


class Schedule(Protocol):
    """Bound to one wearer. Unknown ids raise `NotFound`; at most 64 live entries, then `SkillError`."""

    async def start(self, duration: timedelta, label: str = "") -> Item:
        """A timer on the steady clock: a jump of the wall clock doesn't move it."""
        ...

    async def alarm(self, at: datetime, label: str = "", rule: str = "", *, kind: Kind = "alarm") -> Item:
        """Rings at a wall-clock time (aware) in the wearer's zone; with `rule` again and again."""
        ...

    async def items(self, kind: Kind | None = None) -> list[Item]:
        """Live ones (running, paused, ringing), soonest first, paused last."""
        ...

    async def get(self, id: str) -> Item: ...

    async def pause(self, id: str) -> Item: ...

    async def resume(self, id: str) -> Item: ...

    async def add(self, id: str, more: timedelta) -> Item:
        """Lengthen (or with a negative time shorten, not below 1 s) a timer."""
        ...

    async def cancel(self, id: str) -> Item:
        """End a live one. `restore` takes it back."""
        ...

    async def restore(self, id: str) -> Item:
        """Bring a cancelled one back with the time it would have by now (a due one rings at once)."""
        ...

    async def dismiss(self) -> list[Item]:
        """Silence everything that rings; gives what was silenced."""
        ...

    async def snooze(self, duration: timedelta) -> list[Item]:
        """Let what rings ring again after `duration`."""
        ...
