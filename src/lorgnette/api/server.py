"""The servers in front of the hub: one TCP port for pages and devices, a private socket for commands."""

import asyncio
import contextlib
import os
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from lorgnette.core.errors import ConfigError

BACKLOG = 2048
GRACE_SECONDS = 3.0


@contextlib.asynccontextmanager
async def serving(
    app: ASGIApp,
    host: str,
    port: int,
    upgrade: Callable[..., asyncio.Protocol],
    drain: Callable[[], Awaitable[None]],
) -> AsyncIterator[int]:
    """Answer on host:port while inside; gives the port (0 asks for a free one).

    `upgrade` takes WebSockets over; `drain` ends them, since asyncio's server waits for its last connection.
    """
    async with listening(app, host, port, upgrade) as taken:
        try:
            yield taken
        finally:
            await drain()


@contextlib.asynccontextmanager
async def listening(
    app: ASGIApp,
    host: str,
    port: int,
    upgrade: Callable[..., asyncio.Protocol] | None = None,
    tls: ssl.SSLContext | None = None,
) -> AsyncIterator[int]:
    """One of several listeners. `upgrade`: None refuses WebSockets; `tls`: None is plain HTTP."""
    listener = _listen(host, port)
    config = uvicorn.Config(
        app,
        http=_Http,
        ws=upgrade or "none",  # type: ignore[arg-type]  # any callable that makes a protocol works
        ssl_context_factory=None if tls is None else lambda _config, _default: tls,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=15,
        limit_concurrency=4000,
        h11_max_incomplete_event_size=64 * 1024,
    )
    async with _running(config, listener):
        yield listener.getsockname()[1]


@contextlib.asynccontextmanager
async def local_socket(app: ASGIApp, path: Path) -> AsyncIterator[None]:
    """Answer on a unix socket that only this user can open (0600). `ConfigError` if another hub does."""
    listener, inode = _listen_privately(path)
    config = uvicorn.Config(
        app, http="httptools", ws="none", lifespan="off", log_config=None, access_log=False
    )
    try:
        async with _running(config, listener):
            yield
    finally:
        _remove(path, inode)


@contextlib.asynccontextmanager
async def _running(config: uvicorn.Config, listener: socket.socket) -> AsyncIterator[None]:
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        while not server.started and not task.done():
            await asyncio.sleep(0.005)
        if task.done():
            await task
        yield
    finally:
        server.should_exit = True
        await asyncio.wait({task}, timeout=GRACE_SECONDS)
        if not task.done():  # a connection is still there: it is let go of, not waited for
            server.force_exit = True
            task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        listener.close()


class _Http(HttpToolsProtocol):
    """Lets go of a connection that is upgraded: uvicorn does so only with one that it lost itself."""

    def handle_websocket_upgrade(self) -> None:
        super().handle_websocket_upgrade()
        self.parser = None  # type: ignore[assignment]  # they hold each other; so does `connection_lost`


class _Server(uvicorn.Server):
    """Signals belong to the command that runs the hub."""

    def capture_signals(self) -> contextlib.AbstractContextManager[None]:  # type: ignore[override]
        return contextlib.nullcontext()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, OverflowError) as error:
        listener.close()
        reason = getattr(error, "strerror", None) or str(error)
        hint = " Another hub may run; try --port 0" if isinstance(error, OSError) else ""
        raise ConfigError(f"{host}:{port} can't be used: {reason}.{hint}") from None
    listener.listen(BACKLOG)
    listener.setblocking(False)
    return listener


def _listen_privately(path: Path) -> tuple[socket.socket, int]:
    """The listener, and the inode by which its file is known again."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if _answers(path):
            raise ConfigError(f"another hub of yours runs already: it answers at {path}")
        path.unlink(missing_ok=True)
        before = os.umask(0o177)
        try:
            listener.bind(str(path))
        finally:
            os.umask(before)
    except OSError as error:
        listener.close()
        raise ConfigError(f"{path} can't be used: {error.strerror or error}") from None
    except ConfigError:
        listener.close()
        raise
    listener.listen(16)
    listener.setblocking(False)
    return listener, path.stat().st_ino


def _remove(path: Path, inode: int) -> None:
    """Ours, and not that of a hub that came after."""
    with contextlib.suppress(OSError):
        if path.stat().st_ino == inode:
            path.unlink()


def _answers(path: Path) -> bool:
    """Whether somebody listens there; a file that a dead hub left doesn't."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(1.0)
        try:
            probe.connect(str(path))
        except OSError:
            return False
    return True
