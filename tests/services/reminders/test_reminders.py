"""Reminders by time and by place: told once, over restarts, missed ones with what they were of."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.store.databases import Place as Database

from lorgnette.core.clock import ManualClock
from lorgnette.core.events import Location
from lorgnette.core.taint import Source
from lorgnette.sdk import NotFound
from lorgnette.sdk.reminders import Reminder
from lorgnette.services.places import PlacesService
from lorgnette.services.reminders import ReminderService
from lorgnette.services.schedule import ScheduleService
from lorgnette.store import Store

NOW = datetime(2026, 11, 5, 14, 0, tzinfo=UTC)
HOME, AWAY = Location(52.52, 13.405, 10.0), Location(52.53, 13.405, 10.0)


class Run:
    """One life of a hub: its services, and what they told."""

    def __init__(self, store: Store, clock: ManualClock, *, dies: bool = False) -> None:
        self.told: list[tuple[str, str, bool]] = []
        self.schedule = ScheduleService(store, clock)
        self.places = PlacesService(store)

        async def tell(wearer: str, reminder: Reminder, id: str, missed: bool) -> None:
            self.told.append((id, reminder.text, missed))
            if dies:
                raise ConnectionError("killed here")

        self.service = ReminderService(store, self.schedule, self.places, tell)
        self.schedule.on_due(self.service.due)
        self.ada = self.service.of("ada")


def test_it_is_told_once_and_is_over(place: Database) -> None:
    clock = ManualClock(NOW)

    async def work(store: Store) -> None:
        run = Run(store, clock)
        made = await run.ada.at(NOW + timedelta(hours=1), "call Ada")
        assert [one.text for one in await run.ada.waiting()] == ["call Ada"]
        clock.advance(3601)
        await run.schedule.tick()
        assert run.told == [(f"m-{made.id}-{made.due:.0f}", "call Ada", False)]
        assert await run.ada.waiting() == []
        await run.schedule.tick()
        assert len(run.told) == 1

    place.run(work, clock)


def test_one_that_comes_again_waits_for_its_next_day(place: Database) -> None:
    clock = ManualClock(NOW)

    async def work(store: Store) -> None:
        run = Run(store, clock)
        await run.ada.at(NOW + timedelta(hours=1), "pills", "FREQ=DAILY")
        ids = set()
        for _ in range(3):
            clock.advance(86_400)
            await run.schedule.tick()
            ids.add(run.told[-1][0])
        assert len(run.told) == len(ids) == 3
        assert len(await run.ada.waiting()) == 1

    place.run(work, clock)


def test_a_hub_that_dies_while_it_tells_tells_it_again_under_the_same_id(place: Database) -> None:
    clock = ManualClock(NOW)

    async def first(store: Store) -> str:
        run = Run(store, clock, dies=True)
        await run.ada.at(NOW + timedelta(minutes=10), "oven")
        clock.advance(601)
        await run.schedule.tick()
        return run.told[0][0]

    async def second(store: Store) -> list[tuple[str, str, bool]]:
        run = Run(store, clock)
        await run.schedule.tick()
        await run.schedule.tick()
        assert await run.ada.waiting() == []
        return run.told

    id = place.run(first, clock)
    clock.advance(100)  # where several hubs share a store, the others wait for the dead one's lease
    assert place.run(second, clock) == [(id, "oven", False)]


def test_what_was_due_while_the_hub_was_off_is_told_as_missed(place: Database) -> None:
    clock = ManualClock(NOW)

    async def first(store: Store) -> None:
        await Run(store, clock).ada.at(NOW + timedelta(minutes=10), "oven")

    async def second(store: Store) -> None:
        run = Run(store, clock)
        await run.schedule.tick()
        assert [(text, missed) for _, text, missed in run.told] == [("oven", True)]
        assert await run.ada.waiting() == []

    place.run(first, clock)
    clock.advance(5 * 3600)
    place.run(second, clock)


def test_a_reminder_that_was_said_can_be_put_off(place: Database) -> None:
    clock = ManualClock(NOW)

    async def work(store: Store) -> None:
        run = Run(store, clock)
        await run.ada.at(NOW + timedelta(minutes=10), "oven")
        clock.advance(601)
        await run.schedule.tick()
        (item,) = await run.schedule.for_wearer("ada").snooze(timedelta(minutes=5))
        assert item.label == "oven"
        assert await run.schedule.for_wearer("eve").snooze(timedelta(minutes=5)) == []
        clock.advance(301)
        await run.schedule.tick()
        assert len({id for id, _, _ in run.told}) == 2
        clock.advance(3600)
        assert await run.schedule.for_wearer("ada").snooze(timedelta(minutes=5)) == []

    place.run(work, clock)


def test_by_place_it_is_told_when_one_comes_or_leaves_and_only_then(place: Database) -> None:
    clock = ManualClock(NOW)

    async def work(store: Store) -> None:
        run = Run(store, clock)
        with pytest.raises(NotFound):
            await run.ada.there("home", "milk")
        await run.places.of("ada").add("home", HOME.latitude, HOME.longitude)
        await run.ada.there("home", "milk")
        keys = await run.ada.there("home", "keys", leaving=True)
        gone = await run.ada.there("home", "nothing")
        await run.ada.cancel(gone.id)

        async def stay(where: Location) -> None:
            for _ in range(8):
                run.places.located("ada", "phone", where)
                await run.places.tick()
                clock.advance(10)

        for where in (AWAY, HOME, HOME):
            await stay(where)
        assert [text for _, text, _ in run.told] == ["milk"]
        assert [one.id for one in await run.ada.waiting()] == [keys.id]
        await run.ada.restore(gone.id)
        await stay(AWAY)
        assert [text for _, text, _ in run.told] == ["milk", "keys"]
        await stay(HOME)
        assert [text for _, text, _ in run.told] == ["milk", "keys", "nothing"]
        assert await run.ada.waiting() == []
        with pytest.raises(NotFound):
            await run.service.of("eve").cancel(keys.id)

    place.run(work, clock)


def test_whose_words_it_holds_is_kept_beside_it(place: Database) -> None:
    clock = ManualClock(NOW)
    taint = frozenset({Source("message", "Signal")})

    async def work(store: Store) -> None:
        run = Run(store, clock)
        await run.places.of("ada").add("home", HOME.latitude, HOME.longitude)
        await run.ada.at(NOW + timedelta(hours=1), "call", taint=taint)
        await run.ada.there("home", "wire", taint=taint)
        await run.ada.at(NOW + timedelta(hours=2), "mine")
        assert [one.taint for one in await run.ada.waiting()] == [taint, frozenset(), taint]
        clock.advance(20 * 86_400)
        await run.service.prune()
        assert len(await run.ada.waiting()) == 3

    place.run(work, clock)
