"""The service alive: one sleep, woken by changes; many entries; listeners that fail."""

import asyncio
import time
from datetime import timedelta

import pytest
from tests.services.schedule.clockwork import Run, run
from tests.store.databases import Place

from lorgnette.core.clock import ManualClock, SystemClock
from lorgnette.services.schedule import ScheduleService
from lorgnette.services.schedule.tables import schedule
from lorgnette.store import Store


def row(number: int, due: float) -> dict[str, object]:
    return {
        "id": f"s-{number:05}",
        "wearer": f"w{number % 1000}",
        "kind": "timer",
        "label": str(number),
        "due": due,
        "zone": "UTC",
        "rule": "",
        "start": "",
        "total": 1.0,
        "remaining": 0.0,
        "status": "running",
        "was": "",
        "rung": 0.0,
        "lease": "",
        "leased": 0.0,
        "created": 0.0,
        "changed": 0.0,
    }


def test_it_sleeps_until_something_is_due_and_wakes_for_what_comes_sooner(sqlite_place: Place) -> None:
    async def work() -> None:
        async with asyncio.timeout(30), sqlite_place.open(SystemClock()) as store:
            service = ScheduleService(store, SystemClock())
            told: list[str] = []
            both = asyncio.Event()

            async def due(wearer: str, item, missed: bool) -> None:
                told.append(item.label)
                if len(told) == 2:
                    both.set()

            service.on_due(due)
            running = asyncio.ensure_future(service.run())
            ada = service.for_wearer("ada")
            await ada.start(timedelta(hours=5), "far")
            begun = time.monotonic()
            await ada.start(timedelta(seconds=1.3), "second")
            await ada.start(timedelta(seconds=1), "first")
            await both.wait()
            assert told == ["first", "second"]
            assert time.monotonic() - begun >= 1.3
            assert len(asyncio.all_tasks()) <= 4
            running.cancel()
            with pytest.raises(asyncio.CancelledError):
                await running

    asyncio.run(work())


def test_ten_thousand_entries_are_loaded_and_rung_in_order(place: Place) -> None:
    async def work() -> None:
        clock = ManualClock()
        async with asyncio.timeout(60), place.open(clock) as store:
            now = clock.now().timestamp()
            rows = [row(number, now + 10 + number % 100) for number in range(10_000)]
            await store.write(lambda connection: connection.execute(schedule.insert(), rows))
            hub = Run(store, clock)
            assert await hub.rings() == []
            assert await hub.after(9.9) == []
            assert len(await hub.after(0.2)) == 100
            rings = await hub.after(100)
            assert sorted(rings, key=int) == [str(number) for number in range(10_000) if number % 100]
            assert await hub.rings() == []

    asyncio.run(work())


def test_a_listener_that_fails_or_hangs_keeps_nobody_from_ringing(
    sqlite_place: Place, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from lorgnette.services.schedule import service as module

    monkeypatch.setattr(module, "TELL_S", 0.05)

    async def work() -> None:
        clock = ManualClock()
        async with run(sqlite_place, clock) as hub:
            told: list[str] = []

            async def due(wearer: str, item, missed: bool) -> None:
                if item.label == "fails":
                    raise RuntimeError("no device")
                if item.label == "hangs":
                    await asyncio.Event().wait()
                told.append(item.label)

            hub.service.on_due(due)
            hub.service.on_change(lambda wearer: 1 / 0)
            for label in ("fails", "hangs", "works"):
                await hub.of().start(timedelta(seconds=5), label)
            await hub.after(5)
            assert told == ["works"]

    asyncio.run(work())
    assert "is due failed" in caplog.text


def test_changes_are_told_with_their_wearer(sqlite_place: Place) -> None:
    async def work() -> None:
        clock = ManualClock()
        async with run(sqlite_place, clock) as hub:
            timer = await hub.of("ada").start(timedelta(minutes=1))
            await hub.of("bob").start(timedelta(minutes=2))
            await hub.of("ada").pause(timer.id)
            assert hub.changes == ["ada", "bob", "ada"]
            hub.changes.clear()
            await hub.after(120)
            assert hub.changes == ["bob"]
            await hub.of("ada").dismiss()
            assert hub.changes == ["bob"]

    asyncio.run(work())


def test_entries_of_a_wearer_who_was_forgotten_never_ring(place: Place) -> None:
    async def work() -> None:
        clock = ManualClock()
        async with run(place, clock) as hub:
            await hub.of("ada").start(timedelta(minutes=1), "hers")
            await hub.of("bob").start(timedelta(minutes=1), "his")
            await hub.store.write(
                lambda connection: connection.execute(schedule.delete().where(schedule.c.wearer == "ada"))
            )
            assert await hub.after(60) == ["his"]

    asyncio.run(work())


def test_what_ended_a_week_ago_is_forgotten(place: Place) -> None:
    async def work() -> None:
        clock = ManualClock()
        async with run(place, clock) as hub:
            gone = await hub.of().start(timedelta(minutes=1))
            await hub.of().cancel(gone.id)
            lives = await hub.of().start(timedelta(days=30))
            clock.advance(6 * 86_400)
            await hub.service.prune()
            assert (await hub.of().get(gone.id)).status == "cancelled"
            clock.advance(2 * 86_400)
            await hub.service.prune()
            count = await hub.store.read(lambda connection: len(connection.execute(schedule.select()).all()))
            assert count == 1
            assert (await hub.of().get(lives.id)).status == "running"

    asyncio.run(work())


def test_a_store_that_fails_for_a_moment_loses_no_ring(sqlite_place: Place) -> None:
    async def work() -> None:
        clock = ManualClock()
        async with run(sqlite_place, clock) as hub:
            await hub.of().start(timedelta(minutes=1), "pasta")
            write = Store.write
            failed = []

            class Failing:
                """The real store, whose next write fails."""

                def __getattr__(self, name: str):
                    return getattr(hub.store, name)

                async def write(self, work, **more):
                    if not failed:
                        failed.append(1)
                        from lorgnette.core.errors import StoreError

                        raise StoreError("disk full")
                    return await write(hub.store, work, **more)

            hub.service._store = Failing()  # type: ignore[assignment]
            from lorgnette.core.errors import StoreError

            with pytest.RaisesGroup(StoreError):
                await hub.after(60)
            assert await hub.rings() == ["pasta"]

    asyncio.run(work())
