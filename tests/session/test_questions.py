"""The hub asks: who may answer, how long, and what counts as a yes."""

from dataclasses import replace

from tests.session.stage import Stage, until
from tests.session.test_session import feed, loud, speak_command

from lorgnette.core import events
from lorgnette.core.clock import ManualClock
from lorgnette.engines.canned import CannedStream
from lorgnette.engines.protocols import Recognition
from lorgnette.mind.request import Say
from lorgnette.session.questions import ANSWER_SECONDS, Question, Questions


class Doubtful(CannedStream):
    """Is never sure."""

    async def finish(self) -> Recognition:
        return replace(self._answer, decision="confirm")

    async def peek(self) -> Recognition | None:
        return None


def doubting(text: str = "delete the list") -> Stage:
    stage = Stage()
    stage.wiring.synthesizer.seconds = 0.1
    hear(stage, text)
    return stage


def hear(stage: Stage, text: str) -> None:
    stage.wiring.recognizer.open = lambda language: Doubtful(text, 0, language)


async def asked(stage: Stage, glasses, attachment) -> None:
    attachment.event(events.ListenStart("always"))
    await speak_command(attachment)
    await until(lambda: glasses.of(events.MicOpen))


def test_a_question_counts_from_its_end_and_only_on_the_devices_that_asked() -> None:
    clock = ManualClock()
    questions = Questions(clock.steady)
    question = Question("x", "en", None, frozenset({"d1"}))
    questions.ask(question)
    clock.advance(60)
    assert questions.pending, "it is still being said"
    questions.asked()
    clock.advance(7.9)
    assert questions.take("d1") is question
    assert questions.take("d1") is None
    questions.ask(question)
    assert questions.take("d2") is None
    questions.ask(question)
    questions.asked()
    clock.advance(8)
    assert not questions.pending
    assert questions.take("d1") is None


def test_a_second_doubtful_sentence_is_asked_about_too_and_not_done(loop_run) -> None:
    async def work() -> None:
        stage = doubting()
        glasses, attachment = await stage.attach()
        await asked(stage, glasses, attachment)
        await speak_command(attachment)
        await until(lambda: len(glasses.of(events.TurnDone)) == 2)
        assert glasses.of(events.TurnDone)[1].outcome == "proposed"
        assert not stage.mind.requests
        hear(stage, "yes")
        await speak_command(attachment)
        await until(lambda: stage.mind.requests)
        assert stage.mind.requests[0].text == "delete the list"
        await stage.sessions.close()

    loop_run(work())


def test_a_yes_over_the_question_agrees_to_nothing(loop_run) -> None:
    async def work() -> None:
        stage = doubting()
        glasses, attachment = await stage.attach()
        attachment.event(events.ListenStart("always"))
        stage.wiring.synthesizer.seconds = 6.0
        await speak_command(attachment)
        await until(lambda: glasses.of(events.Sentence))
        hear(stage, "yes please")
        await feed(attachment, loud(0.6), pace=0.018)
        await feed(attachment, bytes(32_000))
        await until(lambda: glasses.of(events.MicOpen))
        assert not stage.mind.requests
        await speak_command(attachment)
        await until(lambda: stage.mind.requests)
        assert stage.mind.requests[0].text == "delete the list"
        await stage.sessions.close()

    loop_run(work())


def test_a_yes_from_another_device_is_no_answer(loop_run) -> None:
    async def work() -> None:
        stage = doubting()
        glasses, attachment = await stage.attach(id="d1")
        _, phone = await stage.attach(id="d2")
        await asked(stage, glasses, attachment)
        phone.event(events.Typed("yes"))
        await until(lambda: stage.mind.requests)
        assert stage.mind.requests[0].text == "yes"
        await stage.sessions.close()

    loop_run(work())


def test_a_nod_without_a_question_disturbs_nothing(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        stage.mind.pieces = [Say("A long story.")]
        glasses, attachment = await stage.attach()
        attachment.event(events.Typed("go"))
        await until(lambda: glasses.of(events.Sentence))
        attachment.event(events.Nod("no"))
        await until(lambda: glasses.of(events.TurnDone))
        assert [done.outcome for done in glasses.of(events.TurnDone)] == ["done"]
        assert len(stage.mind.requests) == 1
        await stage.sessions.close()

    loop_run(work())


def test_a_nod_is_answered_in_the_wearers_language(loop_run) -> None:
    async def work() -> None:
        stage = doubting("lösche die liste")
        glasses, attachment = await stage.attach()
        await stage.sessions.live[0].update(language="de")
        await asked(stage, glasses, attachment)
        attachment.event(events.Nod("no"))
        await until(lambda: len(glasses.of(events.TurnDone)) == 2)
        assert glasses.of(events.Transcript)[-1:] == [] or glasses.of(events.Transcript)[-1].language == "de"
        assert glasses.of(events.TurnDone)[1].reply == stage.wiring.words.say("all-right", "de")
        await stage.sessions.close()

    loop_run(work())


def test_a_skills_question_is_answered_by_a_nod(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        stage.wiring.synthesizer.seconds = 0.1
        stage.mind.pieces = [Say("All of them?", ask=True)]
        glasses, attachment = await stage.attach()
        attachment.event(events.Typed("cancel"))
        await until(lambda: glasses.of(events.MicOpen))
        attachment.event(events.Nod("yes"))
        await until(lambda: len(stage.mind.requests) == 2)
        assert stage.mind.requests[1].text == "yes"
        await stage.sessions.close()

    loop_run(work())


def test_the_lamp_stops_asking_when_nobody_answers(loop_run) -> None:
    async def work() -> None:
        stage = doubting()
        glasses, attachment = await stage.attach()
        await asked(stage, glasses, attachment)
        await until(lambda: glasses.of(events.State)[-1].state == "asking")
        stage.clock.ahead += ANSWER_SECONDS
        stage.sessions.live[0].state_changed()  # as its timer does
        assert glasses.of(events.State)[-1].state == "idle"
        await stage.sessions.close()

    loop_run(work())
