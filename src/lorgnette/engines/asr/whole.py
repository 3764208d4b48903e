"""A recogniser that sends an utterance once, when it is over, and gets its words in one JSON answer."""

import asyncio
import json
from collections.abc import Iterable, Mapping
from typing import Any

from lorgnette.core.errors import EngineError
from lorgnette.engines.chain import primary
from lorgnette.engines.protocols import Recognition
from lorgnette.engines.remote.endpoint import BrokeOff, Endpoint
from lorgnette.engines.remote.hosted import Hosted
from lorgnette.engines.remote.utterance import GatheredUtterance, heard

LONGEST_ANSWER = 256_000
"""Bytes; a minute of fast speech is under 2,000."""


class WholeRecognizer(Hosted):
    """`Recognizer` over one HTTP path; a subclass says what is posted and where the words are.

    timeout: seconds for one utterance, all tries together; a request that breaks off is made once more.
    """

    def __init__(self, name: str, endpoint: Endpoint, languages: Iterable[str], timeout: float) -> None:
        self.name = name
        self.languages = frozenset(primary(language) for language in languages)
        self._endpoint = endpoint
        self._timeout = timeout

    def content(self, pcm: bytes, language: str) -> dict[str, Any]:
        """What httpx posts. `language`: a primary subtag."""
        raise NotImplementedError

    def text(self, answer: Mapping[str, Any]) -> str | None:
        """The words in the answer's object; None where there are none to be found."""
        raise NotImplementedError

    def open(self, language: str) -> GatheredUtterance:
        return GatheredUtterance(self.name, language, self.recognize)

    async def recognize(self, pcm: bytes, language: str) -> Recognition:
        """A whole utterance at once."""
        until = asyncio.get_running_loop().time() + self._timeout
        content = self.content(pcm, primary(language))
        with self._endpoint.ledger.request():
            try:
                body = await self._ask(until, content)
            except BrokeOff:
                self._endpoint.ledger.retries += 1
                body = await self._ask(until, content)
            return heard(self._words(body), language, self.name)

    async def _ask(self, until: float, content: dict[str, Any]) -> bytes:
        async with self._endpoint.open(until, **content) as answer:
            return await answer.read(until, LONGEST_ANSWER)

    def _words(self, body: bytes) -> str:
        try:
            answer = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise EngineError(f"{self._endpoint.place} sent no JSON: {error}") from error
        text = self.text(answer) if isinstance(answer, dict) else None
        if text is None:
            raise EngineError(f"{self._endpoint.place} sent an object without a text")
        return text
