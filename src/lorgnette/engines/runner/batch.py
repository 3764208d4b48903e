"""One worker thread for an engine that releases the GIL: it takes whatever waits, in one batch, no tick.

Windows or utterances of all sessions go into one queue; the thread sleeps while it is empty. The answer to a
batch is one call back into the event loop. Putting something in costs an append, and a wake-up only where
the thread sleeps. Where several sessions speak at once the thread may `gather` for some milliseconds: fewer,
larger batches, and fewer quarrels with the loop about the GIL.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue

from lorgnette.engines.health import EngineState, Health

_log = logging.getLogger(__name__)

type Answer = Callable[[], None]


class BatchThread[Item]:
    """`work(items)` runs in the thread on 1 to `batch` items and returns what to call on the loop, once.

    `prepare` runs first in the thread, to load the engine; where it fails every batch fails with its error.
    `gather`: seconds to wait for company after the first item, as long as the batch before was of several; a
    lone session never waits. An error in `work` is counted, and `failed(items)` — on the loop — settles those
    items. More than `queue` items that wait are refused: `put` returns False.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[Sequence[Item]], Answer | None],
        failed: Callable[[Sequence[Item]], None],
        *,
        prepare: Callable[[], None] | None = None,
        batch: int = 64,
        queue: int = 4096,
        gather: float = 0.0,
    ) -> None:
        self.name = name
        self._work = work
        self._settle = failed
        self._prepare = prepare
        self._batch = batch
        self._queue_limit = queue
        self._gather = gather
        self._waiting: SimpleQueue[Item | None] = SimpleQueue()  # None = stop
        self._closing = False
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._state: EngineState = "off"
        self._done = self._failed = self._refused = self._batches = 0
        self._running = 0
        self._before = 0
        """Items of the last batch."""
        self._last_error = ""

    def start(self) -> None:
        """Start the thread for the running loop; called by the first `put` as well."""
        if self._thread is not None or self._closing:
            return
        self._loop = asyncio.get_running_loop()
        self._state = "starting"
        self._thread = threading.Thread(target=self._run, name=f"engine-{self.name}", daemon=True)
        self._thread.start()

    def put(self, item: Item) -> bool:
        """Queue one item; False when the queue is full or closed. Loop only."""
        if self._closing or self._waiting.qsize() >= self._queue_limit:
            self._refused += 1
            return False
        self._waiting.put(item)
        if self._thread is None:
            self.start()
        return True

    def call_soon(self, callback: Callable[[], None]) -> None:
        """Call it in the next turn of the loop; for those whose item was refused."""
        if self._loop is not None:
            self._loop.call_soon(callback)

    async def aclose(self) -> None:
        """Stop after the batch that runs; what waits is forgotten."""
        self._closing = True
        self._state = "closed"
        self._waiting.put(None)
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join, 5)

    def health(self) -> Health:
        return Health(
            engine=self.name,
            state=self._state,
            queued=self._waiting.qsize(),
            running=self._running,
            workers=int(self._thread is not None),
            done=self._done,
            failed=self._failed,
            refused=self._refused,
            last_error=self._last_error,
        )

    @property
    def batches(self) -> int:
        """How many times `work` ran; done / batches is the mean batch."""
        return self._batches

    # ── in the thread ───────────────────────────────────────────────────────────────────────────────────

    def _run(self) -> None:
        work = self._work
        try:
            if self._prepare is not None:
                self._prepare()
        except Exception as error:  # noqa: BLE001 - whatever a library throws, the hub lives on
            work = _raising(error)
            self._note(error, 0)
        else:
            self._become("ready")
        while (items := self._take()) and not self._closing:
            self._running = len(items)
            try:
                answer = work(items)
            except Exception as error:  # noqa: BLE001
                self._note(error, len(items))
                answer = _settling(self._settle, items)
            else:
                self._become("ready")
                self._done += len(items)
            self._batches += 1
            self._running = 0
            if answer is not None and not self._post(answer):
                return

    def _note(self, error: Exception, items: int) -> None:
        detail = f"{type(error).__name__}: {error}"[:300]
        if detail != self._last_error:
            _log.error("engine %s: %s", self.name, detail, exc_info=error)
        self._last_error = detail
        self._failed += items
        self._become("failing")

    def _become(self, state: EngineState) -> None:
        if not self._closing:
            self._state = state

    def _take(self) -> list[Item]:
        """Whatever waits, at least one; empty = stop. Sleeps while there is nothing."""
        waiting = self._waiting
        first = waiting.get()
        if first is None:
            return []
        if self._gather and self._before > 1 and waiting.qsize() < self._batch:
            time.sleep(self._gather)
        items = [first]
        try:
            while len(items) < self._batch and (item := waiting.get_nowait()) is not None:
                items.append(item)
        except Empty:
            pass
        self._before = len(items)
        return items

    def _post(self, answer: Answer) -> bool:
        assert self._loop is not None
        try:
            self._loop.call_soon_threadsafe(answer)
        except RuntimeError:  # the loop was closed under us: nobody waits
            return False
        return True


def _settling[Item](settle: Callable[[Sequence[Item]], None], items: Sequence[Item]) -> Answer:
    return lambda: settle(items)


def _raising[Item](error: Exception) -> Callable[[Sequence[Item]], Answer | None]:
    def work(_: Sequence[Item]) -> Answer | None:
        raise error

    return work
