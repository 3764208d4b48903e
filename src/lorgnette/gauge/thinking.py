"""A chat model: when its first words come, and how many follow in a second."""

import asyncio
import time
from contextlib import aclosing

import msgspec

from lorgnette.core.errors import EngineError
from lorgnette.engines.protocols import ChatModel
from lorgnette.gauge.figure import Figure
from lorgnette.gauge.job import Job
from lorgnette.gauge.timing import median, rounds, spread

LONGEST_S = 30.0
ENOUGH = 400
"""Characters after which it is stopped."""
ASKED = "Count from one to thirty, in words, separated by commas. Say nothing else."


async def think(model: ChatModel, job: Job, bare: Figure) -> list[Figure]:
    """The first request loads what the server has to load."""
    began = time.monotonic()
    async with asyncio.timeout(LONGEST_S):
        await _answer(model)
    loaded = time.monotonic() - began
    firsts: list[float] = []
    speeds: list[float] = []
    for _ in rounds(job.repeats, job.seconds):
        async with asyncio.timeout(LONGEST_S):
            first, speed = await _answer(model)
        firsts.append(first)
        speeds.append(speed)
    return [
        msgspec.structs.replace(
            bare,
            load_s=round(loaded, 3),
            first_s=median(firsts),
            spread=spread(firsts),
            per_s=median(speeds, 1),
            items=1,
            repeats=len(firsts),
        )
    ]


async def _answer(model: ChatModel) -> tuple[float, float]:
    """Seconds to the first text, and characters in a second after it."""
    began, first, size = time.perf_counter(), 0.0, 0
    async with aclosing(model.stream([{"role": "user", "content": ASKED}])) as deltas:
        async for delta in deltas:
            if delta.text:
                first = first or time.perf_counter() - began
                size += len(delta.text)
            if size >= ENOUGH:
                break
    if not size:
        raise EngineError(f"{model.name} answered nothing")
    return first, size / max(time.perf_counter() - began - first, 1e-6)
