"""The calendar as a skill sees it."""

from datetime import date, datetime, timedelta
from typing import Protocol

import msgspec

from lorgnette.core.taint import CLEAN, Taint


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that takes place once. `begin`, `end`: epoch seconds; `all_day`: from midnight to midnight.

    `id`: of its entry, which a series shares; `taint`: who may have written it, where it wasn't the wearer.
    """

    id: str
    title: str
    begin: float
    end: float
    all_day: bool = False
    place: str = ""
    calendar: str = ""
    recurring: bool = False
    busy: bool = True
    taint: Taint = CLEAN


class Calendar(Protocol):
    """Bound to one wearer: their own calendar here, and those of their accounts as they were last seen."""

    async def between(self, begin: datetime, end: datetime) -> list[Event]:
        """What takes place then (aware times), in order; what lasts all day first."""
        ...

    async def add(
        self,
        title: str,
        begin: datetime | date,
        duration: timedelta | None = None,
        place: str = "",
        *,
        taint: Taint = CLEAN,
    ) -> Event:
        """At a time (aware), by default for an hour; or all day, on a date."""
        ...

    async def remove(self, event: Event) -> None:
        """Only the one, of a series, too. `restore` brings it back."""
        ...

    async def restore(self, id: str) -> Event: ...

    async def unreachable(self) -> list[str]:
        """Accounts that could not be read for a while: what is known of them may be old."""
        ...
