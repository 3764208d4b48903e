"""Errands with a real store and a clock moved by hand: run when due, told once, begun again after a crash."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from lorgnette.core.clock import ManualClock
from lorgnette.core.errors import NotFound, SkillError
from lorgnette.core.taint import CLEAN, Source, Taint
from lorgnette.sdk.errands import Errand
from lorgnette.services.errands import ErrandService, Result, condition_of
from lorgnette.store import People, Store

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Script:
    """A runner that gives what it is told to give, in order, then the last again."""

    def __init__(self, *results: Result | BaseException) -> None:
        self.results = list(results)
        self.ran: list[tuple[str, str, Taint]] = []
        self.able = True

    async def can(self, wearer: str, errand: Errand) -> bool:
        return self.able

    async def run(self, wearer: str, errand: Errand, run: str, taint: Taint) -> Result:
        self.ran.append((errand.what, run, taint))
        result = self.results.pop(0) if len(self.results) > 1 else self.results[0]
        if isinstance(result, BaseException):
            raise result
        return result


@dataclass
class Desk:
    store: Store
    clock: ManualClock
    wearer: str
    service: ErrandService
    told: list[tuple[str, str, Result]] = field(default_factory=list)

    @property
    def mine(self):
        return self.service.of(self.wearer)

    async def pass_(self, **time: float) -> None:
        self.clock.advance(timedelta(**time).total_seconds())
        await self.service.tick()


@contextlib.asynccontextmanager
async def desk(script: Script, url: str = "sqlite://", at: datetime = NOON) -> AsyncIterator[Desk]:
    clock = ManualClock(at)
    store = await Store.open(url, clock)
    try:
        people = People(store)
        owner = await people.owner(zone="Europe/Berlin")
        told: list[tuple[str, str, Result]] = []

        async def tell(_: str, errand: Errand, id: str, result: Result) -> None:
            told.append((errand.what, id, result))

        here = Desk(store, clock, owner.id, ErrandService(store, people, script, tell), told)
        await here.service.start()
        yield here
    finally:
        await store.close()


CAME, WAITS, FAILED = Result("came", "There."), Result("waits"), Result("failed")


def test_a_watch_looks_until_it_is_so_and_says_it_once() -> None:
    async def scene() -> None:
        script = Script(WAITS, FAILED, WAITS, CAME)
        async with desk(script) as here:
            await here.mine.watch("the rain stops", "en")
            for _ in range(8):
                await here.pass_(minutes=10)
            assert len(script.ran) == 4
            assert [what for what, _, _ in here.told] == ["the rain stops"]
            assert await here.mine.live() == []

    asyncio.run(scene())


def test_a_watch_ends_after_a_week_and_says_so() -> None:
    async def scene() -> None:
        async with desk(Script(WAITS)) as here:
            await here.mine.watch("pigs fly", "en")
            await here.pass_(days=6.9)
            assert not here.told
            await here.pass_(days=0.2)
            assert [result.how for _, _, result in here.told] == ["waits"]
            assert await here.mine.live() == []

    asyncio.run(scene())


def test_a_routine_runs_at_its_times_across_the_change_of_the_clocks() -> None:
    async def scene() -> None:
        script = Script(CAME)
        friday = datetime(2027, 3, 26, 12, tzinfo=BERLIN)
        async with desk(script, at=friday) as here:
            seven = datetime(2027, 3, 27, 7, tzinfo=BERLIN)
            await here.mine.routine("read the headlines", "en", seven, "FREQ=DAILY")
            for _ in range(4 * 24):
                await here.pass_(hours=1)
            dues = [(await here.mine.live())[0].due]
            assert datetime.fromtimestamp(dues[0], BERLIN).hour == 7
            assert len(script.ran) == 4
            assert len({run for _, run, _ in script.ran}) == 4
            assert len(here.told) == 4

    asyncio.run(scene())


def test_a_task_runs_once_at_its_time() -> None:
    async def scene() -> None:
        script = Script(CAME)
        async with desk(script) as here:
            await here.mine.later("find three flights", "en", NOON + timedelta(hours=8))
            await here.pass_(hours=7)
            assert not script.ran
            await here.pass_(hours=2)
            await here.pass_(hours=24)
            assert len(script.ran) == len(here.told) == 1

    asyncio.run(scene())


def test_after_a_crash_the_run_is_begun_again_under_its_own_name(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/hub.db"

    async def dies() -> list[str]:
        script = Script(asyncio.CancelledError())
        async with desk(script, url) as here:
            await here.mine.later("find three flights", "en", NOON + timedelta(minutes=1))
            with contextlib.suppress(asyncio.CancelledError):
                await here.pass_(minutes=2)
            return [run for _, run, _ in script.ran]

    async def lives() -> list[str]:
        script = Script(CAME)
        async with desk(script, url, NOON + timedelta(minutes=3)) as here:
            await here.service.tick()
            await here.service.tick()
            assert len(here.told) == 1
            return [run for _, run, _ in script.ran]

    first, second = asyncio.run(dies()), asyncio.run(lives())
    assert len(first) == len(second) == 1
    assert first == second


def test_what_fails_again_and_again_is_given_up_and_told() -> None:
    async def scene() -> None:
        script = Script(RuntimeError("broken"))
        async with desk(script) as here:
            await here.mine.watch("x", "en")
            for _ in range(9):
                await here.pass_(minutes=10)
            assert len(script.ran) == 5
            assert [result.how for _, _, result in here.told] == ["failed"]

    asyncio.run(scene())


def test_what_was_cancelled_stays_so_and_comes_back_by_undo() -> None:
    async def scene() -> None:
        script = Script(WAITS)
        async with desk(script) as here:
            errand = await here.mine.watch("the rain stops", "en")
            assert (await here.mine.find("rain")).id == errand.id
            await here.mine.cancel(errand.id)
            await here.pass_(hours=1)
            assert not script.ran
            with pytest.raises(NotFound):
                await here.mine.cancel(errand.id)
            with pytest.raises(NotFound):
                await here.service.of("w-other").cancel(errand.id)
            await here.mine.restore(errand.id)
            await here.pass_(hours=1)
            assert len(script.ran) == 1
            with pytest.raises(NotFound):
                await here.mine.find("something quite different")

    asyncio.run(scene())


def test_errands_are_bounded_and_what_can_not_be_done_is_not_taken() -> None:
    async def scene() -> None:
        script = Script(WAITS)
        async with desk(script) as here:
            for number in range(20):
                await here.mine.watch(f"number {number} comes", "en")
            for what, phrase in (("one more", "error-errand-many"), ("x" * 500, "error-errand-words")):
                with pytest.raises(SkillError) as wrong:
                    await here.mine.watch(what, "en")
                assert wrong.value.phrase == phrase
                await here.mine.cancel((await here.mine.live())[0].id)
            with pytest.raises(SkillError) as past:
                await here.mine.later("x", "en", NOON - timedelta(hours=1))
            assert past.value.phrase == "error-errand-past"
            script.able = False
            with pytest.raises(SkillError) as cannot:
                await here.mine.watch("the stars align", "en")
            assert cannot.value.phrase == "error-errand-cannot"

    asyncio.run(scene())


def test_whose_words_an_errand_is_made_of_goes_along() -> None:
    async def scene() -> None:
        script, page = Script(CAME), frozenset({Source("page", "example.org")})
        async with desk(script) as here:
            await here.mine.later("x", "en", NOON, taint=page)
            await here.mine.later("y", "en", NOON)
            await here.service.tick()
            assert {what: taint for what, _, taint in script.ran} == {"x": page, "y": CLEAN}

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("what", "language", "fact", "value", "ask"),
    [
        ("the rain stops", "en", "raining", False, "will it rain today"),
        ("it starts raining", "en", "raining", True, "will it rain today"),
        ("Anna writes back", "en", "new", True, "did anna write me"),
        ("the washing machine is done", "en", "on", False, "is the washing machine on"),
        ("der Regen aufhört", "de", "raining", False, "regnet es heute"),
        ("die Waschmaschine fertig ist", "de", "on", False, "ist die waschmaschine an"),
        ("Anna schreibt", "de", "new", True, "hat anna geschrieben"),
        ("雨停了", "zh", "raining", False, "今天会下雨吗"),
        ("洗衣机好了", "zh", "on", False, "洗衣机开着吗"),
    ],
)
def test_conditions_are_known_as_they_are_said(what, language, fact, value, ask) -> None:
    found = condition_of(what, language)
    assert found is not None
    assert (found.fact, found.value, found.ask) == (fact, value, ask)


def test_other_wishes_are_no_conditions() -> None:
    for language in ("en", "de", "zh"):
        assert condition_of("the stars align", language) is None
        assert condition_of("", language) is None


def test_one_whose_end_can_not_be_told_or_noted_stops_no_other_and_is_tried_again() -> None:
    here: Desk

    class Gone(Script):
        """An errand's row goes while it runs."""

        async def run(self, wearer: str, errand: Errand, run: str, taint: Taint) -> Result:
            if errand.what == "gone":
                await here.store.write(lambda c: c.exec_driver_sql("delete from errands where what = 'gone'"))
            return await super().run(wearer, errand, run, taint)

    async def scene() -> None:
        nonlocal here
        script = Gone(CAME)
        async with desk(script) as here:
            tell, deaf = here.service._tell, ["untold"]

            async def telling(wearer: str, errand: Errand, id: str, result: Result) -> None:
                if errand.what in deaf:
                    deaf.remove(errand.what)
                    raise NotFound("nobody")
                await asyncio.sleep(0.01)
                await tell(wearer, errand, id, result)

            here.service._tell = telling
            for what in ("gone", "untold", "stays"):
                await here.mine.later(what, "en", NOON + timedelta(minutes=1))
            await here.pass_(minutes=2)
            assert [what for what, _, _ in here.told] == ["stays"]
            await here.pass_(minutes=2)
            assert [what for what, _, _ in here.told] == ["stays", "untold"]
            assert len({run for what, run, _ in script.ran if what == "untold"}) == 1
            assert not await here.mine.live()

    asyncio.run(scene())
