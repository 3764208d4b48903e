"""A whole hub on a free loopback port, with engines that answer at once."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from lorgnette.api.server import serving
from lorgnette.app import Hub, HubSettings
from lorgnette.core.clock import Clock
from lorgnette.engines.registry import EngineChoice
from lorgnette.gateways.native.softdevice import SoftDevice

CANNED = EngineChoice(vad=("energy",), asr=("canned",), tts=("canned",))


@dataclass
class Running:
    """The hub, where it listens, and how to get in."""

    hub: Hub
    port: int

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}"

    async def device(self, wearer: str = "", **more) -> SoftDevice:
        """A paired device that isn't connected yet."""
        owner = wearer or (await self.hub.people.owner()).id
        _, token = await self.hub.devices.pair(owner, "test")
        return SoftDevice(token, **more)


@contextlib.asynccontextmanager
async def running(settings: HubSettings | None = None, clock: Clock | None = None) -> AsyncIterator[Running]:
    """Everything real but the engines, and the clock where one is given."""
    settings = settings or HubSettings(engines=CANNED)
    settings = replace(settings, port=0, languages=settings.languages or ("en",))
    async with (
        Hub.open(settings, clock) as hub,
        serving(hub.api.app(), settings.host, 0, hub.gateway.upgrade, hub.gateway.drain) as port,
    ):
        yield Running(hub, port)
