"""What outside tools and outside agents were used for, and when: never with which words."""

import asyncio
from collections import deque
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import delete, select

from lorgnette.services.mcp.tables import uses
from lorgnette.store import Store

KEPT_DAYS: Final = 30
PENDING: Final = 2_000
LISTED: Final = 200

Way = Literal["out", "in"]
How = Literal["ok", "refused", "failed", "stopped"]


class Use(msgspec.Struct, frozen=True, kw_only=True):
    """`way`: out, an outside tool was used; in, an outside agent came. `who`: the server or agent."""

    at: float
    way: Way
    who: str
    what: str
    how: How


class Uses:
    """`note` is called on the loop and costs an append; entries are written together."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._pending: deque[dict[str, Any]] = deque(maxlen=PENDING)
        self._timer: asyncio.TimerHandle | None = None
        store.on_closing(self._post)

    def note(self, wearer: str, way: Way, who: str, what: str, how: How) -> None:
        """One use is over."""
        at = self._store.clock.now().timestamp()
        self._pending.append({"wearer": wearer, "at": at, "way": way, "who": who, "what": what, "how": how})
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(1.0, self._post)

    async def of(self, wearer: str, limit: int = 50) -> list[Use]:
        """Newest first."""
        query = select(uses).where(uses.c.wearer == wearer).order_by(uses.c.at.desc(), uses.c.id.desc())
        query = query.limit(min(max(limit, 0), LISTED))
        self._post()
        await self._store.settle()
        rows = await self._store.read(lambda connection: connection.execute(query).mappings().all())
        return [Use(**{name: row[name] for name in Use.__struct_fields__}) for row in rows]

    async def prune(self) -> None:
        """Delete what is older than a month."""
        before = self._store.clock.now().timestamp() - KEPT_DAYS * 86_400
        old = delete(uses).where(uses.c.at < before)
        await self._store.write(lambda connection: connection.execute(old))

    def _post(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._pending:
            rows = [*self._pending]
            self._pending.clear()
            self._store.post(lambda connection: connection.execute(uses.insert(), rows))
