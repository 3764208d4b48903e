"""The inbox: what the hub wants to say on its own, kept until a device is on."""

from typing import Any

from sqlalchemy import Connection, Row, and_, or_, select, update

from lorgnette.core.errors import StoreError
from lorgnette.core.speech import Message
from lorgnette.store.store import Store
from lorgnette.store.tables import inbox
from lorgnette.store.upsert import insert_new
from lorgnette.store.words import clean

KNOWN = 10_000
"""Wearers of whom it is remembered that nothing waits; only where no other process has the store."""

BOUND = 200
"""Waiting messages a wearer; beyond that the oldest one that isn't urgent gives way."""


class Inbox:
    """Durable and per wearer. A delivered message never waits again, whatever happens to the hub."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._puts = 0
        self._empty: set[str] = set()
        """Wearers for whom nothing waits: asked after every turn, so the answer is kept."""
        store.on_forgotten(self._empty.discard)

    async def put(self, message: Message) -> None:
        """Keep it. The same id again changes nothing, so that a retry can't say a thing twice."""
        now = self._now()
        values = {key: getattr(message, key) for key in _COLUMNS} | {
            "text": clean(message.text),
            "created": now,
        }

        def work(connection: Connection) -> None:
            insert = insert_new(connection, inbox).values(values).on_conflict_do_nothing()
            connection.execute(insert)
            owner = connection.execute(select(inbox.c.wearer).where(inbox.c.id == message.id)).scalar()
            if owner != message.wearer:
                raise StoreError(f"the message {message.id} belongs to another wearer")
            self._bound(connection, message.wearer, now)

        self._puts += 1
        self._empty.discard(message.wearer)
        await self._store.write(work)
        self._puts += 1
        self._empty.discard(message.wearer)

    async def waiting(self, wearer: str) -> list[Message]:
        """Undelivered and not expired, oldest first."""
        if wearer in self._empty:
            return []
        puts = self._puts
        query = select(inbox).where(_waits(wearer, self._now())).order_by(inbox.c.created, inbox.c.id)
        rows = await self._store.read(lambda connection: connection.execute(query).all())
        if not rows and self._store.exclusive and puts == self._puts and len(self._empty) < KNOWN:
            self._empty.add(wearer)
        return [_message(row) for row in rows]

    async def delivered(self, id: str) -> None:
        """It was said. A second call keeps the first time."""
        change = update(inbox).where(inbox.c.id == id, inbox.c.delivered.is_(None))
        change = change.values(delivered=self._now())
        await self._store.write(lambda connection: connection.execute(change))

    async def withdraw(self, wearer: str, begins: str) -> None:
        """What waits under an id that begins so is not to be said any more."""
        change = update(inbox).where(
            inbox.c.wearer == wearer,
            inbox.c.id.startswith(begins, autoescape=True),
            inbox.c.delivered.is_(None),
        )
        change = change.values(delivered=self._now())
        await self._store.write(lambda connection: connection.execute(change))

    def _now(self) -> float:
        return self._store.clock.now().timestamp()

    @staticmethod
    def _bound(connection: Connection, wearer: str, now: float) -> None:
        order = (inbox.c.urgent.desc(), inbox.c.created.desc(), inbox.c.id)
        over = select(inbox.c.id).where(_waits(wearer, now)).order_by(*order).offset(BOUND).limit(BOUND)
        ids = connection.execute(over).scalars().all()
        if ids:
            connection.execute(inbox.delete().where(inbox.c.wearer == wearer, inbox.c.id.in_(ids)))


def _waits(wearer: str, now: float) -> Any:
    return and_(
        inbox.c.wearer == wearer,
        inbox.c.delivered.is_(None),
        or_(inbox.c.expires == 0, inbox.c.expires > now),
    )


_COLUMNS = ("id", "wearer", "text", "language", "kind", "expires", "urgent")


def _message(row: Row[Any]) -> Message:
    return Message(**{key: getattr(row, key) for key in _COLUMNS})
