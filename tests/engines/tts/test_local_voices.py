"""Piper and sherpa-onnx with tiny voices: their real loaders and their real way of streaming."""

import asyncio
import os
import signal
import time
from collections.abc import Callable
from contextlib import aclosing, asynccontextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.engines.tts import tinyvoices

from lorgnette.core.audio import RATE
from lorgnette.core.errors import Busy, EngineError
from lorgnette.engines.protocols import Supervised, Synthesizer
from lorgnette.engines.tts.piper import PiperSynthesizer
from lorgnette.engines.tts.pooled import PooledVoice
from lorgnette.engines.tts.sherpa import SherpaSynthesizer

SENTENCE = "Your timer for five minutes is running."
LONG = " ".join(["Your timer for five minutes is running, and again, and again, hello."] * 40)

type Make = Callable[[Path], PooledVoice]


def piper(folder: Path, **settings: Any) -> PiperSynthesizer:
    return PiperSynthesizer([str(tinyvoices.piper(folder))], **settings)


def kokoro(folder: Path, **settings: Any) -> SherpaSynthesizer:
    return SherpaSynthesizer(str(tinyvoices.kokoro(folder / "kokoro")), **settings)


def vits(folder: Path, **settings: Any) -> SherpaSynthesizer:
    return SherpaSynthesizer(str(tinyvoices.vits(folder / "vits")), **settings)


VOICES = [
    pytest.param(
        make,
        id=make.__name__,
        marks=pytest.mark.skipif(find_spec(package) is None, reason=f"{package} isn't installed"),
    )
    for make, package in ((piper, "piper"), (kokoro, "sherpa_onnx"), (vits, "sherpa_onnx"))
]
needs_piper = pytest.mark.skipif(find_spec("piper") is None, reason="piper isn't installed")
needs_sherpa = pytest.mark.skipif(find_spec("sherpa_onnx") is None, reason="sherpa_onnx isn't installed")


@asynccontextmanager
async def alive(engine: PooledVoice):
    try:
        await engine.pool.ready()
        yield engine
    finally:
        await engine.aclose()


async def said(engine: Synthesizer, text: str, language: str = "en", rate: float = 1.0) -> bytes:
    return b"".join([chunk async for chunk in engine.speak(text, language, rate)])


async def killed_over(engine: PooledVoice) -> None:
    async for _ in engine.speak(LONG, "en"):
        for pid in engine.pool.pids():
            os.kill(pid, signal.SIGKILL)


