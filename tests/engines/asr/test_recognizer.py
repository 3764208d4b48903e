import asyncio
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import pytest

from lorgnette.core.audio import BYTES_PER_SECOND
from lorgnette.core.errors import EngineError
from lorgnette.engines.asr.buffered import still_after
from lorgnette.engines.asr.recognizer import LONGEST_SECONDS, PocketSphinxEngine
from lorgnette.engines.protocols import Recognition
from lorgnette.engines.runner import ProcessPool

TESTS = Path(__file__).resolve().parents[2]


def noise(seconds: float, level: float = 3000) -> bytes:
    rng = np.random.default_rng(5)
    return rng.normal(0, level, int(seconds * 16_000)).astype("<i2").tobytes()


@asynccontextmanager
async def engine(log: Path, toy="Decoder", **settings):
    made = PocketSphinxEngine(
        {"log": str(log), **settings},
        factory=f"engines.asr.toys:{toy}",
        workers=1,
        environment={"PYTHONPATH": str(TESTS)},
    )
    try:
        yield made
    finally:
        await made.aclose()


def heard(log: Path) -> list[int]:
    return [int(line) for line in log.read_text().split()] if log.exists() else []


def test_an_utterance_is_decoded_at_its_end(loop_run, tmp_path):
    async def run():
        async with engine(tmp_path / "log") as asr:
            assert asr.languages == {"en"}
            stream = asr.open("en-US")
            for _ in range(60):
                stream.feed(noise(0.02))
            return await stream.finish()

    assert loop_run(run()) == Recognition(
        "38400 bytes",
        "en-US",
        0.9,
        "accept",
        complete=True,
        slots={"text": (0.5, 1.25)},
        engine="pocketsphinx",
    )


def test_silence_after_a_peek_is_not_decoded_again(loop_run, tmp_path):
    async def run():
        async with engine(tmp_path / "log") as asr:
            stream = asr.open("en")
            stream.feed(noise(1.0))
            stream.feed(noise(0.3, 40))
            guess = await stream.peek()
            stream.feed(noise(0.6, 60))
            assert await stream.peek() == guess
            assert await stream.finish() == guess

    loop_run(run())
    assert heard(tmp_path / "log") == [41_600]


def test_more_speech_after_a_peek_is_decoded(loop_run, tmp_path):
    async def run():
        async with engine(tmp_path / "log") as asr:
            stream = asr.open("en")
            stream.feed(noise(1.0))
            await stream.peek()
            stream.feed(noise(0.3, 40) + noise(0.2))
            return await stream.finish()

    assert loop_run(run()).text == "48000 bytes"
    assert heard(tmp_path / "log") == [32_000, 48_000]


def test_finish_waits_for_a_peek_that_is_under_way_even_if_its_caller_was_cancelled(loop_run, tmp_path):
    async def run():
        async with engine(tmp_path / "log", delay=0.15) as asr:
            stream = asr.open("en")
            stream.feed(noise(1.0))
            peek = asyncio.create_task(stream.peek())
            while not heard(tmp_path / "log"):
                await asyncio.sleep(0.005)
            peek.cancel()
            stream.feed(bytes(6400))
            return await stream.finish()

    assert loop_run(run()).text == "32000 bytes"
    assert heard(tmp_path / "log") == [32_000]


def test_only_the_first_seconds_of_an_endless_utterance_are_kept(loop_run, tmp_path):
    async def run():
        async with engine(tmp_path / "log") as asr:
            stream = asr.open("en")
            for _ in range(LONGEST_SECONDS + 5):
                stream.feed(noise(1.0))
            assert stream.seconds == LONGEST_SECONDS
            return await stream.finish()

    assert loop_run(run()).text == f"{LONGEST_SECONDS * BYTES_PER_SECOND} bytes"


def test_a_click_is_rejected_without_a_worker(loop_run, tmp_path):
    async def run():
        async with engine(tmp_path / "log") as asr:
            stream = asr.open("en")
            stream.feed(noise(0.05))
            assert await stream.peek() is None
            assert asr.health().state == "off"
            return await stream.finish()

    assert loop_run(run()).decision == "reject"


def test_a_cancelled_utterance_is_never_decoded(loop_run, tmp_path):
    async def run():
        async with engine(tmp_path / "log", delay=0.1) as asr:
            first, dead = asr.open("en"), asr.open("en")
            first.feed(noise(1.0))
            dead.feed(noise(1.5))
            running = asyncio.create_task(first.finish())
            asking = asyncio.create_task(dead.peek())
            while asr.health().queued == 0 or not heard(tmp_path / "log"):
                await asyncio.sleep(0.005)
            dead.cancel()
            assert dead.seconds == 0
            assert await asking is None
            await running

    loop_run(run())
    assert heard(tmp_path / "log") == [32_000]


def test_an_answer_that_is_no_recognition_is_an_engine_error(loop_run, tmp_path):
    async def run():
        async with engine(tmp_path / "log", "Odd") as asr:
            await asr.recognize(noise(1.0), "en")

    with pytest.raises(EngineError, match="perhaps"):
        loop_run(run())


def test_the_pool_is_there_for_doctor(tmp_path):
    assert isinstance(PocketSphinxEngine({}).pool, ProcessPool)


@pytest.mark.parametrize(
    ("tail", "still"),
    [
        (b"", True),
        (bytes(3200), True),
        (noise(0.3, 100), True),
        (noise(0.1, 2000), False),
        (noise(0.005), False),
    ],
)
def test_what_counts_as_silence_after_speech(tail, still):
    speech = noise(1.0)
    assert still_after(speech + tail, len(speech)) is still
