"""All live sessions of a hub: one per wearer who has a device on."""

import asyncio
import logging
from typing import Final

from lorgnette.core.errors import Busy
from lorgnette.core.forms import Capabilities
from lorgnette.core.people import Device
from lorgnette.core.speech import Message
from lorgnette.session.attachment import Attachment
from lorgnette.session.awakening import detector
from lorgnette.session.lag import LoopLag
from lorgnette.session.ports import Outlet
from lorgnette.session.session import Session
from lorgnette.session.wiring import Wiring

log = logging.getLogger(__name__)

LINGER_SECONDS: Final = 60.0
"""A session without devices is kept this long, for the conversation to go on."""


class Sessions:
    """Finds or makes a wearer's session; refuses new ones before old ones suffer."""

    def __init__(self, wiring: Wiring, *, limit: int = 1000) -> None:
        self._wiring = wiring
        self._limit = limit
        self._live: dict[str, Session] = {}
        self._leaving: dict[str, asyncio.TimerHandle] = {}
        self._closing: set[asyncio.Task[None]] = set()
        self.lag = LoopLag()
        self.refused = 0
        """Wearers who were told that the hub is busy."""

    def __len__(self) -> int:
        return len(self._live)

    @property
    def live(self) -> tuple[Session, ...]:
        return tuple(self._live.values())

    @property
    def full(self) -> bool:
        """Whether a new wearer would be refused now."""
        return len(self._live) >= self._limit or self.lag.overloaded

    @property
    def wake_words(self) -> tuple[str, ...]:
        """What it waits for in the mode `wake`."""
        wake = detector(self._wiring)
        return wake.words if wake is not None else ()

    def of(self, wearer: str) -> Session | None:
        """The wearer's session if one is live."""
        return self._live.get(wearer)

    async def attach(
        self, device: Device, capabilities: Capabilities, outlet: Outlet, *, passing: bool = False
    ) -> Attachment:
        """A device comes on. `Busy` when the hub is at its limit or its loop lags.

        `passing`: it comes for a turn of its own and is told nothing else, neither messages nor alarms.
        """
        session = self._live.get(device.wearer)
        if session is None:
            if self.full:
                self.refused += 1
                raise Busy(f"{len(self._live)} sessions, loop lag {self.lag.milliseconds:.0f} ms")
            wearer = await self._wiring.people.wearer(device.wearer)
            session = self._live.get(device.wearer) or Session(wearer, self._wiring)
            self._live[device.wearer] = session
        timer = self._leaving.pop(device.wearer, None)
        if timer is not None:
            timer.cancel()
        return session.attach(device, capabilities, outlet, passing=passing)

    def left(self, wearer: str) -> None:
        """A device went; the last one starts the minute in which the session lingers."""
        session = self._live.get(wearer)
        if session is not None and not session.attachments and wearer not in self._leaving:
            loop = asyncio.get_running_loop()
            self._leaving[wearer] = loop.call_later(LINGER_SECONDS, self._end, wearer)

    def _end(self, wearer: str) -> None:
        self._leaving.pop(wearer, None)
        session = self._live.get(wearer)
        if session is not None and not session.attachments:
            del self._live[wearer]
            task = asyncio.create_task(session.close())
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)

    def forget(self, wearer: str) -> None:
        """The wearer is no more: the session ends now, not after a minute."""
        timer = self._leaving.pop(wearer, None)
        if timer is not None:
            timer.cancel()
        session = self._live.get(wearer)
        if session is not None and not session.attachments:
            self._end(wearer)

    async def dismiss(self, wearer: str) -> None:
        """The wearer is about to be deleted: whatever runs for them ends before that."""
        timer = self._leaving.pop(wearer, None)
        if timer is not None:
            timer.cancel()
        session = self._live.pop(wearer, None)
        if session is not None:
            await session.close()

    def forget_words(self, wearer: str, since: float) -> None:
        """What this wearer said was deleted: their live session forgets it, too."""
        session = self._live.get(wearer)
        if session is not None:
            session.forget(since)

    def schedule_changed(self, wearer: str) -> None:
        """A timer or alarm of this wearer changed or rings, on whichever device is on."""
        session = self._live.get(wearer)
        if session is not None:
            session.schedule_changed()

    async def tell(self, message: Message) -> None:
        """Say something as soon as it fits; kept until a device is on."""
        await self._wiring.inbox.put(message)
        session = self._live.get(message.wearer)
        if session is not None:
            await session.deliver()

    async def run(self) -> None:
        """Measure the loop's lag for as long as the hub lives."""
        await self.lag.run()

    async def close(self) -> None:
        """The hub stops."""
        for timer in self._leaving.values():
            timer.cancel()
        self._leaving.clear()
        sessions, self._live = list(self._live.values()), {}
        await asyncio.gather(*(session.close() for session in sessions))
        if self._closing:
            await asyncio.wait(self._closing, timeout=2)
