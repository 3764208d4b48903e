"""Fall-back chains: several engines of one kind as one; the next takes over where one fails in mid-turn."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any

from lorgnette.core.errors import Busy, EngineError
from lorgnette.engines.absent import NoRecognizer
from lorgnette.engines.health import Health
from lorgnette.engines.protocols import (
    ChatDelta,
    ChatModel,
    Recognition,
    RecognitionStream,
    Recognizer,
    Sized,
    Supervised,
    Synthesizer,
)
from lorgnette.engines.remote.utterance import LONGEST

log = logging.getLogger(__name__)

COOLDOWN = 30.0
"""Seconds an engine that failed is asked last, before it gets another chance."""


@dataclass(frozen=True, slots=True)
class FellBack:
    """`failed` was replaced by `instead` (empty: by nothing). Told once, until `failed` is well again."""

    kind: str
    failed: str
    instead: str
    detail: str


type Tell = Callable[[FellBack], None]


def primary(language: str) -> str:
    """The primary subtag: "de" of "de-AT"."""
    return language.partition("-")[0].lower()


def parts_of(engine: object) -> tuple[object, ...]:
    """A chain's engines; any other engine by itself, nobody for None."""
    if engine is None:
        return ()
    parts: Sequence[object] | None = getattr(engine, "engines", None)
    return (engine,) if parts is None else tuple(parts)


class _Standing[Engine: Recognizer | Synthesizer | ChatModel]:
    """Which engines are well, and what was told about those that aren't."""

    def __init__(
        self, kind: str, engines: Sequence[Engine], tell: Tell | None, clock: Callable[[], float]
    ) -> None:
        self.kind = kind
        self.engines = tuple(engines)
        self._tell = tell
        self._clock = clock
        self._down: dict[str, float] = {}

    def order(self, language: str = "") -> list[Engine]:
        """Those that know the language, in their order, but those that failed lately at the end."""
        able = [engine for engine in self.engines if not language or _knows(engine, language)]
        return sorted(able, key=self._is_down)

    def failed(self, engine: Engine, error: EngineError, instead: Engine | None) -> None:
        new = engine.name not in self._down
        self._down[engine.name] = self._clock()
        if new and self._tell is not None:
            self._tell(FellBack(self.kind, engine.name, instead.name if instead else "", error.detail))

    def worked(self, engine: Engine) -> None:
        self._down.pop(engine.name, None)

    def _is_down(self, engine: Engine) -> bool:
        since = self._down.get(engine.name)
        if since is not None and self._clock() - since < COOLDOWN:
            return True
        if not isinstance(engine, Supervised):
            return False
        health = engine.health()
        # Who has lost every worker will be back, but nobody is to wait for that while another can do it.
        return not health.usable or (health.state == "starting" and health.restarts > 0)


def _knows(engine: Recognizer | Synthesizer | ChatModel, language: str) -> bool:
    return primary(language) in getattr(engine, "languages", frozenset())


class FallbackChat:
    """Thinks with the first model that is well; one that fails before its first word is replaced by the next.

    Nobody is told: the answer begins later, that is all. What fails after its first word fails the answer.
    """

    def __init__(self, engines: Sequence[ChatModel], *, clock: Callable[[], float] = time.monotonic) -> None:
        self._standing = _Standing("llm", engines, None, clock)
        self.engines = self._standing.engines

    @property
    def name(self) -> str:
        """Of the model that would answer now."""
        return self._standing.order()[0].name

    @property
    def window(self) -> int:
        """That of the smallest: an answer may have to move to it."""
        return min((one.window for one in self.engines if isinstance(one, Sized) and one.window), default=0)

    @property
    def reply(self) -> int:
        return max((one.reply for one in self.engines if isinstance(one, Sized)), default=0)

    async def stream(
        self, messages: Sequence[Mapping[str, Any]], tools: Sequence[Mapping[str, Any]] = ()
    ) -> AsyncGenerator[ChatDelta]:
        order = self._standing.order()
        for model, following in zip(order, [*order[1:], None], strict=True):
            begun = False
            try:
                async with aclosing(model.stream(messages, tools)) as deltas:
                    async for delta in deltas:
                        begun = begun or bool(delta.text or delta.tools)
                        yield delta
            except Busy:
                if begun or following is None:
                    raise
            except EngineError as error:
                self._standing.failed(model, error, following)
                if begun or following is None:
                    raise
                log.warning("%s failed, %s answers: %s", model.name, following.name, error.detail)
            else:
                self._standing.worked(model)
                return

    def start(self) -> None:
        for model in self.engines:
            if isinstance(model, Supervised):
                model.start()

    async def aclose(self) -> None:
        parts = (model.aclose() for model in self.engines if isinstance(model, Supervised))
        await asyncio.gather(*parts, return_exceptions=True)

    def health(self) -> Health:
        """That of the model that would answer now; what runs at the others runs, too."""
        found = [model.health() for model in self._standing.order() if isinstance(model, Supervised)]
        first = next(iter(found), Health(self.name, "ready"))
        return replace(first, running=sum(one.running for one in found))


