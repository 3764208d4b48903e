"""The schedule's rows and what may happen to them; every function runs in a thread of the store.

A timer's `due` counts on the *axis*: the steady clock laid on the wall clock as it was when this run began.
When the wall clock is set, the axis and the rows of timers move with it in one transaction, so that a timer
keeps its length and a restart, which has only the wall clock, finds it right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, and_, case, delete, func, or_, select, update

from lorgnette.core.clock import Clock
from lorgnette.core.errors import NotFound, SkillError
from lorgnette.core.ids import new_id
from lorgnette.sdk import Item
from lorgnette.sdk.schedule import Kind
from lorgnette.services.schedule.agenda import Appointment
from lorgnette.services.schedule.localtime import zone_of
from lorgnette.services.schedule.recurrence import next_after, parse
from lorgnette.services.schedule.tables import schedule

LIVE = ("running", "paused", "ringing")
LIMIT = 64
RING_S = 600.0
"""An alarm that nobody silences ends after this."""

LATE_S = 3600.0
"""What was due longer ago (the hub was off) doesn't ring any more: it is reported as missed."""

LEASE_S = 90.0
SAID_S = 600.0
"""So long after a reminder was said it can still be put off."""

JUMP_S = 1.0
"""A smaller difference of the two clocks is drift: no reason to write."""

