"""What ends a pause: the words, the ear, and neither of them waiting for the other."""

import asyncio
import dataclasses

import pytest
from tests.session.stage import Stage, loud, quiet, until
from tests.session.test_session import feed

from lorgnette.core import events
from lorgnette.core.errors import EngineError
from lorgnette.engines.absent import NoRecognizer
from lorgnette.session.completion import DEADLINE, HEARD_SECONDS, Pause, Verdict, Words, verdict
from lorgnette.session.endpoint import WINDOW_SECONDS, Patience
from lorgnette.session.sessions import Sessions

PATIENCE = Patience()


class Judge:
    """Says what it is told, after a while."""

    name = "double"

    def __init__(self, answer: float | Exception | None, seconds: float = 0.0) -> None:
        self.answer = answer
        self.seconds = seconds
        self.asked: list[bytes] = []

    async def finished(self, pcm: bytes) -> float | None:
        self.asked.append(pcm)
        await asyncio.sleep(self.seconds)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.mark.parametrize(
    ("words", "ear", "seconds"),
    [
        ("whole", "unknown", PATIENCE.complete),
        ("whole", "unfinished", PATIENCE.complete),
        ("some", "unknown", PATIENCE.unknown),
        ("some", "finished", PATIENCE.finished),
        ("some", "unfinished", PATIENCE.open),
        ("nothing", "unknown", PATIENCE.open),
        ("nothing", "finished", PATIENCE.finished),
        ("open", "finished", PATIENCE.unknown),
        ("open", "unknown", PATIENCE.open),
        ("unheard", "unknown", PATIENCE.unknown),
        ("unheard", "finished", PATIENCE.finished),
    ],
)
def test_words_and_ear_together_say_how_long_a_pause_may_get(words: Words, ear: Verdict, seconds: float):
    assert Pause(words, ear).seconds(PATIENCE) == seconds


def test_who_wants_longer_pauses_gets_them_whatever_the_ear_says():
    assert Pause("some", "finished").seconds(Patience(complete=1.0, open=2.0)) == 1.0


def test_a_late_or_failing_ear_says_nothing(loop_run):
    async def work() -> list[Verdict]:
        sound = bytearray(quiet(20.0))
        judges = [
            Judge(0.97),
            Judge(0.1),
            Judge(0.8),
            Judge(None),
            Judge(EngineError("broken")),
            Judge(0.97, DEADLINE + 0.5),
        ]
        said = [await verdict(judge, sound) for judge in judges]
        assert len(judges[0].asked[0]) == HEARD_SECONDS * 32_000
        return said

    assert loop_run(work()) == ["finished", "unfinished", "unknown", "unknown", "unknown", "unknown"]


def deaf_stage(judge: Judge | None) -> Stage:
    """Whose recogniser can't say anything in a pause."""
    stage = Stage()
    stage.wiring = dataclasses.replace(stage.wiring, turn=judge, recognizer=NoRecognizer())
    stage.sessions = Sessions(stage.wiring)
    return stage


def silence_until_the_end(loop_run, judge: Judge | None) -> float:
    """Seconds of silence after a sentence."""

    async def work() -> float:
        stage = deaf_stage(judge)
        _, attachment = await stage.attach()
        attachment.event(events.ListenStart("gate"))
        await feed(attachment, quiet(0.3) + loud(1.0))
        ears = attachment.ears
        assert ears is not None
        await until(lambda: ears.backlog == 0)
        assert ears.utterance is not None
        windows = 0
        while ears.utterance is not None:
            await feed(attachment, quiet(0.02), pace=0.002)
            windows += 1
        return windows * 0.02

    return loop_run(work())


def test_a_finished_sentence_ends_sooner_and_an_unfinished_one_not_later_than_an_open_one(loop_run):
    slack = 0.1
    assert abs(silence_until_the_end(loop_run, None) - PATIENCE.unknown) < slack
    assert abs(silence_until_the_end(loop_run, Judge(0.97)) - PATIENCE.finished) < slack
    assert abs(silence_until_the_end(loop_run, Judge(0.1)) - PATIENCE.open) < slack
    assert abs(silence_until_the_end(loop_run, Judge(EngineError("x"))) - PATIENCE.unknown) < slack


def test_a_verdict_of_an_earlier_pause_is_not_taken_for_this_one(loop_run):
    async def work() -> None:
        judge = Judge(0.97, 0.15)
        stage = deaf_stage(judge)
        _, attachment = await stage.attach()
        attachment.event(events.ListenStart("gate"))
        await feed(attachment, quiet(0.3) + loud(1.0) + quiet(0.3))
        ears = attachment.ears
        assert ears is not None
        await until(lambda: judge.asked)
        await feed(attachment, loud(0.3) + quiet(0.1))
        await until(lambda: ears.backlog == 0)
        judge.answer = None
        await asyncio.sleep(0.2)
        await feed(attachment, quiet(PATIENCE.finished - 0.1 + 2 * WINDOW_SECONDS))
        await until(lambda: ears.backlog == 0)
        assert ears.utterance is not None, "the first pause's verdict would have ended it"

    loop_run(work())
