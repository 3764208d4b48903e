"""The schedule in memory, on a clock that is moved by hand."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

import msgspec

from lorgnette.core.clock import ManualClock
from lorgnette.core.errors import NotFound
from lorgnette.sdk import Item


class MemorySchedule:
    """`Schedule` in a dict."""

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock
        self._items: dict[str, Item] = {}
        self._ids = count(1)

    @property
    def _now(self) -> float:
        return self._clock.now().timestamp()

    def _put(self, item: Item, **changes: Any) -> Item:
        item = msgspec.structs.replace(item, **changes)
        self._items[item.id] = item
        return item

    async def start(self, duration: timedelta, label: str = "") -> Item:
        seconds = duration.total_seconds()
        number = next(self._ids)
        return self._put(
            Item(
                id=f"i{number}",
                kind="timer",
                label=label,
                due=self._now + seconds,
                total=seconds,
                created=self._now + number / 1000,
            )
        )

    async def alarm(self, at: datetime, label: str = "", rule: str = "", *, kind: Any = "alarm") -> Item:
        return self._put(
            Item(
                id=f"i{next(self._ids)}",
                kind=kind,
                label=label,
                due=at.timestamp(),
                rule=rule,
                zone=str(at.tzinfo),
                created=self._now,
            )
        )

    async def items(self, kind: Any = None) -> list[Item]:
        live = [
            item
            for item in self._items.values()
            if item.status in {"running", "paused", "ringing"} and kind in {None, item.kind}
        ]
        return sorted(live, key=lambda item: (item.status == "paused", item.due))

    async def get(self, id: str) -> Item:
        if id not in self._items:
            raise NotFound(f"no item {id}")
        return self._items[id]

    async def pause(self, id: str) -> Item:
        item = await self.get(id)
        return self._put(item, status="paused", left=item.due - self._now)

    async def resume(self, id: str) -> Item:
        item = await self.get(id)
        return self._put(item, status="running", due=self._now + item.left, left=0.0)

    async def add(self, id: str, more: timedelta) -> Item:
        item = await self.get(id)
        due = max(self._now + 1, item.due + more.total_seconds())
        return self._put(item, due=due, total=item.total + due - item.due)

    async def cancel(self, id: str) -> Item:
        return self._put(await self.get(id), status="cancelled")

    async def restore(self, id: str) -> Item:
        return self._put(await self.get(id), status="running")

    async def dismiss(self) -> list[Item]:
        return [self._put(item, status="done") for item in await self.items() if item.status == "ringing"]

    async def snooze(self, duration: timedelta) -> list[Item]:
        due = self._now + duration.total_seconds()
        return [
            self._put(item, status="running", due=due)
            for item in await self.items()
            if item.status == "ringing"
        ]

    def ring(self) -> None:
        """What is due rings."""
        for item in list(self._items.values()):
            if item.status == "running" and item.due <= self._now:
                self._put(item, status="ringing")
