"""In step with a real CalDAV server, with wrong passwords, silence and rubbish, and with two writers."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from tests.services.dav.radicale import PASSWORD, USER, radicale

from lorgnette.config import Secret
from lorgnette.core.clock import ManualClock
from lorgnette.core.outgoing import Parcel
from lorgnette.core.taint import Source
from lorgnette.sdk import SkillError
from lorgnette.sdk.calendar import Event
from lorgnette.services.calendar import CalendarSection, CalendarService
from lorgnette.services.dav import Account
from lorgnette.store import People, Store

NOW = datetime(2026, 11, 5, 14, 0, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 7, 19, 0, tzinfo=UTC)
MAKE = (
    '<?xml version="1.0"?><C:mkcalendar xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:D="DAV:"><D:set>'
    "<D:prop><D:displayname>Private</D:displayname></D:prop></D:set></C:mkcalendar>"
)
SERIES = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:team\r\nDTSTAMP:20261101T000000Z\r\n"
    "DTSTART:20261102T080000Z\r\nDTEND:20261102T083000Z\r\nRRULE:FREQ=DAILY\r\nSUMMARY:{title}\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with radicale(tmp_path_factory.mktemp("radicale")) as url:
        yield url


class Desk:
    """A hub's calendar over an account, and somebody else at the same server."""

    def __init__(self, store: Store, service: CalendarService, other: httpx.AsyncClient, wearer: str) -> None:
        self.store, self.service, self.other, self.wearer = store, service, other, wearer
        self.mine = service.of(wearer)

    async def sync(self) -> str:
        await self.service.once()
        return (await self.service.status())[0].trouble

    async def titles(self, days: int = 30) -> list[str]:
        return [one.title for one in await self.mine.between(NOW, NOW + timedelta(days=days))]

    async def waiting(self) -> int:
        return (await self.service.status())[0].waiting

    async def theirs(self) -> dict[str, str]:
        """Address → text of what the server has."""
        listed = await self.other.request("PROPFIND", "/ada/private/", headers={"depth": "1"})
        paths = [part.split("<")[0] for part in listed.text.split("<href>")[1:]]
        return {path: (await self.other.get(path)).text for path in paths if path.endswith(".ics")}


@contextlib.asynccontextmanager
async def desk(server: str, password: str = PASSWORD, url: str = "", lost=None) -> AsyncIterator[Desk]:
    store = await Store.open("sqlite://", ManualClock(NOW))
    owner = await People(store).owner(name="Ada", zone="Europe/Berlin")
    account = Account(url=url or server, user=USER, password=Secret(password))
    service = CalendarService(store, CalendarSection(accounts={"cloud": account}), lost=lost)
    await service.start()
    try:
        async with httpx.AsyncClient(base_url=server, auth=(USER, PASSWORD)) as other:
            await other.delete("/ada/private/")
            (await other.request("MKCALENDAR", "/ada/private/", content=MAKE)).raise_for_status()
            yield Desk(store, service, other, owner.id)
    finally:
        await service.close()
        await store.close()


def test_what_is_written_here_comes_there_once_and_what_is_there_comes_here(server: str, loop_run) -> None:
    async def work() -> None:
        async with desk(server) as one:
            made = await one.mine.add("Concert", SATURDAY, place="Hall")
            await one.mine.add("Holiday", date(2026, 11, 9))
            assert await one.waiting() == 2
            assert await one.titles() == ["Holiday", "Concert"]
            assert await one.sync() == ""
            assert await one.waiting() == 0
            await one.sync()
            assert len(await one.theirs()) == 2
            await one.other.put("/ada/private/team.ics", content=SERIES.format(title="Team"))
            await one.sync()
            found = await one.mine.between(NOW, NOW + timedelta(days=3))
            assert [(event.title, event.taint) for event in found] == [
                ("Team", frozenset({Source("calendar", "Private")})),
                ("Team", frozenset({Source("calendar", "Private")})),
                ("Concert", frozenset()),
                ("Team", frozenset({Source("calendar", "Private")})),
            ]
            await one.mine.remove(made)
            await one.sync()
            assert len(await one.theirs()) == 2
            back = await one.mine.restore(made.id)
            await one.sync()
            assert (back.title, back.place, len(await one.theirs())) == ("Concert", "Hall", 3)
            await one.other.delete("/ada/private/team.ics")
            await one.sync()
            assert await one.titles() == ["Holiday", "Concert"]

    loop_run(work())


