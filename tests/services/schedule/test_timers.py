"""Timers: on the steady clock, several, named, paused, lengthened, cancelled and brought back."""

import asyncio
from datetime import timedelta

import pytest
from tests.services.schedule.clockwork import Run, run
from tests.store.databases import Place

from lorgnette.core.clock import ManualClock
from lorgnette.sdk import NotFound, SkillError
from lorgnette.services.schedule.ledger import LIMIT

MINUTE = timedelta(minutes=1)


def check(place: Place, work) -> None:
    async def bounded() -> None:
        clock = ManualClock()
        async with asyncio.timeout(60), run(place, clock) as hub:
            await work(hub)

    asyncio.run(bounded())


def test_a_timer_rings_once_when_its_time_is_over(place: Place) -> None:
    async def work(hub: Run) -> None:
        timer = await hub.of().start(5 * MINUTE, "pasta")
        assert (timer.kind, timer.status, timer.total) == ("timer", "running", 300)
        assert timer.due == hub.clock.now().timestamp() + 300
        assert await hub.after(299.9) == []
        assert await hub.after(0.1) == ["pasta"]
        assert await hub.after(1) == []
        assert (await hub.of().get(timer.id)).status == "ringing"
        assert [item.id for item in await hub.of().dismiss()] == [timer.id]
        assert await hub.of().items() == []
        assert await hub.after(10_000) == []

    check(place, work)


@pytest.mark.parametrize("jump", [-86_400.0, -30.0, 30.0, 299.0, 86_400.0, 40 * 365 * 86_400.0])
def test_a_jump_of_the_wall_clock_does_not_move_a_timer(sqlite_place: Place, jump: float) -> None:
    async def work(hub: Run) -> None:
        timer = await hub.of().start(5 * MINUTE, "pasta")
        hub.clock.advance(100)
        hub.clock.jump(jump)
        before = (await hub.of().get(timer.id)).due - hub.clock.now().timestamp()
        assert before == pytest.approx(200, abs=0.01)
        assert await hub.rings() == []
        assert (await hub.of().get(timer.id)).due - hub.clock.now().timestamp() == pytest.approx(
            200, abs=0.01
        )
        assert await hub.after(199.5) == []
        hub.clock.jump(-jump)
        assert await hub.after(0.5) == ["pasta"]

    check(sqlite_place, work)


def test_the_time_left_shown_after_a_jump_is_right_and_told(place: Place) -> None:
    async def work(hub: Run) -> None:
        await hub.of().start(5 * MINUTE)
        hub.changes.clear()
        hub.clock.jump(3600)
        await hub.rings()
        assert hub.changes == ["ada"]
        (timer,) = await hub.of().items()
        assert timer.due - hub.clock.now().timestamp() == pytest.approx(300, abs=0.01)

    check(place, work)


def test_a_paused_timer_stands_still_and_goes_on(place: Place) -> None:
    async def work(hub: Run) -> None:
        of = hub.of()
        timer = await of.start(5 * MINUTE, "pasta")
        hub.clock.advance(100)
        paused = await of.pause(timer.id)
        assert (paused.status, paused.left, paused.due) == ("paused", 200, 0)
        assert await of.pause(timer.id) == paused
        assert await hub.after(10_000) == []
        hub.clock.jump(-5000)
        resumed = await of.resume(timer.id)
        assert (resumed.status, resumed.left) == ("running", 0)
        assert (await of.resume(timer.id)).status == "running"
        assert await hub.after(199) == []
        assert await hub.after(1) == ["pasta"]

    check(place, work)


def test_time_is_added_to_a_running_a_paused_and_a_ringing_timer(place: Place) -> None:
    async def work(hub: Run) -> None:
        of = hub.of()
        timer = await of.start(MINUTE, "egg")
        more = await of.add(timer.id, MINUTE)
        assert more.total == 120
        assert await hub.after(119) == []
        await of.pause(timer.id)
        assert (await of.add(timer.id, MINUTE)).left == 61
        assert (await of.add(timer.id, -10 * MINUTE)).left == 1
        await of.resume(timer.id)
        assert await hub.after(1) == ["egg"]
        assert (await of.add(timer.id, MINUTE)).status == "running"
        assert await hub.after(59) == []
        assert await hub.after(1) == ["egg"]
        with pytest.raises(SkillError):
            await of.add(timer.id, -MINUTE)

    check(place, work)


def test_shortening_leaves_at_least_a_second(place: Place) -> None:
    async def work(hub: Run) -> None:
        timer = await hub.of().start(5 * MINUTE, "pasta")
        assert (await hub.of().add(timer.id, -60 * MINUTE)).due == hub.clock.now().timestamp() + 1
        assert await hub.after(1) == ["pasta"]

    check(place, work)


