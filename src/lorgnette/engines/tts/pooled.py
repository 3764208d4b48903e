"""A voice in worker processes, as the hub sees it: `Synthesizer` over their pool."""

from collections.abc import AsyncGenerator
from typing import Final

from lorgnette.core.errors import EngineError
from lorgnette.engines.runner import Health, ProcessPool

LONGEST_TEXT: Final = 4000
"""Characters of one sentence; the session splits long texts long before."""
NOTICE_SECONDS: Final = 3.0
"""For voices that make a piece at once, in which a stop isn't noticed."""


class PooledVoice:
    """The workers' engine has `synthesize(text, language, rate, emit)`; the pool's name is the voice's."""

    def __init__(self, pool: ProcessPool, languages: frozenset[str]) -> None:
        self.name = pool.name
        self._pool = pool
        self._languages = languages

    @property
    def languages(self) -> frozenset[str]:
        return self._languages

    @property
    def pool(self) -> ProcessPool:
        """The processes, for doctor, benchmarks and tests."""
        return self._pool

    def start(self) -> None:
        """Begin to start the processes."""
        self._pool.start()

    async def speak(self, text: str, language: str, rate: float = 1.0) -> AsyncGenerator[bytes]:
        if len(text) > LONGEST_TEXT:
            raise EngineError(f"a sentence of {len(text)} characters is over {LONGEST_TEXT}")
        chunks = self._pool.stream("synthesize", text=text, language=language, rate=rate)
        try:
            async for chunk in chunks:
                yield chunk
        finally:
            await chunks.aclose()

    async def aclose(self) -> None:
        await self._pool.aclose()

    def health(self) -> Health:
        return self._pool.health()
