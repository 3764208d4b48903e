"""Whatever a wearer, the clock and the power do to timers: each rings when a simple model says, and once."""

import asyncio
import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.services.schedule.clockwork import Run
from tests.store.databases import Place

from lorgnette.core.clock import ManualClock
from lorgnette.sdk import NotFound, SkillError
from lorgnette.services.schedule.ledger import LATE_S, RING_S

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("start"), st.integers(1, 3000)),
        st.tuples(st.sampled_from(["pause", "resume", "cancel", "restore"]), st.integers(0, 3)),
        st.tuples(st.just("add"), st.integers(-900, 900)),
        st.tuples(st.just("advance"), st.sampled_from([0, 1, 7, 59, 300, 601, 2000, 5000])),
        st.tuples(st.just("jump"), st.sampled_from([-90_000, -30, -1, 2, 400, 90_000])),
        st.tuples(st.just("snooze"), st.integers(1, 700)),
        st.tuples(st.sampled_from(["dismiss", "restart"]), st.just(0)),
    ),
    max_size=25,
)


@dataclass
class Timer:
    """`at`: steady seconds of its ring, or of its ring's end while it rings; `left`: while paused."""

    id: str
    at: float
    left: float = 0.0
    status: str = "running"
    was: str = ""


class Model:
    """What should happen, in a few lines."""

    def __init__(self) -> None:
        self.timers: list[Timer] = []

    def tick(self, now: float) -> list[str]:
        told = []
        for timer in self.timers:
            if timer.status == "running" and timer.at <= now:
                if now - timer.at > LATE_S:
                    timer.status = "done"
                    told.append(f"{timer.id} missed")
                else:
                    timer.status, timer.at = "ringing", now + RING_S
                    told.append(timer.id)
            elif timer.status == "ringing" and timer.at <= now:
                timer.status = "done"
                told.append(f"{timer.id} missed")
        return told

    def act(self, step: str, number: int, now: float) -> Timer | None:
        """What a wearer does to the timer of this number; None if it can't be done."""
        if number >= len(self.timers):
            return None
        timer = self.timers[number]
        match step, timer.status:
            case "pause", "running":
                timer.left, timer.status = max(1.0, timer.at - now), "paused"
            case "resume", "paused":
                timer.at, timer.status = now + timer.left, "running"
            case "cancel", "running" | "paused" | "ringing":
                timer.was, timer.status = timer.status, "cancelled"
                if timer.was == "ringing":
                    timer.at = now  # due long ago
            case "restore", "cancelled":
                timer.status = timer.was if timer.was == "paused" else "running"
                timer.at = max(timer.at, now)
            case (("pause" | "resume" | "restore"), ("running" | "paused" | "ringing")):
                return timer if step == "restore" or timer.status != "ringing" else None
            case _:
                return None
        return timer


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_day(sqlite_template: Path, tmp_path: Path, steps: list[tuple[str, int]]) -> None:
    shutil.copy(sqlite_template, tmp_path / "lorgnette.db")
    place = Place(f"sqlite:///{tmp_path}/lorgnette.db", tmp_path)
    clock, model = ManualClock(), Model()

    async def part(rest: list[tuple[str, int]], first: bool) -> list[tuple[str, int]]:  # noqa: PLR0912
        """One run of the hub; gives the steps of the next."""
        async with place.open(clock) as store:
            hub = Run(store, clock)
            ada = hub.of("ada")
            again = [timer for timer in model.timers if timer.status == "ringing" and not first]
            for timer in again:
                timer.at = clock.steady() + RING_S
            rings = await hub.rings()
            assert sorted(rings) == sorted(timer.id for timer in again)
            while rest:
                (step, value), *rest = rest
                now = clock.steady()
                match step:
                    case "restart":
                        return rest
                    case "start":
                        if len([t for t in model.timers if t.status in ("running", "paused", "ringing")]) < 4:
                            label = str(len(model.timers))
                            await ada.start(timedelta(seconds=value), label)
                            model.timers.append(Timer(label, now + value))
                    case "advance":
                        clock.advance(value)
                    case "jump":
                        clock.jump(value)
                    case "dismiss":
                        await ada.dismiss()
                        for timer in model.timers:
                            timer.status = "done" if timer.status == "ringing" else timer.status
                    case "snooze":
                        await ada.snooze(timedelta(seconds=value))
                        for timer in model.timers:
                            if timer.status == "ringing":
                                timer.status, timer.at = "running", now + value
                    case "add":
                        running = [t for t in model.timers if t.status == "running"]
                        if running:
                            await ada.add(await identity(hub, running[0]), timedelta(seconds=value))
                            running[0].at = now + max(1.0, running[0].at - now + value)
                    case _:
                        known = value < len(model.timers)
                        id = await identity(hub, model.timers[value]) if known else "s-nothing"
                        expected = model.act(step, value, now)
                        try:
                            await getattr(ada, step)(id)
                        except (NotFound, SkillError):
                            assert expected is None
                        else:
                            assert expected is not None
                assert sorted(await hub.rings()) == sorted(model.tick(clock.steady())), step
                shown = {item.label: item for item in await ada.items()}
                live = [t for t in model.timers if t.status in ("running", "paused", "ringing")]
                assert {label: item.status for label, item in shown.items()} == {t.id: t.status for t in live}
                for timer in live:
                    item = shown[timer.id]
                    if timer.status == "running":
                        left = item.due - clock.now().timestamp()
                        assert abs(left - (timer.at - clock.steady())) < 0.01
                    elif timer.status == "paused":
                        assert abs(item.left - timer.left) < 0.01
        return rest

    async def identity(hub: Run, timer: Timer) -> str:
        from sqlalchemy import select

        from lorgnette.services.schedule.tables import schedule

        query = select(schedule.c.id).where(schedule.c.label == timer.id)
        return await hub.store.read(lambda connection: connection.execute(query).scalar_one())

    rest, first = steps, True
    while rest or first:
        rest, first = asyncio.run(part(rest, first)), False
