"""What is being said when lines break, devices come and go, and something of more weight speaks."""

import asyncio

from tests.session.stage import Stage, loud, until

from lorgnette.core import events
from lorgnette.core.speech import Unfinished
from lorgnette.mind.request import Say


def sentences(glasses, since: int = 0) -> list[int]:
    return [event.index for event in glasses.events[since:] if isinstance(event, events.Sentence)]


def test_a_line_that_breaks_twice_in_a_moment_says_everything_once(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        stage.wiring.synthesizer.seconds = 0.4
        stage.wiring.synthesizer.delay = 0.1
        stage.mind.pieces = [Say("First thing. Second thing.")]
        glasses, attachment = await stage.attach()
        attachment.event(events.Typed("go"))
        await until(lambda: 0 in sentences(glasses))
        for pause in (0.21, 0.02):
            attachment.suspend()
            await asyncio.sleep(0)
            attachment.resume()
            await asyncio.sleep(pause)
        attachment.suspend()
        cut, sound = len(glasses.events), len(glasses.sound)
        await asyncio.sleep(0.7)
        assert len(glasses.sound) - sound < 32_000 * 0.1, "only the fade: nobody is there"
        assert not glasses.of(events.TurnDone)
        attachment.resume()
        await until(lambda: glasses.of(events.TurnDone))
        assert glasses.of(events.TurnDone)[0].outcome == "done"
        assert sentences(glasses, cut)[-1] == 1
        await stage.sessions.close()

    loop_run(work())


def test_a_stopped_utterance_does_not_wait_for_its_engine(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        stage.wiring.synthesizer.delay = 30.0
        glasses, attachment = await stage.attach()
        before = len(asyncio.all_tasks())
        attachment.event(events.Typed("go"))
        await until(lambda: glasses.of(events.SpeechBegin))
        attachment.event(events.Touch("tap"))
        assert glasses.of(events.SpeechEnd)[-1].reason == "stopped", "told at once"
        await until(lambda: len(asyncio.all_tasks()) <= before, 1)
        await stage.sessions.close()

    loop_run(work())


def test_a_reply_moves_to_the_other_device_when_its_own_leaves(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        stage.wiring.synthesizer.seconds = 0.5
        stage.mind.pieces = [Say("First thing. Second thing. Third thing.")]
        glasses, attachment = await stage.attach(id="d1")
        phone, _ = await stage.attach(id="d2")
        attachment.event(events.Typed("go"))
        await until(lambda: 1 in sentences(glasses))
        attachment.detach()
        await until(lambda: phone.of(events.TurnDone))
        assert sentences(phone) == [1, 2]
        assert phone.of(events.TurnDone)[0].outcome == "done"
        await stage.sessions.close()

    loop_run(work())


def test_a_reply_without_a_device_is_kept_and_finished_when_one_comes(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        stage.wiring.synthesizer.seconds = 0.3
        stage.mind.pieces = [Say("First thing. Second thing.")]
        glasses, attachment = await stage.attach()
        attachment.event(events.Typed("go"))
        await until(lambda: 1 in sentences(glasses))
        attachment.detach()
        stage.sessions.left("w1")
        session = stage.sessions.live[0]
        assert session.busy
        again, _ = await stage.attach(id="d2")
        await until(lambda: again.of(events.TurnDone))
        assert sentences(again) == [1]
        assert not session.busy
        await stage.sessions.close()

    loop_run(work())


def test_a_turn_that_thinks_ends_when_another_answer_is_what_sounds(loop_run) -> None:
    async def work() -> None:
        async def ponder() -> None:
            await asyncio.sleep(30)

        stage = Stage()
        stage.wiring.synthesizer.seconds = 3.0
        glasses, attachment = await stage.attach()
        attachment.event(events.Typed("one"))
        await until(lambda: glasses.of(events.Sentence))
        attachment.event(events.Touch("tap"))
        stage.mind.pieces = [ponder]
        attachment.event(events.Typed("two"))
        await asyncio.sleep(0.01)
        attachment.event(events.Touch("double_tap"))
        await until(lambda: len(glasses.of(events.Sentence)) == 2)
        attachment.event(events.ListenStart("push"))
        await until(lambda: len(glasses.of(events.TurnDone)) == 2)
        assert glasses.of(events.TurnDone)[1].transcript == "two"
        assert not stage.sessions.live[0].busy
        await stage.sessions.close()

    loop_run(work())


def test_two_turns_in_one_breath_leave_one_and_both_are_reported(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        glasses, attachment = await stage.attach()
        attachment.event(events.Typed("one"))
        attachment.event(events.Typed("two"))
        await until(lambda: len(glasses.of(events.TurnDone)) == 2)
        assert [(done.transcript, done.outcome) for done in glasses.of(events.TurnDone)] == [
            ("one", "interrupted"),
            ("two", "done"),
        ]
        assert [request.text for request in stage.mind.requests] == ["two"]
        await stage.sessions.close()

    loop_run(work())


def test_a_hub_that_stops_leaves_a_reply_open_for_the_next_one(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        stage.wiring.synthesizer.seconds = 2.0
        glasses, attachment = await stage.attach()
        attachment.event(events.Typed("go"))
        await until(lambda: glasses.of(events.Sentence))
        await stage.sessions.close()
        assert not [entry for entry in stage.memory.log if entry[0] == "end"]

    loop_run(work())


def test_a_page_that_reloads_twice_hears_the_rest_once(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        stage.wiring.synthesizer.seconds = 0.3
        stage.memory.left = [Unfinished("t-old", "d1", "en", ("One.", "Two."), 1)]
        _, first = await stage.attach()
        await asyncio.sleep(0.02)
        first.detach()
        glasses, _ = await stage.attach()
        await until(lambda: glasses.of(events.SpeechEnd))
        await asyncio.sleep(0.4)
        assert sentences(glasses) == [1]
        await stage.sessions.close()

    loop_run(work())


def test_what_was_sent_into_a_dead_line_is_said_when_it_is_back(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        stage.wiring.synthesizer.seconds = 0.2
        glasses, attachment = await stage.attach()
        attachment.event(events.Typed("one"))
        await until(lambda: glasses.of(events.TurnDone))
        glasses.plays = False  # the line is dead, and nobody knows
        attachment.event(events.Typed("two"))
        await until(lambda: len(glasses.of(events.TurnDone)) == 2)
        turn = glasses.of(events.TurnDone)[1].turn
        stage.memory.left = [Unfinished(turn, "d1", "en", ("Timer, five minutes.",), 0)]
        attachment.suspend()
        glasses.plays = True
        cut = len(glasses.events)
        attachment.resume()
        await until(lambda: sentences(glasses, cut) == [0])
        await stage.sessions.close()

    loop_run(work())


def test_a_device_that_is_away_leaves_the_others_their_ears(loop_run) -> None:
    async def work() -> None:
        import msgspec
        from tests.session.stage import GLASSES

        from lorgnette.core.forms import Microphone

        stage = Stage()
        stage.wiring.synthesizer.seconds = 5.0
        half = msgspec.structs.replace(GLASSES, microphone=Microphone(listen="always", aec="none"))
        phone, other = await stage.attach(half, id="d2")
        glasses, attachment = await stage.attach(id="d1")
        attachment.event(events.Typed("go"))
        await until(lambda: glasses.of(events.Sentence))
        assert other.ears.deaf
        attachment.suspend()
        await until(lambda: not other.ears.deaf)
        assert phone.of(events.State)[-1].state != "speaking"
        await stage.sessions.close()

    loop_run(work())


def test_what_is_being_said_survives_a_short_break_of_the_line(loop_run) -> None:
    async def work() -> None:
        from tests.session.test_session import feed

        stage = Stage()
        glasses, attachment = await stage.attach()
        attachment.event(events.ListenStart("always"))
        await feed(attachment, loud(0.6))
        attachment.suspend()
        await asyncio.sleep(0.05)
        attachment.resume()
        await feed(attachment, loud(0.4) + bytes(32_000))
        await until(lambda: stage.mind.requests)
        assert len(stage.mind.requests[0].audio) > 32_000 * 0.9
        await until(lambda: glasses.of(events.TurnDone))
        await stage.sessions.close()

    loop_run(work())


def test_a_microphone_opened_elsewhere_takes_over_and_nothing_is_done_twice(loop_run) -> None:
    async def work() -> None:
        from tests.session.test_session import feed, speak_command

        stage = Stage()
        glasses, first = await stage.attach(id="d1")
        phone, second = await stage.attach(id="d2")
        first.event(events.ListenStart("always"))
        await feed(first, loud(0.6))
        second.event(events.ListenStart("push"))
        assert glasses.of(events.MicClose)[0].reason == "cancelled"
        await speak_command(second)
        await until(lambda: phone.of(events.TurnDone))
        assert len(stage.mind.requests) == 1
        await stage.sessions.close()

    loop_run(work())


def test_a_device_that_comes_late_is_told_what_goes_on(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        stage.wiring.synthesizer.seconds = 3.0
        glasses, attachment = await stage.attach(id="d1")
        attachment.event(events.Typed("go"))
        await until(lambda: glasses.of(events.Sentence))
        phone, _ = await stage.attach(id="d2")
        assert [event.state for event in phone.of(events.State)] == ["speaking"]
        await stage.sessions.close()

    loop_run(work())


def test_a_device_that_is_gone_is_not_heard_and_goes_only_once(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        closed = []
        stage.wiring.vad.close = closed.append
        _, attachment = await stage.attach(id="d1")
        await stage.attach(id="d1")
        attachment.event(events.Typed("from the past"))
        attachment.detach()
        await asyncio.sleep(0.01)
        assert not stage.mind.requests
        assert len(closed) == 1, "a slot that is freed twice would be given to two"
        await stage.sessions.close()

    loop_run(work())


def test_an_ear_that_fails_leaves_the_other_ears_of_its_batch_alone(loop_run) -> None:
    async def work() -> None:
        from tests.session.test_session import feed

        stage = Stage()

        def broken(language: str):
            raise RuntimeError("no stream")

        stage.wiring.recognizer.open = broken
        _, attachment = await stage.attach()
        attachment.event(events.ListenStart("always"))
        failed = []
        asyncio.get_running_loop().set_exception_handler(lambda _, context: failed.append(context))
        await feed(attachment, loud(0.4))
        assert not failed
        await stage.sessions.close()

    loop_run(work())
