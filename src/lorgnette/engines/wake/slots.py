"""Microphones that share one wake engine: one thread works off the windows of all, in order for each."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, Protocol

from lorgnette.core.errors import EngineError
from lorgnette.engines.health import Health
from lorgnette.engines.protocols import Wake
from lorgnette.engines.runner import BatchThread

WINDOW_BYTES = 1024
_QUEUE = 1024
"""Windows of all microphones: some 30 that hear sound fill it within a second, and more are not served."""


class Spotter(Protocol):
    """One microphone's detector, in the thread: `push` gives word, confidence and seconds behind the word."""

    def push(self, window: bytes) -> tuple[str, float, float] | None: ...


class Spotters(Protocol):
    """Loaded in the thread; makes a fresh spotter for each stretch of sound."""

    def spotter(self) -> Spotter: ...


class _Window(NamedTuple):
    slot: int
    number: int
    fresh: bool
    pcm: bytes


class WakeSlots:
    """`WakeDetector` without its words. `load` makes the spotters, in the thread."""

    def __init__(self, name: str, load: Callable[[], Spotters]) -> None:
        self.name = name
        self._load = load
        self._spotters: Spotters | None = None
        self._thread = BatchThread[_Window](
            f"wake-{name}", self._work, self._failed, prepare=self._prepare, queue=_QUEUE
        )
        self._heard: dict[int, Callable[[Wake], None]] = {}
        self._numbers: dict[int, int] = {}
        self._fresh: set[int] = set()
        self._next = 0
        self._at: dict[int, Spotter] = {}  # owned by the thread, as the spotters are

    def start(self) -> None:
        """Load the model now, in the thread; the first window would do it too."""
        self._thread.start()

    def open(self, heard: Callable[[Wake], None]) -> int:
        self._next += 1
        self._heard[self._next] = heard
        self._numbers[self._next] = 0
        self._fresh.add(self._next)
        return self._next

    def submit(self, slot: int, window: bytes) -> None:
        if len(window) != WINDOW_BYTES:
            raise EngineError(f"a wake window has {WINDOW_BYTES} bytes, not {len(window)}")
        self._numbers[slot] += 1
        item = _Window(slot, self._numbers[slot], slot in self._fresh, window)
        if self._thread.put(item):
            self._fresh.discard(slot)
        else:
            self._fresh.add(slot)  # what was left out tears the sound apart

    def reset(self, slot: int) -> None:
        self._fresh.add(slot)

    def close(self, slot: int) -> None:
        """Nothing more is heard of it; its windows that wait are skipped."""
        self._heard.pop(slot, None)
        self._numbers.pop(slot, None)
        self._fresh.discard(slot)

    async def aclose(self) -> None:
        await self._thread.aclose()
        self._at.clear()
        self._spotters = None

    def health(self) -> Health:
        return self._thread.health()

    def _failed(self, items: Sequence[_Window]) -> None:
        """A window that failed says nothing."""

    # ── in the thread ───────────────────────────────────────────────────────────────────────────────────

    def _prepare(self) -> None:
        self._spotters = self._load()

    def _work(self, items: Sequence[_Window]) -> Callable[[], None] | None:
        assert self._spotters is not None
        said: list[tuple[int, Wake]] = []
        for item in items:
            if item.slot not in self._heard:
                self._at.pop(item.slot, None)
                continue
            if item.fresh or item.slot not in self._at:
                self._at[item.slot] = self._spotters.spotter()
            found = self._at[item.slot].push(item.pcm)
            if found is not None:
                word, confidence, tail = found
                said.append((item.slot, Wake(word, confidence, item.number, tail)))
                self._at[item.slot] = self._spotters.spotter()
        for slot in [slot for slot in self._at if slot not in self._heard]:
            del self._at[slot]
        return partial(self._tell, said) if said else None

    def _tell(self, said: Sequence[tuple[int, Wake]]) -> None:
        for slot, wake in said:
            heard = self._heard.get(slot)
            if heard is not None:
                heard(wake)