def test_a_cancelled_timer_comes_back_with_the_time_it_would_have(place: Place) -> None:
    async def work(hub: Run) -> None:
        of = hub.of()
        timer = await of.start(5 * MINUTE, "pasta")
        hub.clock.advance(60)
        assert (await of.cancel(timer.id)).status == "cancelled"
        assert await of.items() == []
        hub.clock.advance(60)
        hub.clock.jump(7200)
        await hub.rings()
        back = await of.restore(timer.id)
        assert back.due - hub.clock.now().timestamp() == pytest.approx(180, abs=0.01)
        assert await of.restore(timer.id) == back
        assert await hub.after(179) == []
        assert await hub.after(1) == ["pasta"]

    check(place, work)


def test_a_cancelled_timer_that_is_due_by_now_rings_when_it_comes_back(place: Place) -> None:
    async def work(hub: Run) -> None:
        of = hub.of()
        timer = await of.start(5 * MINUTE, "pasta")
        await of.cancel(timer.id)
        assert await hub.after(50_000) == []
        await of.restore(timer.id)
        assert await hub.rings() == ["pasta"]
        await of.cancel(timer.id)
        assert await hub.rings() == []
        await of.restore(timer.id)
        assert await hub.rings() == ["pasta"]

    check(place, work)


def test_a_paused_timer_that_was_cancelled_comes_back_paused(place: Place) -> None:
    async def work(hub: Run) -> None:
        of = hub.of()
        timer = await of.start(5 * MINUTE)
        await of.pause(timer.id)
        await of.cancel(timer.id)
        assert await of.restore(timer.id) == await of.get(timer.id)
        assert (await of.get(timer.id)).left == 300

    check(place, work)


def test_snoozed_it_rings_again(place: Place) -> None:
    async def work(hub: Run) -> None:
        of = hub.of()
        await of.start(MINUTE, "tea")
        await of.start(2 * MINUTE, "egg")
        assert await hub.after(60) == ["tea"]
        (snoozed,) = await of.snooze(10 * MINUTE)
        assert snoozed.label == "tea"
        assert await hub.after(60) == ["egg"]
        assert await hub.after(539) == []
        assert await hub.after(1) == ["tea"]

    check(place, work)


def test_soonest_first_paused_last(place: Place) -> None:
    async def work(hub: Run) -> None:
        of = hub.of()
        paused = await of.start(MINUTE, "paused")
        await of.pause(paused.id)
        await of.start(3 * MINUTE, "late")
        await of.start(2 * MINUTE, "soon")
        assert [item.label for item in await of.items()] == ["soon", "late", "paused"]
        assert await of.items("alarm") == []

    check(place, work)


def test_other_wearers_timers_do_not_exist(place: Place) -> None:
    async def work(hub: Run) -> None:
        timer = await hub.of("ada").start(MINUTE, "hers")
        eve = hub.of("eve")
        assert await eve.items() == []
        for forbidden in (eve.get, eve.pause, eve.resume, eve.cancel, eve.restore):
            with pytest.raises(NotFound):
                await forbidden(timer.id)
        with pytest.raises(NotFound):
            await eve.add(timer.id, MINUTE)
        await hub.after(60)
        assert await eve.dismiss() == []
        assert await eve.snooze(MINUTE) == []
        assert [(wearer, item.label) for wearer, item, _ in hub.told] == [("ada", "hers")]

    check(place, work)


@pytest.mark.parametrize("seconds", [0, -5, 0.5, 367 * 86_400])
def test_an_impossible_duration_is_refused(sqlite_place: Place, seconds: float) -> None:
    async def work(hub: Run) -> None:
        with pytest.raises(SkillError) as caught:
            await hub.of().start(timedelta(seconds=seconds))
        assert caught.value.phrase == "error-schedule-duration"

    check(sqlite_place, work)


def test_sixty_four_are_enough(place: Place) -> None:
    async def work(hub: Run) -> None:
        of = hub.of()
        timers = [await of.start(MINUTE) for _ in range(LIMIT)]
        with pytest.raises(SkillError) as caught:
            await of.start(MINUTE)
        assert caught.value.values == {"limit": LIMIT}
        await hub.of("bob").start(MINUTE)
        await of.cancel(timers[0].id)
        await of.start(MINUTE)
        with pytest.raises(SkillError):
            await of.restore(timers[0].id)

    check(place, work)


def test_a_caller_who_is_cancelled_while_it_is_written_still_gets_a_ring(sqlite_place: Place) -> None:
    async def work(hub: Run) -> None:
        starting = asyncio.ensure_future(hub.of().start(MINUTE, "pasta"))
        await asyncio.sleep(0)
        starting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await starting
        await asyncio.gather(*hub.service._writing)
        assert await hub.after(60) == ["pasta"]

    check(sqlite_place, work)