_JITTER_S = 0.05
_EPSILON_S = 0.001


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as the service needs it: `item` is as the wearer sees it, `next` what it waits for."""

    wearer: str
    item: Item
    next: Appointment | None


@dataclass(frozen=True, slots=True)
class Ring:
    """Something to tell: `item` rings, or (`missed`) it was due while nobody could hear it.

    `entry`: what became of it; a missed one may already wait for its next time.
    """

    item: Item
    missed: bool
    entry: Entry


class Ledger:
    """`run`: names this run of the hub in leases; `exclusive`: no other run can be alive."""

    def __init__(self, clock: Clock, run: str, *, exclusive: bool) -> None:
        self._clock = clock
        self._run = run
        self._exclusive = exclusive
        self._offset = clock.now().timestamp() - clock.steady()

    # ── clocks ─────────────────────────────────────────────────────────────────────────────────────────

    @property
    def drift(self) -> float:
        """Seconds by which the wall clock went ahead of the axis."""
        return self._wall - self._axis

    @property
    def _wall(self) -> float:
        return self._clock.now().timestamp()

    @property
    def _axis(self) -> float:
        return self._clock.steady() + self._offset

    def _now(self, kind: str) -> float:
        return self._axis if kind == "timer" else self._wall

    def follow(self, connection: Connection) -> None:
        """Move the axis and every timer to the wall clock's new time."""
        jump = self.drift
        timers = and_(schedule.c.kind == "timer", schedule.c.status.in_(("running", "cancelled")))
        connection.execute(update(schedule).where(timers).values(due=schedule.c.due + jump))
        self._offset += jump

    # ── looking ────────────────────────────────────────────────────────────────────────────────────────

    def live(self, connection: Connection, wearer: str, kind: Kind | None) -> list[Item]:
        """Running, paused and ringing ones, soonest first, paused last."""
        query = select(schedule).where(schedule.c.wearer == wearer, schedule.c.status.in_(LIVE))
        if kind is not None:
            query = query.where(schedule.c.kind == kind)
        items = [self._entry(row).item for row in connection.execute(query)]
        return sorted(items, key=lambda item: (item.status == "paused", item.due, item.created, item.id))

    def get(self, connection: Connection, wearer: str, id: str) -> Item:
        """Any that is still known, also done and cancelled ones."""
        return self._entry(self._row(connection, wearer, id)).item

    def everything(self, connection: Connection) -> list[Entry]:
        """All live entries of all wearers, at the start of a run."""
        query = select(schedule).where(schedule.c.status.in_(LIVE))
        return [self._entry(row) for row in connection.execute(query)]

    # ── what a wearer does ─────────────────────────────────────────────────────────────────────────────

    def add(self, connection: Connection, wearer: str, **values: Any) -> Entry:
        """A new entry; a timer without `due` runs for its `total` from now."""
        live = select(func.count()).where(schedule.c.wearer == wearer, schedule.c.status.in_(LIVE))
        self._within_limit(connection.execute(live).scalar_one())
        if values["kind"] == "timer":
            values["due"] = self._axis + values["total"]
        row = {
            "id": new_id("s-"),
            "wearer": wearer,
            "label": "",
            "rule": "",
            "start": "",
            "zone": "UTC",
            "total": 0.0,
            "remaining": 0.0,
            "status": "running",
            "was": "",
            "rung": 0.0,
            "lease": "",
            "leased": 0.0,
            "created": self._wall,
            "changed": self._wall,
        } | values
        return self._entry(connection.execute(schedule.insert().values(row).returning(schedule)).one())

    def pause(self, connection: Connection, wearer: str, id: str) -> Entry:
        """A running timer stops running; a paused one stays as it is."""
        row = self._timer(connection, wearer, id)
        if row.status == "paused":
            return self._entry(row)
        if row.status != "running":
            raise SkillError(f"{id} is {row.status}, not running")
        left = max(1.0, row.due - self._axis)
        return self._set(connection, id, status="paused", remaining=left, due=0.0)

    def resume(self, connection: Connection, wearer: str, id: str) -> Entry:
        """A paused timer runs on; a running one stays as it is."""
        row = self._timer(connection, wearer, id)
        if row.status == "running":
            return self._entry(row)
        if row.status != "paused":
            raise SkillError(f"{id} is {row.status}, not paused")
        return self._set(connection, id, status="running", due=self._axis + row.remaining, remaining=0.0)

    def lengthen(self, connection: Connection, wearer: str, id: str, more: float, most: float) -> Entry:
        """Running or paused: by `more` seconds, not below 1 nor beyond `most`; ringing: starts again."""
        row = self._timer(connection, wearer, id)
        if row.status == "ringing":
            if more < 1:
                raise SkillError(f"{id} rings already: no time to take away")
            return self._set(connection, id, status="running", due=self._axis + more, total=more)
        left = row.remaining if row.status == "paused" else row.due - self._axis
        new = min(max(1.0, left + more), most)
        total = max(new, row.total + more)
        if row.status == "paused":
            return self._set(connection, id, remaining=new, total=total)
        return self._set(connection, id, due=self._axis + new, total=total)

    def cancel(self, connection: Connection, wearer: str, id: str) -> Entry:
        """A live one ends; what it was is kept for `restore`."""
        row = self._row(connection, wearer, id)
        if row.status not in LIVE:
            raise NotFound(f"{id} is {row.status}")
        return self._set(connection, id, status="cancelled", was=row.status)

    def restore(self, connection: Connection, wearer: str, id: str) -> Entry:
        """A cancelled one is back as if it had never been cancelled; a live one stays as it is."""
        row = self._row(connection, wearer, id)
        if row.status in LIVE:
            return self._entry(row)
        if row.status != "cancelled":
            raise NotFound(f"{id} is {row.status}")
        live = select(func.count()).where(schedule.c.wearer == wearer, schedule.c.status.in_(LIVE))
        self._within_limit(connection.execute(live).scalar_one())
        if row.was == "paused":
            return self._set(connection, id, status="paused", was="")
        now = self._now(row.kind)
        due = max(row.due, now)
        if row.rule and row.due < now - LATE_S:
            following = self._following(row)
            if following is None:
                raise NotFound(f"{id} has no further occurrence")
            due = following
        return self._set(connection, id, status="running", was="", due=due)

    def silence(self, connection: Connection, wearer: str) -> list[Entry]:
        """What rings is done, or waits for its next occurrence."""
        return [self._finish(connection, row) for row in self._ringing(connection, wearer)]

    def finish(self, connection: Connection, wearer: str, id: str) -> list[Entry]:
        """One that rings is done, or waits for its next occurrence: what is said once needs no silencing."""
        row = self._row(connection, wearer, id)
        return [self._finish(connection, row)] if row.status == "ringing" else []

    def snooze(self, connection: Connection, wearer: str, seconds: float) -> list[Entry]:
        """What rings will ring again; if nothing does, the reminder that was said last."""
        rows = self._ringing(connection, wearer) or self._said(connection, wearer)
        return [
            self._set(connection, row.id, status="running", due=self._now(row.kind) + seconds, total=seconds)
            if row.kind == "timer"
            else self._set(connection, row.id, status="running", due=self._wall + seconds)
            for row in rows
        ]

    # ── what time does ─────────────────────────────────────────────────────────────────────────────────

    def claim(self, connection: Connection, ids: Sequence[str]) -> tuple[list[Ring], list[Entry]]:
        """Of these, what is due rings and is ours; the others come back with what they wait for.

        Once the transaction is committed the ringing is durable: only then is it told.
        """
        wall = self._wall
        now = case((schedule.c.kind == "timer", self._axis), else_=wall)
        due = (schedule.c.status == "running") & (schedule.c.due <= now + _EPSILON_S)
        return self._take(connection, ids, due, rung=wall)

    def recover(self, connection: Connection, ids: Sequence[str]) -> tuple[list[Ring], list[Entry]]:
        """Of these, what rang when its hub died rings again, unless another hub answers for it."""
        ours = or_(schedule.c.lease == self._run, schedule.c.leased < self._wall)
        free = (
            (schedule.c.status == "ringing") if self._exclusive else (schedule.c.status == "ringing") & ours
        )
        return self._take(connection, ids, free)

    def expire(self, connection: Connection, ids: Sequence[str]) -> list[Ring]:
        """Of these, what still rings has rung long enough."""
        mine = (schedule.c.status == "ringing") & (schedule.c.lease == self._run)
        rows = connection.execute(select(schedule).where(schedule.c.id.in_(ids), mine)).all()
        return [self._miss(connection, row) for row in rows]

    def renew(self, connection: Connection) -> None:
        """Go on answering for what rings here."""
        mine = (schedule.c.status == "ringing") & (schedule.c.lease == self._run)
        connection.execute(update(schedule).where(mine).values(leased=self._wall + LEASE_S))

    def prune(self, connection: Connection, before: float) -> None:
        """Forget what ended before then; until then it can be restored."""
        ended = schedule.c.status.in_(("done", "cancelled")) & (schedule.c.changed < before)
        connection.execute(delete(schedule).where(ended))

    # ── rows ───────────────────────────────────────────────────────────────────────────────────────────

    def _take(
        self, connection: Connection, ids: Sequence[str], condition: ColumnElement[bool], **values: Any
    ) -> tuple[list[Ring], list[Entry]]:
        wall = self._wall
        values |= {"status": "ringing", "lease": self._run, "leased": wall + LEASE_S}
        change = update(schedule).where(schedule.c.id.in_(ids), condition).values(values)
        rings = []
        taken = set()
        for row in connection.execute(change.returning(schedule)).all():
            taken.add(row.id)
            if row.due < self._now(row.kind) - LATE_S:
                rings.append(self._miss(connection, row))
            else:
                entry = self._entry(row)
                rings.append(Ring(entry.item, missed=False, entry=entry))
        rings.sort(key=lambda ring: (ring.item.due, ring.item.id))
        rest = [id for id in ids if id not in taken]
        if not rest:
            return rings, []
        others = connection.execute(select(schedule).where(schedule.c.id.in_(rest))).all()
        return rings, [self._entry(row) for row in others]

    def _miss(self, connection: Connection, row: Row[Any]) -> Ring:
        missed = msgspec.structs.replace(self._entry(row).item, status="done")
        return Ring(missed, missed=True, entry=self._finish(connection, row))

    def _finish(self, connection: Connection, row: Row[Any]) -> Entry:
        following = self._following(row)
        if following is None:
            return self._set(connection, row.id, status="done")
        return self._set(connection, row.id, status="running", due=following)

    def _following(self, row: Row[Any]) -> float | None:
        if not row.rule:
            return None
        start, zone = datetime.fromisoformat(row.start), zone_of(row.zone)
        return next_after(parse(row.rule), start, zone, max(self._wall, row.rung))

    @staticmethod
    def _row(connection: Connection, wearer: str, id: str) -> Row[Any]:
        mine = (schedule.c.wearer == wearer) & (schedule.c.id == id)
        row = connection.execute(select(schedule).where(mine)).first()
        if row is None:
            raise NotFound(f"no entry {id}")
        return row

    def _timer(self, connection: Connection, wearer: str, id: str) -> Row[Any]:
        row = self._row(connection, wearer, id)
        if row.kind != "timer":
            raise SkillError(f"{id} is no timer", phrase="error-schedule-not-a-timer")
        if row.status not in LIVE:
            raise NotFound(f"{id} is {row.status}")
        return row

    @staticmethod
    def _ringing(connection: Connection, wearer: str) -> Sequence[Row[Any]]:
        mine = (schedule.c.wearer == wearer) & (schedule.c.status == "ringing")
        return connection.execute(select(schedule).where(mine).order_by(schedule.c.due)).all()

    def _said(self, connection: Connection, wearer: str) -> Sequence[Row[Any]]:
        lately = (schedule.c.kind == "reminder") & (schedule.c.rung >= self._wall - SAID_S)
        mine = (schedule.c.wearer == wearer) & schedule.c.status.in_(("done", "running")) & lately
        newest = select(schedule).where(mine).order_by(schedule.c.rung.desc()).limit(1)
        return connection.execute(newest).all()

    @staticmethod
    def _within_limit(live: int) -> None:
        if live >= LIMIT:
            raise SkillError(f"{live} live entries", phrase="error-schedule-full", limit=LIMIT)

    def _set(self, connection: Connection, id: str, **values: Any) -> Entry:
        change = update(schedule).where(schedule.c.id == id).values(values | {"changed": self._wall})
        return self._entry(connection.execute(change.returning(schedule)).one())

    def _entry(self, row: Row[Any]) -> Entry:
        shown = float(row.due)  # SQLite gives whole numbers back as int after RETURNING
        if row.kind == "timer" and row.due and abs(self.drift) > _JITTER_S:
            shown += self.drift
        item = Item(
            id=row.id,
            kind=row.kind,
            label=row.label,
            due=shown,
            total=float(row.total),
            left=float(row.remaining),
            status=row.status,
            rule=row.rule,
            zone=row.zone,
            created=float(row.created),
        )
        return Entry(row.wearer, item, self._appointment(row))

    def _appointment(self, row: Row[Any]) -> Appointment | None:
        match row.status, row.kind:
            case "running", "timer":
                return Appointment(row.due - self._offset, "steady")
            case "running", _:
                return Appointment(row.due, "wall")
            case "ringing", _ if row.lease == self._run:
                return Appointment(self._clock.steady() + RING_S, "steady", ringing=True)
            case "ringing", _:
                return Appointment(0.0 if self._exclusive else row.leased, "wall", ringing=True)
        return None
