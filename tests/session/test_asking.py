"""A tool asks in a session: its question is heard, the microphone opens, the next words are its answer."""

from typing import Any

from tests.mind.tearoom import Tearoom, tea_registry
from tests.session.stage import GLASSES, Stage, until
from tests.session.test_session import speak_command

from lorgnette.core import events
from lorgnette.core.forms import Capabilities, Display, Microphone, Speaker
from lorgnette.engines.canned import CannedStream
from lorgnette.mind.mind import Mind
from lorgnette.session.turns import Turns

EVERYDAY = Capabilities(form="everyday", microphone=Microphone(listen="always"), speaker=Speaker())
TEXT_HUD = Capabilities(form="text-hud", display=Display(), inputs=("text",))


def tearoom(*heard: str) -> Stage:
    """A session in which tools ask; what is said aloud is understood as `heard`, one after the other."""
    stage = Stage()
    words = iter(heard)
    mind = Mind(tea_registry(), lambda kind, _: {}[kind])
    stage.wire(mind=mind)
    stage.wiring.synthesizer.seconds = 0.05
    stage.wiring.recognizer.open = lambda language: CannedStream(next(words), 0, language)
    return stage


def done(glasses: Any) -> list[events.TurnDone]:
    return glasses.of(events.TurnDone)


def turns(stage: Stage) -> Turns:
    session = stage.sessions.of("w1")
    assert session is not None
    return session._turns


async def typed(stage: Stage, attachment: Any, *texts: str) -> None:
    """The first begins, the others answer as soon as they are waited for."""
    attachment.event(events.Typed(texts[0]))
    for text in texts[1:]:
        await until(lambda: turns(stage).awaiting and stage.sessions.of("w1").state == "asking")
        attachment.event(events.Typed(text))
        await until(lambda: not turns(stage).awaiting)


def test_typed_answers_go_to_the_tool_that_asked(loop_run) -> None:
    async def work() -> None:
        stage = tearoom()
        glasses, attachment = await stage.attach(TEXT_HUD)
        await typed(stage, attachment, "brew tea", "three", "yes")
        await until(lambda: done(glasses))
        over = done(glasses)[0]
        assert over.reply == "Water is on. How many cups? 3 with milk? 3 cups with milk."
        assert over.outcome == "done"
        assert len(done(glasses)) == 1
        sentences = [entry for entry in stage.memory.log if entry[0] == "sentence"]
        assert [index for _, index, _ in sentences] == [0, 1, 2, 3]
        request = turns(stage).history[0]
        assert request.said == "brew tea\nthree\nyes"

    loop_run(work())
    assert Tearoom.made == [(3, True, 4)]


def test_spoken_answers_too_in_every_form(loop_run) -> None:
    async def work(form: Capabilities) -> None:
        stage = tearoom("brew tea", "two", "no")
        glasses, attachment = await stage.attach(form)
        attachment.event(events.ListenStart("always"))
        for asked in range(3):
            await speak_command(attachment)
            if asked < 2:
                await until(lambda asked=asked: len(glasses.of(events.MicOpen)) == asked + 1)
        await until(lambda: done(glasses))
        assert done(glasses)[0].reply == "Water is on. How many cups? 2 with milk? 2 cups."
        heard = [entry[1] for entry in stage.memory.log if entry[0] == "heard"]
        assert heard == [0, 1, 2, 3]

    for form in (EVERYDAY, GLASSES):
        loop_run(work(form))
        assert Tearoom.made == [(2, False, 4)]


def test_a_nod_answers_a_yes_or_no(loop_run) -> None:
    async def work() -> None:
        stage = tearoom()
        glasses, attachment = await stage.attach()
        await typed(stage, attachment, "brew 3 cups of tea")
        await until(lambda: turns(stage).awaiting and glasses.of(events.MicOpen))
        attachment.event(events.Nod("yes"))
        await until(lambda: done(glasses))

    loop_run(work())
    assert Tearoom.made == [(3, True, 4)]


def test_a_silence_ends_the_waiting(loop_run) -> None:
    async def work() -> None:
        stage = tearoom()
        glasses, attachment = await stage.attach()
        await typed(stage, attachment, "brew tea")
        await until(lambda: turns(stage).awaiting and glasses.of(events.MicOpen))
        turn = turns(stage).current
        assert turn is not None
        turns(stage)._silence(turn, turn.waits)
        await until(lambda: done(glasses))
        assert done(glasses)[0].reply == "Water is on. How many cups? No tea then."

    loop_run(work())


def test_another_command_takes_the_place_of_the_tool_that_waits(loop_run) -> None:
    async def work() -> None:
        stage = tearoom()
        glasses, attachment = await stage.attach()
        await typed(stage, attachment, "brew tea")
        await until(lambda: turns(stage).awaiting)
        attachment.event(events.Typed("smash two cups"))
        await until(lambda: len(done(glasses)) == 2)
        assert [over.outcome for over in done(glasses)] == ["interrupted", "done"]
        assert done(glasses)[1].reply == "Smashed 2."

    loop_run(work())
    assert Tearoom.made == []


def test_a_tap_ends_a_tool_that_waits(loop_run) -> None:
    async def work() -> None:
        stage = tearoom()
        glasses, attachment = await stage.attach()
        await typed(stage, attachment, "brew tea")
        await until(lambda: turns(stage).awaiting)
        attachment.event(events.Touch("tap"))
        await until(lambda: done(glasses))
        assert done(glasses)[0].outcome == "interrupted"
        assert not turns(stage).awaiting

    loop_run(work())
    assert Tearoom.made == []


def test_words_at_another_device_are_no_answer(loop_run) -> None:
    async def work() -> None:
        stage = tearoom()
        glasses, attachment = await stage.attach()
        _, phone = await stage.attach(TEXT_HUD, id="phone")
        await typed(stage, attachment, "brew tea")
        await until(lambda: turns(stage).awaiting)
        phone.event(events.Typed("three"))
        await until(lambda: len(done(glasses)) == 2)
        assert done(glasses)[0].outcome == "interrupted"

    loop_run(work())
    assert Tearoom.made == []


def test_the_session_ends_while_a_tool_waits(loop_run) -> None:
    async def work() -> None:
        stage = tearoom()
        _, attachment = await stage.attach()
        await typed(stage, attachment, "brew tea")
        await until(lambda: turns(stage).awaiting)
        session = stage.sessions.of("w1")
        assert session is not None
        await session.close()
        await stage.wiring.mind.close()

    loop_run(work())
    assert Tearoom.made == []


def test_whoever_answers_before_the_question_has_ended_is_heard(loop_run) -> None:
    async def work() -> None:
        stage = tearoom()
        stage.wiring.synthesizer.seconds = 2.0
        glasses, attachment = await stage.attach()
        attachment.event(events.Typed("brew tea"))
        await until(lambda: turns(stage).awaiting)
        session = stage.sessions.of("w1")
        assert session is not None
        session.interrupt()  # speech over playback
        assert turns(stage).awaiting
        await until(lambda: glasses.of(events.MicOpen))
        attachment.event(events.Typed("three"))
        await until(lambda: turns(stage).awaiting and not turns(stage).current.waits.answer.done())
        turns(stage).cancel("cancelled")

    loop_run(work())
