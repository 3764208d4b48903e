"""What listens all the time: voice and wake word detectors, window by window, and who judges a pause."""

import asyncio
import random
import time
from typing import Any

import msgspec

from lorgnette.core.audio import BYTES_PER_SECOND, seconds_of
from lorgnette.core.errors import EngineError
from lorgnette.engines.protocols import Supervised, TurnJudge, VoiceDetector, WakeDetector
from lorgnette.gauge.figure import Figure
from lorgnette.gauge.job import Job
from lorgnette.gauge.timing import median, rounds, spread
from lorgnette.media.wav import read_audio

WINDOW_BYTES = 1024
WINDOW_S = WINDOW_BYTES / BYTES_PER_SECOND
LOADS_S = 60.0
MICROPHONES = 64
_ALONE, _TOGETHER = 100, 30
"""Windows of one microphone, and of each of many."""
_JUDGED_S = 4.0


async def detect(detector: VoiceDetector, job: Job, bare: Figure) -> list[Figure]:
    """Alone for the delay, with 63 others for what it can bear."""
    windows = _windows(job)
    began = time.monotonic()
    slot = detector.open()
    async with asyncio.timeout(LOADS_S):
        await _answered(detector, slot, windows[0])
    _well(detector)
    loaded = time.monotonic() - began
    alone: list[float] = []
    repeats = 0
    for number in rounds(job.repeats, job.seconds):
        for window in windows[:_ALONE]:
            start = time.perf_counter()
            await _answered(detector, slot, window)
            alone.append(time.perf_counter() - start)
        repeats = number + 1
    detector.close(slot)
    many = await _many(detector, windows)
    _well(detector)
    middle = median(alone, 6) or 0.0
    return [
        msgspec.structs.replace(
            bare,
            load_s=round(loaded, 3),
            first_s=middle,
            rtf=round(middle / WINDOW_S, 5),
            spread=spread(alone),
            per_s=round(many, 1),
            items=len(alone),
            audio_s=round(len(alone) * WINDOW_S, 1),
            repeats=repeats,
        )
    ]


async def wait_for_word(detector: WakeDetector, job: Job, bare: Figure) -> list[Figure]:
    """A detector says nothing of a window without a word, so its books tell when it is through."""
    if not isinstance(detector, Supervised):
        raise EngineError(f"{detector.name} doesn't say how many windows it has heard")
    windows = _windows(job)
    began = time.monotonic()
    slot = detector.open(lambda _: None)
    await _through(detector, slot, windows[:8])
    loaded = time.monotonic() - began
    times: list[float] = []
    for _ in rounds(job.repeats, job.seconds):
        start = time.perf_counter()
        await _through(detector, slot, windows)
        times.append((time.perf_counter() - start) / (len(windows) * WINDOW_S))
    detector.close(slot)
    _well(detector)
    return [
        msgspec.structs.replace(
            bare,
            load_s=round(loaded, 3),
            rtf=median(times),
            spread=spread(times),
            items=len(windows),
            audio_s=round(len(windows) * WINDOW_S, 1),
            repeats=len(times),
        )
    ]


async def judge(judge_: TurnJudge, job: Job, bare: Figure) -> list[Figure]:
    """How long it thinks about a pause after some seconds of speech."""
    pcm = b"".join(_windows(job))[-int(_JUDGED_S * BYTES_PER_SECOND) :]
    began = time.monotonic()
    async with asyncio.timeout(LOADS_S):
        await judge_.finished(pcm)
    loaded = time.monotonic() - began
    times: list[float] = []
    repeats = 0
    for number in rounds(job.repeats, job.seconds):
        for _ in range(5):
            start = time.perf_counter()
            async with asyncio.timeout(LOADS_S):
                await judge_.finished(pcm)
            times.append(time.perf_counter() - start)
        repeats = number + 1
    _well(judge_)
    middle = median(times) or 0.0
    return [
        msgspec.structs.replace(
            bare,
            load_s=round(loaded, 3),
            first_s=middle,
            rtf=round(middle / seconds_of(pcm), 4),
            spread=spread(times),
            items=len(times),
            audio_s=round(seconds_of(pcm), 1),
            repeats=repeats,
        )
    ]


def _windows(job: Job) -> list[bytes]:
    """Of the recordings, else of noise: a model costs the same."""
    pcm = b"".join(read_audio(clip.path) for clip in job.clips[:3])[: 8 * BYTES_PER_SECOND]
    if len(pcm) < 4 * BYTES_PER_SECOND:
        pcm += random.Random(1).randbytes(4 * BYTES_PER_SECOND)  # noqa: S311 - no secret
    return [pcm[at : at + WINDOW_BYTES] for at in range(0, len(pcm) - WINDOW_BYTES + 1, WINDOW_BYTES)]


async def _answered(detector: VoiceDetector, slot: int, window: bytes) -> float:
    answer: asyncio.Future[float] = asyncio.get_running_loop().create_future()
    detector.submit(slot, window, answer.set_result)
    return await answer


async def _many(detector: VoiceDetector, windows: list[bytes]) -> float:
    """Seconds of sound of `MICROPHONES` that are worked off in a second."""
    slots = [detector.open() for _ in range(MICROPHONES)]
    left = MICROPHONES * _TOGETHER
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def one(_: float) -> None:
        nonlocal left
        left -= 1
        if not left and not done.done():
            done.set_result(None)

    start = time.perf_counter()
    for number in range(_TOGETHER):
        for slot in slots:
            detector.submit(slot, windows[number % len(windows)], one)
    async with asyncio.timeout(LOADS_S):
        await done
    took = time.perf_counter() - start
    for slot in slots:
        detector.close(slot)
    return MICROPHONES * _TOGETHER * WINDOW_S / took


async def _through(detector: Any, slot: int, windows: list[bytes]) -> None:
    """Until it has heard all of them, or failed."""
    before = detector.health().done + detector.health().failed
    for window in windows:
        detector.submit(slot, window)
    async with asyncio.timeout(LOADS_S):
        while detector.health().done + detector.health().failed - before < len(windows):
            await asyncio.sleep(0.001)


def _well(engine: object) -> None:
    """A detector whose model fails answers "no speech": what is so fast is no measurement."""
    if isinstance(engine, Supervised) and (health := engine.health()).state == "failing":
        raise EngineError(health.last_error)
