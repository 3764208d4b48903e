"""A recogniser: how fast it hears, when its first words come, how many of them are wrong."""

import asyncio
import time

import msgspec
import numpy as np

from lorgnette.core.audio import BYTES_PER_SECOND, FRAME_BYTES, FRAME_MS, seconds_of
from lorgnette.core.errors import EngineError
from lorgnette.engines.protocols import Recognition, Recognizer
from lorgnette.gauge.figure import Figure
from lorgnette.gauge.job import Clip, Job
from lorgnette.gauge.score import errors, measure_of, share
from lorgnette.gauge.timing import median, rounds, spread
from lorgnette.media.wav import read_audio

LOADS_S = 150.0
"""A grammar may be compiled at the first start."""
ANSWERS_S = 60.0
_PACED_S = (0.8, 6.0)
"""A recording of this length is also given as it would be spoken, once a language."""


async def hear(ear: Recognizer, job: Job, bare: Figure) -> list[Figure]:
    """A figure for each language of the recordings that it knows."""
    began = time.monotonic()
    language = next((clip.language for clip in job.clips if clip.language in ear.languages), "")
    warm = language or next(iter(sorted(ear.languages)), "en")
    async with asyncio.timeout(LOADS_S):
        await _heard(ear, warm, bytes(BYTES_PER_SECOND // 2))
    bare = msgspec.structs.replace(bare, load_s=round(time.monotonic() - began, 3))
    wanted = sorted({clip.language for clip in job.clips if clip.language in ear.languages})
    if not wanted:
        known = ", ".join(sorted(ear.languages)) or "no language"
        return [msgspec.structs.replace(bare, why=f"it knows {known}: no recording in it", absent=True)]
    return [await _language(ear, one, job, bare) for one in wanted]


async def _language(ear: Recognizer, language: str, job: Job, bare: Figure) -> Figure:
    clips = [(clip, read_audio(clip.path)) for clip in job.of(language)]
    times: list[float] = []
    wrong: list[tuple[int, int]] = []
    repeats = 0
    for number in rounds(job.repeats, job.seconds):
        for clip, pcm in clips:
            async with asyncio.timeout(ANSWERS_S):
                began = time.perf_counter()
                found = await _heard(ear, language, pcm)
                times.append((time.perf_counter() - began) / max(seconds_of(pcm), 0.1))
            if number == 0 and clip.text:
                wrong.append(errors(clip.text, "" if found.decision == "reject" else found.text, language))
        repeats = number + 1
    first, answer = await _paced(ear, language, clips)
    rate = share(wrong)
    return msgspec.structs.replace(
        bare,
        language=language,
        rtf=median(times),
        spread=spread(times),
        first_s=first,
        answer_s=answer,
        error=None if rate is None else round(rate, 4),
        measure=measure_of(language) if rate is not None else "",
        synthetic=all(clip.synthetic for clip, _ in clips),
        items=len(clips),
        audio_s=round(sum(seconds_of(pcm) for _, pcm in clips), 1),
        repeats=repeats,
    )


async def _heard(ear: Recognizer, language: str, pcm: bytes) -> Recognition:
    """As fast as it takes it."""
    stream = ear.open(language)
    try:
        for at in range(0, len(pcm), FRAME_BYTES):
            stream.feed(pcm[at : at + FRAME_BYTES])
        return await stream.finish()
    except BaseException:
        stream.cancel()
        raise


async def _paced(
    ear: Recognizer, language: str, clips: list[tuple[Clip, bytes]]
) -> tuple[float | None, float | None]:
    """Seconds from the beginning of speech to the first partial word, and from the end to the words."""
    low, high = _PACED_S
    fitting = [pcm for _, pcm in clips if low <= seconds_of(pcm) <= high]
    if not fitting:
        return None, None
    pcm = min(fitting, key=len)
    stream = ear.open(language)
    loop = asyncio.get_running_loop()
    first: float | None = None
    began = loop.time()
    onset = began + _onset(pcm)
    try:
        for number, at in enumerate(range(0, len(pcm), FRAME_BYTES)):
            await asyncio.sleep(began + number * FRAME_MS / 1000 - loop.time())
            stream.feed(pcm[at : at + FRAME_BYTES])
            if first is None and stream.partial:
                first = loop.time()
        ended = loop.time()
        async with asyncio.timeout(ANSWERS_S):
            await stream.finish()
        answer = loop.time() - ended
    except (EngineError, TimeoutError):
        stream.cancel()
        return None, None
    return None if first is None else round(max(0.0, first - onset), 3), round(answer, 4)


def _onset(pcm: bytes) -> float:
    """Where speech begins: the first frame within 20 dB of the loudest."""
    samples = np.frombuffer(pcm[: len(pcm) // FRAME_BYTES * FRAME_BYTES], "<i2").astype(np.float32)
    levels = np.square(samples.reshape(-1, FRAME_BYTES // 2)).mean(axis=1)
    return int(np.argmax(levels > levels.max() / 100)) * FRAME_MS / 1000
