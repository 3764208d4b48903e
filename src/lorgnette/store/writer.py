"""The one thread that writes: jobs in order, small ones grouped into one transaction."""

import asyncio
import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from lorgnette.core.errors import StoreError

log = logging.getLogger(__name__)

GROUP = 256
"""Jobs that share a transaction at most: bounds how long a reader sees the old state."""

WAITING = 1024
"""Writes that callers wait for; further callers wait for their turn to queue."""

POSTED = 8192
"""Jobs in the queue beyond which a post is dropped and counted."""


@dataclass(slots=True)
class _Job:
    work: Callable[[Connection], Any]
    future: asyncio.Future[Any] | None
    durable: bool = False
    alone: bool = False
    value: Any = None
    error: Exception | None = None


class Writer:
    """Starts with its construction on a running loop, ends with `close`."""

    def __init__(self, engine: Engine) -> None:
        self.failed = 0
        self.dropped = 0
        self._engine = engine
        self._loop = asyncio.get_running_loop()
        self._room = asyncio.Semaphore(WAITING)
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="lorgnette-store", daemon=True)
        self._thread.start()

    async def write[T](self, work: Callable[[Connection], T], *, durable: bool = False) -> T:
        """Run `work` in a transaction and wait until it is committed. Cancelling doesn't take it back."""
        async with self._room:
            if self._closed:
                raise StoreError("the store is closed")
            future: asyncio.Future[T] = self._loop.create_future()
            self._queue.put(_Job(work, future, durable))
            return await future

    async def alone[T](self, work: Callable[[Connection], T]) -> T:
        """Run `work` in its order, but outside any transaction: it uses the driver's own connection."""
        async with self._room:
            if self._closed:
                raise StoreError("the store is closed")
            future: asyncio.Future[T] = self._loop.create_future()
            self._queue.put(_Job(work, future, alone=True))
            return await future

    def post(self, work: Callable[[Connection], Any]) -> bool:
        """Queue `work` and go on; False if the queue is full or the store closed. Errors are logged."""
        if self._closed or self._queue.qsize() >= POSTED:
            self.dropped += 1
            if self.dropped.bit_count() == 1:  # 1, 2, 4, 8…: a flood doesn't flood the log
                log.error("the store's queue is full or closed; %d writes were dropped so far", self.dropped)
            return False
        self._queue.put(_Job(work, None))
        return True

    async def close(self) -> None:
        """Take nothing more, write what waits, end the thread."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        more = True
        after: _Job | None = None
        while more:
            first, after = after or self._queue.get(), None
            if first is None:
                break
            if first.alone:
                self._by_itself(first)
                self._answer([first])
                continue
            jobs = [first]
            while len(jobs) < GROUP:
                try:
                    job = self._queue.get_nowait()
                except queue.Empty:
                    break
                if job is None:
                    more = False
                    break
                if job.alone:
                    after = job
                    break
                jobs.append(job)
            self._commit(jobs)
            self._answer(jobs)

    def _by_itself(self, job: _Job) -> None:
        try:
            with self._engine.connect() as connection:
                job.value = job.work(connection)
        except SQLAlchemyError as error:
            job.error = _spoken(error)
        except Exception as error:  # noqa: BLE001 — the caller's own, handed back to the caller
            job.error = error

    def _commit(self, jobs: list[_Job]) -> None:
        try:
            with self._engine.connect() as connection:
                durable = any(job.durable for job in jobs) and connection.dialect.name == "sqlite"
                if durable:
                    _synchronous(connection, "FULL")
                try:
                    with connection.begin():
                        for job in jobs:
                            self._attempt(connection, job)
                finally:
                    if durable:
                        _synchronous(connection, "NORMAL")
        except SQLAlchemyError as error:
            for job in jobs:
                job.error = job.error or _spoken(error)
        except Exception as error:
            log.exception("the store's writer stumbled")
            for job in jobs:
                job.error = job.error or StoreError(f"the write failed: {error}")

    @staticmethod
    def _attempt(connection: Connection, job: _Job) -> None:
        """One job in a savepoint of its own, so that a failing one leaves the others alone."""
        try:
            with connection.begin_nested():
                job.value = job.work(connection)
        except SQLAlchemyError as error:
            if connection.invalidated:
                raise
            job.error = _spoken(error)
        except Exception as error:  # noqa: BLE001 — the caller's own, handed back to the caller
            job.error = error

    def _answer(self, jobs: list[_Job]) -> None:
        for job in jobs:
            if job.future is None and job.error is not None:
                self.failed += 1
                log.error("a queued write failed: %s", job.error, exc_info=job.error)
        waited = [job for job in jobs if job.future is not None]
        if waited:
            try:
                self._loop.call_soon_threadsafe(_settle, waited)
            except RuntimeError:  # the loop is gone; nobody waits any more
                log.debug("%d writes were done after their loop ended", len(waited))


def _settle(jobs: list[_Job]) -> None:
    for job in jobs:
        if job.future is None or job.future.done():
            continue
        if job.error is None:
            job.future.set_result(job.value)
        else:
            job.future.set_exception(job.error)


def _spoken(error: SQLAlchemyError) -> StoreError:
    """Without the statement's values: they may be what somebody said."""
    cause = getattr(error, "orig", None) or error
    spoken = StoreError(f"the write failed: {type(cause).__name__}: {str(cause).splitlines()[0]}")
    spoken.__cause__ = error
    return spoken


def _synchronous(connection: Connection, level: str) -> None:
    raw = connection.connection.dbapi_connection
    if raw is not None:
        raw.cursor().execute(f"PRAGMA synchronous={level}")
