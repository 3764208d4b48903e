"""Quiet hours: nothing is said that nobody asked for; whoever asks, and whatever rings, is heard."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.session.stage import Stage, until

from lorgnette.core import events
from lorgnette.core.clock import SystemClock
from lorgnette.core.quiet import QuietHours
from lorgnette.core.speech import Message
from lorgnette.sdk.schedule import Item
from lorgnette.session.endpoint import Patience
from lorgnette.session.likings import patience_of

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = QuietHours("22:00", "07:00")


class Night(SystemClock):
    """A wall clock that stands where a test puts it, on the machine's steady one."""

    def __init__(self, *moment: int) -> None:
        super().__init__()
        self.wall = datetime(*moment, tzinfo=BERLIN)

    def now(self) -> datetime:
        return self.wall.astimezone(UTC)


def message(id: str, text: str, **more) -> Message:
    return Message(id, "w1", text, "en", **more)


def at_night(loop_run, work, *moment: int) -> None:
    async def whole() -> None:
        clock = Night(*(moment or (2026, 11, 5, 23, 0)))
        stage = Stage()
        stage.wire(clock=clock)
        glasses, attachment = await stage.attach()
        session = stage.sessions.of("w1")
        await session.update(quiet=NIGHT)
        await work(stage, clock, glasses, attachment, session)
        await stage.sessions.close()

    loop_run(whole())


def said(glasses) -> list[str]:
    return [event.text for event in glasses.of(events.Sentence)]


def test_a_message_waits_until_they_end(loop_run) -> None:
    async def work(stage, clock, glasses, attachment, session) -> None:
        await stage.sessions.tell(message("m1", "The laundry is done."))
        await asyncio.sleep(0.05)
        assert not said(glasses)
        clock.wall += timedelta(hours=7, minutes=59)
        await session.deliver()
        assert not said(glasses)
        clock.wall += timedelta(minutes=1)
        session._telling._looks()
        await until(lambda: said(glasses) == ["The laundry is done."])

    at_night(loop_run, work)


def test_they_end_by_the_clock_on_the_wall_when_it_is_set_in_that_night(loop_run) -> None:
    async def work(stage, clock, glasses, attachment, session) -> None:
        await stage.sessions.tell(message("m1", "The laundry is done."))
        await asyncio.sleep(0.05)
        clock.wall = datetime(2026, 3, 29, 4, 59, tzinfo=UTC).astimezone(BERLIN)
        await session.deliver()
        assert not said(glasses)
        clock.wall = datetime(2026, 3, 29, 5, 0, tzinfo=UTC).astimezone(BERLIN)
        await session.deliver()
        await until(lambda: said(glasses))

    at_night(loop_run, work, 2026, 3, 28, 23, 0)


def test_what_is_urgent_comes_through_and_the_rest_still_waits(loop_run) -> None:
    async def work(stage, clock, glasses, attachment, session) -> None:
        await stage.sessions.tell(message("m1", "The laundry is done."))
        await stage.sessions.tell(message("m2", "Smoke in the kitchen.", urgent=True))
        await until(lambda: said(glasses) == ["Smoke in the kitchen."])
        await asyncio.sleep(0.05)
        assert len(stage.memory.messages) >= 1

    at_night(loop_run, work)


def test_who_asks_is_answered_and_what_rings_rings(loop_run) -> None:
    async def work(stage, clock, glasses, attachment, session) -> None:
        attachment.event(events.Typed("set a timer for five minutes"))
        await until(lambda: "Timer, five minutes." in said(glasses))
        stage.memory.scheduled = [Item(id="s1", kind="timer", status="ringing")]
        stage.sessions.schedule_changed("w1")
        await until(lambda: "Your timer is done." in said(glasses))

    at_night(loop_run, work)


def test_taking_them_away_says_at_once_what_waited(loop_run) -> None:
    async def work(stage, clock, glasses, attachment, session) -> None:
        await stage.sessions.tell(message("m1", "The laundry is done."))
        await asyncio.sleep(0.05)
        assert not said(glasses)
        await session.update(quiet=None)
        await until(lambda: said(glasses) == ["The laundry is done."])

    at_night(loop_run, work)


def test_a_longer_pause_is_given_to_ears_that_listen_already(loop_run) -> None:
    async def work(stage, clock, glasses, attachment, session) -> None:
        usual = attachment.ears.endpointer.patience
        await session.update(pause=2.0)
        assert attachment.ears.endpointer.patience.open == pytest.approx(2 * usual.open)
        _, other = await stage.attach(id="d2")
        assert other.ears.endpointer.patience.complete == pytest.approx(2 * usual.complete)

    at_night(loop_run, work)


def test_pauses_scale_what_ends_a_sentence_and_nothing_else() -> None:
    long = patience_of(Patience(), 3.0)
    assert (long.complete, long.open, long.ask, long.longest) == pytest.approx((0.9, 2.7, 0.2, 30.0))
    assert patience_of(Patience(), 0.5).nobody == Patience().nobody


def test_captions_alone_make_no_sound_and_speech_alone_shows_nothing(loop_run) -> None:
    async def work(stage, clock, glasses, attachment, session) -> None:
        await session.update(output="captions")
        attachment.event(events.Typed("hello"))
        await until(lambda: "Timer, five minutes." in said(glasses))
        await until(lambda: glasses.of(events.TurnDone))
        assert not glasses.sound
        await session.update(output="speech")
        glasses.events.clear()
        session.caption("hello")
        attachment.event(events.Typed("again"))
        await until(lambda: glasses.of(events.TurnDone))
        assert glasses.sound
        assert not glasses.of(events.Show)
        assert glasses.of(events.Profile) == [] or glasses.of(events.Profile)[-1].output == "speech"

    at_night(loop_run, work)
