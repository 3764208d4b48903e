"""Which outside servers there are, whose they are, and which of their tools were approved, in the store."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, RowMapping, delete, or_, select, update

from lorgnette.core.errors import LorgnetteError, NotFound
from lorgnette.core.ids import new_id
from lorgnette.sdk.skill import Effect
from lorgnette.services.mcp.pinned import Definition
from lorgnette.services.mcp.place import Place
from lorgnette.services.mcp.tables import logins, servers, tools
from lorgnette.store import Store
from lorgnette.store.upsert import insert_new

MOST_SERVERS: Final = 64
LONGEST_WORDS: Final = 300


class Server(msgspec.Struct, frozen=True, kw_only=True):
    """One server. `everyone`: the whole household uses it; `working`: not switched off."""

    id: str
    wearer: str
    name: str
    place: Place
    everyone: bool = True
    working: bool = True
    created: float = 0.0


class Pinned(msgspec.Struct, frozen=True, kw_only=True):
    """One approved tool. `changed`: what the server says now, where that is something else: it is off.

    `words`: the approver's own, for the model; `theirs`: the server's description is shown to it, and then
    its words are in every context.
    """

    server: str
    definition: Definition
    digest: str
    effect: Effect
    changed: Definition | None = None
    words: str = ""
    theirs: bool = False
    working: bool = True
    approved: float = 0.0
    used: float = 0.0

    @property
    def usable(self) -> bool:
        return self.working and self.changed is None


class Catalog:
    """Rows of servers and tools. A wearer sees their own servers and those of everyone."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def servers(self, wearer: str) -> list[Server]:
        """What this wearer may use, by name."""
        query = select(servers).where(_seen(wearer)).order_by(servers.c.name)
        rows = await self._store.read(lambda connection: connection.execute(query).mappings().all())
        return [_server(row) for row in rows]

    async def server(self, wearer: str, name: str) -> Server:
        """By name or id. `NotFound`."""
        named = or_(servers.c.name == name, servers.c.id == name)
        query = select(servers).where(_seen(wearer), named)
        row = await self._store.read(lambda connection: connection.execute(query).mappings().first())
        if row is None:
            raise NotFound(f"there is no outside server {name[:40]!r} here")
        return _server(row)

    async def every(self) -> list[Server]:
        """Of everybody, for the hub itself."""
        query = select(servers).order_by(servers.c.name)
        rows = await self._store.read(lambda connection: connection.execute(query).mappings().all())
        return [_server(row) for row in rows]

    async def add(self, wearer: str, name: str, place: Place, *, everyone: bool) -> Server:
        """A new one. An error where the name is taken, or there are too many."""
        now = self._store.clock.now().timestamp()
        one = Server(id=new_id("ms-"), wearer=wearer, name=name, place=place, everyone=everyone, created=now)

        def work(connection: Connection) -> None:
            names = set(connection.execute(select(servers.c.name)).scalars())
            if name in names:
                raise LorgnetteError(f"there is a server {name!r} already")
            if len(names) >= MOST_SERVERS:
                raise LorgnetteError(f"there are {MOST_SERVERS} servers already")
            row = msgspec.to_builtins(one) | {"place": msgspec.json.encode(place).decode()}
            connection.execute(servers.insert().values(row))

        await self._store.write(work)
        return one

    async def switch(self, server: Server, *, working: bool) -> None:
        """A server on or off."""
        change = update(servers).where(servers.c.id == server.id).values(working=working)
        await self._store.write(lambda connection: connection.execute(change))

    async def remove(self, server: Server) -> None:
        """With its tools and its login."""

        def work(connection: Connection) -> None:
            connection.execute(delete(tools).where(tools.c.server == server.id))
            connection.execute(delete(logins).where(logins.c.server == server.id))
            connection.execute(delete(servers).where(servers.c.id == server.id))

        await self._store.write(work)

    # ── tools ──────────────────────────────────────────────────────────────────────────────────────────

    async def tools(self, server: Server) -> list[Pinned]:
        """The approved ones, by name."""
        query = select(tools).where(tools.c.server == server.id).order_by(tools.c.name)
        rows = await self._store.read(lambda connection: connection.execute(query).mappings().all())
        return [_pinned(row) for row in rows]

    async def approve(
        self, server: Server, one: Definition, effect: Effect, words: str = "", *, theirs: bool = False
    ) -> None:
        """From now on it is what it is now."""
        row: dict[str, Any] = {
            "server": server.id,
            "name": one.name,
            "wearer": server.wearer,
            "definition": msgspec.json.encode(one).decode(),
            "digest": one.digest,
            "changed": "",
            "effect": effect,
            "words": words[:LONGEST_WORDS],
            "theirs": theirs,
            "working": True,
            "approved": self._store.clock.now().timestamp(),
            "used": 0.0,
        }

        def work(connection: Connection) -> None:
            insert = insert_new(connection, tools).values(row)
            kept = {key: value for key, value in row.items() if key != "used"}
            connection.execute(
                insert.on_conflict_do_update(index_elements=[tools.c.server, tools.c.name], set_=kept)
            )

        await self._store.write(work)

    async def changed(self, server: Server, name: str, now: Definition | None) -> None:
        """What the server says of an approved tool isn't what was approved; None: it is again."""
        said = "" if now is None else msgspec.json.encode(now).decode()
        await self._change(server, name, changed=said)

    async def switch_tool(self, server: Server, name: str, *, working: bool) -> None:
        await self._change(server, name, working=working)

    async def drop(self, server: Server, name: str) -> None:
        """It is no longer approved."""
        gone = delete(tools).where(tools.c.server == server.id, tools.c.name == name)
        await self._store.write(lambda connection: connection.execute(gone))

    def used(self, server: Server, name: str) -> None:
        """Now; written when there is time."""
        change = update(tools).where(tools.c.server == server.id, tools.c.name == name)
        moment = change.values(used=self._store.clock.now().timestamp())
        self._store.post(lambda connection: connection.execute(moment))

    async def _change(self, server: Server, name: str, **values: Any) -> None:
        change = update(tools).where(tools.c.server == server.id, tools.c.name == name).values(**values)
        if not await self._store.write(lambda connection: connection.execute(change).rowcount):
            raise NotFound(f"{server.name} has no approved tool {name[:40]!r}")


def _seen(wearer: str) -> ColumnElement[bool]:
    return or_(servers.c.wearer == wearer, servers.c.everyone)


def _server(row: RowMapping) -> Server:
    place = msgspec.json.decode(row["place"], type=Place)
    return Server(**{**row, "place": place})


def _pinned(row: RowMapping) -> Pinned:
    return Pinned(
        server=row["server"],
        definition=msgspec.json.decode(row["definition"], type=Definition),
        digest=row["digest"],
        effect=row["effect"],
        changed=msgspec.json.decode(row["changed"], type=Definition) if row["changed"] else None,
        words=row["words"],
        theirs=row["theirs"],
        working=row["working"],
        approved=row["approved"],
        used=row["used"],
    )


def usable(found: Sequence[Pinned]) -> list[Pinned]:
    """Those that may be offered."""
    return [one for one in found if one.usable]
