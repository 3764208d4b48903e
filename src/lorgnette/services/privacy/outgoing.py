"""The log of what left the machine: when, where to, what kind, how much, for whom; never the content."""

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, case, delete, func, or_, select

from lorgnette.core.outgoing import Parcel
from lorgnette.engines.egress import reach
from lorgnette.services.privacy.tables import outgoing
from lorgnette.store import Store

EVERY_S: Final = 1.0
"""Seconds for which entries gather before they are written together."""

PENDING: Final = 20_000
"""Entries that may wait; more are dropped and counted."""

KEPT: Final = 500_000
"""Entries kept at most, whoever they are of: two months of a busy household with every sentence elsewhere."""

LISTED: Final = 1000
FARTHEST: Final = ("beyond", "network", "machine")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One request. `at`: epoch seconds; `size`: bytes that went out; `own`: the hub's, on nobody's behalf."""

    at: float
    host: str
    reach: str
    what: str
    size: int
    how: str
    own: bool = False


class Total(msgspec.Struct, frozen=True, kw_only=True):
    """All requests of one kind to one host."""

    host: str
    reach: str
    what: str
    count: int
    size: int
    failed: int
    last: float


class OutgoingLog:
    """`note` is called on the loop by whoever sends, and costs an append."""

    def __init__(self, store: Store) -> None:
        self.dropped = 0
        self._store = store
        self._pending: deque[dict[str, Any]] = deque()
        self._timer: asyncio.TimerHandle | None = None
        store.on_closing(self._post)

    def note(self, parcel: Parcel) -> None:
        """One request is over."""
        if len(self._pending) >= PENDING:
            self.dropped += 1
            return
        self._pending.append(
            {
                "wearer": parcel.wearer,
                "at": self._store.clock.now().timestamp(),
                "host": parcel.host[:253],
                "reach": reach(parcel.host),
                "what": parcel.what,
                "size": parcel.size,
                "how": parcel.how,
            }
        )
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(EVERY_S, self._post)

    async def entries(
        self, wearer: str, *, own: bool = False, since: float = 0.0, limit: int = 100
    ) -> list[Entry]:
        """A wearer's, newest first. `own`: with the hub's own, which are the owner's to see."""
        mine = _mine(wearer, own=own, since=since)
        query = select(outgoing).where(mine).order_by(outgoing.c.at.desc(), outgoing.c.id.desc())
        query = query.limit(min(max(limit, 0), LISTED))
        await self._store.settle()
        rows = await self._store.read(lambda connection: connection.execute(query).all())
        return [
            Entry(
                at=float(row.at),
                host=row.host,
                reach=row.reach,
                what=row.what,
                size=row.size,
                how=row.how,
                own=not row.wearer,
            )
            for row in rows
        ]

    async def totals(self, wearer: str, *, own: bool = False, since: float = 0.0) -> list[Total]:
        """By host and kind, the farthest and most first."""
        columns = (outgoing.c.host, outgoing.c.reach, outgoing.c.what)
        bad = case((outgoing.c.how.in_(("refused", "failed")), 1), else_=0)
        query = select(
            *columns,
            func.count().label("requests"),
            func.sum(outgoing.c.size).label("size"),
            func.sum(bad).label("failed"),
            func.max(outgoing.c.at).label("last"),
        )
        query = query.where(_mine(wearer, own=own, since=since)).group_by(*columns)
        await self._store.settle()
        rows = await self._store.read(lambda connection: connection.execute(query).all())
        found = [
            Total(
                host=row.host,
                reach=row.reach,
                what=row.what,
                count=row.requests,
                size=int(row.size),
                failed=int(row.failed),
                last=float(row.last),
            )
            for row in rows
        ]
        return sorted(found, key=lambda one: (FARTHEST.index(one.reach), -one.size, one.host, one.what))

    async def prune(self, before: float) -> int:
        """Delete what is older, and beyond the bound the oldest; how many went."""

        def work(connection: Connection) -> int:
            gone = connection.execute(delete(outgoing).where(outgoing.c.at < before)).rowcount
            newest = select(outgoing.c.id).order_by(outgoing.c.id.desc()).offset(KEPT).limit(1)
            last = connection.execute(newest).scalar()
            if last is not None:
                gone += connection.execute(delete(outgoing).where(outgoing.c.id <= last)).rowcount
            return gone

        return await self._store.write(work)

    def _post(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._pending:
            rows, self._pending = [*self._pending], deque()
            if not self._store.post(lambda connection: _insert(connection, rows)):
                self.dropped += len(rows)


def _insert(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    connection.execute(outgoing.insert(), rows)


def _mine(wearer: str, *, own: bool, since: float) -> ColumnElement[bool]:
    whose = outgoing.c.wearer == wearer
    return and_(or_(whose, outgoing.c.wearer == "") if own else whose, outgoing.c.at >= since)
