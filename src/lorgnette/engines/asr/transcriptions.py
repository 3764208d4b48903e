"""Any server with OpenAI's `/audio/transcriptions`, by URL and key."""

import asyncio
import json
from collections.abc import Iterable

from lorgnette.core.errors import EngineError
from lorgnette.engines.chain import primary
from lorgnette.engines.health import Health
from lorgnette.engines.protocols import Recognition
from lorgnette.engines.remote.endpoint import BrokeOff, Endpoint
from lorgnette.engines.remote.sections import LANGUAGES
from lorgnette.engines.remote.utterance import GatheredUtterance, heard
from lorgnette.media.wav import wav_bytes

LONGEST_ANSWER = 256_000
"""Bytes; a minute of fast speech is under 2,000."""


class Transcriptions:
    """`Recognizer` over HTTP: one multipart request an utterance, with a WAV file; the answer is JSON.

    url: the server's base ("http://127.0.0.1:8000/v1"). timeout: seconds for one utterance, all tries
    together; a request that breaks off is made once more.
    """

    name = "openai"

    def __init__(
        self,
        url: str = "",
        model: str = "whisper-1",
        key: str = "",
        *,
        languages: Iterable[str] = LANGUAGES,
        prompt: str = "",
        timeout: float = 10.0,
    ) -> None:
        self._endpoint = Endpoint("asr_openai", url, "/audio/transcriptions", key)
        self.languages = frozenset(primary(language) for language in languages)
        self._fields = {"model": model, "response_format": "json"}
        if prompt:
            self._fields["prompt"] = prompt
        self._timeout = timeout

    def open(self, language: str) -> GatheredUtterance:
        return GatheredUtterance(self.name, language, self.recognize)

    async def recognize(self, pcm: bytes, language: str) -> Recognition:
        """A whole utterance at once."""
        until = asyncio.get_running_loop().time() + self._timeout
        content = {
            "data": {**self._fields, "language": primary(language)},
            "files": {"file": ("utterance.wav", wav_bytes(pcm), "audio/wav")},
        }
        with self._endpoint.ledger.request():
            try:
                body = await self._ask(until, content)
            except BrokeOff:
                self._endpoint.ledger.retries += 1
                body = await self._ask(until, content)
            return heard(self._text(body), language, self.name)

    def start(self) -> None:
        self._endpoint.start()

    async def aclose(self) -> None:
        await self._endpoint.aclose()

    def health(self) -> Health:
        return self._endpoint.ledger.health()

    async def _ask(self, until: float, content: dict[str, object]) -> bytes:
        async with self._endpoint.open(until, **content) as answer:
            return await answer.read(until, LONGEST_ANSWER)

    def _text(self, body: bytes) -> str:
        """The `text` of the answer's object."""
        try:
            answer = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise EngineError(f"{self._endpoint.place} sent no JSON: {error}") from error
        text = answer.get("text") if isinstance(answer, dict) else None
        if not isinstance(text, str):
            raise EngineError(f"{self._endpoint.place} sent an object without a text")
        return text
