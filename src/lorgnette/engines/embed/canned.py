"""Meanings without a model, for tests: texts lie near each other as they share groups of letters."""

import asyncio
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from lorgnette.engines.health import Health

if TYPE_CHECKING:
    import numpy as np


class CannedEmbedder:
    """Always the same for the same text. `delay`: seconds that a request takes.

    `synonyms`: groups of words that are one word to it, so that a test can ask in other words.
    """

    def __init__(
        self,
        name: str = "canned",
        dimensions: int = 256,
        delay: float = 0.0,
        synonyms: Sequence[Sequence[str]] = (),
    ) -> None:
        self.name = name
        self._dimensions = dimensions
        self._delay = delay
        self._same = {word: group[0] for group in synonyms for word in group}
        self.asked: list[str] = []
        """Every text that it was given, for tests."""

    async def embed(self, texts: Sequence[str]) -> "np.ndarray[Any, Any]":
        import numpy as np

        self.asked += texts
        if self._delay:
            await asyncio.sleep(self._delay)
        rows = np.zeros((len(texts), self._dimensions), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.casefold().split():
                plain = f" {self._same.get(word.strip('.,?!'), word.strip('.,?!'))} "
                for at in range(len(plain) - 2):
                    row[zlib.crc32(plain[at : at + 3].encode()) % self._dimensions] += 1.0
        return rows

    def start(self) -> None:
        """Nothing to load."""

    async def aclose(self) -> None:
        """Nothing to end."""

    def health(self) -> Health:
        return Health(self.name, "ready")
