"""A voice: when its first sound comes, and how fast it speaks."""

import asyncio
import time
from contextlib import aclosing

import msgspec

from lorgnette.core.audio import seconds_of
from lorgnette.core.errors import EngineError
from lorgnette.engines.protocols import Synthesizer
from lorgnette.gauge.figure import Figure
from lorgnette.gauge.job import Job
from lorgnette.gauge.sentences import sentences
from lorgnette.gauge.timing import median, rounds, spread

LOADS_S = 60.0
SPEAKS_S = 60.0


async def speak(voice: Synthesizer, job: Job, bare: Figure) -> list[Figure]:
    """A figure for each language that is asked for and that it knows, else for one that it knows."""
    began = time.monotonic()
    wanted = [one for one in job.languages if one in voice.languages] or sorted(voice.languages)[:1]
    if not wanted:
        raise EngineError(f"{voice.name} knows no language")
    async with asyncio.timeout(LOADS_S):
        await said(voice, sentences(wanted[0])[0], wanted[0])
    bare = msgspec.structs.replace(bare, load_s=round(time.monotonic() - began, 3))
    return [await _language(voice, one, job, bare) for one in wanted]


async def _language(voice: Synthesizer, language: str, job: Job, bare: Figure) -> Figure:
    firsts: list[float] = []
    rates: list[float] = []
    audio = 0.0
    repeats = 0
    texts = sentences(language)
    await said(voice, texts[0], language)
    for number in rounds(job.repeats, job.seconds):
        for text in texts:
            async with asyncio.timeout(SPEAKS_S):
                first, whole, pcm = await said(voice, text, language)
            seconds = seconds_of(pcm)
            if not seconds:
                raise EngineError(f"{voice.name} said nothing in {language}")
            firsts.append(first)
            rates.append(whole / seconds)
            audio += seconds if number == 0 else 0.0
        repeats = number + 1
    return msgspec.structs.replace(
        bare,
        language=language,
        rtf=median(rates),
        spread=spread(rates),
        first_s=median(firsts),
        items=len(texts),
        audio_s=round(audio, 1),
        repeats=repeats,
    )


async def said(voice: Synthesizer, text: str, language: str) -> tuple[float, float, bytes]:
    """Seconds to the first sound and to the last, and the sound."""
    began, first, pcm = time.perf_counter(), 0.0, bytearray()
    async with aclosing(voice.speak(text, language)) as chunks:
        async for chunk in chunks:
            first = first or time.perf_counter() - began
            pcm += chunk
    return first, time.perf_counter() - began, bytes(pcm)
