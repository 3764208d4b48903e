"""One wearer's reminders: what a skill gets."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, select, update

from lorgnette.core.errors import NotFound, SkillError
from lorgnette.core.ids import new_id
from lorgnette.core.taint import CLEAN, Taint
from lorgnette.sdk import Item, Schedule
from lorgnette.sdk.places import Place, Places
from lorgnette.sdk.reminders import Reminder
from lorgnette.services.reminders.tables import reminders
from lorgnette.store import Store, clean, sources_of, sources_written

TEXT = 200
MOST = 64


class WearerReminders:
    """Implements `sdk.Reminders` over the schedule and over places."""

    def __init__(self, store: Store, wearer: str, schedule: Schedule, places: Places) -> None:
        self._store = store
        self._wearer = wearer
        self._schedule = schedule
        self._places = places

    async def at(self, moment: datetime, text: str, rule: str = "", *, taint: Taint = CLEAN) -> Reminder:
        """On the schedule; beside it stands whose words they are."""
        item = await self._schedule.alarm(moment, text, rule, kind="reminder")
        if taint:
            await self._store.write(lambda connection: self._add(connection, item.id, "", taint=taint))
        return _by_time(item, taint)

    async def there(self, place: str, text: str, *, leaving: bool = False, taint: Taint = CLEAN) -> Reminder:
        """Waits for the next crossing that is seen."""
        found = await self._places.named(place)
        words = clean(text).strip()[:TEXT]

        def work(connection: Connection) -> Row[Any]:
            waiting = select(func.count()).where(self._mine(), reminders.c.status == "waiting")
            if connection.execute(waiting).scalar_one() >= MOST:
                raise SkillError(f"{MOST} wait", phrase="reminder-full", limit=MOST)
            return self._add(connection, new_id("r-"), words, found.id, leaving=leaving, taint=taint)

        return _by_place(await self._store.write(work), found)

    async def waiting(self) -> list[Reminder]:
        """Those whose place was removed wait for it to come back, unseen."""
        query = select(reminders).where(self._mine()).order_by(reminders.c.created)
        rows = await self._store.read(lambda connection: connection.execute(query).all())
        taints = {row.id: sources_of(row.taint) for row in rows if not row.place}
        items = await self._schedule.items("reminder")
        places = {place.id: place for place in await self._places.all()}
        return [_by_time(item, taints.get(item.id, CLEAN)) for item in items] + [
            _by_place(row, places[row.place])
            for row in rows
            if row.status == "waiting" and row.place in places
        ]

    async def cancel(self, id: str) -> Reminder:
        """`restore` takes it back."""
        if _is_by_time(id):
            return _by_time(await self._schedule.cancel(id), CLEAN)
        return await self._change(id, "waiting", "cancelled")

    async def restore(self, id: str) -> Reminder:
        """One that waits stays as it is."""
        if _is_by_time(id):
            return _by_time(await self._schedule.restore(id), CLEAN)
        return await self._change(id, "cancelled", "waiting")

    async def crossed(self, place: Place, *, leaving: bool) -> list[Reminder]:
        """What is to be said now; it waits until `done`."""
        here = and_(self._mine(), reminders.c.place == place.id, reminders.c.status == "waiting")
        query = select(reminders).where(here, reminders.c.leaving.is_(leaving)).order_by(reminders.c.created)
        rows = await self._store.read(lambda connection: connection.execute(query).all())
        return [_by_place(row, place) for row in rows]

    async def done(self, ids: Sequence[str]) -> None:
        """They were said."""
        change = update(reminders).where(self._mine(), reminders.c.id.in_(ids))
        change = change.values(status="done", changed=self._now())
        await self._store.write(lambda connection: connection.execute(change))

    async def _change(self, id: str, before: str, status: str) -> Reminder:
        mine = and_(self._mine(), reminders.c.id == id, reminders.c.status.in_((before, status)))
        change = update(reminders).where(mine).values(status=status, changed=self._now())

        def work(connection: Connection) -> Row[Any]:
            row = connection.execute(change.returning(reminders)).first()
            if row is None:
                raise NotFound(f"no reminder {id}")
            return row

        row = await self._store.write(work)
        places = {place.id: place for place in await self._places.all()}
        return _by_place(row, places.get(row.place))

    def _add(
        self,
        connection: Connection,
        id: str,
        text: str,
        place: str = "",
        *,
        leaving: bool = False,
        taint: Taint = CLEAN,
    ) -> Row[Any]:
        values = {
            "id": id,
            "wearer": self._wearer,
            "text": text,
            "place": place,
            "leaving": leaving,
            "status": "waiting",
            "taint": sources_written(taint),
            "created": self._now(),
            "changed": self._now(),
        }
        return connection.execute(reminders.insert().values(values).returning(reminders)).one()

    def _mine(self) -> ColumnElement[bool]:
        return reminders.c.wearer == self._wearer

    def _now(self) -> float:
        return self._store.clock.now().timestamp()


def _is_by_time(id: str) -> bool:
    return not id.startswith("r-")


def _by_time(item: Item, taint: Taint) -> Reminder:
    return Reminder(id=item.id, text=item.label, due=item.due, rule=item.rule, taint=taint)


def _by_place(row: Row[Any], place: Place | None) -> Reminder:
    return Reminder(
        id=row.id, text=row.text, place=place, leaving=bool(row.leaving), taint=sources_of(row.taint)
    )
