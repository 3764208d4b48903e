"""One wearer's calendar: what a skill gets."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, Final, Protocol
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row

from lorgnette.core.errors import NotFound, SkillError
from lorgnette.core.taint import CLEAN, Source, Taint
from lorgnette.sdk.calendar import Event
from lorgnette.services.calendar import rows
from lorgnette.services.calendar.ics import cut
from lorgnette.services.calendar.occurrences import Occurrence, made, occurrences, without
from lorgnette.store import Store, clean, sources_of, sources_written

LONGEST: Final = timedelta(days=366)
HOUR: Final = timedelta(hours=1)
TITLE: Final = 200
MOST: Final = 500
PATIENCE_S: Final = 5.0


class Accounts(Protocol):
    """What the calendar knows of the wearer's accounts."""

    def target(self, wearer: str) -> str:
        """The account into which new entries go; empty: they stay here."""
        ...

    def changed(self, wearer: str, account: str) -> None:
        """Something waits for the account's server."""
        ...

    def unreachable(self, wearer: str) -> list[str]: ...


class WearerCalendar:
    """Implements `sdk.Calendar`."""

    def __init__(self, store: Store, wearer: str, accounts: Accounts, zone: Callable[[], Any]) -> None:
        self._store = store
        self._wearer = wearer
        self._accounts = accounts
        self._zone = zone

    async def between(self, begin: datetime, end: datetime) -> list[Event]:
        """Read in a thread; a series is looked at only where it may take place then."""
        if not timedelta(0) < end - begin <= LONGEST:
            raise SkillError("at most a year", phrase="calendar-span")
        zone: ZoneInfo = await self._zone()

        def work(connection: Connection) -> tuple[Any, dict[str, str]]:
            found = rows.overlapping(connection, self._wearer, begin.timestamp(), end.timestamp())
            return found, rows.names(connection, self._wearer)

        found, names = await self._store.read(work)

        def expand() -> list[Event]:
            return [
                _event(row, one, names.get(row.calendar, row.account))
                for row in found
                for one in occurrences(row.data, begin, end, zone)
            ]

        try:
            async with asyncio.timeout(PATIENCE_S):
                events = await asyncio.to_thread(expand)
        except TimeoutError:
            raise SkillError("too much to read", phrase="calendar-too-much") from None
        return sorted(events, key=lambda event: (not event.all_day, event.begin, event.title))[:MOST]

    async def add(
        self,
        title: str,
        begin: datetime | date,
        duration: timedelta | None = None,
        place: str = "",
        *,
        taint: Taint = CLEAN,
    ) -> Event:
        """Here at once; its server learns of it as soon as it can be reached."""
        title, place = _line(title), _line(place)
        all_day = not isinstance(begin, datetime)
        length = duration or (timedelta(days=1) if all_day else HOUR)
        if not timedelta(0) < length <= LONGEST:
            raise SkillError("at most a year", phrase="calendar-span")
        now, uid = self._store.clock.now(), str(uuid4())
        data = await asyncio.to_thread(made, uid, title, begin, length, place, now)
        (entry,) = cut(data)
        account = self._accounts.target(self._wearer)
        values = {
            "account": account,
            "own": True,
            "taint": sources_written(taint),
            "state": "new" if account else "synced",
        }
        id = await self._store.write(
            lambda connection: rows.add(connection, self._wearer, entry, now.timestamp(), **values)
        )
        self._tell(account)
        return await self._one(id)

    async def remove(self, event: Event) -> None:
        """Of a series this one is left out; anything else is marked, and goes when its server knows."""
        zone: ZoneInfo = await self._zone()
        row = await self._row(event.id)
        if row.account and "\nATTENDEE" in row.data:
            # a server tells everybody who is invited: that is more than an act that can be undone
            raise SkillError("others are invited", phrase="calendar-invited", title=event.title)
        if row.account and not await self._is_writable(row):
            raise SkillError("read only", phrase="calendar-read-only", calendar=event.calendar)
        waits = row.state if row.state == "new" else "changed" if row.account else "synced"
        if event.recurring:
            data = await asyncio.to_thread(without, row.data, event.begin, zone)
            values = {"data": data, "before": row.data, "state": waits}
        else:
            now = self._store.clock.now().timestamp()
            values = {"deleted": now, "before": "", "state": "gone" if row.account else "synced"}
        await self._store.write(lambda connection: rows.change(connection, row.id, **values))
        self._tell(row.account)

    async def restore(self, id: str) -> Event:
        """As it was before it was removed."""
        row = await self._row(id, gone=True)
        values: dict[str, Any] = {"deleted": None}
        if row.before:
            values |= {"data": row.before, "before": ""}
        if row.account:
            # what the server doesn't have under an etag is written anew, else as a change
            values["state"] = "changed" if row.etag and row.href else "new"
        await self._store.write(lambda connection: rows.change(connection, row.id, **values))
        self._tell(row.account)
        return await self._one(id)

    async def unreachable(self) -> list[str]:
        """By the accounts' names."""
        return self._accounts.unreachable(self._wearer)

    async def _one(self, id: str) -> Event:
        row = await self._row(id)
        zone: ZoneInfo = await self._zone()
        begin = datetime.fromtimestamp(max(0.0, row.first), zone)
        end = min(datetime.fromtimestamp(min(row.last, row.first + 366 * 86_400), zone), begin + LONGEST)
        found = await asyncio.to_thread(occurrences, row.data, begin, end, zone)
        if not found:
            raise NotFound(f"{id} never takes place")
        return _event(row, found[0], row.account)

    async def _row(self, id: str, *, gone: bool = False) -> Row[Any]:
        row = await self._store.read(lambda connection: rows.get(connection, self._wearer, id))
        if row is None or (row.deleted is not None and not gone):
            raise NotFound("no such entry")
        return row

    async def _is_writable(self, row: Row[Any]) -> bool:
        if not row.calendar:
            return True
        return await self._store.read(
            lambda connection: rows.is_writable(connection, self._wearer, row.calendar)
        )

    def _tell(self, account: str) -> None:
        if account:
            self._accounts.changed(self._wearer, account)


def _line(text: str) -> str:
    return " ".join(clean(text).split())[:TITLE]


def _event(row: Row[Any], one: Occurrence, calendar: str) -> Event:
    taint = sources_of(row.taint)
    if not row.own:
        taint |= {Source("calendar", (calendar or "iCalendar")[:60])}
    return Event(
        id=row.id,
        title=one.title or "",
        begin=one.begin,
        end=one.end,
        all_day=one.all_day,
        place=one.place,
        calendar=calendar,
        recurring=one.recurring,
        busy=one.busy,
        taint=taint,
    )
