"""What stands where no engine is installed, so that the hub lives on and can say what to add."""

from collections.abc import AsyncGenerator

from lorgnette.core.errors import EngineError
from lorgnette.engines.protocols import Recognition


class NoRecognizer:
    """Answers every utterance with `decision="reject"` and `engine="none"`: no ASR knows this language."""

    name = "none"
    languages: frozenset[str] = frozenset()

    def open(self, language: str) -> "NoStream":
        return NoStream(language)


class NoStream:
    """Hears nothing and keeps nothing."""

    def __init__(self, language: str) -> None:
        self._nothing = Recognition("", language, confidence=0.0, decision="reject", engine="none")

    partial = ""

    def feed(self, pcm: bytes) -> None:
        """Nothing is kept."""

    async def peek(self) -> Recognition | None:
        return None

    async def finish(self) -> Recognition:
        return self._nothing

    def cancel(self) -> None:
        """Nothing to free."""


class NoSynthesizer:
    """Says nothing: every sentence is an EngineError, so that the session shows its text alone."""

    name = "none"
    languages: frozenset[str] = frozenset()

    async def speak(self, text: str, language: str, rate: float = 1.0) -> AsyncGenerator[bytes]:  # noqa: ARG002
        raise EngineError(f"no voice for {language}")
        yield b""  # makes this a generator
