"""Places with a name, and where somebody is: kept a day, followed over restarts."""

from datetime import timedelta

import pytest
from tests.store.databases import Place as Database

from lorgnette.core.clock import ManualClock
from lorgnette.core.events import Location
from lorgnette.sdk import NotFound, SkillError
from lorgnette.sdk.places import Place
from lorgnette.services.places import PlacesService
from lorgnette.services.places.tables import whereabouts
from lorgnette.store import Store

HOME, AWAY = Location(52.52, 13.405, 10.0), Location(52.53, 13.405, 10.0)


async def stay(service: PlacesService, clock: ManualClock, where: Location, seconds: int = 60) -> None:
    for _ in range(0, seconds, 10):
        service.located("ada", "phone", where)
        await service.tick()
        clock.advance(10)


def test_a_place_is_saved_where_one_is_and_moves_with_its_name(place: Database) -> None:
    clock = ManualClock()

    async def work(store: Store) -> None:
        service = PlacesService(store)
        ada = service.of("ada")
        with pytest.raises(SkillError):
            await ada.save("home")
        service.located("ada", "phone", Location(52.52, 13.405, 900.0))
        await service.tick()
        with pytest.raises(SkillError) as vague:
            await ada.save("home")
        assert vague.value.phrase == "place-vague-here"
        clock.advance(40)
        service.located("ada", "phone", HOME)
        await service.tick()
        home = await ada.save("Home")
        assert (home.inside, home.radius) == (True, 100.0)
        assert (await ada.named("HOME")).id == home.id
        moved = await ada.add("home", 48.1, 11.5)
        assert (moved.id, moved.latitude, moved.inside) == (home.id, 48.1, False)
        with pytest.raises(NotFound) as none:
            await ada.named("gym")
        assert none.value.values["places"] == ["home"]
        await ada.remove(home.id)
        assert await ada.all() == []
        await ada.restore(home.id)
        assert await service.of("eve").all() == []
        clock.advance(3600)
        with pytest.raises(SkillError):
            await ada.here()

    place.run(work, clock)


def test_who_comes_and_goes_is_told_once_also_over_a_restart(place: Database) -> None:
    clock = ManualClock()
    told: list[tuple[str, str]] = []

    async def tell(wearer: str, where: Place, crossing: str) -> None:
        told.append((where.name, crossing))

    async def work(store: Store) -> None:
        service = PlacesService(store)
        service.on_crossing(tell)
        await service.of("ada").add("home", HOME.latitude, HOME.longitude)
        await stay(service, clock, AWAY)
        await stay(service, clock, HOME)
        assert told == [("home", "enter")]
        await stay(service, clock, AWAY, 20)
        again = PlacesService(store)  # the hub died while it wasn't sure yet
        again.on_crossing(tell)
        await again.start()
        await again.tick()
        clock.advance(60)
        await again.tick()
        assert told == [("home", "enter"), ("home", "leave")]
        last = PlacesService(store)
        last.on_crossing(tell)
        await last.start()
        await stay(last, clock, AWAY)
        assert len(told) == 2

    place.run(work, clock)


def test_a_failing_teller_is_asked_again(place: Database) -> None:
    clock = ManualClock()
    told: list[str] = []

    async def tell(wearer: str, where: Place, crossing: str) -> None:
        told.append(crossing)
        if len(told) == 1:
            raise OSError("the disk is full")

    async def work(store: Store) -> None:
        service = PlacesService(store)
        service.on_crossing(tell)
        await service.of("ada").add("home", HOME.latitude, HOME.longitude)
        with pytest.raises(OSError, match="full"):
            await stay(service, clock, HOME)
        await stay(service, clock, HOME)
        await stay(service, clock, HOME)
        assert told == ["enter", "enter"]

    place.run(work, clock)


def test_positions_are_kept_sparsely_and_for_a_day(place: Database) -> None:
    clock = ManualClock()

    async def work(store: Store) -> None:
        service = PlacesService(store)
        await stay(service, clock, HOME, 600)
        count = await store.read(lambda connection: len(connection.execute(whereabouts.select()).all()))
        assert 10 <= count <= 25
        clock.advance(timedelta(hours=25).total_seconds())
        await service.prune()
        assert not await store.read(lambda connection: connection.execute(whereabouts.select()).all())

    place.run(work, clock)
