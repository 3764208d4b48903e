"""Everybody's calendars: each account looked at now and then, and at once when something waits for it."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from lorgnette.core.errors import LorgnetteError, NotFound
from lorgnette.core.outgoing import Behalf, Parcel, on
from lorgnette.services.calendar import rows
from lorgnette.services.calendar.bound import WearerCalendar
from lorgnette.services.calendar.section import CalendarSection
from lorgnette.services.calendar.sync import AccountSync, Lost, trouble_of
from lorgnette.services.dav import follow
from lorgnette.services.schedule.localtime import zone_of
from lorgnette.store import People, Store

log = logging.getLogger(__name__)

KEPT: Final = timedelta(days=30)
FIRST_RETRY_S: Final = 30.0
STALE_S: Final = 3600.0
"""So long an account may be out of reach before anybody is told that what is known may be old."""

WHOLE_S: Final = 600.0
"""One look at an account takes no longer."""


class AccountStatus(msgspec.Struct, frozen=True, kw_only=True):
    """`synced`: epoch seconds of the last time that all went well; `trouble`: a word, empty for none."""

    name: str
    wearer: str
    person: str
    host: str
    synced: float = 0.0
    trouble: str = ""
    detail: str = ""
    waiting: int = 0
    entries: int = 0
    writable: bool = True


@dataclass(slots=True)
class _Live:
    sync: AccountSync
    person: str
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    done: asyncio.Event = field(default_factory=asyncio.Event)
    synced: float = 0.0
    began: float = 0.0
    trouble: str = ""
    detail: str = ""


class CalendarService:
    """Works without an account: then every entry stays here."""

    def __init__(
        self,
        store: Store,
        section: CalendarSection,
        outgoing: Callable[[Parcel], None] = lambda _: None,
        lost: Lost | None = None,
    ) -> None:
        self._store = store
        self._section = section
        self._outgoing = outgoing
        self._people = People(store)
        self._lost = lost or _nobody
        self._live: dict[tuple[str, str], _Live] = {}

    def of(self, wearer: str) -> WearerCalendar:
        """What skills of this wearer get as `sdk.Calendar`."""
        return WearerCalendar(self._store, wearer, self, lambda: self.zone(wearer))

    async def zone(self, wearer: str) -> ZoneInfo:
        """The wearer's."""
        try:
            return zone_of((await self._people.wearer(wearer)).zone)
        except NotFound:
            return ZoneInfo("UTC")

    def now(self) -> datetime:
        """The wall clock."""
        return self._store.clock.now()

    # ── for WearerCalendar ─────────────────────────────────────────────────────────────────────────────

    def target(self, wearer: str) -> str:
        """The first account of theirs that can be written."""
        for (owner, name), live in self._live.items():
            account = live.sync.account
            if owner == wearer and not (account.is_file or account.is_feed or "webcal:" in account.url):
                return name
        return ""

    def changed(self, wearer: str, account: str) -> None:
        """Something waits for this account's server."""
        if live := self._live.get((wearer, account)):
            live.wake.set()

    def unreachable(self, wearer: str) -> list[str]:
        """Accounts that have been out of reach for an hour, or ever since the hub began an hour ago."""
        now = self._store.clock.now().timestamp()
        return [
            name
            for (owner, name), live in self._live.items()
            if owner == wearer
            and live.trouble
            and (live.trouble == "password" or now - (live.synced or live.began) > STALE_S)
        ]

    # ── living ─────────────────────────────────────────────────────────────────────────────────────────

    async def start(self) -> None:
        """Find out whose the accounts are; what belonged to others that are no more is put in order."""
        people = await self._people.all()
        named = {one.name.casefold(): one for one in people}
        owner = next((one for one in people if one.role == "owner"), None)
        now = self._store.clock.now().timestamp()
        for name, account in self._section.accounts.items():
            one = named.get(account.person.casefold()) if account.person else owner
            if one is None:
                log.warning("calendar.accounts.%s: nobody here is called %r", name, account.person)
                continue
            sync = AccountSync(self._store, one.id, name, account, partial(self.zone, one.id), self._lost)
            self._live[one.id, name] = _Live(sync, one.name, began=now)
        for one in people:
            mine = [name for wearer, name in self._live if wearer == one.id]
            await self._store.write(
                lambda connection, wearer=one.id, mine=mine: rows.leave(connection, wearer, mine)  # type: ignore[misc]
            )

    async def run(self) -> None:
        """Look at every account until cancelled."""
        async with asyncio.TaskGroup() as group:
            for (wearer, _), live in self._live.items():
                with on(Behalf(wearer, self._outgoing)):
                    group.create_task(
                        follow(live, self._look, self._section.sync_minutes * 60, FIRST_RETRY_S)
                    )

    async def sync(self, wearer: str = "") -> None:
        """Look at the accounts of this wearer (empty: everybody's) now, and wait until that is over."""
        mine = [live for (owner, _), live in self._live.items() if wearer in {"", owner}]
        for live in mine:
            live.done.clear()
            live.wake.set()
        await asyncio.gather(*(live.done.wait() for live in mine))

    async def once(self) -> None:
        """Look at every account here and now: for a command without a hub, and for tests."""
        for live in self._live.values():
            with on(Behalf(live.sync.wearer, self._outgoing)):
                await self._look(live)

    async def status(self, wearer: str = "") -> list[AccountStatus]:
        """Of the accounts of this wearer (empty: everybody's)."""
        found = []
        for (owner, name), live in self._live.items():
            if wearer in {"", owner}:
                counts: Mapping[str, int] = await self._store.read(
                    lambda connection, owner=owner, name=name: rows.counts(connection, owner, name)  # type: ignore[misc]
                )
                account = live.sync.account
                found.append(
                    AccountStatus(
                        name=name,
                        wearer=owner,
                        person=live.person,
                        host=account.host,
                        synced=live.synced,
                        trouble=live.trouble,
                        detail=live.detail,
                        waiting=counts["waiting"],
                        entries=counts["entries"],
                        writable=not (account.is_file or account.is_feed),
                    )
                )
        return found

    async def prune(self) -> None:
        """Really delete what was deleted a month ago."""
        before = (self._store.clock.now() - KEPT).timestamp()
        await self._store.write(lambda connection: rows.prune(connection, before))

    async def close(self) -> None:
        """Drop the connections."""
        for live in self._live.values():
            await live.sync.aclose()

    async def _look(self, live: _Live) -> None:
        try:
            async with asyncio.timeout(WHOLE_S):
                await live.sync.once()
            live.trouble, live.detail = "", ""
            live.synced = self._store.clock.now().timestamp()
        except LorgnetteError as error:
            self._failed(live, trouble_of(error), error.detail)
        except TimeoutError:
            self._failed(live, "unreachable", "it took too long")
        except Exception:
            log.exception("the account %s could not be looked at", live.sync.name)
            self._failed(live, "refused", "something went wrong here")

    @staticmethod
    def _failed(live: _Live, trouble: str, detail: str) -> None:
        if live.trouble != trouble:
            log.warning("the account %s: %s", live.sync.name, detail)
        live.trouble, live.detail = trouble, detail


async def _nobody(wearer: str, title: str) -> None:
    del wearer, title


__all__ = ["AccountStatus", "CalendarService"]