def level(pcm: bytes) -> float:
    frames = np.frombuffer(pcm, "<i2")[: len(pcm) // 640 * 320].reshape(-1, 320).astype(np.float64) / 32768
    power = np.square(frames).mean(axis=1)
    return float(10 * np.log10(power[power > 1e-5].mean()))


@pytest.mark.parametrize("make", VOICES)
def test_a_sentence_has_our_level_and_a_higher_rate_is_shorter(make: Make, tmp_path, loop_run):
    async def run():
        async with alive(make(tmp_path)) as engine:
            assert isinstance(engine, Supervised)
            slow, normal, fast = [await said(engine, SENTENCE, rate=rate) for rate in (0.5, 1.0, 2.0)]
            empty = [await said(engine, text) for text in ("", "  ", "…", "\0", "\ud800", "😀", "[[x]]")]
            return slow, normal, fast, empty, engine.health()

    slow, normal, fast, empty, health = loop_run(run())
    assert len(slow) > 1.6 * len(normal)
    assert len(fast) < 0.65 * len(normal)
    assert abs(level(normal) + 20) < 1.5
    assert all(len(pcm) < 4 * RATE * 2 for pcm in empty)
    assert health.state == "ready"
    assert health.failed == health.restarts == 0


@pytest.mark.parametrize("make", VOICES)
def test_the_first_sound_comes_before_the_rest_is_made_and_a_stop_frees_the_worker(
    make: Make, tmp_path, loop_run
):
    async def run():
        async with alive(make(tmp_path)) as engine:
            pid = engine.pool.pids()
            await said(engine, "hello")
            begin, first, count = time.monotonic(), 0.0, 0
            async for _ in engine.speak(LONG, "en"):
                first = first or time.monotonic() - begin
                count += 1
            whole = time.monotonic() - begin
            async with aclosing(engine.speak(LONG, "en")) as chunks:
                async for _ in chunks:
                    break
            stopped = time.monotonic()
            await said(engine, "hello")
            return first, whole, count, time.monotonic() - stopped, pid == engine.pool.pids()

    first, whole, count, after, same = loop_run(run())
    assert count > 20
    assert first < whole / 3
    assert after < whole
    assert same, "the worker noticed by itself and wasn't replaced"


@pytest.mark.parametrize("make", VOICES)
def test_a_killed_worker_costs_its_sentence_and_the_next_one_is_spoken(make: Make, tmp_path, loop_run):
    async def run():
        async with alive(make(tmp_path)) as engine:
            with pytest.raises(EngineError) as error:
                await killed_over(engine)
            assert error.value.retryable
            async with asyncio.timeout(20):
                assert await said(engine, SENTENCE)
            assert engine.health().restarts == 1

    loop_run(run())


@pytest.mark.parametrize("make", VOICES)
def test_more_sentences_than_may_wait_are_busy(make: Make, tmp_path, loop_run):
    async def run():
        async with alive(make(tmp_path)) as engine:
            crowd = await asyncio.gather(*(said(engine, "hello") for _ in range(80)), return_exceptions=True)
            assert sum(isinstance(one, Busy) for one in crowd) > 5
            assert sum(isinstance(one, bytes) for one in crowd) >= 64

    loop_run(run())


@needs_piper
def test_piper_chooses_a_voice_by_language_and_a_speaker_by_name(tmp_path, loop_run):
    english = tinyvoices.piper(tmp_path)
    british = tinyvoices.piper(tmp_path, "en_GB-tiny", "en_GB")
    german = tinyvoices.piper(tmp_path, "de_DE-tiny", "de_DE", speakers=3)

    async def run():
        first = PiperSynthesizer([str(english), str(british), str(german)], speaker="speaker2")
        async with alive(first) as engine:
            assert engine.languages == {"en", "de"}
            second_speaker = await said(engine, "Hallo", "de-AT")
            assert await said(engine, "bath", "en-GB")
            with pytest.raises(EngineError, match="no voice"):
                await said(engine, "你好", "zh")
        async with alive(PiperSynthesizer([str(german)], speaker="0")) as engine:
            assert await said(engine, "Hallo", "de") != second_speaker

    loop_run(run())


@needs_piper
@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (lambda path: Path(f"{path}.json").unlink(), "there is no file"),
        (lambda path: Path(f"{path}.json").write_text("[]"), "doesn't describe"),
        (lambda path: Path(f"{path}.json").write_text("{"), "doesn't describe"),
        (lambda path: path.unlink(), "there is no file"),
    ],
)
def test_a_broken_piper_voice_is_refused_with_its_reason(broken, message, tmp_path):
    path = tinyvoices.piper(tmp_path)
    broken(path)
    with pytest.raises(EngineError, match=message):
        PiperSynthesizer([str(path)])
    with pytest.raises(EngineError, match="no voice is named"):
        PiperSynthesizer()


@needs_sherpa
def test_what_sherpa_dislikes_ends_its_worker_and_not_the_hub(tmp_path, loop_run):
    folder = tinyvoices.kokoro(tmp_path / "kokoro")
    (folder / "voices.bin").write_bytes(b"\0" * 100)

    async def run():
        engine = SherpaSynthesizer(str(folder))
        try:
            with pytest.raises(EngineError):
                await said(engine, SENTENCE)
            assert engine.health().state == "failing"
        finally:
            await engine.aclose()

    loop_run(run())


@needs_sherpa
def test_sherpa_takes_the_speaker_of_the_language(tmp_path, loop_run):
    folder = str(tinyvoices.kokoro(tmp_path / "kokoro"))

    async def run():
        async with alive(SherpaSynthesizer(folder, languages=["en", "zh"], speakers={"zh": 1})) as engine:
            assert engine.languages == {"en", "zh"}
            assert await said(engine, "hello", "en") != await said(engine, "hello", "zh-CN")
        async with alive(SherpaSynthesizer(folder, speaker=7)) as engine:
            with pytest.raises(EngineError, match="no speaker 7"):
                await said(engine, "hello")

    loop_run(run())


@needs_sherpa
def test_a_folder_that_is_no_voice_is_refused_with_its_reason(tmp_path):
    with pytest.raises(EngineError, match="no folder"):
        SherpaSynthesizer(str(tmp_path / "none"))
    (tmp_path / "empty").mkdir()
    with pytest.raises(EngineError, match=r"tokens\.txt is missing"):
        SherpaSynthesizer(str(tmp_path / "empty"))
    (tmp_path / "empty" / "tokens.txt").touch()
    with pytest.raises(EngineError, match="0 networks"):
        SherpaSynthesizer(str(tmp_path / "empty"))
