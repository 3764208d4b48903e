"""Alarms and timers that ring: what a tap, a word and mere talk do to them."""

import asyncio

from tests.session.stage import Stage, until
from tests.session.test_session import feed, loud

from lorgnette.core import events
from lorgnette.sdk.schedule import Item

PASTA = Item(id="i1", kind="timer", label="pasta", status="ringing")


def rings(glasses) -> int:
    return len([event for event in glasses.of(events.SpeechBegin) if event.kind == "alarm"])


async def ringing(stage: Stage, glasses) -> None:
    stage.memory.scheduled = [PASTA]
    stage.sessions.schedule_changed("w1")
    await until(lambda: rings(glasses))


def test_talk_over_it_hushes_it_and_it_rings_again(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        stage.wiring.synthesizer.seconds = 3.0
        glasses, attachment = await stage.attach()
        attachment.event(events.ListenStart("always"))
        await ringing(stage, glasses)
        await until(lambda: len(glasses.sound) > 16_000)
        await feed(attachment, loud(0.6), pace=0.018)
        assert glasses.of(events.SpeechEnd)[0].reason == "stopped"
        await feed(attachment, bytes(32_000))
        await until(lambda: glasses.of(events.TurnDone), 8)
        assert glasses.of(events.TurnDone)[0].outcome == "done", "the alarm waits until the answer is over"
        assert rings(glasses) == 1
        stage.clock.ahead += 10
        await until(lambda: rings(glasses) == 2)
        assert ("dismissed",) not in stage.memory.log
        await stage.sessions.close()

    loop_run(work())


def test_stop_said_over_it_dismisses_it(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        glasses, _ = await stage.attach()
        session = stage.sessions.live[0]
        await ringing(stage, glasses)
        session.interrupt()  # what a barge-in does first
        assert await session.control.stop()
        await until(lambda: ("dismissed",) in stage.memory.log)
        await stage.sessions.close()

    loop_run(work())


def test_it_rings_on_whichever_device_is_on_and_waits_when_none_is(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        stage.wiring.synthesizer.seconds = 0.2
        glasses, attachment = await stage.attach(id="d1")
        await ringing(stage, glasses)
        attachment.suspend()
        count = rings(glasses)
        await asyncio.sleep(0.3)
        assert rings(glasses) == count
        phone, _ = await stage.attach(id="d2")
        await until(lambda: rings(phone))
        await stage.sessions.close()

    loop_run(work())
