"""PocketSphinx for the hub: an utterance is buffered, and decoded in a worker process at its end."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from lorgnette.core.audio import BYTES_PER_SECOND, FRAME_SAMPLES
from lorgnette.core.errors import EngineError
from lorgnette.engines.health import Health
from lorgnette.engines.protocols import Recognition
from lorgnette.engines.runner import ProcessPool

FACTORY = "lorgnette.engines.asr.decoder:GrammarDecoder"
LONGEST_SECONDS = 15
_LONGEST = LONGEST_SECONDS * BYTES_PER_SECOND
_SHORTEST = BYTES_PER_SECOND // 10

_START = 120.0
"""Seconds until a decoder is ready: the first one after a change of the skills compiles their grammar."""
_STILL = 0.12
"""A tail whose loudest frame is below this part of the utterance's loudest is silence (−18 dB)."""


class PocketSphinxEngine:
    """`Recognizer` of the installed skills' English sentences, by a grammar.

    settings: what the worker's `GrammarDecoder` takes, or what makes it. workers: 0 = as many as cores.
    """

    name = "pocketsphinx"
    languages = frozenset({"en"})

    def __init__(
        self,
        settings: Mapping[str, Any] | Callable[[], Mapping[str, Any]],
        *,
        factory: str = FACTORY,
        workers: int = 0,
        deadline: float = 8.0,
        queue: int = 64,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._pool = ProcessPool(
            self.name,
            factory,
            settings,
            workers=workers,
            deadline=deadline,
            queue=queue,
            start_deadline=_START,
            environment=environment,
        )

    @property
    def pool(self) -> ProcessPool:
        """The processes, for doctor, benchmarks and tests."""
        return self._pool

    def open(self, language: str) -> "BufferedStream":
        return BufferedStream(self, language)

    async def recognize(self, pcm: bytes, language: str) -> Recognition:
        """A whole utterance at once."""
        return recognition(await self._pool.call("recognize", pcm), language, self.name)

    def start(self) -> None:
        self._pool.start()

    async def aclose(self) -> None:
        await self._pool.aclose()

    def health(self) -> Health:
        return self._pool.health()


class BufferedStream:
    """An utterance for an engine that decodes at the endpoint. Keeps the first 15 s; what follows is dropped.

    A `peek` is remembered: where only silence came after it, `finish` answers with it and decodes nothing.
    """

    partial = ""

    def __init__(self, engine: PocketSphinxEngine, language: str) -> None:
        self._engine = engine
        self._language = language
        self._audio = bytearray()
        self._peek: asyncio.Task[Recognition] | None = None
        self._peeked = 0  # bytes that the peek has heard

    def feed(self, pcm: bytes) -> None:
        room = _LONGEST - len(self._audio)
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
    before, tail = _loudest(audio, 0, at), _loudest(audio, at, len(audio))
    return tail <= before * _STILL


def _loudest(audio: bytes | bytearray, begin: int, end: int) -> float:
    """RMS of the loudest 20 ms frame; a last part of a frame counts where it is alone."""
    samples = np.frombuffer(memoryview(audio)[begin:end].tobytes(), "<i2").astype(np.float32)
    whole = len(samples) // FRAME_SAMPLES * FRAME_SAMPLES
    frames = samples[:whole].reshape(-1, FRAME_SAMPLES) if whole else samples.reshape(1, -1)
    return float(np.sqrt(np.square(frames).mean(axis=1).max()))


def recognition(result: Any, language: str, engine: str) -> Recognition:
    """A worker's answer as the hub's; raises EngineError where it isn't one."""
    try:
        decision = result["decision"]
        if decision not in {"accept", "confirm", "reject"}:
            raise ValueError(f"decision {decision!r}")
        slots = {str(name): (float(begin), float(end)) for name, (begin, end) in result["slots"].items()}
        return Recognition(
            text=str(result["text"]),
            language=language,
            confidence=float(result.get("confidence", result.get("score", 0.0))),
            decision=decision,
            complete=bool(result.get("complete", decision == "accept")),
            slots=slots,
            engine=engine,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise EngineError(f"{engine}: a worker's answer isn't a recognition: {error}") from error


def _asked_to_stop() -> bool:
    """Whether the running task itself was cancelled, and not only what it waited for."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _seen(task: asyncio.Task[Recognition]) -> None:
    if not task.cancelled():
        task.exception()
