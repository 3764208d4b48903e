"""Any server with OpenAI's `/audio/speech`, by URL and key, spoken as it arrives."""

import asyncio
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from typing import Any, Literal

from lorgnette.core.errors import EngineError
from lorgnette.engines.chain import primary
from lorgnette.engines.remote.endpoint import Answer, Endpoint
from lorgnette.engines.remote.hosted import Hosted
from lorgnette.engines.remote.sections import LANGUAGES
from lorgnette.engines.tts.arriving import arriving

LONGEST_TEXT = 4000
"""Characters of one sentence; the API takes 4096."""
SLOWEST, FASTEST = 0.25, 4.0


class SpeechEndpoint(Hosted):
    """`Synthesizer` over HTTP, streamed: the first sound goes out as soon as the first bytes are here.

    url: the server's base ("http://127.0.0.1:8880/v1"). format: what is asked for; whichever it is, sound
    that begins with a WAV header is read by what the header says, else as PCM16 mono of `pcm_rate`.
    timeout: seconds until the first sound, all tries together. After that nothing is repeated.
    """

    name = "openai"

    def __init__(
        self,
        url: str = "",
        model: str = "tts-1",
        voice: str = "alloy",
        key: str = "",
        *,
        languages: Iterable[str] = LANGUAGES,
        instructions: str = "",
        format: Literal["pcm", "wav"] = "pcm",
        pcm_rate: int = 24_000,
        timeout: float = 8.0,
    ) -> None:
        self._endpoint = Endpoint("tts_openai", url, "/audio/speech", key)
        self.languages = frozenset(primary(language) for language in languages)
        self._body: dict[str, Any] = {"model": model, "voice": voice, "response_format": format}
        if instructions:
            self._body["instructions"] = instructions
        self._pcm_rate = pcm_rate
        self._timeout = timeout

    async def speak(self, text: str, language: str, rate: float = 1.0) -> AsyncGenerator[bytes]:  # noqa: ARG002
        if len(text) > LONGEST_TEXT:
            raise EngineError(f"a sentence of {len(text)} characters is over {LONGEST_TEXT}")
        body = {**self._body, "input": text}
        if rate != 1.0:
            body["speed"] = min(FASTEST, max(SLOWEST, rate))
        until = asyncio.get_running_loop().time() + self._timeout
        with self._endpoint.ledger.request():
            async with (
                self._endpoint.open(until, json=body) as answer,
                aclosing(self._sound(answer, until)) as chunks,
            ):
                async for chunk in chunks:
                    yield chunk

    async def _sound(self, answer: Answer, until: float) -> AsyncGenerator[bytes]:
        """PCM16 mono 16 kHz from whatever the server sends."""
        place = self._endpoint.place
        if not _is_sound(answer.type):
            raise EngineError(f"{place} sent {answer.type} instead of sound: {await answer.reason(until)}")
        async with aclosing(arriving(answer, place, self._pcm_rate, until)) as chunks:
            async for chunk in chunks:
                yield chunk


def _is_sound(type: str) -> bool:
    """Whether bytes of this media type may be PCM or WAV; servers say many things for PCM."""
    if not type or type in {"application/octet-stream", "binary/octet-stream"}:
        return True
    return type.startswith("audio/") and type.removeprefix("audio/") not in {
        *("mpeg", "mp3", "ogg", "opus", "aac", "flac", "x-flac", "webm", "mp4"),
    }
