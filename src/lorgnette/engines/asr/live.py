"""Recognisers that hear while one speaks: utterances of all sessions at once, in one thread of the runner.

An utterance gives its sound to the thread a tenth of a second at a time; the thread takes whatever waits of
all of them and lets the model decode it as one batch. Nothing exists of an utterance before somebody speaks:
an idle session costs nothing here.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from lorgnette.core.audio import BYTES_PER_SECOND
from lorgnette.core.errors import Busy, EngineError, LorgnetteError
from lorgnette.engines.asr.buffered import is_still, loudest
from lorgnette.engines.health import Health
from lorgnette.engines.protocols import Recognition
from lorgnette.engines.remote.utterance import LONGEST, cancelled, nothing
from lorgnette.engines.runner import BatchThread

_STEP = BYTES_PER_SECOND // 10
GATHER = 0.01
"""Seconds that a batch waits for company where several speak."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a model has heard so far. `language`: which one it was, where the model says."""

    text: str = ""
    confidence: float = 1.0
    language: str = ""


class LiveModel[Ear](Protocol):
    """A model that hears piece by piece; an `Ear` is one utterance's state. Only the thread calls it."""

    def open(self, language: str) -> Ear: ...

    def hear(self, sounds: Sequence[tuple[Ear, bytes]]) -> None:
        """More sound (PCM16) of several utterances, each at most once."""
        ...

    def settle(self, ears: Sequence[Ear]) -> None:
        """These pause or have ended: what was said so far is to be words now. Speech may go on after it."""
        ...

    def words(self, ear: Ear) -> Words: ...


class LiveRecognizer[Ear]:
    """`Recognizer` of a `LiveModel`, which `load` makes in the thread. `timeout`: seconds for an answer."""

    def __init__(
        self,
        name: str,
        languages: frozenset[str],
        load: Callable[[], LiveModel[Ear]],
        *,
        timeout: float = 10.0,
        batch: int = 64,
        queue: int = 1024,
    ) -> None:
        self.name = name
        self.languages = languages
        self.timeout = timeout
        self._load = load
        self._model: LiveModel[Ear] | None = None
        self._thread = BatchThread[LiveUtterance[Ear]](
            name, self._work, self._failed, prepare=self._prepare, batch=batch, queue=queue, gather=GATHER
        )

    def open(self, language: str) -> "LiveUtterance[Ear]":
        return LiveUtterance(self, language)

    def start(self) -> None:
        self._thread.start()

    async def aclose(self) -> None:
        await self._thread.aclose()

    def health(self) -> Health:
        return self._thread.health()

    @property
    def batches(self) -> int:
        """How often the thread took what waited."""
        return self._thread.batches

    def queue(self, utterance: "LiveUtterance[Ear]") -> bool:
        """Let the thread look at it; False: too much waits."""
        return self._thread.put(utterance)

    # ── in the thread ───────────────────────────────────────────────────────────────────────────────────

    def _prepare(self) -> None:
        self._model = self._load()

    def _work(self, items: Sequence["LiveUtterance[Ear]"]) -> Callable[[], None] | None:
        model = self._model
        assert model is not None
        taken = [each.take(model) for each in items if not each.over]
        sounds = [(one.ear, one.sound) for one in taken if one.sound]
        if sounds:
            model.hear(sounds)
        pausing = [one.ear for one in taken if one.asked and one.held is None]
        if pausing:
            model.settle(pausing)
        answers = [(one, one.utterance.words(model, one)) for one in taken]

        def answer() -> None:
            for one, words in answers:
                one.utterance.hears(words, one.asked)

        return answer if answers else None

    def _failed(self, items: Sequence["LiveUtterance[Ear]"]) -> None:
        """The states of a batch that broke off are spoilt: each utterance goes to the next engine."""
        detail = self._thread.health().last_error or "it failed"
        for each in items:
            each.fail(EngineError(f"{self.name}: {detail}", retryable=True))


@dataclass(slots=True)
class _Taken[Ear]:
    """What the thread works on for one utterance."""

    utterance: "LiveUtterance[Ear]"
    ear: Ear
    sound: bytes
    asked: list[asyncio.Future[Words]]
    held: Words | None
    """Since these were settled there was only silence."""


