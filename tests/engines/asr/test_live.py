"""Utterances of many sessions at one live model: in batches, in order, and none holds up another."""

import asyncio
import threading

import pytest
from tests.engines.asr.dictation import HALF, Dictation, dictating

from lorgnette.core.errors import Busy, EngineError
from lorgnette.engines.asr.live import LiveRecognizer

SECOND = b"\1\1" * 16_000
WINDOW = 1024


async def spoken(utterance, sound: bytes, settled=None) -> None:
    for begin in range(0, len(sound), WINDOW):
        utterance.feed(sound[begin : begin + WINDOW])
        if begin % (8 * WINDOW) == 0:
            await asyncio.sleep(0)


async def until(condition) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.002)


def test_words_come_while_one_speaks_and_the_end_settles_the_last(loop_run) -> None:
    async def work() -> None:
        engine = dictating()
        utterance = engine.open("en")
        await spoken(utterance, SECOND)
        await until(lambda: utterance.partial == "set a")
        heard = await utterance.finish()
        assert (heard.text, heard.confidence, heard.engine) == ("set a timer", 0.75, "dictation")
        assert heard.decision == "accept"
        await engine.aclose()

    loop_run(work())


def test_after_a_pause_with_only_silence_the_end_decodes_nothing_again(loop_run) -> None:
    async def work() -> None:
        model = Dictation()
        engine = dictating(model)
        utterance = engine.open("en")
        await spoken(utterance, SECOND)
        guess = await utterance.peek()
        await spoken(utterance, bytes(WINDOW * 8))
        assert await utterance.finish() == guess
        assert model.settlings == 1
        await engine.aclose()

    loop_run(work())


def test_speech_that_goes_on_after_a_pause_is_heard(loop_run) -> None:
    async def work() -> None:
        engine = dictating()
        utterance = engine.open("en")
        await spoken(utterance, SECOND)
        assert (await utterance.peek()).text == "set a timer"
        await spoken(utterance, SECOND)
        assert (await utterance.finish()).text == "set a timer for five"
        await engine.aclose()

    loop_run(work())


def test_all_who_speak_are_decoded_in_one_batch(loop_run) -> None:
    async def work() -> None:
        gate = threading.Event()

        class Slow(Dictation):
            def open(self, language: str):
                gate.wait(5)
                return super().open(language)

        model = Slow()
        engine = dictating(model)
        utterances = [engine.open("en") for _ in range(20)]
        for each in utterances:
            each.feed(SECOND)
        gate.set()
        texts = {(await each.finish()).text for each in utterances}
        assert texts == {"set a timer"}
        assert max(model.batches) >= 19
        await engine.aclose()

    loop_run(work())


def test_nothing_exists_of_an_utterance_before_somebody_speaks(loop_run) -> None:
    async def work() -> None:
        model = Dictation()
        engine = dictating(model)
        for _ in range(100):
            engine.open("en")
        await asyncio.sleep(0.01)
        assert engine.health().state == "off"
        assert model.opened == 0

    loop_run(work())


def test_a_model_that_breaks_fails_the_utterance_and_hears_the_next(loop_run) -> None:
    async def work() -> None:
        engine = dictating(Dictation(breaks_after=HALF))
        broken = engine.open("en")
        broken.feed(SECOND)
        with pytest.raises(EngineError, match="the network broke") as raised:
            await broken.finish()
        assert raised.value.retryable
        assert engine.health().failed == 1
        broken.feed(SECOND)
        with pytest.raises(EngineError):
            await broken.finish()
        well = engine.open("en")
        well.feed(SECOND[:HALF])
        assert (await well.finish()).text == "set a"
        assert engine.health().state == "ready"
        await engine.aclose()

    loop_run(work())


def test_whoever_waits_while_a_model_breaks_is_told_at_once(loop_run) -> None:
    async def work() -> None:
        class Breaks(Dictation):
            def settle(self, ears):
                raise RuntimeError("the lattice broke")

        engine = dictating(Breaks(), timeout=30)
        utterance = engine.open("en")
        utterance.feed(SECOND)
        with pytest.raises(EngineError, match="the lattice broke"):
            async with asyncio.timeout(2):
                await utterance.finish()
        await engine.aclose()

    loop_run(work())


def test_a_model_that_cannot_be_loaded_says_why_to_each(loop_run) -> None:
    async def work() -> None:
        def load():
            raise EngineError("no such file")

        engine: LiveRecognizer = LiveRecognizer("live", frozenset({"en"}), load)
        for _ in range(2):
            utterance = engine.open("en")
            utterance.feed(SECOND)
            with pytest.raises(EngineError, match="no such file"):
                await utterance.finish()
        assert engine.health().state == "failing"
        await engine.aclose()

    loop_run(work())


def test_a_cancelled_utterance_is_left_alone_and_whoever_waits_is_told(loop_run) -> None:
    async def work() -> None:
        model = Dictation()
        engine = dictating(model)
        utterance = engine.open("en")
        utterance.feed(SECOND)
        waiting = asyncio.create_task(utterance.finish())
        await asyncio.sleep(0)
        utterance.cancel()
        with pytest.raises(EngineError, match="cancelled"):
            await waiting
        utterance.feed(SECOND)
        assert await utterance.peek() is None
        await engine.aclose()

    loop_run(work())


def test_too_many_who_wait_are_busy(loop_run) -> None:
    async def work() -> None:
        gate = threading.Event()

        class Stuck(Dictation):
            def hear(self, sounds):
                gate.wait(5)
                super().hear(sounds)

        engine = dictating(Stuck(), queue=4, batch=1)
        utterances = [engine.open("en") for _ in range(12)]
        for each in utterances:
            each.feed(SECOND)
        answers = await asyncio.gather(
            *(each.finish() for each in utterances[6:]), asyncio.to_thread(gate.set), return_exceptions=True
        )
        assert sum(isinstance(each, Busy) for each in answers) >= 5
        await engine.aclose()

    loop_run(work())


def test_a_model_that_hangs_is_given_up_after_its_time(loop_run) -> None:
    async def work() -> None:
        gate = threading.Event()

        class Stuck(Dictation):
            def settle(self, ears):
                gate.wait(5)

        engine = dictating(Stuck(), timeout=0.05)
        utterance = engine.open("en")
        utterance.feed(SECOND)
        with pytest.raises(EngineError, match=r"no answer after 0\.05 s"):
            await utterance.finish()
        gate.set()
        await engine.aclose()

    loop_run(work())


def test_a_minute_is_the_most_that_is_heard(loop_run) -> None:
    async def work() -> None:
        engine = dictating()
        utterance = engine.open("en")
        for _ in range(70):
            utterance.feed(SECOND)
        assert len((await utterance.finish()).text.split()) == 121
        await engine.aclose()

    loop_run(work())


def test_silence_is_no_word(loop_run) -> None:
    async def work() -> None:
        class Deaf(Dictation):
            def settle(self, ears): ...

        engine = dictating(Deaf())
        utterance = engine.open("en")
        assert (await utterance.finish()).decision == "reject"
        utterance = engine.open("en")
        utterance.feed(bytes(32_000))
        heard = await utterance.finish()
        assert (heard.text, heard.decision, heard.confidence) == ("", "reject", 0.0)
        await engine.aclose()

    loop_run(work())
