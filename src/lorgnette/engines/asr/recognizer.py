"""PocketSphinx for the hub: an utterance is buffered, and decoded in a worker process at its end."""

from collections.abc import Callable, Mapping
from typing import Any

from lorgnette.core.errors import EngineError
from lorgnette.engines.asr.buffered import BufferedStream
from lorgnette.engines.health import Health
from lorgnette.engines.protocols import Recognition
from lorgnette.engines.runner import ProcessPool

FACTORY = "lorgnette.engines.asr.decoder:GrammarDecoder"
LONGEST_SECONDS = 15

_START = 120.0
"""Seconds until a decoder is ready: the first one after a change of the skills compiles their grammar."""


class PocketSphinxEngine:
    """`Recognizer` of the installed skills' English sentences, by a grammar.

    settings: what the worker's `GrammarDecoder` takes, or what makes it. workers: 0 = as many as cores.
    """

    name = "pocketsphinx"
    languages = frozenset({"en"})

    def __init__(
        self,
        settings: Mapping[str, Any] | Callable[[], Mapping[str, Any]],
        *,
        factory: str = FACTORY,
        workers: int = 0,
        deadline: float = 8.0,
        queue: int = 64,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._pool = ProcessPool(
            self.name,
            factory,
            settings,
            workers=workers,
            deadline=deadline,
            queue=queue,
            start_deadline=_START,
            environment=environment,
        )

    @property
    def pool(self) -> ProcessPool:
        """The processes, for doctor, benchmarks and tests."""
        return self._pool

    def open(self, language: str) -> BufferedStream:
        return BufferedStream(self, language, LONGEST_SECONDS)

    async def recognize(self, pcm: bytes, language: str) -> Recognition:
        """A whole utterance at once."""
        return recognition(await self._pool.call("recognize", pcm), language, self.name)

    def start(self) -> None:
        self._pool.start()

    async def aclose(self) -> None:
        await self._pool.aclose()

    def health(self) -> Health:
        return self._pool.health()


def recognition(result: Any, language: str, engine: str) -> Recognition:
    """A worker's answer as the hub's; raises EngineError where it isn't one."""
    try:
        decision = result["decision"]
        if decision not in {"accept", "confirm", "reject"}:
            raise ValueError(f"decision {decision!r}")
        slots = {str(name): (float(begin), float(end)) for name, (begin, end) in result["slots"].items()}
        return Recognition(
            text=str(result["text"]),
            language=language,
            confidence=float(result.get("confidence", result.get("score", 0.0))),
            decision=decision,
            complete=bool(result.get("complete", decision == "accept")),
            slots=slots,
            engine=engine,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise EngineError(f"{engine}: a worker's answer isn't a recognition: {error}") from error
