"""A question for consent in a conversation: which answer counts, and that a PIN is nowhere."""

import asyncio
from typing import Any

from tests.session.stage import Glasses, Stage, until
from tests.session.test_session import feed, loud, speak_command

from lorgnette.core import events
from lorgnette.core.taint import CLEAN, Source
from lorgnette.engines.canned import CannedStream
from lorgnette.mind.request import Done, Outcome, Request, Say
from lorgnette.session.questions import ANSWER_SECONDS, PIN_SECONDS

SEND = Say("Send Anna “hello”?", ask=True, consent="ask")
PAY = Say("Pay Kiosk 3 EUR?", ask=True, consent="confirm")


def sure(stage: Stage, text: str) -> None:
    stage.wiring.recognizer.open = lambda language: CannedStream(text, 0, language)


async def asked(say: Say = SEND, **more: Any) -> tuple[Stage, Glasses, Any]:
    """Until the question was said and the microphone is open."""
    stage = Stage()
    stage.wiring.synthesizer.seconds = 0.1
    stage.mind.pieces = [say]
    glasses, attachment = await stage.attach(**more)
    attachment.event(events.Typed("do it"))
    await until(lambda: glasses.of(events.MicOpen))
    stage.mind.pieces = [Say("Done.")]
    return stage, glasses, attachment


async def answered(stage: Stage) -> Request:
    await until(lambda: len(stage.mind.requests) >= 2)
    return stage.mind.requests[-1]


def test_a_word_a_nod_and_a_long_press_say_how_they_answer(loop_run) -> None:
    async def work() -> None:
        for event, how in (
            (events.Typed("yes"), "typed"),
            (events.Nod("yes"), "nod"),
            (events.Touch("long_press"), "touch"),
        ):
            stage, _, attachment = await asked()
            attachment.event(event)
            request = await answered(stage)
            assert (request.text, request.answer) == ("yes", how)
            await stage.sessions.close()
        stage, _, attachment = await asked()
        sure(stage, "yes")
        attachment.event(events.ListenStart("always"))
        await speak_command(attachment)
        assert (await answered(stage)).answer == "voice"
        await stage.sessions.close()

    loop_run(work())


def test_a_long_press_without_such_a_question_is_nothing(loop_run) -> None:
    async def work() -> None:
        stage, _, attachment = await asked(Say("All of them?", ask=True))
        attachment.event(events.Touch("long_press"))
        attachment.event(events.Typed("yes"))
        assert (await answered(stage)).answer == ""
        assert len(stage.mind.requests) == 2
        await stage.sessions.close()

    loop_run(work())


def test_another_device_and_a_late_yes_are_no_answer(loop_run) -> None:
    async def work() -> None:
        stage, _, _ = await asked(id="d1")
        _, phone = await stage.attach(id="d2")
        phone.event(events.Touch("long_press"))
        phone.event(events.Typed("yes"))
        assert (await answered(stage)).answer == ""
        await stage.sessions.close()
        stage, _, attachment = await asked()
        stage.clock.ahead += ANSWER_SECONDS
        attachment.event(events.Typed("yes"))
        assert (await answered(stage)).answer == ""
        await stage.sessions.close()

    loop_run(work())


