"""A process that makes one engine and measures it, so that its memory is its own and a crash is a row.

It runs as a worker of `engines.runner`; what it answers are figures.
"""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec
import numpy as np  # noqa: F401 - the hub has it anyway: no engine shall be charged with it

from lorgnette.core.errors import ConfigError, EngineError
from lorgnette.engines.protocols import Supervised
from lorgnette.engines.registry import installed
from lorgnette.gauge.detecting import detect, judge, wait_for_word
from lorgnette.gauge.figure import Figure
from lorgnette.gauge.hearing import hear
from lorgnette.gauge.job import Job
from lorgnette.gauge.machine import footprint
from lorgnette.gauge.speaking import speak
from lorgnette.gauge.thinking import think

type Take = Callable[[Any, Job, Figure], Awaitable[list[Figure]]]

TAKES: Mapping[str, Take] = {
    "asr": hear,
    "llm": think,
    "tts": speak,
    "turn": judge,
    "vad": detect,
    "wake": wait_for_word,
}


class Probe:
    """Answers one call, and is ended."""

    def measure(self, job: Mapping[str, Any]) -> Any:
        """The figures of one engine as JSON values, or the error that the engine raised."""
        return msgspec.to_builtins(asyncio.run(measured(msgspec.convert(job, Job))))

    def crash(self) -> None:
        """For the tests: what an engine's C library may do."""
        os.kill(os.getpid(), signal.SIGSEGV)


async def measured(job: Job) -> list[Figure]:
    """Made, started, measured, ended. Raises whatever the engine raises."""
    before = footprint()
    try:
        engine = installed(job.kind)[job.engine].load()(job.setup)
    except EngineError as error:  # nothing is wrong with an engine that lacks its model or a setting
        raise ConfigError(error.detail) from error
    bare = Figure(kind=job.kind, engine=job.engine)
    try:
        if isinstance(engine, Supervised):
            engine.start()
        figures = await TAKES[job.kind](engine, job, bare)
        after = footprint()
    finally:
        if isinstance(engine, Supervised):
            await engine.aclose()
    grown = None if before is None or after is None else round(max(0.0, after - before), 1)
    return [msgspec.structs.replace(one, memory_mb=grown) for one in figures]