def test_a_write_whose_answer_was_lost_is_the_same_write(server: str, loop_run) -> None:
    async def work() -> None:
        async with desk(server) as one:
            made = await one.mine.add("Concert", SATURDAY)
            await one.sync()
            await one.store.write(
                lambda connection: connection.exec_driver_sql(
                    "UPDATE calendar_entries SET state='new', calendar='', href='', etag=''"
                )
            )
            assert await one.sync() == ""
            assert (await one.waiting(), len(await one.theirs())) == (0, 1)
            assert [event.id for event in await one.mine.between(NOW, NOW + timedelta(days=9))] == [made.id]

    loop_run(work())


def test_one_of_a_series_that_both_sides_changed_keeps_both_changes(server: str, loop_run) -> None:
    async def work() -> None:
        async with desk(server) as one:
            await one.other.put("/ada/private/team.ics", content=SERIES.format(title="Team"))
            await one.sync()
            friday = next(
                event
                for event in await one.mine.between(NOW, NOW + timedelta(days=3))
                if event.begin == datetime(2026, 11, 6, 8, tzinfo=UTC).timestamp()
            )
            await one.mine.remove(friday)
            await one.other.put("/ada/private/team.ics", content=SERIES.format(title="Team renamed"))
            assert await one.sync() == ""
            found = await one.mine.between(NOW, NOW + timedelta(days=3))
            assert [event.title for event in found] == ["Team renamed"] * 2
            (text,) = (await one.theirs()).values()
            assert "renamed" in text
            assert "EXDATE" in text
            await one.mine.restore(friday.id)
            await one.sync()

    loop_run(work())


def test_what_was_deleted_here_and_changed_there_comes_back_and_is_told(server: str, loop_run) -> None:
    told: list[str] = []

    async def lost(wearer: str, title: str) -> None:
        told.append(title)

    async def work() -> None:
        async with desk(server, lost=lost) as one:
            made = await one.mine.add("Dinner", SATURDAY)
            await one.sync()
            ((path, text),) = (await one.theirs()).items()
            await one.mine.remove(made)
            await one.other.put(path, content=text.replace("Dinner", "Dinner at nine"))
            await one.sync()
            assert told == ["Dinner"]
            assert await one.titles() == ["Dinner at nine"]
            assert await one.waiting() == 0

    loop_run(work())


def test_the_others_who_are_invited_would_hear_of_it_so_it_stays(server: str, loop_run) -> None:
    async def work() -> None:
        async with desk(server) as one:
            invited = SERIES.format(title="Board").replace("RRULE", "ATTENDEE:mailto:b@example.org\r\nX-R")
            await one.other.put(
                "/ada/private/b.ics",
                content=invited.replace("20261102T", "20261107T").replace("UID:team", "UID:b"),
            )
            await one.sync()
            (found,) = await one.mine.between(NOW, NOW + timedelta(days=3))
            with pytest.raises(SkillError) as kept:
                await one.mine.remove(found)
            assert kept.value.phrase == "calendar-invited"

    loop_run(work())


def test_a_wrong_password_is_said_and_nothing_is_lost(server: str, loop_run) -> None:
    async def work() -> None:
        async with desk(server, password="wrong") as one:
            await one.mine.add("Concert", SATURDAY)
            assert await one.sync() == "password"
            assert await one.mine.unreachable() == ["cloud"]
            assert await one.waiting() == 1
            assert await one.titles() == ["Concert"]

    loop_run(work())


