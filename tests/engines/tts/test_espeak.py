import asyncio
import os
import signal
import time
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

import numpy as np
import pytest

from lorgnette.core.audio import RATE
from lorgnette.core.errors import EngineError
from lorgnette.engines.protocols import Supervised
from lorgnette.engines.tts.espeak import EspeakSynthesizer
from lorgnette.engines.tts.pooled import LONGEST_TEXT

SENTENCES = {
    "en": "Your timer for five minutes is running, and the second one ends at half past three.",
    "de": "Dein Timer läuft fünf Minuten, und der zweite endet um halb vier.",
    "zh": "好的，五分钟的计时器已经开始了，第二个三点半结束。",
}


@asynccontextmanager
async def voice(**settings):
    engine = EspeakSynthesizer(**settings)
    try:
        await engine.pool.ready()
        yield engine
    finally:
        await engine.aclose()


async def said(engine, text, language="en", rate=1.0) -> bytes:
    return b"".join([chunk async for chunk in engine.speak(text, language, rate)])


def wave(pcm: bytes):
    return np.frombuffer(pcm, "<i2").astype(np.float32) / 32768


def speech_level(pcm: bytes) -> float:
    """dBFS over the 20 ms frames that aren't pauses."""
    frames = wave(pcm)[: len(pcm) // 640 * 320].reshape(-1, 320)
    power = np.square(frames).mean(axis=1)
    return 10 * np.log10(power[power > 1e-5].mean())


def test_every_language_is_spoken_at_one_level_without_clipping_and_at_once(loop_run):
    async def run():
        async with voice(workers=1) as engine:
            return {language: await said(engine, text, language) for language, text in SENTENCES.items()}

    for language, pcm in loop_run(run()).items():
        assert 3 < len(pcm) / 2 / RATE < 8, language
        assert abs(speech_level(pcm) + 20) < 2, language
        assert np.abs(wave(pcm)).max() < 0.99, language
        loud = np.flatnonzero(np.abs(wave(pcm)) > 0.01)
        assert loud[0] < RATE * 0.02, language
        assert len(pcm) // 2 - loud[-1] < RATE * 0.1, language


def test_the_first_chunk_comes_long_before_the_last(loop_run):
    async def run():
        async with voice(workers=1) as engine:
            await said(engine, "ready")
            long = " ".join([SENTENCES["en"]] * 40)
            begin, first, count = time.monotonic(), 0.0, 0
            async for _ in engine.speak(long, "en"):
                first = first or time.monotonic() - begin
                count += 1
            return first, time.monotonic() - begin, count

    first, whole, count = loop_run(run())
    assert first < whole / 3
    assert count > 100


def test_a_higher_rate_is_shorter(loop_run):
    async def run():
        async with voice(workers=1) as engine:
            return [len(await said(engine, SENTENCES["en"], rate=rate)) for rate in (0.5, 1.0, 2.0)]

    slow, normal, fast = loop_run(run())
    assert slow > normal * 1.5
    assert fast < normal * 0.65


def test_a_dialect_and_a_fourth_language_have_their_voice_and_a_made_up_one_has_none(loop_run):
    async def run():
        async with voice(workers=1) as engine:
            assert {"en", "de", "zh", "fr"} <= engine.languages
            american, british = await said(engine, "bath", "en-US"), await said(engine, "bath", "en-GB")
            # Two accents differ in length; the samples themselves flutter a little from one time to the next.
            assert abs(len(british) - len(american)) > RATE * 0.03
            assert await said(engine, "Bonjour", "fr-CA")
            with pytest.raises(EngineError, match="no voice"):
                await said(engine, "?", "xx")
            again = await said(engine, "bath", "en")
            assert abs(len(again) - len(american)) < RATE * 0.01

    loop_run(run())


def test_odd_text_does_no_harm(loop_run):
    async def run():
        async with voice(workers=1) as engine:
            pid = engine.pool.pids()
            for text in (
                "",
                "   ",
                "…",
                "\0",
                "<speak>&amp;[[",
                "9" * 300,
                "a" * 2000,
                "😀" * 50,
                "\ud800",
                "مرحبا",
            ):
                await said(engine, text)
            with pytest.raises(EngineError):
                await said(engine, "a" * (LONGEST_TEXT + 1))
            assert engine.pool.pids() == pid

    loop_run(run())


def test_closing_in_mid_sentence_frees_the_voice_for_the_next(loop_run):
    async def run():
        async with voice(workers=1) as engine:
            pid = engine.pool.pids()
            async with aclosing(engine.speak(" ".join([SENTENCES["en"]] * 40), "en")) as chunks:
                await anext(chunks)
            assert await said(engine, "Stopped.")
            assert engine.pool.pids() == pid
            assert engine.health().restarts == 0

    loop_run(run())


def test_a_voice_that_is_killed_costs_one_sentence(loop_run):
    async def run():
        async with voice(workers=1) as engine:
            (pid,) = engine.pool.pids()
            os.kill(pid, signal.SIGSTOP)  # in the midst of the sentence, whenever that is
            struck = asyncio.create_task(said(engine, SENTENCES["en"]))
            await asyncio.sleep(0)
            os.kill(pid, signal.SIGKILL)
            with pytest.raises(EngineError) as caught:
                await struck
            assert caught.value.retryable
            assert await said(engine, "Still here.")

    loop_run(run())


def test_a_voice_that_hangs_is_replaced(loop_run):
    async def run():
        async with voice(workers=1, deadline=0.2) as engine:
            (pid,) = engine.pool.pids()
            os.kill(pid, signal.SIGSTOP)
            with pytest.raises(EngineError) as caught:
                await said(engine, SENTENCES["en"])
            assert caught.value.retryable
            assert await said(engine, "Still here.")
            assert engine.pool.pids() != (pid,)

    loop_run(run())


def test_the_hub_itself_never_loads_the_library(loop_run):
    async def run():
        async with voice(workers=1) as engine:
            assert isinstance(engine, Supervised)
            await said(engine, "Hello.")

    loop_run(run())
    assert "espeak" not in Path("/proc/self/maps").read_text()
