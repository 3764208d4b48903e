"""The inbox on its way to the ear: one message after another, each until it was heard, none twice."""

import asyncio
from collections import deque
from collections.abc import Coroutine
from typing import Any, Final, Protocol

from lorgnette.core.ids import new_id
from lorgnette.core.people import Wearer
from lorgnette.core.speech import Message
from lorgnette.session.said import Said
from lorgnette.session.speaking import End, Speaking
from lorgnette.session.speech import Kind, Speech
from lorgnette.session.wiring import Wiring

REPORT_SECONDS: Final = 3.0
"""What was sent sounds within this, and a device that reports it has done so."""

LOOK_SECONDS: Final = 300.0
"""How long a set clock may stay unnoticed in quiet hours."""

REMEMBERED: Final = 256


class Room(Protocol):
    """The session around it."""

    wearer: Wearer

    @property
    def may_tell(self) -> bool:
        """A device is on that may be spoken to unasked, and nothing else is going on."""
        ...

    @property
    def reports(self) -> bool:
        """The speaking device says when a sentence has sounded."""
        ...

    def speech(self, said: Said, kind: Kind) -> Speech: ...

    def spawn(self, work: Coroutine[Any, Any, None]) -> object: ...


class Telling:
    """What waits for one wearer. Nothing is lost when it is dropped, cut off or its device goes away."""

    def __init__(self, room: Room, speaking: Speaking, wiring: Wiring) -> None:
        self._room = room
        self._speaking = speaking
        self._wiring = wiring
        self._asking = False
        self._again = False
        self._message: Message | None = None
        self._speech: Speech | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._quiet: asyncio.TimerHandle | None = None
        """Runs while something waits for the quiet hours to end."""
        self._told: deque[str] = deque(maxlen=REMEMBERED)
        """What was heard: the store may not know it yet, or have failed to write it."""
        self._closed = False

    async def deliver(self) -> None:
        """Say what waits, if now is a good moment."""
        if self._asking or self._message is not None:
            self._again = True
            return
        self._asking = True
        try:
            self._again = True
            while self._again and self._message is None and self._room.may_tell and not self._closed:
                self._again = False
                await self._next()
        finally:
            self._asking = False

    def played(self, utterance: str) -> None:
        """A sentence of this utterance has sounded."""
        speech = self._speech
        if self._timer is not None and speech is not None and speech.said.utterance == utterance:
            self._settle_late()

    def close(self) -> None:
        """The session ends: what wasn't heard waits for the next one."""
        self._closed = True
        for timer in (self._timer, self._quiet):
            if timer is not None:
                timer.cancel()

    async def _next(self) -> None:
        wall = self._wiring.clock.now()
        now, quiet = wall.timestamp(), self._room.wearer.quiet_until(wall)
        for message in await self._wiring.inbox.waiting(self._room.wearer.id):
            if message.expires and message.expires <= now:
                await self._wiring.inbox.delivered(message.id)
            elif message.id in self._told:
                continue
            elif quiet is not None and message.kind == "notification" and not message.urgent:
                self._look_again(quiet.timestamp() - now)
            else:
                if self._room.may_tell and not self._closed:
                    self._say(message, now)
                return

    def _look_again(self, seconds: float) -> None:
        """When the quiet hours end; sooner where the clock may be set meanwhile."""
        if self._quiet is None and not self._closed:
            self._quiet = asyncio.get_running_loop().call_later(min(seconds, LOOK_SECONDS), self._looks)

    def _looks(self) -> None:
        self._quiet = None
        self._room.spawn(self.deliver())

    def _say(self, message: Message, now: float) -> None:
        said = Said("", new_id("n-"), message.language, [message.text], complete=True)
        speech = self._room.speech(said, message.kind)
        self._message, self._speech = message, speech
        steady = self._wiring.clock.steady()
        expires = steady + message.expires - now if message.expires else float("inf")
        self._speaking.say(speech, self._ended, when_busy="queue", expires=expires)

    def _ended(self, how: End) -> None:
        speech = self._speech
        if speech is None:
            return
        if how == "heard":
            # Sent isn't heard: a line may be dead without anybody knowing.
            self._timer = asyncio.get_running_loop().call_later(REPORT_SECONDS, self._settle_late)
            if speech.said.over:
                self._settle_late()
        else:
            # The wearer who stops a message has heard enough of it; one that was cut off is told anew.
            self._settle(heard=how == "stopped" and speech.began and not self._closed)

    def _settle_late(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        speech = self._speech
        self._settle(heard=speech is not None and (speech.said.over or not self._room.reports))

    def _settle(self, *, heard: bool) -> None:
        message, self._message, self._speech = self._message, None, None
        if message is None:
            return
        if heard:
            self._told.append(message.id)
            self._room.spawn(self._delivered(message))
        elif self._again and not self._closed:
            self._room.spawn(self.deliver())

    async def _delivered(self, message: Message) -> None:
        await self._wiring.inbox.delivered(message.id)
        await self.deliver()
