"""The wearers: who they are and how they like it."""

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, delete, func, select, update

from lorgnette.core.errors import Denied, NotFound
from lorgnette.core.ids import new_id
from lorgnette.core.people import SHARED, Role, Wearer
from lorgnette.core.quiet import QuietHours
from lorgnette.store.store import Store
from lorgnette.store.tables import devices, wearers

HUB = ""
"""Whose rows are that are on nobody's behalf."""

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
        """A new wearer. Whoever lives in this household has a name of their own (`Denied`)."""
        wearer = Wearer(id=new_id("w-"), name=name, role=role, language=language, zone=zone)

        def work(connection: Connection) -> Wearer:
            _alone(connection, name)
            return self._insert(connection, wearer)

        return await self._store.write(work)

    async def add_temporary(self, name: str) -> Wearer:
        """A guest until `forget_temporary`."""
        wearer = Wearer(id=new_id(TEMPORARY), name=name, role="guest")
        return await self._store.write(lambda connection: self._insert(connection, wearer))

    async def add_nobody(self, name: str, like: Wearer) -> Wearer:
        """Who a shared device is while no one has taken it: a guest with the language and zone of `like`."""
        nobody = Wearer(id=new_id(SHARED), name=name, role="guest", language=like.language, zone=like.zone)
        return await self._store.write(lambda connection: self._insert(connection, nobody))

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

    async def household(self) -> list[Wearer]:
        """Everybody who is a person: neither nobody at a shared device nor part of a simulation."""
        return [one for one in await self.all() if not one.id.startswith((SHARED, TEMPORARY))]

    async def named(self, name: str) -> Wearer:
        """The person with this id or name, whose case doesn't matter. `NotFound` tells the names."""
        people = await self.household()
        for one in people:
            if name == one.id or name.casefold() == one.name.casefold():
                return one
        names = ", ".join(one.name or one.id for one in people)
        raise NotFound(f"there is no {name!r} here; there are: {names}")

    async def update(self, wearer: Wearer) -> None:
        """Write all settings of this wearer. The last owner stays one (`Denied`)."""
        await self.change(wearer.id, **{key: getattr(wearer, key) for key in _SETTINGS})

    async def change(self, id: str, **values: Any) -> Wearer:
        """Write these settings alone; gives all of them. The last owner stays one (`Denied`)."""

        def work(connection: Connection) -> Wearer:
            if values.get("role", "owner") != "owner":
                _keep_an_owner(connection, id)
            if values.get("name"):
                _alone(connection, values["name"], but=id)
            change = update(wearers).where(wearers.c.wearer == id)
            row = connection.execute(change.values(_columns(values)).returning(wearers)).first()
            if row is None:
                raise NotFound(f"no wearer {id}")
            return _wearer(row)

        if not values:
            return await self.wearer(id)
        if unknown := values.keys() - set(_SETTINGS):
            raise ValueError(f"no setting of a wearer: {', '.join(sorted(unknown))}")
        return await self._store.write(work)

    async def pin_hash(self, id: str) -> str:
        """The PIN as it is kept; empty for none."""
        query = select(wearers.c.pin).where(wearers.c.wearer == id)
        return await self._store.read(lambda connection: connection.execute(query).scalar()) or ""

    async def set_pin_hash(self, id: str, kept: str) -> Wearer:
        """Keep another PIN; empty for none."""

        def work(connection: Connection) -> Wearer:
            change = update(wearers).where(wearers.c.wearer == id).values(pin=kept).returning(wearers)
            row = connection.execute(change).first()
            if row is None:
                raise NotFound(f"no wearer {id}")
            return _wearer(row)

        return await self._store.write(work)

    async def forget(self, id: str) -> None:
        """Really delete a wearer with every row of every domain and every blob. Not the last owner."""

        def work(connection: Connection) -> None:
            _keep_an_owner(connection, id)
            self._store.owe_scrub()
            for domain in self._store.domains:
                for table in reversed(domain.metadata.sorted_tables):
                    connection.execute(delete(table).where(table.c.wearer == id))

        await self._store.settle()  # what is still on its way would come after
        await self._store.write(work, durable=True)
        await self._store.blobs.forget(id)
        self._store.forgotten(id)
        await self._store.scrub(anew=True)

    async def guests_since(self, before: float) -> list[str]:
        """Guests who were here first before then (epoch seconds), and with no device after it."""
        seen = select(func.max(devices.c.last_seen)).where(devices.c.wearer == wearers.c.wearer)
        query = select(wearers.c.wearer).where(
            wearers.c.role == "guest",
            wearers.c.created < before,
            func.coalesce(seen.scalar_subquery(), 0.0) < before,
        )
        ids = await self._store.read(lambda connection: connection.execute(query).scalars().all())
        return [id for id in ids if not id.startswith((SHARED, TEMPORARY))]

    async def sweep(self) -> int:
        """Delete rows and files of nobody who is here: a write may have been under way as somebody left.

        What names no wearer at all is the hub's own, and stays.
        """

        def work(connection: Connection) -> tuple[int, list[str]]:
            here = select(wearers.c.wearer)
            tables = [
                one for domain in self._store.domains for one in reversed(domain.metadata.sorted_tables)
            ]
            gone = sum(
                connection.execute(
                    delete(table).where(table.c.wearer.not_in(here), table.c.wearer != HUB)
                ).rowcount
                for table in tables
                if table is not wearers
            )
            return gone, list(connection.execute(here).scalars())

        gone, here = await self._store.write(work)
        await self._store.blobs.keep_only(here)
        return gone

    def _insert(self, connection: Connection, wearer: Wearer) -> Wearer:
        values = _columns({key: getattr(wearer, key) for key in _SETTINGS})
        created = self._store.clock.now().timestamp()
        connection.execute(wearers.insert().values(wearer=wearer.id, created=created, **values))
        return wearer


_SETTINGS = tuple(name for name in Wearer.__struct_fields__ if name not in ("id", "pin"))


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """Settings as the table has them."""
    columns = dict(values)
    if "quiet" in columns:
        quiet = columns["quiet"]
        columns["quiet"] = "" if quiet is None else msgspec.json.encode(quiet).decode()
    return columns


def _wearer(row: Row[Any]) -> Wearer:
    values = {key: getattr(row, key) for key in _SETTINGS}
    for key in ("volume", "rate", "pause", "text_size"):  # SQLite gives whole numbers back as int
        values[key] = float(values[key])
    values["quiet"] = _quiet(row.quiet)
    return Wearer(id=row.wearer, pin=bool(row.pin), **values)


def _quiet(text: str) -> QuietHours | None:
    try:
        return msgspec.json.decode(text, type=QuietHours) if text else None
    except msgspec.DecodeError:
        return None  # rather none than a wearer who can't come in


def _keep_an_owner(connection: Connection, id: str) -> None:
    query = select(wearers.c.wearer).where(wearers.c.role == "owner")
    if connection.execute(query).scalars().all() == [id]:
        raise Denied("the hub's last owner can't go or change role; make another wearer the owner first")


def _alone(connection: Connection, name: str, but: str = "") -> None:
    """Names are how people are told apart where somebody speaks or types."""
    query = select(wearers.c.name).where(
        wearers.c.wearer != but, *(wearers.c.wearer.not_like(f"{other}%") for other in (SHARED, TEMPORARY))
    )
    if any(name.casefold() == other.casefold() for other in connection.execute(query).scalars()):
        raise Denied(f"there is somebody named {name} already")
