"""An utterance for engines that decode it whole: gathered, then decoded in a pause or at its end."""

import asyncio
from typing import Protocol

import numpy as np

from lorgnette.core.audio import BYTES_PER_SECOND, FRAME_SAMPLES
from lorgnette.core.errors import EngineError
from lorgnette.engines.protocols import Recognition

_SHORTEST = BYTES_PER_SECOND // 10
_STILL = 0.12
"""A tail whose loudest frame is below this part of the utterance's loudest is silence (−18 dB)."""


class Decodes(Protocol):
    """An engine that hears a whole utterance at once."""

    @property
    def name(self) -> str: ...

    async def recognize(self, pcm: bytes, language: str) -> Recognition: ...


class BufferedStream:
    """Keeps the first `longest` seconds; what follows is dropped.

    A `peek` is remembered: where only silence came after it, `finish` answers with it and decodes nothing.
    """

    partial = ""

    def __init__(self, engine: Decodes, language: str, longest: int) -> None:
        self._engine = engine
        self._language = language
        self._longest = longest * BYTES_PER_SECOND
        self._audio = bytearray()
        self._peek: asyncio.Task[Recognition] | None = None
        self._peeked = 0  # bytes that the peek has heard

    def feed(self, pcm: bytes) -> None:
        room = self._longest - len(self._audio)
        if room > 0:
            self._audio += pcm[:room]

    @property
    def seconds(self) -> float:
        """What was kept."""
        return len(self._audio) / BYTES_PER_SECOND

    async def peek(self) -> Recognition | None:
        if len(self._audio) < _SHORTEST:
            return None
        try:
            return await self._decode()
        except asyncio.CancelledError:
            if _asked_to_stop():
                raise
            return None  # the utterance was cancelled, or has gone on: this guess is worth nothing

    async def finish(self) -> Recognition:
        if len(self._audio) < _SHORTEST:
            return Recognition("", self._language, 0.0, "reject", engine=self._engine.name)
        try:
            return await self._decode()
        except asyncio.CancelledError:
            if _asked_to_stop():
                raise
            raise EngineError(f"{self._engine.name}: the utterance was cancelled") from None
        finally:
            self._audio = bytearray()

    def cancel(self) -> None:
        self._audio = bytearray()
        self._forget()

    async def _decode(self) -> Recognition:
        """What the audio so far says; one decoding at a time, and none twice."""
        if self._peek is None or self._peek_is_old():
            self._forget()
            self._peeked = len(self._audio)
            # A task, since the peek's caller may be cancelled while `finish` still wants the result.
            self._peek = asyncio.create_task(self._engine.recognize(bytes(self._audio), self._language))
            self._peek.add_done_callback(_seen)
        return await asyncio.shield(self._peek)

    def _peek_is_old(self) -> bool:
        peek = self._peek
        if peek is None or (peek.done() and (peek.cancelled() or peek.exception() is not None)):
            return True
        return not still_after(self._audio, self._peeked)

    def _forget(self) -> None:
        if self._peek is not None:
            self._peek.cancel()
            self._peek = None


def still_after(audio: bytes | bytearray, at: int) -> bool:
    """Whether nothing but silence follows byte `at`, by loudness against what came before."""
    if at >= len(audio):
        return True
    before, tail = loudest(memoryview(audio)[:at]), loudest(memoryview(audio)[at:])
    return is_still(tail, before)


def is_still(tail: float, before: float) -> bool:
    """Whether what is this loud at most is silence beside speech that was this loud."""
    return tail <= before * _STILL


def loudest(audio: bytes | bytearray | memoryview) -> float:
    """RMS of the loudest 20 ms frame; a last part of a frame counts where it is alone."""
    samples = np.frombuffer(bytes(audio), "<i2").astype(np.float32)
    if not len(samples):
        return 0.0
    whole = len(samples) // FRAME_SAMPLES * FRAME_SAMPLES
    frames = samples[:whole].reshape(-1, FRAME_SAMPLES) if whole else samples.reshape(1, -1)
    return float(np.sqrt(np.square(frames).mean(axis=1).max()))


def _asked_to_stop() -> bool:
    """Whether the running task itself was cancelled, and not only what it waited for."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _seen(task: asyncio.Task[Recognition]) -> None:
    if not task.cancelled():
        task.exception()
