"""Text to speech by a Wyoming server, spoken as it arrives."""

import asyncio
from collections.abc import AsyncGenerator, Iterable

from lorgnette.core.audio import BYTES_PER_SECOND
from lorgnette.core.errors import EngineError, MediaError, ProtocolError
from lorgnette.engines.chain import primary
from lorgnette.engines.health import Health
from lorgnette.engines.remote.sound import Inflow
from lorgnette.engines.wyoming import messages
from lorgnette.engines.wyoming.client import WyomingClient
from lorgnette.engines.wyoming.events import Event
from lorgnette.engines.wyoming.messages import Format

LONGEST_TEXT = 4000
LONGEST_SPEECH = 300 * BYTES_PER_SECOND
"""Bytes of one sentence's sound; a server that goes on after that is stuck."""
BETWEEN = 5.0
"""Seconds without an event within a sentence, after which it counts as broken."""


class WyomingSynthesizer:
    """`Synthesizer`; url: "tcp://host:10200". timeout: seconds until the first sound.

    The protocol has no speech rate, so that `rate` does nothing. Without `voice` the server is asked once
    what it has, and the first voice of each language is taken: wyoming-piper ignores a language alone.
    """

    name = "wyoming"

    def __init__(
        self,
        url: str = "",
        voice: str = "",
        speaker: str = "",
        languages: Iterable[str] = (),
        timeout: float = 8.0,
    ) -> None:
        self.client = WyomingClient("tts_wyoming", url, tuple(primary(each) for each in languages))
        self._voice = voice
        self._speaker = speaker
        self._timeout = timeout

    @property
    def languages(self) -> frozenset[str]:
        return self.client.languages

    async def speak(self, text: str, language: str, rate: float = 1.0) -> AsyncGenerator[bytes]:  # noqa: ARG002
        if len(text) > LONGEST_TEXT:
            raise EngineError(f"a sentence of {len(text)} characters is over {LONGEST_TEXT}")
        loop = asyncio.get_running_loop()
        until = loop.time() + self._timeout
        place = self.client.place
        with self.client.ledger.request():
            request = messages.synthesize(text, await self._chosen(language, until))
            async with self.client.connect("sentences") as link:
                await link.send(request, until)
                sound, given = _Sound(place), 0
                while not sound.ended:
                    pcm = sound.push(await link.receive(loop.time() + BETWEEN if given else until))
                    given += len(pcm)
                    if given > LONGEST_SPEECH:
                        raise EngineError(f"{place} doesn't come to an end")
                    if pcm:
                        yield pcm
                if not given:
                    raise EngineError(f"{place} sent no sound", retryable=True)

    def start(self) -> None:
        self.client.start()

    async def aclose(self) -> None:
        await self.client.aclose()

    def health(self) -> Health:
        return self.client.health()

    async def _chosen(self, language: str, until: float) -> dict[str, str]:
        """What the protocol calls a voice."""
        voice = self._voice
        if not voice:
            try:
                async with asyncio.timeout_at(until):
                    voice = (await self.client.info()).voice(language)
            except TimeoutError:
                raise EngineError(f"{self.client.place} fell silent", retryable=True) from None
        named = {"name": voice, "speaker": self._speaker, "language": primary(language)}
        return {key: value for key, value in named.items() if value}


class _Sound:
    """The events of one answer → PCM16 mono 16 kHz. `ended` after `audio-stop`."""

    def __init__(self, place: str) -> None:
        self.ended = False
        self._place = place
        self._format: Format | None = None
        self._inflow: Inflow | None = None

    def push(self, event: Event) -> bytes:
        if event.type == "audio-stop":
            self.ended = True
            return self._inflow.flush() if self._inflow is not None else b""
        if event.type not in {"audio-start", "audio-chunk"}:
            return b""
        try:
            begun = self._begin(messages.format_of(event))
            return begun + self._inflow.push(event.payload) if self._inflow is not None else begun
        except (ProtocolError, MediaError) as error:
            raise EngineError(f"{self._place} sent {error.detail}") from error

    def _begin(self, format: Format) -> bytes:
        """Follow the format, which a server may change between sentences; what was still inside comes out."""
        if format == self._format:
            return b""
        tail = self._inflow.flush() if self._inflow is not None else b""
        self._format = format
        self._inflow = Inflow(format.rate, format.channels, format.width)
        return tail
