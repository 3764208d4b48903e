"""One worker process as the event loop sees it: start it, write calls, read frames, see it die."""

import asyncio
import contextlib
import os
import socket
import sys
from collections.abc import Callable, Mapping
from typing import Any, cast

from lorgnette.core.errors import EngineError
from lorgnette.engines.worker.frames import Frame, FrameReader, encode

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
        self._process: asyncio.subprocess.Process | None = None
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
                await self._spawn(theirs.fileno(), environment)
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

    async def _spawn(self, descriptor: int, environment: Mapping[str, str]) -> None:
        spawning = asyncio.ensure_future(
            asyncio.create_subprocess_exec(
                sys.executable,
                *("-P", "-X", "utf8", "-m", "lorgnette.engines.worker", str(descriptor)),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
                pass_fds=(descriptor,),
                env={**os.environ, **_ONE_THREAD, **environment},
            )
        )
        try:
            self._process = await asyncio.shield(spawning)
        except asyncio.CancelledError:
            self._process = await spawning  # a child that nobody knows would never be reaped
            raise

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
            with contextlib.suppress(ProcessLookupError):
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
                await self._process.wait()
        except (TimeoutError, asyncio.CancelledError) as reason:
            self.kill("closed")
            await self._process.wait()
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
                if not self._ready.done():
                    self._ready.set_exception(EngineError(f"{self.name}: {frame.head.get('detail')}"))
            case _:
                self._on_frame(self, frame)


_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""A worker is one of several on few cores: its libraries mustn't each start as many threads as cores."""


def _seen(future: asyncio.Future[None]) -> None:
    if not future.cancelled():
        future.exception()
