"""Restarts and kills: what waited still rings, what rang rings again, nothing rings twice."""

import asyncio
import subprocess
import sys
from datetime import timedelta

import pytest
from tests.services.schedule.clockwork import Run, run
from tests.store.databases import Place

from lorgnette.core.clock import ManualClock, SystemClock
from lorgnette.services.schedule import ScheduleService

MINUTE = timedelta(minutes=1)


def bounded(work) -> None:
    async def limited() -> None:
        async with asyncio.timeout(60):
            await work

    asyncio.run(limited())


def test_a_timer_survives_a_restart_with_its_time(place: Place) -> None:
    async def work() -> None:
        clock = ManualClock()
        async with run(place, clock) as hub:
            await hub.of().start(5 * MINUTE, "pasta")
            await hub.of().pause((await hub.of().start(5 * MINUTE, "paused")).id)
        clock.advance(120)
        async with run(place, clock) as hub:
            assert await hub.after(179) == []
            assert await hub.after(1) == ["pasta"]
            assert [item.left for item in await hub.of().items() if item.status == "paused"] == [300]

    bounded(work())


def test_a_clock_that_was_set_before_the_restart_does_not_move_the_timer(place: Place) -> None:
    async def work() -> None:
        clock = ManualClock()
        async with run(place, clock) as hub:
            await hub.of().start(5 * MINUTE, "pasta")
            clock.jump(7200)
            assert await hub.after(60) == []
        async with run(place, clock) as hub:
            assert await hub.after(239) == []
            assert await hub.after(1) == ["pasta"]

    bounded(work())


def test_what_was_due_while_the_hub_was_off_rings_late_or_is_missed(place: Place) -> None:
    async def work() -> None:
        clock = ManualClock()
        async with run(place, clock) as hub:
            await hub.of().start(1 * MINUTE, "long ago")
            await hub.of().start(90 * MINUTE, "just now")
            await hub.of().alarm(clock.now() + 5 * MINUTE, "daily", "FREQ=DAILY")
        clock.advance(120 * 60)
        async with place.open(clock) as store:
            hub = Run(store, clock)
            assert await hub.rings() == ["long ago missed", "daily missed", "just now"]
            assert {item.label: item.status for item in await hub.of().items()} == {
                "just now": "ringing",
                "daily": "running",
            }

    bounded(work())


def test_what_rang_when_the_hub_ended_rings_again_unless_it_was_silenced(place: Place) -> None:
    async def work() -> None:
        clock = ManualClock()
        async with run(place, clock) as hub:
            await hub.of("ada").start(MINUTE, "rings")
            await hub.of("bob").start(MINUTE, "silenced")
            assert sorted(await hub.after(60)) == ["rings", "silenced"]
            await hub.of("bob").dismiss()
        clock.advance(120)
        async with place.open(clock) as store:
            hub = Run(store, clock)
            assert await hub.rings() == ["rings"]
            assert await hub.rings() == []
            assert await hub.after(599) == []
            assert await hub.after(1) == ["rings missed"]
        async with place.open(clock) as store:
            assert await Run(store, clock).rings() == []

    bounded(work())


def test_what_rang_more_than_an_hour_ago_is_missed(place: Place) -> None:
    async def work() -> None:
        clock = ManualClock()
        async with run(place, clock) as hub:
            await hub.of().start(MINUTE, "rings")
            await hub.after(60)
        clock.advance(3601)
        async with place.open(clock) as store:
            hub = Run(store, clock)
            assert await hub.rings() == ["rings missed"]
            assert await hub.of().items() == []

    bounded(work())


def test_two_hubs_on_one_postgres_ring_once(postgres_place: Place) -> None:
    async def work() -> None:
        clock = ManualClock()
        async with postgres_place.open(clock) as first, postgres_place.open(clock) as second:
            one = Run(first, clock)
            for number in range(20):
                await one.of(f"w{number}").start(MINUTE, f"{number}")
            two = Run(second, clock)
            assert await two.rings() == []
            clock.advance(60)
            rings = await asyncio.gather(one.rings(), two.rings())
            assert sorted(rings[0] + rings[1]) == sorted(str(number) for number in range(20))
            # neither touches what the other answers for
            assert await two.after(30) == []
            assert await one.rings() == []

    bounded(work())


def test_a_hub_takes_over_what_a_dead_one_rang(postgres_place: Place) -> None:
    async def work() -> None:
        clock = ManualClock()
        async with run(postgres_place, clock) as hub:
            await hub.of().start(MINUTE, "rings")
            assert await hub.after(60) == ["rings"]
        async with postgres_place.open(clock) as store:
            hub = Run(store, clock)
            assert await hub.rings() == []  # the other might live
            assert await hub.after(60) == []
            assert await hub.after(31) == ["rings"]

    bounded(work())


PROGRAM = """
import asyncio, sys
from datetime import timedelta
from lorgnette.core.clock import SystemClock
from lorgnette.services import notes, schedule
from lorgnette.store import Store

async def work():
    clock = SystemClock()
    store = await Store.open(sys.argv[1], clock, domains=(notes.DOMAIN, schedule.DOMAIN))
    service = schedule.ScheduleService(store, clock)
    async def due(wearer, item, missed):
        print("due", item.label, flush=True)
        await asyncio.sleep(60)
    service.on_due(due)
    await service.for_wearer("ada").start(timedelta(seconds=1), "rings")
    await service.for_wearer("ada").start(timedelta(hours=1), "waits")
    async with asyncio.TaskGroup() as group:
        group.create_task(service.run())

asyncio.run(work())
"""


def test_a_hub_killed_while_it_rings_rings_again(sqlite_place: Place) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, sqlite_place.url], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "due rings\n"
    process.kill()
    process.wait()
    process.stdout.close()

    async def work() -> None:
        clock = SystemClock()
        async with sqlite_place.open(clock) as store:
            told = []
            heard = asyncio.Event()
            service = ScheduleService(store, clock)

            async def due(wearer: str, item, missed: bool) -> None:
                told.append((wearer, item.label, missed))
                heard.set()

            service.on_due(due)
            running = asyncio.ensure_future(service.run())
            await heard.wait()
            assert told == [("ada", "rings", False)]
            waiting = await service.for_wearer("ada").items()
            assert {item.label: item.status for item in waiting} == {"rings": "ringing", "waits": "running"}
            running.cancel()
            with pytest.raises(asyncio.CancelledError):
                await running

    bounded(work())