def test_a_yes_over_the_question_is_early_and_told_so(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        stage.wiring.synthesizer.seconds = 6.0
        stage.mind.pieces = [SEND]
        glasses, attachment = await stage.attach()
        attachment.event(events.ListenStart("always"))
        attachment.event(events.Typed("do it"))
        await until(lambda: glasses.of(events.Sentence))
        sure(stage, "yes please")
        await feed(attachment, loud(0.6), pace=0.018)
        await feed(attachment, bytes(32_000))
        assert (await answered(stage)).answer == "early"
        await stage.sessions.close()

    loop_run(work())


def everywhere(stage: Stage, glasses: Glasses) -> str:
    """All that anybody is told or keeps."""
    return repr(glasses.events) + repr(stage.memory.log) + repr(stage.mind.requests)


def test_a_pin_is_masked_before_anybody_keeps_or_shows_it(loop_run) -> None:
    async def work() -> None:
        for typed in (True, False):
            stage, glasses, attachment = await asked(PAY)
            if typed:
                attachment.event(events.Typed("my PIN is 25 80"))
            else:
                sure(stage, "two five eight zero")
                attachment.event(events.ListenStart("always"))
                await speak_command(attachment)
            request = await answered(stage)
            assert (request.text, request.answer, request.pin) == ("••••", "pin", "2580")
            assert request.audio is None
            await until(lambda glasses=glasses: len(glasses.of(events.TurnDone)) == 2)
            told = everywhere(stage, glasses)
            assert "2580" not in told
            assert "25 80" not in told
            assert "two five" not in told
            await stage.sessions.close()

    loop_run(work())


def test_a_pin_that_came_late_is_masked_too_and_nobody_gets_it(loop_run) -> None:
    async def work() -> None:
        stage, glasses, attachment = await asked(PAY)
        stage.clock.ahead += ANSWER_SECONDS + 1
        attachment.event(events.Typed("2580"))
        await until(lambda: len(glasses.of(events.TurnDone)) == 2)
        assert len(stage.mind.requests) == 1
        assert "2580" not in everywhere(stage, glasses)
        stage.clock.ahead += PIN_SECONDS
        attachment.event(events.Typed("2580"))
        assert (await answered(stage)).text == "2580"
        await stage.sessions.close()

    loop_run(work())


def test_while_a_pin_may_come_half_said_digits_are_not_shown(loop_run) -> None:
    async def work() -> None:
        stage, glasses, _ = await asked(PAY)
        stage.sessions.live[0].saying("two five")
        stage.sessions.live[0].saying("never mind")
        assert [one.text for one in glasses.of(events.Partial)] == ["••••", "never mind"]
        await stage.sessions.close()

    loop_run(work())


def test_history_keeps_whose_words_were_in_it_and_ages_with_it(loop_run) -> None:
    page = frozenset({Source("page", "example.org")})

    async def say(stage: Stage, attachment: Any, *pieces: Any) -> Request:
        before = len(stage.mind.requests)
        stage.mind.pieces = list(pieces)
        attachment.event(events.Typed("and"))
        await until(lambda: len(stage.mind.requests) > before)
        session = stage.sessions.of("w1")
        await until(lambda: session is not None and not session.answering)
        return stage.mind.requests[-1]

    async def work() -> None:
        stage = Stage()
        stage.wiring.synthesizer.seconds = 0.02
        _, attachment = await stage.attach()
        read = Done("search", "web_search", {}, "text", taint=page)
        assert (await say(stage, attachment, read, Say("It says."), Outcome("done", "model"))).taint == CLEAN
        assert (await say(stage, attachment, Say("Ten."), Outcome("done", "reflex"))).taint == page
        stage.clock.ahead += 1900
        assert (await say(stage, attachment, Say("Ten."))).taint == CLEAN
        assert not stage.mind.requests[-1].history
        await stage.sessions.close()

    loop_run(work())


def test_an_answer_that_is_broken_off_keeps_whose_words_it_repeats(loop_run) -> None:
    page = frozenset({Source("memory", "Signal")})

    async def work() -> None:
        stage = Stage()
        stage.wiring.synthesizer.seconds = 0.02
        _, attachment = await stage.attach()
        never = asyncio.Event()
        stage.mind.pieces = [Say("It says. And ", whole=False, taint=page), never.wait]
        attachment.event(events.Typed("what is it"))
        (session,) = stage.sessions.live
        await until(lambda: session._turns.current is not None and session._turns.current.heard)
        session.interrupt()
        stage.mind.pieces = [Say("Ten.")]
        attachment.event(events.Typed("what time is it"))
        await until(lambda: len(stage.mind.requests) == 2)
        assert stage.mind.requests[-1].history == (("what is it", "It says."),)
        assert stage.mind.requests[-1].taint == page
        await stage.sessions.close()

    loop_run(work())
