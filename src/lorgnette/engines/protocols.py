"""What an engine offers to the hub; adapters implement one of these, one file each.

An adapter says how it runs: *thread* for libraries that release the GIL, *process* for what holds it or may
crash, *remote* for HTTP. `EngineRunner` supervises all three; callers only see these async Protocols.
Audio is PCM16 mono 16 kHz everywhere (`core.audio`).
"""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol, runtime_checkable

from lorgnette.engines.health import Health

if TYPE_CHECKING:
    import numpy as np

Runs = Literal["thread", "process", "remote"]


@runtime_checkable
class Supervised(Protocol):
    """What an engine with a life of its own offers besides its work. Every built-in engine does."""

    def start(self) -> None:
        """Begin to load or to start workers, in the background; the first request does it as well."""
        ...

    async def aclose(self) -> None: ...

    def health(self) -> Health: ...


class VoiceDetector(Protocol):
    """Speech probability of 512-sample windows, batched over every session in one model call.

    `open()` gives a slot (the model's state row); `submit(slot, window, done)` queues a window of 1024 bytes
    and later calls `done(probability)` on the event loop, in order per slot; `close(slot)` frees it.
    `submit` never blocks; a closed slot's windows are skipped.
    """

    def open(self) -> int: ...

    def submit(self, slot: int, window: bytes, done: Callable[[float], None]) -> None: ...

    def reset(self, slot: int) -> None: ...

    def close(self, slot: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Wake:
    """A wake word was said.

    `window`: which of the windows submitted since `open` completed it, from 1; `tail`: seconds at the end of
    what was submitted up to there that lie behind the word.
    """

    word: str
    confidence: float
    window: int
    tail: float = 0.0


class WakeDetector(Protocol):
    """Waits for wake words in 512-sample windows, batched over every session; `words`: as they are said.

    `open(heard)` gives a slot; `submit(slot, window)` queues a window of 1024 bytes and never blocks;
    `heard(wake)` comes on the event loop, only when a word was said. `reset(slot)`: what follows doesn't
    join on to what was before. `close(slot)` frees it, and nothing more is heard of it.
    """

    @property
    def name(self) -> str: ...

    @property
    def words(self) -> tuple[str, ...]: ...

    def open(self, heard: Callable[[Wake], None]) -> int: ...

    def submit(self, slot: int, window: bytes) -> None: ...

    def reset(self, slot: int) -> None: ...

    def close(self, slot: int) -> None: ...


class TurnJudge(Protocol):
    """Hears in the first short pause whether somebody has finished speaking.

    `finished(pcm)`: the probability, of the last seconds of an utterance with its pause; None where it can't
    say. What is cancelled before its turn comes costs nothing. Raises EngineError.
    """

    @property
    def name(self) -> str: ...

    async def finished(self, pcm: bytes) -> float | None: ...


@dataclass(frozen=True, slots=True)
class Recognition:
    """What an ASR heard. `confidence` 0–1; `decision`: confirm asks "did you say …?", reject is noise.

    `slots`: spans in seconds of free-text parts whose words this engine can't give (name → begin, end).
    `complete`: the words form a whole sentence, so a short silence may end the utterance.
    """

    text: str
    language: str
    confidence: float = 1.0
    decision: Literal["accept", "confirm", "reject"] = "accept"
    complete: bool = False
    slots: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    engine: str = ""


class RecognitionStream(Protocol):
    """One utterance being recognised. `partial` may stay empty for engines that decode at the endpoint."""

    def feed(self, pcm: bytes) -> None: ...

    @property
    def partial(self) -> str: ...

    async def peek(self) -> Recognition | None:
        """The best guess now, without ending: asked in a short silence to decide whether it is complete.

        None where the engine can't say cheaply.
        """
        ...

    async def finish(self) -> Recognition: ...

    def cancel(self) -> None: ...


class Recognizer(Protocol):
    """Speech to text. `languages`: primary subtags it knows."""

    @property
    def name(self) -> str: ...

    @property
    def languages(self) -> frozenset[str]: ...

    def open(self, language: str) -> RecognitionStream: ...


class Synthesizer(Protocol):
    """Text to speech: yields PCM chunks as they come. `rate` 1 = normal.

    `aclose()` of the generator cancels at once; leaving an `async for` early doesn't, so use
    `contextlib.aclosing`. Raises EngineError, also in mid-sentence, and Busy when too much waits.
    """

    @property
    def name(self) -> str: ...

    @property
    def languages(self) -> frozenset[str]: ...

    def speak(self, text: str, language: str, rate: float = 1.0) -> AsyncGenerator[bytes]: ...


@dataclass(frozen=True, slots=True)
class ToolRequest:
    """A call that the model asks for; `arguments` is the raw JSON text."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Usage:
    """What model calls used. `cached`: tokens of the input that the server had kept from before.

    `cost`: millionths of the currency that prices are in. `estimated`: the server didn't say the tokens.
    """

    input: int = 0
    output: int = 0
    cached: int = 0
    cost: int = 0
    model: str = ""
    estimated: bool = False

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.input + other.input,
            self.output + other.output,
            self.cached + other.cached,
            self.cost + other.cost,
            other.model or self.model,
            self.estimated or other.estimated,
        )


@dataclass(frozen=True, slots=True)
class ChatDelta:
    """A piece of a model's answer: some text, or at the end the tool calls, why it ended and what it used."""

    text: str = ""
    tools: tuple[ToolRequest, ...] = ()
    finish: str = ""
    usage: Usage | None = None


class ChatModel(Protocol):
    """Any OpenAI-compatible chat endpoint, streaming. Messages and tools are OpenAI's JSON objects.

    `aclose()` of the generator drops the connection, so that the model stops (`contextlib.aclosing`). Raises
    EngineError; `retryable` says whether the same request may work another time.
    """

    @property
    def name(self) -> str: ...

    def stream(
        self, messages: Sequence[Mapping[str, Any]], tools: Sequence[Mapping[str, Any]] = ()
    ) -> AsyncGenerator[ChatDelta]: ...


class Embedder(Protocol):
    """Texts as points, near where they mean nearly the same. `name`: the model's; no two have one space.

    Raises EngineError, and Busy when too much waits.
    """

    @property
    def name(self) -> str: ...

    async def embed(self, texts: Sequence[str]) -> "np.ndarray[Any, Any]":
        """float32, a row a text, of whatever length."""
        ...


@runtime_checkable
class Sized(Protocol):
    """What a chat model says of its room. `window`: tokens it takes at once, an answer of `reply` included.

    0: nobody knows.
    """

    @property
    def window(self) -> int: ...

    @property
    def reply(self) -> int: ...
