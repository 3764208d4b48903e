"""The log of what left: gathered, written together, each wearer their own, bounded in time."""

import asyncio

from tests.store.databases import Place

from lorgnette.core.clock import ManualClock
from lorgnette.core.outgoing import Parcel
from lorgnette.services.privacy import OutgoingLog
from lorgnette.store import Store

DAY = 86_400


def test_entries_are_the_wearers_and_the_hubs_own_are_the_owners(place: Place) -> None:
    async def work(store: Store) -> None:
        log = OutgoingLog(store)
        log.note(Parcel("api.example", "conversation", 1000, "ok", "ada"))
        log.note(Parcel("10.0.0.7", "speech", 96_000, "refused", "bob"))
        log.note(Parcel("localhost", "inquiry", 100, "ok", ""))
        (mine,) = await log.entries("ada")
        assert (mine.host, mine.reach, mine.what, mine.size, mine.how) == (
            "api.example",
            "beyond",
            "conversation",
            1000,
            "ok",
        )
        assert [one.own for one in await log.entries("ada", own=True)] == [True, False]
        (theirs,) = await log.entries("bob")
        assert (theirs.reach, theirs.how) == ("network", "refused")
        assert await log.entries("eve") == []

    place.run(work)


def test_totals_count_by_host_and_kind_the_farthest_first(place: Place) -> None:
    async def work(store: Store) -> None:
        log = OutgoingLog(store)
        for _ in range(3):
            log.note(Parcel("localhost", "speech", 10, "ok", "ada"))
            log.note(Parcel("api.example", "speech", 100, "failed", "ada"))
            log.note(Parcel("api.example", "sentences", 7, "stopped", "ada"))
            log.note(Parcel("kitchen.local", "speech", 5000, "ok", "ada"))
        totals = await log.totals("ada")
        assert [(one.host, one.what, one.count, one.size, one.failed) for one in totals] == [
            ("api.example", "speech", 3, 300, 3),
            ("api.example", "sentences", 3, 21, 0),
            ("kitchen.local", "speech", 3, 15_000, 0),
            ("localhost", "speech", 3, 30, 0),
        ]

    place.run(work)


def test_old_entries_go_and_new_ones_stay(place: Place) -> None:
    clock = ManualClock()

    async def work(store: Store) -> None:
        log = OutgoingLog(store)
        log.note(Parcel("old.example", "speech", 1, "ok", "ada"))
        await store.settle()
        clock.advance(31 * DAY)
        log.note(Parcel("new.example", "speech", 1, "ok", "ada"))
        await store.settle()
        assert await log.prune(clock.now().timestamp() - 30 * DAY) == 1
        assert [one.host for one in await log.entries("ada")] == ["new.example"]

    place.run(work, clock)


def test_a_thousand_requests_are_one_write(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        log, writes = OutgoingLog(store), 0
        post = store.post

        def counted(job):
            nonlocal writes
            writes += 1
            return post(job)

        store.post = counted
        for _ in range(1000):
            log.note(Parcel("api.example", "speech", 1, "ok", "ada"))
        await asyncio.sleep(0)
        assert writes == 0
        assert (await log.totals("ada"))[0].count == 1000
        assert writes == 1

    sqlite_place.run(work)


def test_what_waits_is_written_when_the_store_closes(sqlite_place: Place) -> None:
    async def note(store: Store) -> None:
        OutgoingLog(store).note(Parcel("api.example", "speech", 1, "ok", "ada"))

    async def look(store: Store) -> None:
        assert len(await OutgoingLog(store).entries("ada")) == 1

    sqlite_place.run(note)
    sqlite_place.run(look)
