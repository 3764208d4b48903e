"""Qwen-TTS at Alibaba Cloud's DashScope: `qwen3-tts-flash`, spoken as it arrives.

Request and events as https://www.alibabacloud.com/help/en/model-studio/qwen-tts-api has them: the header
`X-DashScope-SSE: enable` makes them come, each with a piece of PCM16 mono 24 kHz in Base64.
"""

import asyncio
import base64
import json
from collections import deque
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from typing import Any

from lorgnette.core.errors import EngineError
from lorgnette.engines.chain import primary
from lorgnette.engines.remote.dashscope import NAME, PATH
from lorgnette.engines.remote.endpoint import Answer, BrokeOff, Endpoint
from lorgnette.engines.remote.hosted import Hosted
from lorgnette.engines.remote.sections import LANGUAGES
from lorgnette.engines.remote.sse import EventReader
from lorgnette.engines.tts.arriving import arriving

LONGEST_TEXT = 600
"""Characters of one sentence; longer ones go to the next voice."""
RATE = 24_000
TYPES = {
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "pt": "Portuguese",
    "ru": "Russian",
    "zh": "Chinese",
}
"""`language_type`; for others it is Auto."""
_HEADERS = {"X-DashScope-SSE": "enable"}
_AGAIN = ("Throttling", "InternalError", "ServiceUnavailable")
"""Beginnings of codes of errors that pass."""


class DashScopeSynthesizer(Hosted):
    """`Synthesizer`. url: where its API begins. It knows no speech rate.

    timeout: seconds until the first sound, all tries together. After that nothing is repeated.
    """

    name = NAME

    def __init__(
        self,
        url: str,
        model: str = "qwen3-tts-flash",
        voice: str = "Cherry",
        key: str = "",
        *,
        languages: Iterable[str] = LANGUAGES,
        timeout: float = 8.0,
    ) -> None:
        self._endpoint = Endpoint("tts_dashscope", url, PATH, key, name=NAME)
        self.languages = frozenset(primary(language) for language in languages)
        self._model = model
        self._voice = voice
        self._timeout = timeout

    async def speak(self, text: str, language: str, rate: float = 1.0) -> AsyncGenerator[bytes]:  # noqa: ARG002
        if len(text) > LONGEST_TEXT:
            raise EngineError(f"a sentence of {len(text)} characters is over {LONGEST_TEXT}")
        kind = TYPES.get(primary(language), "Auto")
        body = {"model": self._model, "input": {"text": text, "voice": self._voice, "language_type": kind}}
        until = asyncio.get_running_loop().time() + self._timeout
        with self._endpoint.ledger.request():
            async with self._endpoint.open(until, json=body, headers=_HEADERS) as answer:
                events = _Events(answer, self._endpoint)
                place = self._endpoint.place
                async with aclosing(arriving(events, place, RATE, until)) as chunks:
                    async for chunk in chunks:
                        yield chunk


class _Events:
    """A `Source`: the sound within the events of one answer."""

    def __init__(self, answer: Answer, endpoint: Endpoint) -> None:
        self._answer = answer
        self._endpoint = endpoint
        self._reader = EventReader()
        self._waiting: deque[bytes] = deque()
        self._finished = False

    async def next(self, until: float) -> bytes:
        while not self._waiting and not self._finished:
            chunk = await self._answer.next(until)
            if chunk and self._answer.type == "application/json":  # no events: it says why
                raise self._failed(json_of(chunk + await self._answer.read(until, 100_000)))
            for payload in self._reader.push(chunk) if chunk else self._reader.end():
                self._take(json_of(payload))
            if not chunk and not self._finished:
                raise BrokeOff(f"{self._endpoint.place} ended within a sentence", retryable=True)
        return self._waiting.popleft() if self._waiting else b""

    def _take(self, event: dict[str, Any] | None) -> None:
        output = event.get("output") if event is not None else None
        if not isinstance(output, dict) or (event or {}).get("code"):
            raise self._failed(event)
        audio = output.get("audio")
        data = audio.get("data") if isinstance(audio, dict) else None
        if data:
            try:
                self._waiting.append(base64.b64decode(data, validate=True))
            except (ValueError, TypeError) as error:
                raise EngineError(f"{self._endpoint.place} sent sound that isn't Base64: {error}") from error
        self._finished = output.get("finish_reason") == "stop"

    def _failed(self, event: dict[str, Any] | None) -> EngineError:
        place = self._endpoint.place
        if event is None:
            return EngineError(f"{place} sent an event that isn't an object", retryable=True)
        code, message = str(event.get("code") or ""), str(event.get("message") or "")[:300]
        told = self._endpoint.mask(f"{code} {message}".strip() or "an event without sound")
        return EngineError(f"{place} failed: {told}", retryable=code.startswith(_AGAIN))


def json_of(text: str | bytes) -> dict[str, Any] | None:
    """The object; None where it is none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
