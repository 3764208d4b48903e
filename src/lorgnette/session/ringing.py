"""Timers and alarms that ring: a sound and a name, again and again, until somebody stops them."""

import asyncio
from collections.abc import Collection, Coroutine
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

from lorgnette.core.ids import new_id
from lorgnette.core.people import Wearer
from lorgnette.media.earcons import earcon
from lorgnette.sdk.schedule import Item
from lorgnette.session.said import Said
from lorgnette.session.speaking import End, Speaking
from lorgnette.session.speech import Speech
from lorgnette.session.wiring import Wiring

PAUSE_SECONDS: Final = 2.0
LOOK_SECONDS: Final = 0.25
HUSH_SECONDS: Final = 8.0
"""The wearer talks over it: so long it is silent at least, and until the talk is over."""
LONGEST_SECONDS: Final = 600.0


class Room(Protocol):
    """The session around it."""

    wearer: Wearer

    @property
    def busy(self) -> bool:
        """Something is being recognised or answered."""
        ...

    def spawn(self, work: Coroutine[Any, Any, None]) -> object: ...


class Ringing:
    """What rings for one wearer."""

    def __init__(self, room: Room, speaking: Speaking, wiring: Wiring) -> None:
        self._room = room
        self._speaking = speaking
        self._wiring = wiring
        self._items: dict[str, Item] = {}
        self._loop: asyncio.Task[None] | None = None
        self._hushed = 0.0
        """Steady seconds until which it is silent."""

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(self._items.values())

    def ring(self, item: Item) -> None:
        """Sound until `stop` or `dismiss`; several ring in turn."""
        self._items[item.id] = item
        if self._loop is None or self._loop.done():
            self._loop = asyncio.create_task(self._repeat())

    def stop(self) -> None:
        """Silence here; the schedule isn't told."""
        loop, self._loop = self._loop, None
        if loop is not None:
            loop.cancel()
        self._items.clear()
        self._hushed = 0.0
        self._speaking.stop(frozenset({"alarm"}))

    def hush(self) -> None:
        """Somebody talks: no sound for a while. It rings again until it is dismissed, asleep or not."""
        if self._items:
            self._hushed = self._wiring.clock.steady() + HUSH_SECONDS
            self._speaking.stop(frozenset({"alarm"}))

    def dismiss(self) -> bool:
        """The wearer stops it; False if nothing rang."""
        if not self._items:
            return False
        self.stop()
        self._room.spawn(self._dismissed())
        return True

    def keep(self, ids: Collection[str]) -> None:
        """Only these still ring; the others were silenced elsewhere, snoozed or given up."""
        for id in [id for id in self._items if id not in ids]:
            del self._items[id]
        if not self._items and self._loop is not None:
            self.stop()

    async def _dismissed(self) -> None:
        await self._wiring.alarms.dismiss(self._room.wearer.id)

    async def _repeat(self) -> None:
        until = self._wiring.clock.steady() + LONGEST_SECONDS
        while self._items and self._wiring.clock.steady() < until:
            for item in tuple(self._items.values()):
                await self._talk_is_over()
                if item.id in self._items:
                    await self._once(item)
            await asyncio.sleep(PAUSE_SECONDS)

    async def _talk_is_over(self) -> None:
        while self._hushed and (self._wiring.clock.steady() < self._hushed or self._room.busy):
            await asyncio.sleep(LOOK_SECONDS)
        self._hushed = 0.0

    async def _once(self, item: Item) -> None:
        language, formal = self._room.wearer.language, self._room.wearer.formal
        at = self._wiring.clock.now().astimezone(ZoneInfo(self._room.wearer.zone)).time()
        key = f"{item.kind}-rings"
        text = self._wiring.words.say(key, language, formal=formal, label=item.label, time=at)
        over = asyncio.Event()

        def ended(how: End) -> None:
            del how
            over.set()

        said = Said("", new_id("a-"), language, [text], complete=True)
        sound = earcon("alarm" if item.kind == "alarm" else "timer")
        self._speaking.say(
            Speech(said, "alarm", self._wiring.synthesizer, rate=self._room.wearer.rate, lead_in=sound), ended
        )
        await over.wait()
