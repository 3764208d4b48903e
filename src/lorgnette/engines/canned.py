"""Engines without a model, for load tests: a fixed transcript and fixed audio, each after a fixed time.

`asr = ["canned"]`, `tts = ["canned"]` in the configuration, so that a benchmark measures the hub alone.
"""

import asyncio
import math
from array import array
from collections.abc import AsyncGenerator, Iterable
from functools import cache

from lorgnette.core.audio import BYTES_PER_SECOND, RATE
from lorgnette.engines.health import Health
from lorgnette.engines.protocols import Recognition

ANY_LANGUAGE = ("en", "de", "zh")


class CannedRecognizer:
    """Hears `text` in everything. `delay`: seconds that `finish` takes; `peek` answers at once."""

    name = "canned"

    def __init__(
        self, text: str = "what time is it", delay: float = 0.0, languages: Iterable[str] = ANY_LANGUAGE
    ) -> None:
        self.text = text
        self.delay = delay
        self.languages = frozenset(languages)

    def open(self, language: str) -> "CannedStream":
        return CannedStream(self.text, self.delay, language)

    def start(self) -> None:
        """Nothing to load."""

    async def aclose(self) -> None:
        """Nothing to end."""

    def health(self) -> Health:
        return Health(self.name, "ready")


class CannedStream:
    """One utterance, unheard."""

    partial = ""

    def __init__(self, text: str, delay: float, language: str) -> None:
        self._answer = Recognition(text, language, complete=True, engine="canned")
        self._delay = delay

    def feed(self, pcm: bytes) -> None:
        """Not listened to."""

    async def peek(self) -> Recognition | None:
        return self._answer

    async def finish(self) -> Recognition:
        if self._delay:
            await asyncio.sleep(self._delay)
        return self._answer

    def cancel(self) -> None:
        """Nothing to free."""


class CannedSynthesizer:
    """Says a 300 Hz hum. `seconds`: how long a sentence is; `delay`: seconds until its first chunk."""

    name = "canned"

    def __init__(
        self, seconds: float = 1.0, delay: float = 0.0, languages: Iterable[str] = ANY_LANGUAGE
    ) -> None:
        self.seconds = seconds
        self.delay = delay
        self.languages = frozenset(languages)

    async def speak(self, text: str, language: str, rate: float = 1.0) -> AsyncGenerator[bytes]:  # noqa: ARG002
        if self.delay:
            await asyncio.sleep(self.delay)
        left = int(self.seconds / rate * RATE) * 2
        hum = _hum()
        while left > 0:
            yield hum[:left]
            left -= len(hum)

    def start(self) -> None:
        """Nothing to load."""

    async def aclose(self) -> None:
        """Nothing to end."""

    def health(self) -> Health:
        return Health(self.name, "ready")


@cache
def _hum() -> bytes:
    """A quarter of a second, a whole number of periods."""
    samples = BYTES_PER_SECOND // 8
    return array("h", (int(4000 * math.sin(math.tau * 300 * n / RATE)) for n in range(samples))).tobytes()
