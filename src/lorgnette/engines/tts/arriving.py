"""Speech that arrives in pieces from a server: PCM or a WAV file, spoken from the first bytes on."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Protocol

from lorgnette.core.audio import BYTES_PER_SECOND
from lorgnette.core.errors import EngineError
from lorgnette.engines.remote.endpoint import BrokeOff
from lorgnette.engines.remote.sound import Inflow
from lorgnette.engines.tts.wave_stream import WaveHead

LONGEST_SPEECH = 300 * BYTES_PER_SECOND
"""Bytes of one sentence's sound; a server that goes on after that is stuck."""
BETWEEN = 5.0
"""Seconds of silence on the wire within a sentence, after which it counts as broken."""
_WHOLE_WAVE_HEAD = 4


class Source(Protocol):
    """Bytes as they come, empty at the end; waits until `until` (loop time)."""

    async def next(self, until: float) -> bytes: ...


async def arriving(source: Source, place: str, pcm_rate: int, until: float) -> AsyncGenerator[bytes]:
    """PCM16 mono 16 kHz. `pcm_rate`: of sound without a header; `until`: when the first sound is due."""
    first, inflow, size = await _begin(source, place, pcm_rate, until)
    given, taken = 0, 0
    loop = asyncio.get_running_loop()
    data = first
    while data:
        if size is not None:
            data = data[: size - taken]  # a WAV file may have texts behind its sound
        taken += len(data)
        pcm = inflow.push(data)
        given += len(pcm)
        if given > LONGEST_SPEECH:
            raise EngineError(f"{place} doesn't come to an end")
        if pcm:
            yield pcm
        if taken == size:
            break
        data = await source.next(loop.time() + BETWEEN if given else until)
    if size is not None and taken < size:
        raise BrokeOff(f"{place} broke off: {taken} of {size} bytes came", retryable=True)
    if tail := inflow.flush():
        given += len(tail)
        yield tail
    if not given:
        raise EngineError(f"{place} sent no sound", retryable=True)


async def _begin(source: Source, place: str, pcm_rate: int, until: float) -> tuple[bytes, Inflow, int | None]:
    """The first bytes of sound, what makes the hub's of them, and how many there will be."""
    data = b""
    while len(data) < _WHOLE_WAVE_HEAD and (chunk := await source.next(until)):
        data += chunk
    if not data.startswith(b"RIFF"):
        return data, Inflow(pcm_rate), None
    head, whole = WaveHead(), False
    while not (whole := head.push(data)):
        data = await source.next(until)
        if not data:
            break
    if not whole or head.format is None:
        raise BrokeOff(f"{place} broke off within the header", retryable=True)
    wave = head.format
    rest = head.rest or await source.next(until)
    return rest, Inflow(wave.rate, wave.channels, wave.width), wave.size
