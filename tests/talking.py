"""A wearer with one device in front of a whole hub: says something, and sees everything that comes back."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any

from tests.hubs import Running

from lorgnette.core import events
from lorgnette.gateways.native.softdevice import SoftDevice


class Talker:
    """`got`: every event so far."""

    def __init__(self, device: SoftDevice, got: list[Any]) -> None:
        self.device = device
        self.got = got

    def of[E](self, kind: type[E]) -> list[E]:
        return [event for event in self.got if isinstance(event, kind)]

    @property
    def sentences(self) -> list[str]:
        """All that was said aloud."""
        return [event.text for event in self.of(events.Sentence)]

    @property
    def titles(self) -> list[str]:
        """Of the cards that were shown."""
        return [event.scene.title for event in self.of(events.Show) if hasattr(event.scene, "title")]

    async def until(self, what: Callable[[], Any], seconds: float = 10.0) -> None:
        try:
            async with asyncio.timeout(seconds):
                while not what():
                    await asyncio.sleep(0.005)
        except TimeoutError:
            raise AssertionError(f"it didn't come; said so far: {self.sentences}") from None

    async def say(self, text: str, language: str = "") -> str:
        """One typed turn; what is answered, when it was said to its end."""
        before = len(self.of(events.TurnDone))
        self.device.event(events.Typed(text, language))
        await self.until(lambda: len(self.of(events.TurnDone)) > before)
        return self.of(events.TurnDone)[-1].reply


@contextlib.asynccontextmanager
async def talker(hub: Running, wearer: str = "", **more: Any) -> AsyncIterator[Talker]:
    """Connected until the end of the block."""
    got: list[Any] = []
    device = await hub.device(wearer, on_event=got.append, **more)
    await device.connect(hub.url)
    try:
        yield Talker(device, got)
    finally:
        await device.close()
