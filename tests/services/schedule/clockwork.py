"""A schedule on a clock that tests move by hand, and everything it told."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.store.databases import Place

from lorgnette.core.clock import ManualClock
from lorgnette.sdk import Item
from lorgnette.services.schedule import ScheduleService, WearerSchedule
from lorgnette.store import Store

BERLIN = ZoneInfo("Europe/Berlin")


class Run:
    """One run of the hub's schedule."""

    def __init__(self, store: Store, clock: ManualClock) -> None:
        self.store = store
        self.clock = clock
        self.service = ScheduleService(store, clock)
        self.told: list[tuple[str, Item, bool]] = []
        self.changes: list[str] = []
        self.service.on_due(self._due)
        self.service.on_change(self.changes.append)

    async def _due(self, wearer: str, item: Item, missed: bool) -> None:
        self.told.append((wearer, item, missed))

    def of(self, wearer: str = "ada") -> WearerSchedule:
        return self.service.for_wearer(wearer)

    async def after(self, seconds: float) -> list[str]:
        """Time passes; what was told, as "label" or "label missed"."""
        self.clock.advance(seconds)
        return await self.rings()

    async def rings(self) -> list[str]:
        self.told.clear()
        await self.service.tick()
        return [item.label + (" missed" if missed else "") for _, item, missed in self.told]

    async def at(self, moment: datetime) -> list[str]:
        """It becomes that time."""
        return await self.after((moment - self.clock.now()).total_seconds())


@asynccontextmanager
async def run(place: Place, clock: ManualClock) -> AsyncIterator[Run]:
    """From the opening of the store to its closing; a second one is a restart."""
    async with place.open(clock) as store:
        hub = Run(store, clock)
        await hub.rings()
        yield hub
