"""The inbox: every message is heard once, whatever happens on the way."""

import asyncio

from tests.session.stage import GLASSES, Stage, until

from lorgnette.core import events
from lorgnette.core.speech import Message
from lorgnette.mind.request import Say
from lorgnette.sdk.schedule import Item
from lorgnette.session.local import LocalDevice
from lorgnette.session.telling import REPORT_SECONDS


def message(number: int, **more) -> Message:
    return Message(f"m{number}", "w1", f"Message {number}.", "en", **more)


def texts(glasses) -> list[str]:
    return [event.text for event in glasses.of(events.Sentence)]


def test_many_wait_and_each_is_said_once_in_order(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        stage.wiring.synthesizer.seconds = 0.02
        stage.memory.messages = [message(number) for number in range(40)]
        glasses, _ = await stage.attach()
        session = stage.sessions.live[0]
        await asyncio.gather(*(session.deliver() for _ in range(5)))
        await until(lambda: not stage.memory.messages, 20)
        assert texts(glasses) == [f"Message {number}." for number in range(40)]
        await stage.sessions.close()

    loop_run(work())


def test_two_who_ask_at_once_say_it_once(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        glasses, _ = await stage.attach()
        await asyncio.sleep(0.01)
        slow = stage.memory.waiting

        async def waiting(wearer: str):
            found = await slow(wearer)
            await asyncio.sleep(0.02)
            return found

        stage.memory.waiting = waiting
        stage.wiring.synthesizer.seconds = 0.2
        await asyncio.gather(
            stage.sessions.tell(message(1)),
            stage.sessions.live[0].deliver(),
            stage.sessions.live[0].deliver(),
        )
        await until(lambda: not stage.memory.messages)
        await asyncio.sleep(0.3)
        assert texts(glasses) == ["Message 1."]
        await stage.sessions.close()

    loop_run(work())


def test_one_that_is_cut_off_by_an_alarm_is_told_anew(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        stage.wiring.synthesizer.seconds = 0.5
        stage.memory.messages = [message(1)]
        glasses, attachment = await stage.attach()
        await until(lambda: texts(glasses))
        stage.memory.scheduled = [Item(id="i1", kind="timer", label="pasta", status="ringing")]
        stage.sessions.schedule_changed("w1")
        await until(lambda: len(texts(glasses)) == 2)
        assert stage.memory.messages, "it wasn't heard"
        attachment.event(events.Touch("tap"))
        await until(lambda: ("dismissed",) in stage.memory.log)
        stage.sessions.schedule_changed("w1")
        await until(lambda: not stage.memory.messages)
        assert texts(glasses).count("Message 1.") == 2
        await stage.sessions.close()

    loop_run(work())


def test_a_wearer_who_stops_one_has_heard_enough_of_it(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        stage.wiring.synthesizer.seconds = 5.0
        stage.memory.messages = [message(1), message(2)]
        glasses, attachment = await stage.attach()
        await until(lambda: texts(glasses))
        attachment.event(events.Touch("tap"))
        await until(lambda: texts(glasses) == ["Message 1.", "Message 2."])
        assert [one.id for one in stage.memory.messages] == ["m2"]
        await stage.sessions.close()

    loop_run(work())


def test_one_whose_device_went_away_for_good_waits_for_the_next(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        stage.wiring.synthesizer.seconds = 5.0
        stage.memory.messages = [message(1)]
        glasses, attachment = await stage.attach()
        await until(lambda: texts(glasses))
        attachment.detach()
        await stage.sessions.close()
        assert stage.memory.messages
        stage.wiring.synthesizer.seconds = 0.1
        again, _ = await stage.attach()
        await until(lambda: not stage.memory.messages)
        assert texts(again) == ["Message 1."]
        await stage.sessions.close()

    loop_run(work())


def test_one_that_was_sent_into_a_dead_line_is_not_taken_for_heard(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        stage.wiring.synthesizer.seconds = 0.1
        glasses, attachment = await stage.attach()
        attachment.event(events.Typed("x"))
        await until(lambda: glasses.of(events.TurnDone))
        glasses.plays = False
        await stage.sessions.tell(message(1))
        await until(lambda: texts(glasses)[1:])
        await asyncio.sleep(REPORT_SECONDS + 0.2)
        assert stage.memory.messages
        glasses.plays = True
        attachment.event(events.Typed("y"))
        await until(lambda: not stage.memory.messages)
        await stage.sessions.close()

    loop_run(work())


def test_one_that_is_too_old_is_never_said(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        now = stage.wiring.clock.now().timestamp()
        stage.wiring.synthesizer.seconds = 0.6
        stage.mind.pieces = [Say("A long answer.")]
        glasses, attachment = await stage.attach()
        await asyncio.sleep(0.01)
        attachment.event(events.Typed("x"))
        stage.memory.messages = [message(1, expires=now - 1), message(2, expires=now + 0.4), message(3)]
        await until(lambda: not stage.memory.messages)
        assert texts(glasses) == ["A long answer.", "Message 3."]
        await stage.sessions.close()

    loop_run(work())


def test_a_command_that_comes_for_one_turn_takes_no_message_away(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        stage.wiring.synthesizer.seconds = 0.05
        stage.memory.messages = [message(1)]
        stage.memory.scheduled = [Item(id="i1", kind="timer", label="pasta", status="ringing")]
        async with LocalDevice(stage.sessions, "w1") as device:
            answer = await device.typed("x")
            assert answer["reply"] == "Timer, five minutes."
            assert answer["scenes"] == []
            await asyncio.sleep(0.1)
        assert stage.memory.messages
        stage.memory.scheduled = []
        stage.sessions.schedule_changed("w1")
        glasses, _ = await stage.attach(GLASSES)
        await until(lambda: texts(glasses) == ["Message 1."])
        await stage.sessions.close()

    loop_run(work())
