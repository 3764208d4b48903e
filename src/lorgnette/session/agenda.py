"""The wearer's timers and alarms: on their displays while they run, aloud when they are due."""

from collections.abc import Coroutine
from typing import Any, Protocol

from lorgnette.core.people import Wearer
from lorgnette.session.board import Board
from lorgnette.session.ringing import Ringing
from lorgnette.session.wiring import Wiring


class Room(Protocol):
    """The session around it."""

    wearer: Wearer

    def spawn(self, work: Coroutine[Any, Any, None]) -> object: ...

    async def deliver(self) -> None: ...


class Agenda:
    """One session's."""

    def __init__(self, room: Room, board: Board, ringing: Ringing, wiring: Wiring) -> None:
        self._room = room
        self._board = board
        self._ringing = ringing
        self._wiring = wiring
        self._syncing = False

    def changed(self) -> None:
        """They are others now."""
        if not self._syncing:
            self._syncing = True
            self._room.spawn(self.sync())

    async def sync(self) -> None:
        """Show what runs, ring what is due, and say what had to wait for that."""
        self._syncing = False
        wearer = self._room.wearer
        items = await self._wiring.alarms.items(wearer.id)
        self._board.sync(items, wearer.language, self._wiring.clock.now().timestamp())
        # a reminder doesn't ring: it is said once, through the inbox
        ringing = [item for item in items if item.status == "ringing" and item.kind != "reminder"]
        for item in ringing:
            self._ringing.ring(item)
        self._ringing.keep({item.id for item in ringing})
        await self._room.deliver()
