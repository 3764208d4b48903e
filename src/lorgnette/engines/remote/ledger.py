"""How a remote engine is doing, by its last requests; and how many may be open at once."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from lorgnette.core.errors import Busy, EngineError
from lorgnette.engines.health import EngineState, Health

FORGIVEN = 30.0
"""Seconds after which a failed server gets another chance, as in the fall-back chain."""


class Ledger:
    """Counts requests; each runs inside `request()`. `limit`: open at once, one more is Busy."""

    def __init__(self, engine: str, limit: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.engine = engine
        self.retries = 0
        self._limit = limit
        self._clock = clock
        self._running = self._done = self._failed = self._skipped = self._refused = 0
        self._last_error = ""
        self._failed_at: float | None = None
        self._ready = False
        self._closed = False

    @contextmanager
    def request(self) -> Iterator[None]:
        """One request's life: it works, fails with EngineError, or is cancelled."""
        if self._running >= self._limit:
            self._refused += 1
            raise Busy(f"{self.engine}: {self._limit} requests are open already")
        self._running += 1
        try:
            yield
        except EngineError as error:
            self.fail(error)
            raise
        except BaseException:
            self._skipped += 1
            raise
        else:
            self._done += 1
            self.ready()
        finally:
            self._running -= 1

    def fail(self, error: EngineError) -> None:
        """Something failed, in a request or beside one."""
        self._failed += 1
        self._last_error = error.detail
        self._failed_at = self._clock()

    def ready(self) -> None:
        """It can take requests, as far as anybody knows."""
        self._ready = True
        self._failed_at = None

    def close(self) -> None:
        self._closed = True

    def health(self) -> Health:
        return Health(
            engine=self.engine,
            state=self._state(),
            running=self._running,
            done=self._done,
            failed=self._failed,
            skipped=self._skipped,
            refused=self._refused,
            restarts=self.retries,
            last_error=self._last_error,
        )

    def _state(self) -> EngineState:
        if self._closed:
            return "closed"
        if self._failed_at is not None and self._clock() - self._failed_at < FORGIVEN:
            return "failing"
        return "ready" if self._ready else "starting"
