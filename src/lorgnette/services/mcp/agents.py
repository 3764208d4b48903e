"""Outside agents: their tokens, what each may ask for, and how often. A token is hashed at rest."""

import hashlib
import secrets
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from typing import Final, Literal, get_args

import msgspec
from sqlalchemy import Connection, RowMapping, delete, select, update

from lorgnette.core.errors import Busy, Denied, LorgnetteError, NotFound
from lorgnette.core.ids import new_id
from lorgnette.services.mcp.pinned import shown
from lorgnette.services.mcp.section import McpSection
from lorgnette.services.mcp.tables import agents
from lorgnette.store import Store

Scope = Literal["see", "show", "say", "ask", "listen"]
SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)
SENSES: Final = frozenset({"see", "listen"})
"""What takes something of the wearer's: they say yes before the first time."""
PREFIX: Final = "lga_"
LONGEST_NAME: Final = 40
MOST: Final = 32
"""Tokens of one wearer."""
DAY: Final = 86_400.0


class Agent(msgspec.Struct, frozen=True, kw_only=True):
    """A program elsewhere. `allowed`: the senses that its wearer said yes to; `expires`: 0 = never."""

    id: str
    wearer: str
    name: str
    scopes: tuple[Scope, ...]
    allowed: tuple[Scope, ...] = ()
    created: float = 0.0
    expires: float = 0.0
    used: float = 0.0


class Agents:
    """Tokens of every wearer."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def new(
        self, wearer: str, name: str, scopes: Sequence[Scope], days: float = 0.0
    ) -> tuple[Agent, str]:
        """The agent and its token, which is never seen again."""
        name = shown(name, LONGEST_NAME)
        chosen = tuple(scope for scope in SCOPES if scope in scopes)
        if not name or not chosen:
            raise LorgnetteError(f"an agent has a name and at least one of {', '.join(SCOPES)}")
        token = PREFIX + secrets.token_urlsafe(32)
        now = self._store.clock.now().timestamp()
        one = Agent(
            id=new_id("ma-"),
            wearer=wearer,
            name=name,
            scopes=chosen,
            created=now,
            expires=now + days * DAY if days else 0.0,
        )
        row = msgspec.to_builtins(one) | {
            "scopes": ",".join(chosen),
            "allowed": "",
            "hash": hashlib.sha256(token.encode()).hexdigest(),
        }

        def work(connection: Connection) -> None:
            ids = connection.execute(select(agents.c.id).where(agents.c.wearer == wearer)).all()
            if len(ids) >= MOST:
                raise LorgnetteError(f"there are {MOST} agents' tokens already")
            connection.execute(agents.insert().values(row))

        await self._store.write(work)
        return one, token

    async def of(self, wearer: str) -> list[Agent]:
        """Newest first."""
        query = select(agents).where(agents.c.wearer == wearer).order_by(agents.c.created.desc(), agents.c.id)
        rows = await self._store.read(lambda connection: connection.execute(query).mappings().all())
        return [_agent(row) for row in rows]

    async def verify(self, token: str) -> Agent | None:
        """Whose token this is; None if it is nobody's, revoked or too old."""
        if not token.startswith(PREFIX) or len(token) > 128:
            return None
        digest = hashlib.sha256(token.encode()).hexdigest()
        query = select(agents).where(agents.c.hash == digest)
        row = await self._store.read(lambda connection: connection.execute(query).mappings().first())
        now = self._store.clock.now().timestamp()
        if row is None or (row["expires"] and row["expires"] <= now):
            return None
        if now - row["used"] > 60:
            seen = update(agents).where(agents.c.hash == digest).values(used=now)
            self._store.post(lambda connection: connection.execute(seen))
        return _agent(row)

    async def allow(self, wearer: str, id: str, senses: Sequence[Scope]) -> Agent:
        """The wearer said yes to these senses, and to no others. Only those that the token has."""
        one = await self._one(wearer, id)
        allowed = [scope for scope in SCOPES if scope in senses and scope in SENSES and scope in one.scopes]
        change = update(agents).where(agents.c.wearer == wearer, agents.c.id == id)
        told = change.values(allowed=",".join(allowed))
        await self._store.write(lambda connection: connection.execute(told))
        return await self._one(wearer, id)

    async def revoke(self, wearer: str, id: str) -> Agent:
        """By id or name; it is nobody's from now on."""
        one = await self._one(wearer, id)
        gone = delete(agents).where(agents.c.wearer == wearer, agents.c.id == one.id)
        await self._store.write(lambda connection: connection.execute(gone))
        return one

    async def prune(self) -> None:
        """Delete those that ended a month ago."""
        before = self._store.clock.now().timestamp() - 30 * DAY
        old = delete(agents).where(agents.c.expires > 0, agents.c.expires < before)
        await self._store.write(lambda connection: connection.execute(old))

    async def _one(self, wearer: str, id: str) -> Agent:
        for one in await self.of(wearer):
            if id in (one.id, one.name):
                return one
        raise NotFound("there is no such agent")


class Pace:
    """How often an agent may call: `calls` a minute, of which `looks` take something of the wearer's."""

    def __init__(self, settings: McpSection, steady: Callable[[], float]) -> None:
        self._settings = settings
        self._steady = steady
        self._made: OrderedDict[tuple[str, bool], deque[float]] = OrderedDict()

    def take(self, agent: str, scope: Scope) -> None:
        """`Busy` where it is too often."""
        settings = self._settings
        self._count((agent, False), settings.calls_a_minute)
        if scope in SENSES or scope == "ask":
            self._count((agent, True), settings.looks_a_minute)

    def _count(self, key: tuple[str, bool], most: int) -> None:
        made = self._made.setdefault(key, deque())
        self._made.move_to_end(key)
        while len(self._made) > 2_000:
            self._made.popitem(last=False)
        now = self._steady()
        while made and made[0] < now - 60.0:
            made.popleft()
        if len(made) >= most:
            raise Busy(f"too often: {most} times a minute are allowed")
        made.append(now)


def required(agent: Agent, scope: Scope) -> None:
    """`Denied` where its token hasn't that scope."""
    if scope not in agent.scopes:
        raise Denied(f"this token may {', '.join(agent.scopes)}, not {scope}")


def _agent(row: RowMapping) -> Agent:
    return Agent(
        id=row["id"],
        wearer=row["wearer"],
        name=row["name"],
        scopes=_scopes(row["scopes"]),
        allowed=_scopes(row["allowed"]),
        created=row["created"],
        expires=row["expires"],
        used=row["used"],
    )


def _scopes(said: str) -> tuple[Scope, ...]:
    return tuple(scope for scope in SCOPES if scope in said.split(","))
