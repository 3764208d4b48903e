"""An utterance for a server that hears it whole: gathered while it is spoken, asked about once at its end."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from lorgnette.core.audio import BYTES_PER_SECOND
from lorgnette.core.errors import EngineError
from lorgnette.engines.protocols import Recognition

LONGEST_SECONDS = 60
"""Of an utterance that is kept; what follows is dropped."""
LONGEST = LONGEST_SECONDS * BYTES_PER_SECOND
SHORTEST = BYTES_PER_SECOND // 10
"""What is shorter than this isn't asked about: no word is."""

type Ask = Callable[[bytes, str], Coroutine[Any, Any, Recognition]]


class GatheredUtterance:
    """`RecognitionStream` whose `finish` asks once. `peek` would cost a whole request, so it says nothing.

    `cancel` drops the request that is running: whoever waits in `finish` gets an EngineError.
    """

    partial = ""

    def __init__(self, engine: str, language: str, ask: Ask) -> None:
        self._engine = engine
        self._language = language
        self._ask = ask
        self._audio = bytearray()
        self._request: asyncio.Task[Recognition] | None = None
        self._cancelled = False

    def feed(self, pcm: bytes) -> None:
        room = LONGEST - len(self._audio)
        if room > 0 and not self._cancelled:
            self._audio += pcm[:room]

    async def peek(self) -> Recognition | None:
        return None

    async def finish(self) -> Recognition:
        if self._cancelled:
            raise cancelled(self._engine)
        if len(self._audio) < SHORTEST:
            return nothing(self._language, self._engine)
        self._request = asyncio.create_task(self._ask(bytes(self._audio), self._language))
        self._audio = bytearray()
        return await result_of(self._request, self._engine)

    def cancel(self) -> None:
        self._cancelled = True
        self._audio = bytearray()
        if self._request is not None:
            self._request.cancel()


async def result_of(request: asyncio.Task[Recognition], engine: str) -> Recognition:
    """Wait for a request; it ends with its caller, and its own cancellation is an EngineError."""
    try:
        return await request
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise
        raise cancelled(engine) from None


def cancelled(engine: str) -> EngineError:
    """For whoever still waits."""
    return EngineError(f"{engine}: the utterance was cancelled")


def nothing(language: str, engine: str) -> Recognition:
    """No word was heard."""
    return Recognition("", language, 0.0, "reject", engine=engine)


def heard(text: str, language: str, engine: str) -> Recognition:
    """What a server wrote down: whole sentences of free text, accepted as they are."""
    text = " ".join(text.split())
    return Recognition(text, language, engine=engine) if text else nothing(language, engine)
