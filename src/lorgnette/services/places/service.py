"""Where everybody is: positions kept for a day, and who came to a place of theirs or left it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection, delete, select, update

from lorgnette.core.events import Location
from lorgnette.core.ids import new_id
from lorgnette.sdk.places import Place
from lorgnette.services.places.bound import WearerPlaces
from lorgnette.services.places.geofence import Circle, Crossing, Fence, Fix, distance, settle, settles, step
from lorgnette.services.places.tables import places, whereabouts
from lorgnette.store import Store

log = logging.getLogger(__name__)

type OnCrossing = Callable[[str, Place, Crossing], Awaitable[None]]

KEPT: Final = timedelta(hours=24)
REMOVED: Final = timedelta(days=30)
WRITE_S, WRITE_M = 30.0, 25.0
"""A position is kept when so much time or way lies between it and the last one that was."""

LATELY_S: Final = 3600.0
"""Where somebody was longer ago says nothing about where they came to meanwhile."""

MOST_WEARERS: Final = 10_000
RETRY_S: Final = 5.0
TELL_S: Final = 10.0


class PlacesService:
    """`located` may be called a thousand times a second; what happens then, `run` does."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._tell: OnCrossing | None = None
        self._fences: dict[str, dict[str, tuple[Place, Fence]]] = {}
        """wearer → place's id → it, and what is known of it. A wearer who isn't there is read anew."""
        self._kept: dict[str, Fix] = {}
        self._new: dict[tuple[str, str], Fix] = {}
        """The newest of each device that `run` has not looked at: older ones don't matter any more."""
        self._newest: dict[str, Fix] = {}
        self._wake = asyncio.Event()

    def of(self, wearer: str) -> WearerPlaces:
        """What skills of this wearer get as `sdk.Places`."""
        return WearerPlaces(self._store, wearer, self)

    def on_crossing(self, tell: OnCrossing) -> None:
        """Told before the store knows that it happened: again after a crash, so twice must be as once."""
        self._tell = tell

    def located(self, wearer: str, device: str, event: Location) -> None:
        """A device says where it is; returns at once."""
        if len(self._new) < MOST_WEARERS or (wearer, device) in self._new:
            now = self._store.clock.now().timestamp()
            fix = Fix(now, event.latitude, event.longitude, event.accuracy, event.speed)
            self._new[wearer, device] = fix
            if len(self._newest) >= MOST_WEARERS:
                self._newest.clear()
            self._newest[wearer] = fix
            self._wake.set()

    def newest(self, wearer: str) -> Fix | None:
        """See `bound.Following`."""
        return self._newest.get(wearer)

    def renew(self, wearer: str) -> None:
        """Places of this wearer are others now."""
        self._fences.pop(wearer, None)

    async def start(self) -> None:
        """Go on where the last run stopped: somebody may have arrived while it died."""
        since = self._store.clock.now().timestamp() - LATELY_S
        query = select(whereabouts).where(whereabouts.c.at > since).order_by(whereabouts.c.at)
        rows = await self._store.read(lambda connection: connection.execute(query).all())
        last = {row.wearer: row for row in rows}
        for row in last.values():
            self._new[row.wearer, ""] = Fix(float(row.at), row.latitude, row.longitude, row.accuracy)
        self._wake.set()

    async def run(self) -> None:
        """Follow everybody until cancelled."""
        while True:
            try:
                await self.tick()
                delay = self._delay()
            except Exception:
                log.exception("a position could not be followed; trying again")
                delay = RETRY_S
            try:
                async with asyncio.timeout(delay):
                    await self._wake.wait()
            except TimeoutError:
                pass
            self._wake.clear()

    async def tick(self) -> None:
        """Look at what came, and at who has been silent."""
        new, self._new = self._new, {}
        for (wearer, _), fix in new.items():
            await self._keep(wearer, fix)
            for id, (place, fence) in (await self._of(wearer)).items():
                await self._take(wearer, id, place, fence, *step(fence, _circle(place), fix))
        now = self._store.clock.now().timestamp()
        for wearer, fences in tuple(self._fences.items()):
            for id, (place, fence) in tuple(fences.items()):
                await self._take(wearer, id, place, fence, *settle(fence, now))

    async def prune(self) -> None:
        """Positions are kept a day, removed places a month."""
        now = self._store.clock.now()
        old, gone = (now - KEPT).timestamp(), (now - REMOVED).timestamp()

        def work(connection: Connection) -> None:
            connection.execute(delete(whereabouts).where(whereabouts.c.at < old))
            connection.execute(delete(places).where(places.c.deleted < gone))

        await self._store.write(work)

    def forgotten(self, wearer: str) -> None:
        """What was kept of this wearer is gone."""
        self._fences.pop(wearer, None)
        self._kept.pop(wearer, None)
        self._newest.pop(wearer, None)

    async def _of(self, wearer: str) -> dict[str, tuple[Place, Fence]]:
        if wearer not in self._fences:
            self._fences[wearer] = {
                place.id: (place, Fence(inside=place.inside)) for place in await self.of(wearer).all()
            }
        return self._fences[wearer]

    async def _take(
        self, wearer: str, id: str, place: Place, before: Fence, fence: Fence, crossing: Crossing | None
    ) -> None:
        if fence is before:
            return
        if crossing is not None and self._tell is not None:
            async with asyncio.timeout(TELL_S):
                await self._tell(wearer, place, crossing)
        if fence.inside is not before.inside:
            mine = (places.c.wearer == wearer) & (places.c.id == id)
            change = update(places).where(mine).values(inside=fence.inside)
            await self._store.write(lambda connection: connection.execute(change))
        if id in self._fences.get(wearer, {}):
            self._fences[wearer][id] = (place, fence)

    async def _keep(self, wearer: str, fix: Fix) -> None:
        last = self._kept.get(wearer)
        if last is not None and fix.at - last.at < WRITE_S and distance(last, fix) < WRITE_M:
            return
        if len(self._kept) >= MOST_WEARERS:
            self._kept.clear()
        self._kept[wearer] = fix
        values = {
            "id": new_id("l-"),
            "wearer": wearer,
            "at": fix.at,
            "latitude": fix.latitude,
            "longitude": fix.longitude,
            "accuracy": fix.accuracy,
        }
        await self._store.write(lambda connection: connection.execute(whereabouts.insert().values(values)))

    def _delay(self) -> float | None:
        now = self._store.clock.now().timestamp()
        times = [
            at for fences in self._fences.values() for _, fence in fences.values() if (at := settles(fence))
        ]
        return max(0.05, min(times) - now) if times else None


def _circle(place: Place) -> Circle:
    return Circle(place.latitude, place.longitude, place.radius)
