"""The durable schedule: one sleep until the next due moment, every ring told once."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from lorgnette.core.clock import Clock
from lorgnette.core.errors import NotFound
from lorgnette.core.ids import new_id
from lorgnette.sdk import Item
from lorgnette.services.schedule.agenda import Agenda, Appointment
from lorgnette.services.schedule.bound import WearerSchedule
from lorgnette.services.schedule.ledger import JUMP_S, Entry, Ledger, Ring
from lorgnette.store import People, Store

log = logging.getLogger(__name__)

type OnDue = Callable[[str, Item, bool], Awaitable[None]]
"""(wearer, item, missed): it rings now, or it was due while nobody could hear it."""

LOOK_S = 30.0
"""How long a set wall clock may stay unnoticed while something waits."""

TELL_S = 10.0
"""How long one telling may take."""

RETRY_S = 1.0
GROUP = 100
"""Entries that are claimed at once: bounds how long the loop is busy with them."""

KEPT = timedelta(days=7)


class ScheduleService:
    """Timers, alarms and reminders of all wearers. `run` rings; everything else works without it too."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.ledger = Ledger(clock, new_id("run-"), exclusive=store.exclusive)
        self._store = store
        self._clock = clock
        self._people = People(store)
        self._agenda = Agenda()
        self._wake = asyncio.Event()
        self._loaded = False
        self._ringing: set[str] = set()
        self._writing: set[asyncio.Task[list[Entry]]] = set()
        self._due: OnDue | None = None
        self._changed: list[Callable[[str], None]] = []

    def for_wearer(self, wearer: str) -> WearerSchedule:
        """What skills of this wearer get as `sdk.Schedule`."""
        return WearerSchedule(self, wearer)

    def on_due(self, tell: OnDue) -> None:
        """The one who makes it sound; asked once a ring."""
        self._due = tell

    def on_change(self, tell: Callable[[str], None]) -> None:
        """Called on the loop with a wearer whose entries changed; quick, and reads them itself."""
        self._changed.append(tell)

    async def run(self) -> None:
        """Ring what is due until cancelled; needed once a hub."""
        async with asyncio.TaskGroup() as telling:
            while True:
                self._wake.clear()
                try:
                    await self._follow_clock()
                    await self._ring(telling)
                    delay = self._delay()
                except Exception:
                    log.exception("the schedule stumbled; trying again")  # nobody's alarm ends with an error
                    delay = RETRY_S
                try:
                    async with asyncio.timeout(delay):
                        await self._wake.wait()
                except TimeoutError:
                    pass

    async def tick(self) -> None:
        """Look once at the clocks and wait until all that is due was told: for recordings and tests."""
        await self._follow_clock()
        async with asyncio.TaskGroup() as telling:
            await self._ring(telling)

    async def prune(self) -> None:
        """Forget what ended a week ago."""
        before = (self._clock.now() - KEPT).timestamp()
        await self._store.write(lambda connection: self.ledger.prune(connection, before))

    # ── for WearerSchedule ─────────────────────────────────────────────────────────────────────────────

    async def change(self, work: Callable[[Connection], Entry]) -> Item:
        """One change, remembered and told on."""
        (item,) = await self.changes(lambda connection: [work(connection)])
        return item

    async def changes(self, work: Callable[[Connection], list[Entry]]) -> list[Item]:
        """Several changes at once. Whoever asked may be cancelled: what is written is also planned."""
        task = asyncio.get_running_loop().create_task(self._write(work))
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)
        return [entry.item for entry in await asyncio.shield(task)]

    async def _write(self, work: Callable[[Connection], list[Entry]]) -> list[Entry]:
        entries = await self._store.write(work)
        self._plan(entries)
        self._wake.set()
        self._announce({entry.wearer for entry in entries})
        return entries

    async def finish(self, wearer: str, id: str) -> None:
        """What rings under this id was told in another way: it is done, or waits for its next time."""
        await self.changes(lambda connection: self.ledger.finish(connection, wearer, id))

    async def look[T](self, work: Callable[[Connection], T]) -> T:
        """Read."""
        return await self._store.read(work)

    async def zone(self, wearer: str) -> str:
        """The wearer's zone."""
        try:
            return (await self._people.wearer(wearer)).zone
        except NotFound:
            return "UTC"

    def now(self) -> datetime:
        """The wall clock."""
        return self._clock.now()

    # ── time ───────────────────────────────────────────────────────────────────────────────────────────

    async def _follow_clock(self) -> None:
        drift = self.ledger.drift
        if abs(drift) >= JUMP_S:
            log.info("the wall clock was set by %+.1f s", drift)
            await self._store.write(self.ledger.follow)
            self._announce({entry.wearer for entry in await self._store.read(self.ledger.everything)})

    async def _ring(self, telling: asyncio.TaskGroup) -> None:
        """Claim what is due, some at a time, and have it told: what is told is committed."""
        if not self._loaded:
            # in the writer's order, so that no older state comes behind a newer change
            self._plan(await self._store.write(self.ledger.everything))
            self._loaded = True
        while batch := self._pop():
            try:
                rings, others = await self._store.write(partial(self._handle, batch))
            except BaseException:
                self._loaded = False  # what was taken out of the agenda comes back from the store
                raise
            self._plan(others)
            self._plan(ring.entry for ring in rings)
            for ring in rings:
                telling.create_task(self._tell(ring))
            self._announce({ring.entry.wearer for ring in rings})
        if self._ringing and not self._store.exclusive:
            await self._store.write(self.ledger.renew)

    def _pop(self) -> list[tuple[str, Appointment]]:
        batch = self._agenda.pop("steady", self._clock.steady(), GROUP)
        self._ringing.difference_update(id for id, _ in batch)
        return batch + self._agenda.pop("wall", self._clock.now().timestamp(), GROUP)

    def _handle(
        self, batch: list[tuple[str, Appointment]], connection: Connection
    ) -> tuple[list[Ring], list[Entry]]:
        """In the writer's thread."""
        due = [id for id, appointment in batch if not appointment.ringing]
        over = [id for id, appointment in batch if appointment.ringing and appointment.hand == "steady"]
        orphans = [id for id, appointment in batch if appointment.ringing and appointment.hand == "wall"]
        rings, others = self.ledger.claim(connection, due)
        again, elsewhere = self.ledger.recover(connection, orphans)
        return rings + again + self.ledger.expire(connection, over), others + elsewhere

    def _plan(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            id, ahead = entry.item.id, entry.next
            rings = ahead is not None and ahead.ringing and ahead.hand == "steady"
            if rings and id in self._ringing:
                continue  # its end is set already
            (self._ringing.add if rings else self._ringing.discard)(id)
            if ahead is None:
                self._agenda.drop(id)
            else:
                self._agenda.put(id, ahead)

    def _delay(self) -> float | None:
        """Seconds until something is due or the clocks want a look; None if nothing waits."""
        if not len(self._agenda):
            return None
        gaps = [LOOK_S]
        if (at := self._agenda.next("steady")) is not None:
            gaps.append(at - self._clock.steady())
        if (at := self._agenda.next("wall")) is not None:
            gaps.append(at - self._clock.now().timestamp())
        return max(0.0, min(gaps)) + 0.001

    async def _tell(self, ring: Ring) -> None:
        if self._due is None:
            log.warning("nobody listens to the schedule: %s", ring.item.kind)
            return
        try:
            async with asyncio.timeout(TELL_S):
                await self._due(ring.entry.wearer, ring.item, ring.missed)
        except Exception:
            log.exception("telling that %s is due failed", ring.item.id)

    def _announce(self, wearers: set[str]) -> None:
        for tell in self._changed:
            for wearer in wearers:
                try:
                    tell(wearer)
                except Exception:
                    log.exception("telling of a change failed")