@contextlib.asynccontextmanager
async def answering(answer: bytes) -> AsyncIterator[str]:
    """A server that always answers so; empty: it never does."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            if answer:
                writer.write(answer)
                await writer.drain()
            else:
                await reader.read()
        writer.close()

    started = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with started:
        yield f"http://127.0.0.1:{started.sockets[0].getsockname()[1]}"


def http(status: str, body: bytes, kind: str = "text/xml") -> bytes:
    lines = (
        f"HTTP/1.1 {status}",
        f"content-type: {kind}",
        f"content-length: {len(body)}",
        "connection: close",
    )
    return "\r\n".join((*lines, "", "")).encode() + body


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    "answer",
    [
        http("500 Broken", b"no"),
        http("207 Multi-Status", b"<html>hello</html>"),
        http("207 Multi-Status", b"\xff\xfe not xml"),
        http("207 Multi-Status", BOMB),
        http("302 Found", b"").replace(b"connection", b"location: http://example.org/\r\nconnection"),
        b"SSH-2.0-OpenSSH\r\n",
    ],
    ids=["500", "html", "bytes", "bomb", "elsewhere", "no http"],
)
def test_a_server_that_is_broken_is_out_of_reach_and_the_calendar_works_on(server, answer, loop_run) -> None:
    async def work() -> None:
        async with answering(answer) as url, desk(server, url=url) as one:
            await one.mine.add("Concert", SATURDAY)
            assert await one.sync() == "unreachable"
            assert await one.titles() == ["Concert"]
            assert await one.waiting() == 1
            assert await one.mine.unreachable() == []
            one.store.clock.advance(4000)  # type: ignore[attr-defined]
            assert await one.mine.unreachable() == ["cloud"]

    loop_run(work())


def test_a_server_that_is_silent_is_given_up(server: str, loop_run, monkeypatch) -> None:
    from lorgnette.services.dav import client

    monkeypatch.setattr(client, "SECONDS", 0.3)

    async def work() -> None:
        async with answering(b"") as url, desk(server, url=f"{url}/dav/") as one:
            assert await one.sync() == "unreachable"

    loop_run(work())


def test_files_and_feeds_are_read_and_followed_but_never_written(
    server: str, tmp_path: Path, loop_run
) -> None:
    file = tmp_path / "holidays.ics"
    file.write_text(SERIES.format(title="Holiday"))

    async def work() -> None:
        async with answering(http("200 OK", SERIES.format(title="Feed").encode(), "text/calendar")) as feed:
            store = await Store.open("sqlite://", ManualClock(NOW))
            owner = await People(store).owner(name="Ada", zone="Europe/Berlin")
            accounts = {"file": Account(url=str(file)), "feed": Account(url=f"{feed}/a.ics")}
            told: list[Parcel] = []
            service = CalendarService(store, CalendarSection(accounts=accounts), told.append)
            await service.start()
            mine = service.of(owner.id)
            await service.once()
            span = (NOW, NOW + timedelta(days=1))
            found = await mine.between(*span)
            assert [event.title for event in found] == ["Feed", "Holiday"]
            with pytest.raises(SkillError) as kept:
                await mine.remove(found[0])
            assert kept.value.phrase == "calendar-read-only"
            made = await mine.add("Mine", NOW)
            assert (await service.status())[0].waiting == 0
            file.write_text(SERIES.format(title="Holiday renamed"))
            await service.once()
            assert [event.title for event in await mine.between(*span)] == ["Mine", "Feed", "Holiday renamed"]
            file.write_text("rubbish")
            await service.once()
            assert (await service.status())[0].trouble == "unreachable"
            assert len(await mine.between(*span)) == 3
            assert {(parcel.host, parcel.what, parcel.wearer) for parcel in told} == {
                ("127.0.0.1", "calendar", owner.id)
            }
            await service.close()
            bare = CalendarService(store, CalendarSection())
            await bare.start()
            assert [event.id for event in await bare.of(owner.id).between(*span)] == [made.id]
            await store.close()

    loop_run(work())


def test_an_account_that_is_no_more_takes_its_entries_along_but_not_what_it_never_got(
    server, loop_run
) -> None:
    async def work() -> None:
        async with desk(server) as one:
            await one.mine.add("Synced", SATURDAY)
            await one.sync()
            await one.mine.add("Never sent", SATURDAY)
            bare = CalendarService(one.store, CalendarSection())
            await bare.start()
            found: list[Event] = await bare.of(one.wearer).between(NOW, NOW + timedelta(days=9))
            assert [event.title for event in found] == ["Never sent"]

    loop_run(work())
