"""One request to a pool, from its submission to its result; lives on the event loop."""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

from lorgnette.core.errors import EngineError


class Request:
    """What was asked, what has come back so far, and the timer that bounds it."""

    __slots__ = (
        "_last",
        "_loop",
        "_timer",
        "_waiter",
        "arguments",
        "body",
        "chunks",
        "held",
        "id",
        "limit",
        "method",
        "result",
        "stream",
        "waiting_bytes",
    )

    def __init__(
        self, id: int, method: str, body: bytes | None, arguments: Mapping[str, Any], stream: bool
    ) -> None:
        self.id = id
        self.method = method
        self.body = body
        self.arguments = arguments
        self.stream = stream
        self.chunks: deque[bytes] = deque()
        self.waiting_bytes = 0
        self.held = False
        self.limit = 0.0
        self._loop = asyncio.get_running_loop()
        self.result: asyncio.Future[Any] = self._loop.create_future()
        self._waiter: asyncio.Future[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._last = 0.0

    @property
    def wanted(self) -> bool:
        """Whether somebody still waits for it."""
        return not self.result.done()

    def arm(self, seconds: float, expired: Callable[["Request"], None]) -> None:
        """Call `expired` once nothing has come for `seconds`; replaces the timer before."""
        self._disarm()
        self.limit = seconds
        self._last = self._loop.time()
        self._timer = self._loop.call_later(seconds, self._check, expired)

    def touch(self) -> None:
        """Something came: the timer starts anew."""
        self._last = self._loop.time()

    def chunk(self, data: bytes) -> None:
        """A piece of a stream; thrown away where nobody waits."""
        self._last = self._loop.time()
        if self.wanted:
            self.chunks.append(data)
            self.waiting_bytes += len(data)
            self._wake()

    def take(self) -> bytes:
        data = self.chunks.popleft()
        self.waiting_bytes -= len(data)
        return data

    async def more(self) -> None:
        """Until a chunk or the result has come."""
        self._waiter = self._loop.create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def finish(self, value: Any) -> None:
        self._disarm()
        if self.wanted:
            self.result.set_result(value)
            self._wake()

    def fail(self, error: EngineError) -> None:
        self._disarm()
        if self.wanted:
            self.result.set_exception(error)
            self.result.exception()  # a caller that is cancelled in this very moment never asks for it
            self._wake()

    def abandon(self, *, running: bool) -> None:
        """Nobody waits any more; where a worker is at it, the timer that watches the worker goes on."""
        if not running:
            self._disarm()
        self.held = False
        self.result.cancel()
        self.chunks.clear()
        self.waiting_bytes = 0
        self.body = None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _check(self, expired: Callable[["Request"], None]) -> None:
        left = self.limit - (self._loop.time() - self._last)
        if self.held:
            left = self.limit
        if left > 0.001:
            self._timer = self._loop.call_later(left, self._check, expired)
        else:
            self._timer = None
            expired(self)

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
