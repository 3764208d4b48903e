"""One worker process as the event loop sees it: start it, write calls, read frames, see it die."""

import asyncio
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Any, cast

from lorgnette.core.errors import EngineError
from lorgnette.engines.worker.frames import Frame, FrameReader, encode

_log = logging.getLogger(__name__)

_GRACE = 1.0
"""Seconds a worker has to leave after its socket was closed."""


class WorkerProcess(asyncio.Protocol):
    """A child that holds one engine. `on_frame` gets `chunk`, `done` and `error` frames on the loop.

    `gone` is done, with the reason, once nothing more will come from it.
    """

    def __init__(self, name: str, on_frame: Callable[["WorkerProcess", Frame], None]) -> None:
        self.name = name
        self.gone: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.served = 0
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._ready.add_done_callback(_seen)
        self._on_frame = on_frame
        self._reader = FrameReader(self._take)
        self._process: subprocess.Popen[bytes] | None = None
        self._transport: asyncio.Transport | None = None
        self._why = ""

    @property
    def pid(self) -> int:
        """0 before it was started."""
        return self._process.pid if self._process else 0

    async def start(
        self, factory: str, settings: Mapping[str, Any], environment: Mapping[str, str], deadline: float
    ) -> None:
        """Returns when the engine inside is made; raises EngineError with the reason when it isn't."""
        ours, theirs = socket.socketpair()
        loop = asyncio.get_running_loop()
        try:
            with theirs:
                self._spawn(theirs.fileno(), environment)
            await loop.create_unix_connection(lambda: self, sock=ours)
        except OSError as error:
            ours.close()
            raise EngineError(f"{self.name}: a worker can't be started: {error}") from error
        except BaseException:
            ours.close()
            raise
        self.send({"op": "make", "factory": factory, "settings": dict(settings)})
        try:
            async with asyncio.timeout(deadline):
                await self._ready
        except TimeoutError:
            raise EngineError(f"{self.name}: not ready within {deadline:g} s of its start") from None

    def _spawn(self, descriptor: int, environment: Mapping[str, str]) -> None:
        """Not by the loop's own way: uvloop forks the whole hub for 6 to 16 ms, this takes 0.3 ms."""
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-P", "-X", "utf8", "-m", "lorgnette.engines.worker", str(descriptor)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(descriptor,),
            process_group=0,  # Ctrl-C is for the hub, which ends its workers itself
            env={**os.environ, **_ONE_THREAD, **environment},
        )

    def send(self, head: dict[str, Any], body: bytes = b"") -> None:
        """Queue a frame; a worker that is gone takes nothing, and `gone` says so."""
        if self._transport is None or self._transport.is_closing():
            return
        first, rest = encode(head, body)
        self._transport.write(first)
        if rest:
            self._transport.write(rest)

    def kill(self, why: str) -> None:
        """End it at once; `gone` follows with this reason."""
        self._why = self._why or why
        if self._process is not None:
            self._process.kill()

    def pause(self) -> None:
        """Read no more: the consumer is far behind."""
        if self._transport is not None and self._transport.is_reading():
            self._transport.pause_reading()

    def resume(self) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.resume_reading()

    async def aclose(self, *, grace: float = _GRACE) -> None:
        """Let it leave by itself, kill it if it doesn't within `grace` seconds, and reap it."""
        if self._transport is not None:
            self._transport.abort()
        if self._process is None:
            return
        try:
            async with asyncio.timeout(grace):
                await _end_of(self._process)
        except (TimeoutError, asyncio.CancelledError) as reason:
            self.kill("closed")
            await _end_of(self._process)
            if isinstance(reason, asyncio.CancelledError):
                raise

    # ── asyncio.Protocol ────────────────────────────────────────────────────────────────────────────────

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        try:
            self._reader.push(data)
        except EngineError as error:
            self.kill(error.detail)

    def connection_lost(self, exc: Exception | None) -> None:
        why = self._why or f"the worker process ended{f' ({exc})' if exc else ''}"
        if not self._ready.done():
            self._ready.set_exception(EngineError(f"{self.name}: {why}", retryable=True))
        if not self.gone.done():
            self.gone.set_result(why)

    def _take(self, frame: Frame) -> None:
        match frame.head.get("op"):
            case "ready":
                if not self._ready.done():
                    self._ready.set_result(None)
            case "unmade":
                _log.debug("%s can't be made: %s", self.name, frame.head.get("trace"))
                if not self._ready.done():
                    self._ready.set_exception(EngineError(f"{self.name}: {frame.head.get('detail')}"))
            case _:
                self._on_frame(self, frame)


_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""A worker is one of several on few cores: its libraries mustn't each start as many threads as cores."""


async def _end_of(process: subprocess.Popen[bytes]) -> None:
    """Wait for a child and reap it; by its pidfd where the system has such."""
    if process.poll() is not None:
        return
    try:
        descriptor = os.pidfd_open(process.pid)
    except (AttributeError, OSError):
        while process.poll() is None:
            await asyncio.sleep(0.01)
        return
    loop = asyncio.get_running_loop()
    ended = loop.create_future()
    loop.add_reader(descriptor, _tell, ended)
    try:
        await ended
        process.wait()
    finally:
        loop.remove_reader(descriptor)
        os.close(descriptor)


def _tell(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


def _seen(future: asyncio.Future[None]) -> None:
    if not future.cancelled():
        future.exception()
