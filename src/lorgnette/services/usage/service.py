"""Counts what each wearer's thoughts use, and knows when a month's money is gone."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, delete, func, select, update

from lorgnette.core.errors import LorgnetteError
from lorgnette.engines.protocols import Usage
from lorgnette.services.usage.section import MILLIONTHS, UsageSection
from lorgnette.services.usage.tables import used
from lorgnette.store import Store, insert_new

EVERY_S: Final = 1.0
"""Seconds for which uses gather before they are written together."""
PENDING: Final = 10_000
"""Wearers, days and models that may wait to be written."""

type _Key = tuple[str, float, str]


class LimitReached(LorgnetteError):
    """A wearer's money for this month is used up."""

    phrase = "error-model-limit"


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """What one wearer used of one model in a day (UTC). `cost`: in the currency that prices are in."""

    day: str
    model: str
    requests: int
    input: int
    output: int
    cached: int
    cost: float


class UsageService:
    """`note` is called on the loop at the end of each model call, and costs a sum."""

    def __init__(self, store: Store, section: UsageSection | None = None) -> None:
        self.section = section or UsageSection()
        self._store = store
        self._pending: dict[_Key, tuple[int, Usage]] = {}
        self._timer: asyncio.TimerHandle | None = None
        store.on_closing(self._post)

    def note(self, wearer: str, usage: Usage, model: str) -> None:
        """One model call is over; `usage` has its cost. `wearer` empty: the hub's own."""
        key = (wearer, _day(self._store.clock.now()), model[:200])
        if key not in self._pending and len(self._pending) >= PENDING:
            return
        count, so_far = self._pending.get(key, (0, Usage()))
        self._pending[key] = (count + 1, so_far + usage)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(EVERY_S, self._post)

    async def allow(self, wearer: str) -> None:
        """Raises `LimitReached` where the month's money is gone; the hub's own has no limit."""
        limit = self.section.limit
        if limit and wearer and await self.spent(wearer) >= limit * MILLIONTHS:
            raise LimitReached(f"{wearer} has used {limit:g} {self.section.currency} this month")

    async def spent(self, wearer: str) -> int:
        """Millionths of the currency in this month (UTC)."""
        first = self._store.clock.now().astimezone(UTC).replace(day=1)
        mine = (used.c.wearer == wearer) & (used.c.day >= _day(first))
        query = select(func.sum(used.c.cost)).where(mine)
        self._post()
        await self._store.settle()
        return int(await self._store.read(lambda connection: connection.execute(query).scalar()) or 0)

    async def days(self, wearer: str, since: float = 0.0) -> list[Day]:
        """A wearer's, newest first."""
        self._post()
        await self._store.settle()
        query = select(used).where(used.c.wearer == wearer, used.c.day >= since)
        query = query.order_by(used.c.day.desc(), used.c.model)
        rows = await self._store.read(lambda connection: connection.execute(query).all())
        return [
            Day(
                day=f"{datetime.fromtimestamp(row.day, UTC):%Y-%m-%d}",
                model=row.model,
                requests=int(row.requests),
                input=int(row.input),
                output=int(row.output),
                cached=int(row.cached),
                cost=row.cost / MILLIONTHS,
            )
            for row in rows
        ]

    async def prune(self) -> int:
        """Delete what is too old; how many rows went."""
        before = (self._store.clock.now() - timedelta(days=self.section.days)).timestamp()
        old = delete(used).where(used.c.day < before)
        return await self._store.write(lambda connection: connection.execute(old).rowcount)

    def forget(self, wearer: str) -> None:
        """What waits to be written of a wearer who is forgotten isn't."""
        self._pending = {key: one for key, one in self._pending.items() if key[0] != wearer}

    def _post(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._pending:
            pending, self._pending = self._pending, {}
            self._store.post(lambda connection: _add(connection, pending))


def _day(moment: datetime) -> float:
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0).timestamp()


def _add(connection: Connection, pending: dict[_Key, tuple[int, Usage]]) -> None:
    for (wearer, day, model), (count, usage) in pending.items():
        place: dict[str, Any] = {"wearer": wearer, "day": day, "model": model}
        zero = dict.fromkeys(("requests", "input", "output", "cached", "cost"), 0)
        connection.execute(insert_new(connection, used).values(**place, **zero).on_conflict_do_nothing())
        here = (used.c.wearer == wearer) & (used.c.day == day) & (used.c.model == model)
        connection.execute(
            update(used)
            .where(here)
            .values(
                requests=used.c.requests + count,
                input=used.c.input + usage.input,
                output=used.c.output + usage.output,
                cached=used.c.cached + usage.cached,
                cost=used.c.cost + usage.cost,
            )
        )
