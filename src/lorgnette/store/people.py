"""The wearers: who they are and how they like it."""

from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from lorgnette.core.errors import Denied, NotFound
from lorgnette.core.ids import new_id
from lorgnette.core.people import Role, Wearer
from lorgnette.store.store import Store
from lorgnette.store.tables import wearers

TEMPORARY = "w-temporary-"
"""What the ids of wearers begin with who are forgotten as soon as a simulation is over."""


class People:
    """Wearers by id. The first start makes an owner; a hub always has one."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def owner(self, *, name: str = "", language: str = "en", zone: str = "UTC") -> Wearer:
        """The first owner; made with these settings if there is none yet."""

        def work(connection: Connection) -> Wearer:
            query = (
                select(wearers).where(wearers.c.role == "owner").order_by(wearers.c.created, wearers.c.wearer)
            )
            row = connection.execute(query.limit(1)).first()
            if row is not None:
                return _wearer(row)
            return self._insert(
                connection,
                Wearer(id=new_id("w-"), name=name, role="owner", language=language, zone=zone),
            )

        return await self._store.write(work)

    async def add(
        self, name: str, role: Role = "wearer", *, language: str = "en", zone: str = "UTC"
    ) -> Wearer:
        """A new wearer."""
        wearer = Wearer(id=new_id("w-"), name=name, role=role, language=language, zone=zone)
        return await self._store.write(lambda connection: self._insert(connection, wearer))

    async def add_temporary(self, name: str) -> Wearer:
        """A guest until `forget_temporary`."""
        wearer = Wearer(id=new_id(TEMPORARY), name=name, role="guest")
        return await self._store.write(lambda connection: self._insert(connection, wearer))

    async def forget_temporary(self) -> list[str]:
        """Delete every temporary wearer with every row and blob; gives their ids."""

        def work(connection: Connection) -> list[str]:
            query = select(wearers.c.wearer).where(wearers.c.wearer.startswith(TEMPORARY))
            ids = list(connection.execute(query).scalars())
            for domain in self._store.domains if ids else ():
                for table in reversed(domain.metadata.sorted_tables):
                    connection.execute(delete(table).where(table.c.wearer.startswith(TEMPORARY)))
            return ids

        ids = await self._store.write(work)
        for id in ids:
            await self._store.blobs.forget(id)
            self._store.forgotten(id)
        return ids

    async def wearer(self, id: str) -> Wearer:
        """`NotFound` for an unknown id."""
        row = await self._store.read(
            lambda connection: connection.execute(select(wearers).where(wearers.c.wearer == id)).first()
        )
        if row is None:
            raise NotFound(f"no wearer {id}")
        return _wearer(row)

    async def all(self) -> list[Wearer]:
        """Everybody, oldest first; for the owner's eyes."""
        query = select(wearers).order_by(wearers.c.created, wearers.c.wearer)
        rows = await self._store.read(lambda connection: connection.execute(query).all())
        return [_wearer(row) for row in rows]

    async def update(self, wearer: Wearer) -> None:
        """Write all settings of this wearer. The last owner stays one (`Denied`)."""

        def work(connection: Connection) -> None:
            if wearer.role != "owner":
                _keep_an_owner(connection, wearer.id)
            values = {key: getattr(wearer, key) for key in _SETTINGS}
            done = connection.execute(update(wearers).where(wearers.c.wearer == wearer.id).values(values))
            if not done.rowcount:
                raise NotFound(f"no wearer {wearer.id}")

        await self._store.write(work)

    async def forget(self, id: str) -> None:
        """Really delete a wearer with every row of every domain and every blob. Not the last owner."""

        def work(connection: Connection) -> None:
            _keep_an_owner(connection, id)
            for domain in self._store.domains:
                for table in reversed(domain.metadata.sorted_tables):
                    connection.execute(delete(table).where(table.c.wearer == id))

        await self._store.write(work, durable=True)
        await self._store.blobs.forget(id)
        self._store.forgotten(id)

    def _insert(self, connection: Connection, wearer: Wearer) -> Wearer:
        values: dict[str, Any] = {key: getattr(wearer, key) for key in _SETTINGS}
        created = self._store.clock.now().timestamp()
        connection.execute(wearers.insert().values(wearer=wearer.id, created=created, **values))
        return wearer


_SETTINGS = ("name", "role", "language", "zone", "volume", "rate")


def _wearer(row: Row[Any]) -> Wearer:
    return Wearer(id=row.wearer, **{key: getattr(row, key) for key in _SETTINGS})


def _keep_an_owner(connection: Connection, id: str) -> None:
    query = select(wearers.c.wearer).where(wearers.c.role == "owner")
    if connection.execute(query).scalars().all() == [id]:
        raise Denied("the hub's last owner can't go or change role; make another wearer the owner first")