class LiveUtterance[Ear]:
    """`RecognitionStream`; 60 s at most, the rest is dropped. A pause (`peek`) settles the words so far.

    Where only silence came after a `peek`, `finish` has them already and nothing is decoded again.
    """

    def __init__(self, engine: LiveRecognizer[Ear], language: str) -> None:
        self._engine = engine
        self._language = language
        self._waiting: deque[bytes] = deque()
        self._asked: deque[asyncio.Future[Words]] = deque()
        self._queued = False
        self._ahead = 0
        self._bytes = 0
        self._error: LorgnetteError | None = None
        self.over = False
        """Cancelled, finished or failed: the thread leaves it alone."""
        self.partial = ""
        # owned by the thread:
        self._ear: Ear | None = None
        self._before = self._since = 0.0  # how loud it was, before it was settled and since then
        self._held: Words | None = None
        self._answering: list[asyncio.Future[Words]] = []

    def feed(self, pcm: bytes) -> None:
        if self.over or self._bytes >= LONGEST:
            return
        self._bytes += len(pcm)
        self._ahead += len(pcm)
        self._waiting.append(pcm)
        if self._ahead >= _STEP:
            self._wake()

    async def peek(self) -> Recognition | None:
        if self.over or not self._bytes:
            return None
        words = await self._ask()
        return None if self.over else self._recognition(words)

    async def finish(self) -> Recognition:
        if self._error is not None:
            raise self._error
        if self.over:
            raise cancelled(self._engine.name)
        if not self._bytes:
            return nothing(self._language, self._engine.name)
        try:
            return self._recognition(await self._ask())
        finally:
            self._end()

    def cancel(self) -> None:
        self._error = self._error or cancelled(self._engine.name)
        self._end()

    def _end(self) -> None:
        self.over = True
        self._waiting.clear()
        self._ear = None
        for future in (*self._asked, *self._answering):
            if not future.done():
                future.set_exception(self._error or cancelled(self._engine.name))
                future.exception()
        self._asked.clear()

    async def _ask(self) -> Words:
        future: asyncio.Future[Words] = asyncio.get_running_loop().create_future()
        self._asked.append(future)
        self._wake()
        try:
            async with asyncio.timeout(self._engine.timeout):
                return await future
        except TimeoutError:
            detail = f"{self._engine.name} has no answer after {self._engine.timeout:g} s"
            raise EngineError(detail, retryable=True) from None

    def _wake(self) -> None:
        self._ahead = 0
        if self._queued:
            return
        self._queued = True
        if not self._engine.queue(self):
            self.fail(Busy(f"{self._engine.name}: too much waits"))

    def _recognition(self, words: Words) -> Recognition:
        if not words.text:
            return nothing(self._language, self._engine.name)
        known = words.language in self._engine.languages
        language = words.language if known else self._language
        return Recognition(words.text, language, words.confidence, engine=self._engine.name)

    def hears(self, words: Words, asked: Sequence[asyncio.Future[Words]]) -> None:
        """On the loop: the thread has looked at it."""
        self.partial = words.text
        for future in asked:
            if not future.done():
                future.set_result(words)

    def fail(self, error: LorgnetteError) -> None:
        """On the loop: `finish` says it."""
        self._error = self._error or error
        self._end()

    # ── in the thread ───────────────────────────────────────────────────────────────────────────────────

    def take(self, model: LiveModel[Ear]) -> _Taken[Ear]:
        """Everything that waits. Who adds something from now on queues the utterance again."""
        self._queued = False
        asked = self._answering = _all(self._asked)
        pieces: list[bytes] = _all(self._waiting)
        sound = b"".join(pieces)
        ear = self._ear
        if ear is None:
            ear = self._ear = model.open(self._language)
        if sound:
            loud = loudest(sound)
            if self._held is not None and not is_still(max(loud, self._since), self._before):
                self._held, self._before, self._since = None, max(self._before, self._since), 0.0
            if self._held is not None:
                self._since = max(self._since, loud)
            else:
                self._before = max(self._before, loud)
        return _Taken(self, ear, sound, asked, self._held)

    def words(self, model: LiveModel[Ear], taken: _Taken[Ear]) -> Words:
        """What it has heard; held where it was asked, until more than silence comes."""
        words = taken.held if taken.held is not None else model.words(taken.ear)
        if taken.asked:
            self._held = words
        return words


def _all[Thing](waiting: deque[Thing]) -> list[Thing]:
    """What waits now, while the loop may add more."""
    return [waiting.popleft() for _ in range(len(waiting))]
