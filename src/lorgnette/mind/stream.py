"""Pieces of an answer on their way from a tool that runs to whoever listens."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Final

from lorgnette.mind.request import Display, Piece

MOST_WAITING: Final = 32
"""Scenes beyond that are dropped: only the latest matters."""
MOST_SENTENCES: Final = 64
ENDS_WITHIN: Final = 2.0
"""Seconds in which work that was cancelled has to be over."""


class Stream:
    """A bounded queue of pieces."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Piece | None] = asyncio.Queue()
        self._room = asyncio.Event()

    def put(self, piece: Piece) -> None:
        """Now, from a tool: a scene is dropped where too many wait, `RuntimeError` for too many sentences."""
        waiting = self._queue.qsize()
        if isinstance(piece, Display) and waiting >= MOST_WAITING:
            return
        if waiting >= MOST_SENTENCES:
            raise RuntimeError("a tool says more than anybody listens to")
        self._queue.put_nowait(piece)

    async def send(self, piece: Piece) -> None:
        """When there is room; nothing is dropped."""
        while self._queue.qsize() >= MOST_SENTENCES:
            self._room.clear()
            await self._room.wait()
        self._queue.put_nowait(piece)

    async def flow(self, work: Callable[["Stream"], Awaitable[None]]) -> AsyncGenerator[Piece]:
        """What `work` puts here, until it ends; its exception is raised. Stopping stops it."""

        async def run() -> None:
            try:
                await work(self)
            finally:
                self._queue.put_nowait(None)

        task = asyncio.create_task(run())
        try:
            while (piece := await self._queue.get()) is not None:
                self._room.set()
                yield piece
            await task
        finally:
            if not task.done():
                task.cancel()
                await asyncio.wait((task,), timeout=ENDS_WITHIN)
