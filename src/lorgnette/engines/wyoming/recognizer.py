"""Speech to text by a Wyoming server, which gets the sound while it is spoken."""

import asyncio
import contextlib
from collections.abc import Iterable
from contextvars import copy_context

from lorgnette.core.audio import RATE
from lorgnette.core.errors import EngineError, ProtocolError
from lorgnette.engines.chain import primary
from lorgnette.engines.health import Health
from lorgnette.engines.protocols import Recognition
from lorgnette.engines.remote.utterance import LONGEST, SHORTEST, cancelled, heard, nothing, result_of
from lorgnette.engines.wyoming import messages
from lorgnette.engines.wyoming.client import Link, WyomingClient
from lorgnette.engines.wyoming.events import Event
from lorgnette.engines.wyoming.messages import Format

_FORMAT = Format(RATE)
_CHUNK = 32_000
"""Bytes of sound in one event at most; usually it is what came since the last one."""
IDLE = 60.0
"""Seconds without sound, end or cancellation after which an utterance is given up."""
LONGEST_TEXT = 20_000
"""Characters; a minute of fast speech is under 2,000."""
_PAUSE = 0.2
"""Seconds before the one other try."""


class WyomingRecognizer:
    """`Recognizer`; url: "tcp://host:10300". timeout: seconds from the end of speech to the words."""

    name = "wyoming"

    def __init__(
        self, url: str = "", model: str = "", languages: Iterable[str] = (), timeout: float = 10.0
    ) -> None:
        self.client = WyomingClient("asr_wyoming", url, tuple(primary(each) for each in languages))
        self.model = model
        self.timeout = timeout

    @property
    def languages(self) -> frozenset[str]:
        return self.client.languages

    def open(self, language: str) -> "WyomingUtterance":
        return WyomingUtterance(self, language)

    def start(self) -> None:
        self.client.start()

    async def aclose(self) -> None:
        await self.client.aclose()

    def health(self) -> Health:
        return self.client.health()


class WyomingUtterance:
    """One utterance on a connection of its own; `partial` grows where the server streams its words.

    The sound is kept (60 s at most, the rest is dropped): where the connection failed before the end,
    `finish` says everything once more. `cancel` hangs up.
    """

    def __init__(self, engine: WyomingRecognizer, language: str) -> None:
        self._engine = engine
        self._language = language
        self._audio = bytearray()
        self._ended = False
        self._more = asyncio.Event()
        self._task: asyncio.Task[Recognition] | None = None
        self._cancelled = False
        self._context = copy_context()  # sound comes from anywhere; it is sent for whoever opened this
        self.partial = ""

    def feed(self, pcm: bytes) -> None:
        room = LONGEST - len(self._audio)
        if room <= 0 or self._ended or self._cancelled:
            return
        self._audio += pcm[:room]
        if len(self._audio) >= SHORTEST:
            self._begin()
            self._more.set()

    async def peek(self) -> Recognition | None:
        return None

    async def finish(self) -> Recognition:
        if self._cancelled:
            raise cancelled(self._engine.name)
        self._ended = True
        self._more.set()
        if self._task is None:
            return nothing(self._language, self._engine.name)
        try:
            return await result_of(self._task, self._engine.name)
        except EngineError as error:
            if not error.retryable or self._cancelled:
                raise
        self._engine.client.ledger.retries += 1
        await asyncio.sleep(_PAUSE)
        self._task = None
        return await result_of(self._begin(), self._engine.name)

    def cancel(self) -> None:
        self._cancelled = True
        self._audio = bytearray()
        if self._task is not None:
            self._task.cancel()

    def _begin(self) -> asyncio.Task[Recognition]:
        if self._task is None:
            self._task = asyncio.create_task(self._recognise(), context=self._context)
            self._task.add_done_callback(_seen)
        return self._task

    async def _recognise(self) -> Recognition:
        client = self._engine.client
        with client.ledger.request():
            async with client.connect("speech") as link:
                text = await self._exchange(link)
            return heard(text, self._language, self._engine.name)

    async def _exchange(self, link: Link) -> str:
        """Send and read at once; the server's time begins when everything is sent."""
        loop = asyncio.get_running_loop()
        sending = asyncio.create_task(self._send(link))
        limit = asyncio.timeout(None)

        def sent(task: asyncio.Task[None]) -> None:
            if task.cancelled():
                return
            with contextlib.suppress(RuntimeError):  # the answer is here already
                limit.reschedule(loop.time() + (0 if task.exception() else self._engine.timeout))

        sending.add_done_callback(sent)
        try:
            async with limit:
                return await self._transcript(link)
        except TimeoutError:
            failure = sending.exception() if sending.done() and not sending.cancelled() else None
            if failure is not None:
                raise failure from None
            raise EngineError(f"{self._engine.client.place} fell silent", retryable=True) from None
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)

    async def _send(self, link: Link) -> None:
        """The sound as it comes, to its end."""
        loop, timeout = asyncio.get_running_loop(), self._engine.timeout
        await link.send(
            messages.transcribe(primary(self._language), self._engine.model), loop.time() + timeout
        )
        await link.send(messages.audio_start(_FORMAT), loop.time() + timeout)
        sent = 0
        while not (self._ended and sent >= len(self._audio)):
            if sent >= len(self._audio):
                await self._wait()
                continue
            chunk = bytes(self._audio[sent : sent + _CHUNK])
            sent += len(chunk)
            await link.send(messages.audio_chunk(_FORMAT, chunk), loop.time() + timeout)
        await link.send(messages.audio_stop(), loop.time() + timeout)

    async def _wait(self) -> None:
        """Until there is more, or the end."""
        self._more.clear()
        try:
            async with asyncio.timeout(IDLE):
                await self._more.wait()
        except TimeoutError:
            raise EngineError(f"{self._engine.name}: the utterance never ended") from None

    async def _transcript(self, link: Link) -> str:
        """The server's words; it may say some while it still listens."""
        streamed = ""
        while True:
            event = await link.receive(None)
            if event.type == "transcript":
                return _text(event)
            if event.type == "transcript-chunk":
                streamed = (streamed + _text(event))[:LONGEST_TEXT]
                self.partial = " ".join(streamed.split())


def _text(event: Event) -> str:
    try:
        text = messages.text_of(event)
    except ProtocolError as error:
        raise EngineError(f"the Wyoming server sent a {error.detail}") from error
    if len(text) > LONGEST_TEXT:
        raise EngineError(f"the Wyoming server sent {len(text)} characters of one utterance")
    return text


def _seen(task: asyncio.Task[Recognition]) -> None:
    """A failure before the end is told by `finish`, if that comes."""
    if not task.cancelled():
        task.exception()
