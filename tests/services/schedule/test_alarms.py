"""Alarms: on the wall clock of their zone, over the days when clocks change, and when the clock is set."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from tests.services.schedule.clockwork import BERLIN, Run, run
from tests.store.databases import Place

from lorgnette.core.clock import ManualClock
from lorgnette.sdk import SkillError
from lorgnette.store import People


def check(place: Place, work, now: datetime) -> None:
    async def bounded() -> None:
        async with asyncio.timeout(60), run(place, ManualClock(now)) as hub:
            await work(hub)

    asyncio.run(bounded())


NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
SPRING = datetime(2026, 3, 27, 12, tzinfo=UTC)  # two days before 02:00 → 03:00 in Berlin
AUTUMN = datetime(2026, 10, 23, 12, tzinfo=UTC)  # two days before 03:00 → 02:00


def local(hub: Run) -> str:
    return hub.clock.now().astimezone(BERLIN).strftime("%d. %H:%M")


def test_an_alarm_rings_at_its_time(place: Place) -> None:
    async def work(hub: Run) -> None:
        alarm = await hub.of().alarm(datetime(2026, 1, 2, 7, 0, tzinfo=BERLIN), "up")
        assert (alarm.kind, alarm.zone, alarm.rule) == ("alarm", "Europe/Berlin", "")
        assert await hub.at(datetime(2026, 1, 2, 6, 59, 59, tzinfo=BERLIN)) == []
        assert await hub.after(1) == ["up"]
        assert await hub.of().dismiss()
        assert await hub.of().items() == []

    check(place, work, NEW_YEAR)


def test_a_time_that_the_clocks_skip_rings_at_the_end_of_the_gap(place: Place) -> None:
    async def work(hub: Run) -> None:
        await hub.of().alarm(datetime(2026, 3, 29, 2, 30, tzinfo=BERLIN), "skipped")
        assert await hub.at(datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC)) == []
        assert await hub.after(1) == ["skipped"]
        assert local(hub) == "29. 03:00"

    check(place, work, SPRING)


def test_a_time_that_comes_twice_rings_at_its_first_coming_only(place: Place) -> None:
    async def work(hub: Run) -> None:
        await hub.of().alarm(datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN), "twice")
        assert await hub.at(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)) == ["twice"]
        await hub.of().dismiss()
        assert await hub.after(3600) == []

    check(place, work, AUTUMN)


@pytest.mark.parametrize(
    ("now", "days"),
    [
        (SPRING, ["28. 02:30", "29. 03:00", "30. 02:30", "31. 02:30"]),
        (AUTUMN, ["24. 02:30", "25. 02:30", "26. 02:30", "27. 02:30"]),
    ],
)
def test_a_daily_alarm_keeps_its_wall_clock_time_over_the_change(
    place: Place, now: datetime, days: list[str]
) -> None:
    async def work(hub: Run) -> None:
        first = datetime(now.year, now.month, now.day + 1, 2, 30, tzinfo=BERLIN)
        alarm = await hub.of().alarm(first, "daily", "FREQ=DAILY")
        rung = []
        for _ in days:
            due = (await hub.of().get(alarm.id)).due
            assert await hub.at(datetime.fromtimestamp(due - 1, UTC)) == []
            assert await hub.after(1) == ["daily"]
            rung.append(local(hub))
            (waits,) = await hub.of().dismiss()
            assert waits.status == "running"
        assert rung == days

    check(place, work, now)


def test_when_the_clock_is_set_forward_an_alarm_rings_and_set_back_it_waits(place: Place) -> None:
    async def work(hub: Run) -> None:
        of = hub.of()
        await of.alarm(hub.clock.now() + timedelta(hours=2), "first")
        await of.alarm(hub.clock.now() + timedelta(hours=5), "second")
        hub.clock.jump(2.5 * 3600)
        assert await hub.rings() == ["first"]
        await of.dismiss()
        hub.clock.jump(-2 * 3600)
        assert await hub.after(2.5 * 3600) == []
        assert await hub.after(2 * 3600) == ["second"]

    check(place, work, NEW_YEAR)


def test_what_the_clock_jumped_over_by_far_is_reported_as_missed(place: Place) -> None:
    async def work(hub: Run) -> None:
        of = hub.of()
        await of.alarm(hub.clock.now() + timedelta(hours=2), "once")
        daily = await of.alarm(hub.clock.now() + timedelta(hours=3), "daily", "FREQ=DAILY")
        hub.clock.jump(10 * 3600)
        assert sorted(await hub.rings()) == ["daily missed", "once missed"]
        assert [item.due for _, item, _ in hub.told if item.label == "daily"] == [daily.due]
        (item,) = await of.items()
        assert (item.label, item.due) == ("daily", daily.due + 86_400)

    check(place, work, NEW_YEAR)


def test_the_wall_clock_is_looked_at_every_half_minute_while_something_waits(sqlite_place: Place) -> None:
    async def work(hub: Run) -> None:
        assert hub.service._delay() is None
        await hub.of().alarm(hub.clock.now() + timedelta(days=3), "far")
        delay = hub.service._delay()
        assert delay is not None
        assert delay <= 30.1
        hub.clock.advance(3 * 86_400 - 10)
        delay = hub.service._delay()
        assert delay is not None
        assert delay <= 10.1

    check(sqlite_place, work, NEW_YEAR)


def test_an_unsilenced_alarm_ends_after_ten_minutes_and_is_missed(place: Place) -> None:
    async def work(hub: Run) -> None:
        await hub.of().alarm(hub.clock.now() + timedelta(minutes=1), "once")
        daily = await hub.of().alarm(hub.clock.now() + timedelta(minutes=1), "daily", "FREQ=DAILY")
        assert sorted(await hub.after(60)) == ["daily", "once"]
        assert await hub.after(599) == []
        hub.changes.clear()
        assert sorted(await hub.after(1)) == ["daily missed", "once missed"]
        assert hub.changes == ["ada"]
        (item,) = await hub.of().items()
        assert (item.status, item.due) == ("running", daily.due + 86_400)
        assert await hub.of().dismiss() == []

    check(place, work, NEW_YEAR)


def test_a_snoozed_daily_alarm_rings_again_and_then_at_its_own_time(place: Place) -> None:
    async def work(hub: Run) -> None:
        alarm = await hub.of().alarm(hub.clock.now() + timedelta(hours=1), "daily", "FREQ=DAILY")
        assert await hub.after(3600) == ["daily"]
        (snoozed,) = await hub.of().snooze(timedelta(minutes=9))
        assert snoozed.due == alarm.due + 540
        assert await hub.after(540) == ["daily"]
        (waits,) = await hub.of().dismiss()
        assert waits.due == alarm.due + 86_400

    check(place, work, NEW_YEAR)


def test_an_alarm_that_counts_ends_after_its_last_time(place: Place) -> None:
    async def work(hub: Run) -> None:
        await hub.of().alarm(hub.clock.now() + timedelta(hours=1), "twice", "FREQ=DAILY;COUNT=2")
        assert await hub.after(3600) == ["twice"]
        assert [item.status for item in await hub.of().dismiss()] == ["running"]
        assert await hub.after(86_400) == ["twice"]
        assert [item.status for item in await hub.of().dismiss()] == ["done"]
        assert await hub.after(86_400) == []

    check(place, work, NEW_YEAR)


def test_a_time_without_a_named_zone_means_the_wearers(place: Place) -> None:
    async def work(hub: Run) -> None:
        wearer = await People(hub.store).add("Ada", zone="Europe/Berlin")
        at = datetime(2026, 3, 28, 6, 0, tzinfo=UTC)  # 07:00 in Berlin before the change
        alarm = await hub.of(wearer.id).alarm(at, "up", "FREQ=DAILY")
        assert alarm.zone == "Europe/Berlin"
        assert await hub.at(at) == ["up"]
        await hub.of(wearer.id).dismiss()
        assert await hub.after(86_400 - 3600) == ["up"]
        assert local(hub) == "29. 07:00"

    check(place, work, SPRING)


def test_a_cancelled_daily_alarm_comes_back_at_its_next_time(place: Place) -> None:
    async def work(hub: Run) -> None:
        alarm = await hub.of().alarm(hub.clock.now() + timedelta(hours=1), "daily", "FREQ=DAILY")
        await hub.of().cancel(alarm.id)
        assert await hub.after(3 * 86_400) == []
        back = await hub.of().restore(alarm.id)
        assert back.due == alarm.due + 3 * 86_400

    check(place, work, NEW_YEAR)


def test_a_past_time_and_a_rule_that_never_happens_are_refused(sqlite_place: Place) -> None:
    async def work(hub: Run) -> None:
        now = hub.clock.now()
        with pytest.raises(SkillError) as caught:
            await hub.of().alarm(now - timedelta(minutes=1), "past")
        assert caught.value.phrase == "error-schedule-past"
        for rule in (
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "every day",
            "FREQ=SECONDLY",
            "FREQ=DAILY;UNTIL=2001",
        ):
            with pytest.raises(SkillError) as caught:
                await hub.of().alarm(now + timedelta(hours=1), "never", rule)
            assert caught.value.phrase == "error-schedule-rule"
        with pytest.raises(ValueError, match="aware"):
            await hub.of().alarm(datetime(2026, 5, 1, 7), "naive")  # noqa: DTZ001
        alarm = await hub.of().alarm(now + timedelta(hours=1))
        for refused in (hub.of().pause, hub.of().resume):
            with pytest.raises(SkillError):
                await refused(alarm.id)
        assert await hub.of().items() == [alarm]

    check(sqlite_place, work, NEW_YEAR)


def test_a_reminder_is_an_alarm_of_its_own_kind(place: Place) -> None:
    async def work(hub: Run) -> None:
        await hub.of().alarm(hub.clock.now() + timedelta(hours=1), "call mum", kind="reminder")
        assert [item.kind for item in await hub.of().items("reminder")] == ["reminder"]
        assert await hub.of().items("alarm") == []
        assert await hub.after(3600) == ["call mum"]

    check(place, work, NEW_YEAR)
