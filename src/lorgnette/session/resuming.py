"""Replies that a crash, a restart or a dead line cut off: said from the first unheard sentence on, once."""

from collections import deque
from typing import Final, Protocol

from lorgnette.core.ids import new_id
from lorgnette.core.people import Wearer
from lorgnette.core.speech import Unfinished
from lorgnette.session.attachment import Attachment
from lorgnette.session.said import Said
from lorgnette.session.speaking import Speaking
from lorgnette.session.speech import Kind, Speech
from lorgnette.session.wiring import Wiring

RESUME_SECONDS: Final = 60.0
REMEMBERED: Final = 8


class Room(Protocol):
    """The session around it."""

    wearer: Wearer

    @property
    def answering(self) -> bool:
        """A turn runs."""
        ...

    def use(self, device: str) -> None:
        """The device speaks from now on."""
        ...

    def speech(self, said: Said, kind: Kind) -> Speech: ...


class Resuming:
    """Takes up what one wearer was being told."""

    def __init__(self, room: Room, speaking: Speaking, wiring: Wiring) -> None:
        self._room = room
        self._speaking = speaking
        self._wiring = wiring
        self._taken: deque[str] = deque(maxlen=REMEMBERED)
        """Turns whose replies were taken up already."""

    async def take_up(self, attachment: Attachment) -> None:
        """Say what this device should have said within the last minute and hasn't."""
        for unfinished in await self._wiring.journal.unfinished(self._room.wearer.id, RESUME_SECONDS):
            turn = unfinished.turn
            mine = unfinished.device == attachment.device.id and turn not in self._taken
            if mine and not self._room.answering and not self._speaking.says(turn):
                self._taken.append(turn)
                self._say(unfinished)
                break

    def _say(self, unfinished: Unfinished) -> None:
        said = Said(
            unfinished.turn,
            new_id("u-"),
            unfinished.language,
            list(unfinished.sentences),
            unfinished.heard,
            complete=True,
        )
        self._room.use(unfinished.device)
        self._speaking.say(self._room.speech(said, "answer"), lambda _: None, when_busy="queue")
