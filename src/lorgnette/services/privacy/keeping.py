"""How long a wearer wants things kept: as the hub does, or shorter."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from lorgnette.core.errors import Denied, NotFound
from lorgnette.services.privacy.tables import keeping
from lorgnette.store import Store, insert_new


class Keeping:
    """`limits`: days by holding, as the hub keeps them; nobody keeps longer, everybody may keep shorter."""

    def __init__(self, store: Store, limits: Mapping[str, float]) -> None:
        self.limits = dict(limits)
        self._store = store

    async def of(self, wearer: str) -> dict[str, float]:
        """What this wearer chose, in days."""
        return (await self._rows(keeping.c.wearer == wearer)).get(wearer, {})

    async def all(self) -> dict[str, dict[str, float]]:
        """Everybody's choices, for the one who sweeps."""
        return await self._rows(keeping.c.wearer != "")

    async def choose(self, wearer: str, what: str, days: float | None) -> None:
        """None: as the hub does. `Denied` beyond the hub's own limit."""
        if what not in self.limits:
            raise NotFound(f"nothing called {what!r} goes by itself; there are: {', '.join(self.limits)}")
        if days is not None and not 0 <= days <= self.limits[what]:
            raise Denied(
                f"{what} are kept {self.limits[what]:g} days here; you can choose shorter, not longer"
            )
        since = self._store.clock.now().timestamp()

        def work(connection: Connection) -> None:
            mine = (keeping.c.wearer == wearer) & (keeping.c.what == what)
            connection.execute(keeping.delete().where(mine))
            if days is not None:
                values = {"wearer": wearer, "what": what, "days": days, "since": since}
                connection.execute(insert_new(connection, keeping).values(values).on_conflict_do_nothing())

        await self._store.write(work)

    async def _rows(self, condition: Any) -> dict[str, dict[str, float]]:
        query = select(keeping).where(condition)
        rows = await self._store.read(lambda connection: connection.execute(query).all())
        found: dict[str, dict[str, float]] = {}
        for row in rows:
            if row.what in self.limits and row.days < self.limits[row.what]:
                found.setdefault(row.wearer, {})[row.what] = float(row.days)
        return found