class FallbackSynthesizer:
    """Speaks with the first engine that knows the language and is well.

    A sentence that breaks off is said again from its start by the next engine. `tell` hears of a change once.
    """

    def __init__(
        self,
        engines: Sequence[Synthesizer],
        tell: Tell | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._standing = _Standing("tts", engines, tell, clock)
        self.engines = self._standing.engines

    @property
    def name(self) -> str:
        return "+".join(engine.name for engine in self.engines)

    @property
    def languages(self) -> frozenset[str]:
        return frozenset().union(*(engine.languages for engine in self.engines))

    async def speak(self, text: str, language: str, rate: float = 1.0) -> AsyncGenerator[bytes]:
        order = self._standing.order(language)
        if not order:
            raise EngineError(f"no voice for {language}")
        for engine, following in zip(order, [*order[1:], None], strict=True):
            try:
                async with aclosing(engine.speak(text, language, rate)) as chunks:
                    async for chunk in chunks:
                        yield chunk
            except Busy:
                if following is None:
                    raise
            except EngineError as error:
                self._standing.failed(engine, error, following)
                if following is None:
                    raise
            else:
                self._standing.worked(engine)
                return


class FallbackRecognizer:
    """Hears with the first engine that knows the language and is well; without any, `NoRecognizer` does."""

    def __init__(
        self,
        engines: Sequence[Recognizer],
        tell: Tell | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._standing = _Standing("asr", engines, tell, clock)
        self.engines = self._standing.engines
        self._none = NoRecognizer()

    @property
    def name(self) -> str:
        return "+".join(engine.name for engine in self.engines) or self._none.name

    @property
    def languages(self) -> frozenset[str]:
        return frozenset().union(*(engine.languages for engine in self.engines))

    def open(self, language: str) -> RecognitionStream:
        order = self._standing.order(language)
        if not order:
            return self._none.open(language)
        if len(order) == 1:
            return order[0].open(language)
        return _Stream(self._standing, order, language)


class _Stream:
    """One utterance at the first engine, its audio (60 s at most) kept for the next."""

    def __init__(self, standing: _Standing[Recognizer], order: list[Recognizer], language: str) -> None:
        self._standing = standing
        self._order = order
        self._language = language
        self._audio = bytearray()
        self._stream = order[0].open(language)

    def feed(self, pcm: bytes) -> None:
        room = LONGEST - len(self._audio)
        if room > 0:
            self._audio += pcm[:room]
        self._stream.feed(pcm)

    @property
    def partial(self) -> str:
        return self._stream.partial

    async def peek(self) -> Recognition | None:
        try:
            return await self._stream.peek()
        except (EngineError, Busy):
            return None  # `finish` will see it as well and change the engine

    async def finish(self) -> Recognition:
        while True:
            try:
                recognition = await self._stream.finish()
            except Busy:
                if len(self._order) == 1:
                    raise
                self._order.pop(0)
            except EngineError as error:
                failed = self._order.pop(0)
                self._standing.failed(failed, error, self._order[0] if self._order else None)
                if not self._order:
                    raise
            else:
                self._standing.worked(self._order[0])
                return recognition
            self._stream.cancel()
            self._stream = self._order[0].open(self._language)
            self._stream.feed(bytes(self._audio))

    def cancel(self) -> None:
        self._audio.clear()
        self._stream.cancel()
