"""Everybody's contacts: what was put in here, and what accounts have, looked at now and then."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

import msgspec
from sqlalchemy import Connection, delete, select, update

from lorgnette.core.errors import LorgnetteError, NotFound
from lorgnette.core.outgoing import Behalf, Parcel, on
from lorgnette.sdk.people import Person
from lorgnette.services.calendar.service import AccountStatus
from lorgnette.services.calendar.sync import LONGEST_FILE, trouble_of
from lorgnette.services.dav import Account, DavClient, Resource, follow
from lorgnette.services.people.bound import AT_ONCE, WearerPeople
from lorgnette.services.people.names import Known, known
from lorgnette.services.people.section import ContactsSection
from lorgnette.services.people.tables import contacts
from lorgnette.services.people.vcard import Card, cards
from lorgnette.services.web import Unanswered
from lorgnette.store import People, Store

log = logging.getLogger(__name__)

FIRST_RETRY_S: Final = 60.0
WHOLE_S: Final = 600.0
KEPT: Final = 200
"""Wearers whose contacts are ready to be looked through."""


class _Live:
    """One account."""

    def __init__(self, wearer: str, person: str, name: str, account: Account) -> None:
        self.wearer, self.person, self.name, self.account = wearer, person, name, account
        self.client = DavClient("contacts", account.url, account.user, account.password)
        self.wake, self.done = asyncio.Event(), asyncio.Event()
        self.stamp = ""
        self.synced = 0.0
        self.trouble = self.detail = ""


class PeopleService:
    """Works without an account."""

    def __init__(
        self, store: Store, section: ContactsSection, outgoing: Callable[[Parcel], None] = lambda _: None
    ) -> None:
        self._store = store
        self._section = section
        self._outgoing = outgoing
        self._people = People(store)
        self._ready: dict[str, list[Known]] = {}
        self._live: list[_Live] = []

    def of(self, wearer: str) -> WearerPeople:
        """What skills of this wearer get as `sdk.People`."""
        return WearerPeople(self._store, wearer, self._everybody, self._me, self.forgotten)

    def forgotten(self, wearer: str) -> None:
        """The contacts of this wearer are others now."""
        self._ready.pop(wearer, None)

    async def start(self) -> None:
        """Find out whose the accounts are; what came from others that are no more goes."""
        people = await self._people.all()
        named = {one.name.casefold(): one for one in people}
        owner = next((one for one in people if one.role == "owner"), None)
        for name, account in self._section.accounts.items():
            one = named.get(account.person.casefold()) if account.person else owner
            if one is None:
                log.warning("contacts.accounts.%s: nobody here is called %r", name, account.person)
                continue
            self._live.append(_Live(one.id, one.name, name, account))
        for one in people:
            mine = [live.name for live in self._live if live.wearer == one.id]
            theirs = (contacts.c.wearer == one.id) & (contacts.c.account != "")
            change = delete(contacts).where(theirs, contacts.c.account.not_in(mine))
            await self._store.write(lambda connection, change=change: connection.execute(change))  # type: ignore[misc]

    async def run(self) -> None:
        """Look at every account until cancelled."""
        async with asyncio.TaskGroup() as group:
            for live in self._live:
                with on(Behalf(live.wearer, self._outgoing)):
                    group.create_task(
                        follow(live, self._look, self._section.sync_minutes * 60, FIRST_RETRY_S)
                    )

    async def sync(self, wearer: str = "") -> None:
        """Look at the accounts of this wearer (empty: everybody's) now, and wait until that is over."""
        mine = [live for live in self._live if wearer in {"", live.wearer}]
        for live in mine:
            live.done.clear()
            live.wake.set()
        await asyncio.gather(*(live.done.wait() for live in mine))

    async def once(self) -> None:
        """Look at every account here and now: for a command without a hub, and for tests."""
        for live in self._live:
            with on(Behalf(live.wearer, self._outgoing)):
                await self._look(live)

    async def status(self, wearer: str = "") -> list[AccountStatus]:
        """Of the accounts of this wearer (empty: everybody's)."""
        found = []
        for live in self._live:
            if wearer in {"", live.wearer}:
                mine = (contacts.c.wearer == live.wearer) & (contacts.c.account == live.name)
                query = select(contacts.c.id).where(mine)
                rows = await self._store.read(lambda connection, query=query: connection.execute(query).all())  # type: ignore[misc]
                found.append(
                    AccountStatus(
                        name=live.name,
                        wearer=live.wearer,
                        person=live.person,
                        host=live.account.host,
                        synced=live.synced,
                        trouble=live.trouble,
                        detail=live.detail,
                        entries=len(rows),
                        writable=False,
                    )
                )
        return found

    async def close(self) -> None:
        """Drop the connections."""
        for live in self._live:
            await live.client.aclose()

    # ── accounts ───────────────────────────────────────────────────────────────────────────────────────

    async def _look(self, live: _Live) -> None:
        try:
            async with asyncio.timeout(WHOLE_S):
                await (self._read(live) if live.account.is_file or live.account.is_feed else self._pull(live))
            live.trouble = live.detail = ""
            live.synced = self._store.clock.now().timestamp()
        except LorgnetteError as error:
            live.trouble, live.detail = trouble_of(error), error.detail
            log.info("the account %s: %s", live.name, error.detail)
        except TimeoutError:
            live.trouble, live.detail = "unreachable", "it took too long"
        except Exception:
            log.exception("the account %s could not be looked at", live.name)
            live.trouble, live.detail = "refused", "something went wrong here"

    async def _read(self, live: _Live) -> None:
        if live.account.is_file:
            text, stamp = await asyncio.to_thread(_file, live.account.url, live.stamp)
        else:
            got = await live.client.feed(live.stamp)
            text, stamp = got if got is not None else ("", live.stamp)
        if stamp and stamp == live.stamp:
            return
        if "BEGIN:VCARD" not in text[:4000].upper():
            raise Unanswered(f"{live.name} holds no contacts")
        found = await asyncio.to_thread(lambda: list(cards(text)))
        await self._keep_only(live, {card.uid for card in found})
        await self.of(live.wearer).take(found, live.name)
        live.stamp = stamp

    async def _pull(self, live: _Live) -> None:
        for book in await live.client.collections():
            there = await live.client.etags(book.href)
            mine = (
                (contacts.c.wearer == live.wearer)
                & (contacts.c.account == live.name)
                & (contacts.c.collection == book.href)
            )
            query = select(contacts.c.href, contacts.c.etag).where(mine)
            here = {
                row.href: row.etag
                for row in await self._store.read(
                    lambda connection, query=query: connection.execute(query).all()  # type: ignore[misc]
                )
            }
            gone = sorted(here.keys() - there.keys())
            for at in range(0, len(gone), AT_ONCE):
                change = delete(contacts).where(mine, contacts.c.href.in_(gone[at : at + AT_ONCE]))
                await self._store.write(lambda connection, change=change: connection.execute(change))  # type: ignore[misc]
            wanted = [href for href, etag in there.items() if here.get(href) != etag]
            some = [resource async for resource in live.client.fetch(book.href, wanted)]
            await self._take(live, book.href, some)
            if gone:
                self.forgotten(live.wearer)

    async def _take(self, live: _Live, collection: str, some: list[Resource]) -> None:
        def read() -> list[tuple[Resource, Card]]:
            return [(one, card) for one in some for card in list(cards(one.data))[:1]]

        found = await asyncio.to_thread(read)
        if not found:
            return
        await self.of(live.wearer).take([card for _, card in found], live.name, collection)

        def mark(connection: Connection) -> None:
            mine = (contacts.c.wearer == live.wearer) & (contacts.c.account == live.name)
            for one, card in found:
                row = update(contacts).where(mine, contacts.c.uid == card.uid)
                connection.execute(row.values(href=one.href, etag=one.etag))

        await self._store.write(mark)

    async def _keep_only(self, live: _Live, uids: set[str]) -> None:
        mine = (contacts.c.wearer == live.wearer) & (contacts.c.account == live.name)

        def work(connection: Connection) -> None:
            here = set(connection.execute(select(contacts.c.uid).where(mine)).scalars())
            gone = sorted(here - uids)
            for at in range(0, len(gone), AT_ONCE):
                connection.execute(delete(contacts).where(mine, contacts.c.uid.in_(gone[at : at + AT_ONCE])))

        await self._store.write(work)

    # ── looking ────────────────────────────────────────────────────────────────────────────────────────

    async def _me(self, wearer: str) -> str:
        try:
            return (await self._people.wearer(wearer)).name
        except NotFound:
            return ""

    async def _everybody(self, wearer: str) -> list[Known]:
        if wearer not in self._ready:
            query = select(contacts.c.id, contacts.c.person, contacts.c.account).where(
                contacts.c.wearer == wearer
            )
            rows = await self._store.read(lambda connection: connection.execute(query).all())

            def make() -> list[Known]:
                return [
                    known(
                        msgspec.structs.replace(
                            msgspec.json.decode(row.person, type=Person), id=row.id, source=row.account
                        )
                    )
                    for row in rows
                ]

            found = await asyncio.to_thread(make) if len(rows) > AT_ONCE else make()
            if len(self._ready) >= KEPT:
                self._ready.clear()
            self._ready[wearer] = found
        return self._ready[wearer]


def _file(url: str, stamp: str) -> tuple[str, str]:
    path = Path(unquote(urlsplit(url).path if "://" in url else url)).expanduser()
    try:
        state = path.stat()
        now = f"{state.st_mtime_ns}-{state.st_size}"
        if now == stamp:
            return "", now
        if state.st_size > LONGEST_FILE:
            raise Unanswered(f"{path} is too large")
        return path.read_text("utf-8", "replace"), now
    except OSError as error:
        raise Unanswered(f"{path} can't be read: {error.strerror}") from None
