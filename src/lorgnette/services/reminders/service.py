"""Reminders of all wearers: what is due, and who came or left, becomes something to say."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection, delete, exists

from lorgnette.sdk import Item
from lorgnette.sdk.places import Place
from lorgnette.sdk.reminders import Reminder
from lorgnette.services.places import PlacesService
from lorgnette.services.places.geofence import Crossing
from lorgnette.services.reminders.bound import WearerReminders
from lorgnette.services.reminders.tables import reminders
from lorgnette.services.schedule import ScheduleService
from lorgnette.services.schedule.tables import schedule
from lorgnette.store import Store

type Tell = Callable[[str, Reminder, str, bool], Awaitable[None]]
"""(wearer, what, an id that is the same each time this is told, missed): durable when it returns."""

KEPT: Final = timedelta(days=7)


class ReminderService:
    """Everything is told before it counts as told: a crash says it again, under the same id."""

    def __init__(self, store: Store, entries: ScheduleService, places: PlacesService, tell: Tell) -> None:
        self._store = store
        self._schedule = entries
        self._places = places
        self._tell = tell
        places.on_crossing(self.crossed)

    def of(self, wearer: str) -> WearerReminders:
        """What skills of this wearer get as `sdk.Reminders`."""
        return WearerReminders(
            self._store, wearer, self._schedule.for_wearer(wearer), self._places.of(wearer)
        )

    async def due(self, wearer: str, item: Item, missed: bool) -> None:
        """The schedule's hour has come, or had come while nobody was there."""
        found = Reminder(id=item.id, text=item.label, due=item.due, rule=item.rule)
        await self._tell(wearer, found, f"m-{item.id}-{item.due:.0f}", missed)
        if not missed:
            await self._schedule.finish(wearer, item.id)

    async def crossed(self, wearer: str, place: Place, crossing: Crossing) -> None:
        """Somebody came to a place of theirs, or left it."""
        mine = self.of(wearer)
        found = await mine.crossed(place, leaving=crossing == "leave")
        for one in found:
            await self._tell(wearer, one, f"m-{one.id}", False)
        if found:
            await mine.done([one.id for one in found])

    async def prune(self) -> None:
        """Forget what was said or cancelled a week ago, and whose words entries had that ended."""
        before = (self._store.clock.now() - KEPT).timestamp()
        over = (reminders.c.status != "waiting") & (reminders.c.changed < before)
        entry = exists().where(schedule.c.id == reminders.c.id)
        alone = (reminders.c.place == "") & (reminders.c.changed < before) & ~entry

        def work(connection: Connection) -> None:
            connection.execute(delete(reminders).where(over | alone))

        await self._store.write(work)
