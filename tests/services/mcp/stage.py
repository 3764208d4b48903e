"""A store, the service on it, and the peer as a program or over HTTP on loopback."""

import contextlib
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from tests.services.mcp.peer import server

from lorgnette.api.server import listening
from lorgnette.core.clock import SystemClock
from lorgnette.services.mcp import McpSection, OutsideService
from lorgnette.services.mcp.place import Place
from lorgnette.store import Store

PROGRAM = Path(__file__).with_name("peer.py")


def program(mood: str = "") -> Place:
    """The peer as a program."""
    return Place(command=(sys.executable, str(PROGRAM), mood))


@contextlib.asynccontextmanager
async def elsewhere(mood: str = "", port: int = 0) -> AsyncIterator[int]:
    """The peer over HTTP; its port."""
    one = server(mood)
    app = one.streamable_http_app()
    async with one.session_manager.run(), listening(app, "127.0.0.1", port) as taken:
        yield taken


@contextlib.asynccontextmanager
async def outside(**settings) -> AsyncIterator[OutsideService]:
    """The service on a store of its own."""
    store = await Store.open("sqlite://", SystemClock())
    service = OutsideService(store, McpSection(**settings))
    try:
        await service.start()
        yield service
    finally:
        await service.close()
        await store.close()


def at(port: int) -> Place:
    return Place(url=f"http://127.0.0.1:{port}/mcp")
