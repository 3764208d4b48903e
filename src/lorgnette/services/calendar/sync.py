"""One account kept in step with its server: first what was changed here, then what was changed there.

Nothing of either side is lost. A new entry has a UID of its own and is written only where there is none, so a
write that is repeated after a lost answer is the same write. What was changed on both sides is changed again
on top of theirs; what was deleted here and changed there comes back, and the wearer hears of it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urljoin, urlsplit
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from lorgnette.core.errors import LorgnetteError
from lorgnette.services.calendar import rows
from lorgnette.services.calendar.ics import Cut, cut
from lorgnette.services.calendar.occurrences import skipped, without
from lorgnette.services.dav import Account, Collection, DavClient, Resource
from lorgnette.services.dav.xml import plain
from lorgnette.services.web import Refused, Unanswered
from lorgnette.store import Store

log = logging.getLogger(__name__)

TOGETHER: Final = 200
LONGEST_FILE: Final = 32_000_000
GONE: Final = frozenset({404, 410})
TAKEN: Final = 412

type Lost = Callable[[str, str], Awaitable[None]]
"""(wearer, title): what they deleted was changed elsewhere, and is back."""


class AccountSync:
    """`once` raises what the client raises; what is done until then stays done."""

    def __init__(
        self, store: Store, wearer: str, name: str, account: Account, zone: Callable[[], Any], lost: Lost
    ) -> None:
        self.wearer = wearer
        self.name = name
        self.account = account
        self._store = store
        self._zone = zone
        self._lost = lost
        self._client = DavClient("calendar", account.url, account.user, account.password)
        self._stamp = ""
        """Of a file or feed that is only read: as it was when it was last read."""

    async def once(self) -> None:
        """To and fro."""
        if self.account.is_file:
            await self._read_file()
        elif self.account.is_feed or self.account.url.startswith("webcal://"):
            await self._read_feed()
        else:
            await self._both_ways()

    async def aclose(self) -> None:
        """Drop the connections."""
        await self._client.aclose()

    # ── only read ──────────────────────────────────────────────────────────────────────────────────────

    async def _read_file(self) -> None:
        path = Path(
            unquote(urlsplit(self.account.url).path if "://" in self.account.url else self.account.url)
        )

        def read() -> tuple[str, str]:
            try:
                state = path.expanduser().stat()
                stamp = f"{state.st_mtime_ns}-{state.st_size}"
                if stamp == self._stamp:
                    return "", stamp
                if state.st_size > LONGEST_FILE:
                    raise Unanswered(f"{path} is too large")
                return path.expanduser().read_text("utf-8", "replace"), stamp
            except OSError as error:
                raise Unanswered(f"{path} can't be read: {error.strerror}") from None

        text, stamp = await asyncio.to_thread(read)
        if stamp != self._stamp:
            await self._replace(text)
            self._stamp = stamp

    async def _read_feed(self) -> None:
        got = await self._client.feed(self._stamp)
        if got is not None:
            await self._replace(got[0])
            self._stamp = got[1]

    async def _replace(self, text: str) -> None:
        if "BEGIN:VCALENDAR" not in text[:4000].upper():
            raise Unanswered(f"{self.name} is no calendar")
        found = await asyncio.to_thread(cut, text)
        href, now = self.account.url, self._store.clock.now().timestamp()
        listed = [(href, self.name, False)]
        await self._store.write(
            lambda connection: rows.keep_calendars(connection, self.wearer, self.name, listed, now)
        )
        there = {one.uid: one for one in found}
        before = await self._store.read(
            lambda connection: rows.known(connection, self.wearer, self.name, href)
        )
        await self._drop(href, before.keys() - there.keys())
        await self._take(href, [(one.uid, "", one) for one in found])

    # ── to and fro ─────────────────────────────────────────────────────────────────────────────────────

    async def _both_ways(self) -> None:
        found = await self._client.collections()
        now = self._store.clock.now().timestamp()
        listed = [(one.href, one.name, one.writable) for one in found]
        tags = await self._store.write(
            lambda connection: rows.keep_calendars(connection, self.wearer, self.name, listed, now)
        )
        target = self._target(found)
        pending = await self._store.read(lambda connection: rows.waiting(connection, self.wearer, self.name))
        for row in pending:
            await self._push(row, target)
        for one in found:
            if pending or not one.tag or tags.get(one.href) != one.tag:
                await self._pull(one)

    def _target(self, found: list[Collection]) -> Collection | None:
        """Into which new ones go."""
        wanted = self.account.collection.casefold()
        writable = [one for one in found if one.writable]
        return next(
            (one for one in writable if one.name.casefold() == wanted), writable[0] if writable else None
        )

    async def _pull(self, collection: Collection) -> None:
        there = await self._client.etags(collection.href)
        here = await self._store.read(
            lambda connection: rows.known(connection, self.wearer, self.name, collection.href)
        )
        await self._drop(collection.href, here.keys() - there.keys())
        wanted = [href for href, etag in there.items() if here.get(href) != etag]
        some: list[Resource] = []
        async for resource in self._client.fetch(collection.href, wanted):
            some.append(resource)
            if len(some) >= TOGETHER:
                await self._cut(collection.href, some)
                some = []
        await self._cut(collection.href, some)
        if collection.tag:
            await self._store.write(
                lambda connection: rows.tagged(
                    connection, self.wearer, self.name, collection.href, collection.tag
                )
            )

    async def _cut(self, calendar: str, some: list[Resource]) -> None:
        def work() -> list[tuple[str, str, Cut]]:
            return [(one.href, one.etag, entry) for one in some for entry in cut(one.data)[:1]]

        await self._take(calendar, await asyncio.to_thread(work))

    async def _push(self, row: Row[Any], target: Collection | None) -> None:
        try:
            match row.state:
                case "new":
                    await self._create(row, target)
                case "gone":
                    await self._delete(row)
                case _:
                    await self._update(row)
        except Refused as error:
            if error.status in {401, 407, 429}:
                raise
            log.info("%s refuses an entry with %d", self.name, error.status)

    async def _create(self, row: Row[Any], target: Collection | None) -> None:
        calendar = row.calendar or (target.href if target else "")
        if not calendar:
            raise Unanswered(f"no calendar of {self.name} can be written")
        href = row.href or plain(urljoin(calendar, f"{row.uid}.ics"))
        try:
            etag = await self._client.put(href, row.data)
        except Refused as error:
            if error.status != TAKEN:
                raise
            etag = ""  # it is there already: an earlier answer was lost
        await self._done(row, calendar=calendar, href=href, etag=etag)

    async def _delete(self, row: Row[Any]) -> None:
        try:
            if row.href:
                await self._client.delete(row.href, row.etag)
        except Refused as error:
            if error.status != TAKEN:
                raise
            await self._store.write(
                lambda connection: rows.change(connection, row.id, state="synced", deleted=None, etag="")
            )
            await self._lost(self.wearer, row.title)
            return
        await self._done(row, href="", etag="")

    async def _update(self, row: Row[Any]) -> None:
        try:
            etag = await self._client.put(row.href, row.data, row.etag)
        except Refused as error:
            if error.status in GONE or (error.status == TAKEN and not await self._theirs(row)):
                etag = await self._client.put(row.href, row.data)  # they deleted it, and it was changed here
            elif error.status == TAKEN:
                await self._merge(row)
                return
            else:
                raise
        await self._done(row, etag=etag)

    async def _merge(self, row: Row[Any]) -> None:
        """What is left out of the series here is left out of theirs, too."""
        theirs = await self._theirs(row)
        if theirs is None:
            return  # gone in between: the next time it is written anew
        zone: ZoneInfo = await self._zone()

        def work() -> str:
            data = theirs.data
            before = skipped(row.before, zone) if row.before else set()
            for moment in sorted(skipped(row.data, zone) - before - skipped(data, zone)):
                data = without(data, moment, zone)
            return data

        data = await asyncio.to_thread(work)
        etag = await self._client.put(row.href, data, theirs.etag)
        found = cut(data)[:1]
        values = {"data": data, "first": found[0].first, "last": found[0].last} if found else {}
        await self._done(row, etag=etag, **values)

    async def _theirs(self, row: Row[Any]) -> Resource | None:
        async for resource in self._client.fetch(row.calendar, [row.href]):
            return resource
        return None

    async def _done(self, row: Row[Any], **values: Any) -> None:
        await self._store.write(
            lambda connection: rows.settle(connection, row.id, (row.state, row.data), values)
        )

    async def _drop(self, calendar: str, hrefs: Any) -> None:
        if hrefs:
            await self._store.write(
                lambda connection: rows.drop(connection, self.wearer, self.name, calendar, hrefs)
            )

    async def _take(self, calendar: str, found: list[tuple[str, str, Cut]]) -> None:
        now = self._store.clock.now().timestamp()
        for at in range(0, len(found), rows.AT_ONCE):
            some = found[at : at + rows.AT_ONCE]
            await self._store.write(
                lambda connection, some=some: rows.take(  # type: ignore[misc]
                    connection, self.wearer, self.name, calendar, some, now
                )
            )


def trouble_of(error: LorgnetteError) -> str:
    """In a word: `password`, `refused`, or `unreachable`."""
    if isinstance(error, Refused):
        return "password" if error.status in {401, 403} else "refused"
    return "unreachable"
