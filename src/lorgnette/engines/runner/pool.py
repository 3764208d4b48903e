"""A pool of worker processes for engines that hold the GIL or may crash.

Requests wait in one bounded queue; a free worker takes the next that is still wanted. There is no task or
thread per request: one task per worker keeps it alive, everything else is callbacks of the loop.
"""

import asyncio
import itertools
import logging
import os
from collections import deque
from collections.abc import AsyncGenerator, Callable, Mapping
from typing import Any

from lorgnette.core.errors import Busy, EngineError
from lorgnette.engines.health import EngineState, Health
from lorgnette.engines.runner.process import WorkerProcess
from lorgnette.engines.runner.request import Request
from lorgnette.engines.worker.frames import Frame

_log = logging.getLogger(__name__)

_FIRST_BACKOFF, _LONGEST_BACKOFF = 0.1, 30.0
_GIVE_UP = 3
"""Workers in a row that died at their first request: then requests fail at once until one is ready again."""
_AHEAD, _AHEAD_RESUME = 2_000_000, 500_000
"""Bytes of a stream that may wait for their consumer (about a minute of speech) before the worker is held."""


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


type Settings = Mapping[str, Any]


class ProcessPool:
    """`workers` processes, each with the engine that `factory` ("package.module:Name") makes of `settings`.

    settings: JSON values, or what makes them; that is called once, in a thread, when the workers start.
    deadline: seconds from the start of a call (of a stream: from its last chunk) until its worker counts as
    hung and is replaced. patience: seconds a request waits for a free worker; return_patience: the same
    where all were lost and are being restarted. queue: how many may wait before `Busy`. notice: seconds a
    streaming method has to see that nobody listens, before its worker is replaced.

    Whatever happens to a worker fails only the request it was at, with a retryable EngineError.
    """

    def __init__(
        self,
        name: str,
        factory: str,
        settings: Settings | Callable[[], Settings] | None = None,
        *,
        workers: int = 0,
        queue: int = 64,
        deadline: float = 10.0,
        patience: float = 10.0,
        return_patience: float = 3.0,
        start_deadline: float = 30.0,
        notice: float = 1.0,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.name = name
        self._factory = factory
        self._settings = settings or {}
        self._resolving: asyncio.Task[Settings] | None = None
        self._environment = dict(environment or {})
        self._wanted = max(1, min(workers or cores(), cores()))
        self._queue_limit = queue
        self._deadline = deadline
        self._patience = patience
        self._return_patience = min(patience, return_patience)
        self._start_deadline = start_deadline
        self._notice = notice
        self._waiting: deque[Request] = deque()
        self._idle: list[WorkerProcess] = []
        self._running: dict[WorkerProcess, Request] = {}
        self._starting: set[WorkerProcess] = set()
        self._keepers: list[asyncio.Task[None]] = []
        self._ids = itertools.count(1)
        self._state: EngineState = "off"
        self._last_error = ""
        self._done = self._failed = self._skipped = self._refused = self._restarts = 0
        self._changed = asyncio.Event()

    # ── life ────────────────────────────────────────────────────────────────────────────────────────────

    def start(self) -> None:
        """Begin to start the workers; returns at once. The first request does it too."""
        if self._state == "closed":
            raise EngineError(f"{self.name} is closed")
        if not self._keepers:
            self._state = "starting"
            self._keepers = [
                asyncio.create_task(self._keep(), name=f"{self.name}-worker-{n}") for n in range(self._wanted)
            ]

    async def ready(self) -> None:
        """Wait until a worker is ready; raises EngineError once none could be started."""
        self.start()
        while self._state == "starting":
            self._changed.clear()
            await self._changed.wait()
        if self._state != "ready":
            raise EngineError(self._last_error or f"{self.name} is {self._state}")

    async def aclose(self) -> None:
        """End the workers and fail what waits. Idempotent."""
        self._become("closed")
        self._fail_waiting(f"{self.name} is closed", retryable=False)
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        self._keepers = []

    def health(self) -> Health:
        return Health(
            engine=self.name,
            state=self._state,
            queued=sum(1 for request in self._waiting if request.wanted),
            running=len(self._running),
            workers=len(self._idle) + len(self._running),
            done=self._done,
            failed=self._failed,
            skipped=self._skipped,
            refused=self._refused,
            restarts=self._restarts,
            last_error=self._last_error,
        )

    def pids(self) -> tuple[int, ...]:
        """The processes that are ready or at work."""
        return tuple(worker.pid for worker in (*self._idle, *self._running))

    # ── work ────────────────────────────────────────────────────────────────────────────────────────────

    async def call(self, method: str, body: bytes | None = None, **arguments: Any) -> Any:
        """Run `method` in a worker: JSON values in `arguments`, bytes in `body`, either back.

        Cancelling the caller drops the request; where it was already running, its result is thrown away.
        """
        request = self._submit(method, body, arguments, stream=False)
        try:
            return await request.result
        finally:
            self._drop(request)

    async def stream(self, method: str, body: bytes | None = None, **arguments: Any) -> AsyncGenerator[bytes]:
        """Run a method that emits chunks; closing the iterator stops it.

        Chunks that came before a failure are given first.
        """
        request = self._submit(method, body, arguments, stream=True)
        try:
            while True:
                while request.chunks:
                    yield self._next_chunk(request)
                if request.result.done():
                    request.result.result()
                    return
                await request.more()
        finally:
            self._drop(request)

    def _submit(self, method: str, body: bytes | None, arguments: Mapping[str, Any], stream: bool) -> Request:
        self.start()
        if self._state == "failing" and not self._running:
            raise EngineError(self._last_error, retryable=True)
        if len(self._waiting) >= self._queue_limit:
            self._forget_unwanted()
            if len(self._waiting) >= self._queue_limit:
                self._refused += 1
                raise Busy(f"{self.name}: {len(self._waiting)} requests wait already")
        request = Request(next(self._ids), method, body, dict(arguments), stream)
        self._waiting.append(request)
        if self._idle:
            self._dispatch()
        else:
            request.arm(self._bears(), self._out_of_patience)
        return request

    def _dispatch(self) -> None:
        while self._idle and self._waiting:
            request = self._waiting.popleft()
            if not request.wanted:
                self._skipped += 1
                continue
            worker = self._idle.pop()
            self._running[worker] = request
            head = {"op": "call", "id": request.id, "method": request.method, "arguments": request.arguments}
            if request.stream:
                head["stream"] = True
            if request.body is not None:
                head["body"] = True
            request.arm(self._deadline, self._out_of_time)
            try:
                worker.send(head, request.body or b"")
            except EngineError as error:  # too large, or no JSON: the request's own fault
                del self._running[worker]
                self._idle.append(worker)
                self._finish(request, error)

    def _take(self, worker: WorkerProcess, frame: Frame) -> None:
        """A frame from a worker; runs on the loop."""
        request = self._running.get(worker)
        if request is None or frame.head.get("id") != request.id:
            return
        match frame.head.get("op"):
            case "chunk":
                request.chunk(frame.body)
                if request.waiting_bytes > _AHEAD and not request.held:
                    request.held = True
                    worker.pause()
                return
            case "done":
                worker.served += 1
                self._done += 1
                request.finish(frame.body if frame.head.get("bytes") else frame.head.get("result"))
            case "error":
                worker.served += 1
                _log.debug("%s failed: %s", self.name, frame.head.get("trace"))
                self._finish(request, EngineError(f"{self.name}: {frame.head.get('detail')}"))
            case _:
                return
        del self._running[worker]
        self._idle.append(worker)
        self._dispatch()

    def _next_chunk(self, request: Request) -> bytes:
        chunk = request.take()
        if request.held and request.waiting_bytes < _AHEAD_RESUME:
            request.held = False
            for worker, running in self._running.items():
                if running is request:
                    request.touch()
                    worker.resume()
        return chunk

    def _drop(self, request: Request) -> None:
        """The caller is done with it, in whatever way."""
        if request.result.done() and not request.result.cancelled():
            return
        worker = next((worker for worker, running in self._running.items() if running is request), None)
        request.abandon(running=worker is not None)
        if worker is not None and request.stream:
            worker.send({"op": "cancel", "id": request.id})
            worker.resume()
            request.arm(self._notice, self._out_of_time)

    def _finish(self, request: Request, error: EngineError) -> None:
        self._failed += 1
        self._last_error = error.detail
        request.fail(error)

    def _forget_unwanted(self) -> None:
        kept = [request for request in self._waiting if request.wanted]
        self._skipped += len(self._waiting) - len(kept)
        self._waiting = deque(kept)

    # ── what goes wrong ─────────────────────────────────────────────────────────────────────────────────

    def _bears(self) -> float:
        """Seconds that a request may wait now: at the hub's start longer than for workers that were lost."""
        lost = self._state == "starting" and self._restarts > 0
        return self._return_patience if lost else self._patience

    def _rearm(self) -> None:
        """The time of those that wait begins anew, by what they may hope for now."""
        for request in self._waiting:
            request.arm(self._bears(), self._out_of_patience)

    def _out_of_patience(self, request: Request) -> None:
        if request in self._waiting:
            self._finish(request, EngineError(f"{self.name}: no worker was free in time", retryable=True))

    def _out_of_time(self, request: Request) -> None:
        for worker, running in self._running.items():
            if running is request:
                worker.kill(f"{request.method} did nothing for {request.limit:g} s")
                return

    def _fail_waiting(self, detail: str, *, retryable: bool) -> None:
        while self._waiting:
            request = self._waiting.popleft()
            if request.wanted:
                self._finish(request, EngineError(detail, retryable=retryable))

    async def _keep(self) -> None:
        """Keep one worker alive until the pool closes."""
        failures = 0  # lives in a row in which the worker answered nothing
        while True:
            worker = WorkerProcess(self.name, self._take)
            made = False
            self._starting.add(worker)
            try:
                settings = await self._resolved()
                await worker.start(self._factory, settings, self._environment, self._start_deadline)
                made = True
                self._starting.discard(worker)
                back = self._state != "ready"
                self._become("ready")
                self._idle.append(worker)
                self._dispatch()
                if back:
                    self._rearm()
                why = await asyncio.shield(worker.gone)
                failures = 0 if worker.served else failures + 1
            except EngineError as error:
                why = error.detail
                failures += 1
            finally:
                self._starting.discard(worker)
                ready = self._state == "ready"
                busy = self._lose(worker)
                last = ready and self._state == "starting"
                await worker.aclose(grace=0 if busy else 1)
            _log.log(
                logging.DEBUG if why == self._last_error else logging.WARNING,
                *("a worker of %s is replaced: %s", self.name, why),
            )
            self._last_error = why
            self._restarts += 1
            if last:
                self._rearm()
            hopeless = not made or failures >= _GIVE_UP
            if hopeless and not (self._idle or self._running or self._starting):
                self._become("failing")
                self._fail_waiting(why, retryable=True)
            if failures:
                await asyncio.sleep(min(_LONGEST_BACKOFF, _FIRST_BACKOFF * 2 ** (failures - 1)))

    async def _resolved(self) -> Settings:
        """The settings; made in a thread where they take long. Raises EngineError."""
        if not callable(self._settings):
            return self._settings
        if self._resolving is None:
            self._resolving = asyncio.create_task(asyncio.to_thread(self._settings))
        try:
            self._settings = await asyncio.shield(self._resolving)
        except Exception as error:
            self._resolving = None
            raise EngineError(f"{self.name}: no settings: {type(error).__name__}: {error}") from error
        return self._settings

    def _lose(self, worker: WorkerProcess) -> bool:
        """Take it off the books and fail what it was at; says whether there was something."""
        if worker in self._idle:
            self._idle.remove(worker)
        request = self._running.pop(worker, None)
        if request is not None:
            why = worker.gone.result() if worker.gone.done() else "the pool was closed"
            self._finish(request, EngineError(f"{self.name}: {why}", retryable=True))
        if not self._idle and not self._running and self._state == "ready":
            self._become("starting")
        return request is not None

    def _become(self, state: EngineState) -> None:
        if self._state != "closed":
            self._state = state
        self._changed.set()
