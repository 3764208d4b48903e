"""Errands in the store: made, claimed when they are due, settled once they ran."""

from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, and_, delete, func, select, update

from lorgnette.core.errors import NotFound, SkillError
from lorgnette.core.ids import new_id
from lorgnette.core.taint import Taint
from lorgnette.sdk.errands import Errand, ErrandKind
from lorgnette.services.errands.tables import errands, runs
from lorgnette.services.schedule.recurrence import next_after, parse
from lorgnette.store import clean, sources_of, sources_written
from lorgnette.store.upsert import insert_new

MOST_LIVE: Final = 20
LONGEST: Final = 400
LIVE: Final = ("active", "running")


def add(
    connection: Connection,
    wearer: str,
    kind: ErrandKind,
    what: str,
    language: str,
    *,
    at: datetime,
    rule: str,
    until: float,
    taint: Taint,
    now: float,
) -> Errand:
    """`SkillError` where there are too many, or the time is past, or never comes."""
    what = clean(what).strip()
    if not what or len(what) > LONGEST:
        raise SkillError(f"{len(what)} characters", phrase="error-errand-words")
    _room(connection, wearer)
    zone = at.tzinfo if isinstance(at.tzinfo, ZoneInfo) else ZoneInfo("UTC")
    start = at.replace(tzinfo=None, microsecond=0)
    due = at.timestamp()
    if rule:
        due = _next(rule, start, zone, now) or 0.0
    if due < now - 1:
        raise SkillError("that time is past", phrase="error-errand-past")
    values = {
        "id": new_id("e-"),
        "wearer": wearer,
        "kind": kind,
        "what": what,
        "language": language,
        "rule": rule,
        "zone": zone.key,
        "start": start.isoformat(),
        "due": due,
        "until": until,
        "status": "active",
        "run": new_id("er-"),
        "runs": 0,
        "failures": 0,
        "last": "",
        "taint": sources_written(taint),
        "created": now,
        "changed": now,
    }
    return _errand(connection.execute(errands.insert().values(values).returning(errands)).one())


def live(connection: Connection, wearer: str) -> list[Errand]:
    """Soonest first."""
    mine = and_(errands.c.wearer == wearer, errands.c.status.in_(LIVE))
    query = select(errands).where(mine).order_by(errands.c.due, errands.c.id)
    return [_errand(row) for row in connection.execute(query)]


def change(connection: Connection, wearer: str, id: str, now: float, *, live: bool) -> Errand:
    """Cancel it, or take that back."""
    mine = and_(errands.c.wearer == wearer, errands.c.id == id)
    row = connection.execute(select(errands).where(mine)).first()
    if row is None or (not live and row.status not in LIVE) or (live and row.status != "cancelled"):
        raise NotFound(f"no errand {id}", phrase="error-errand-unknown")
    if live:
        _room(connection, wearer)
    values: dict[str, Any] = {"status": "active" if live else "cancelled", "changed": now}
    if live and row.due < now and row.rule:
        zone = ZoneInfo(row.zone)
        values["due"] = _next(row.rule, datetime.fromisoformat(row.start), zone, now) or now
    return _errand(connection.execute(update(errands).where(mine).values(values).returning(errands)).one())


def _room(connection: Connection, wearer: str) -> None:
    mine = and_(errands.c.wearer == wearer, errands.c.status.in_(LIVE))
    if connection.execute(select(func.count()).where(mine)).scalar_one() >= MOST_LIVE:
        raise SkillError("too many errands", phrase="error-errand-many", limit=MOST_LIVE)


def claim(connection: Connection, now: float, most: int) -> list[tuple[str, Errand, str, Taint]]:
    """(wearer, errand, run, whose words) of those that are due; from here on they count as running."""
    due = select(errands.c.id).where(errands.c.status == "active", errands.c.due <= now)
    ids = connection.execute(due.order_by(errands.c.due).limit(most)).scalars().all()
    rows = connection.execute(
        update(errands).where(errands.c.id.in_(ids)).values(status="running", changed=now).returning(errands)
    )
    return [(row.wearer, _errand(row), row.run, sources_of(row.taint)) for row in rows]


def settle(
    connection: Connection,
    wearer: str,
    id: str,
    run: str,
    *,
    now: float,
    ok: bool,
    said: bool,
    text: str,
    due: float,
    give_up: bool,
) -> None:
    """A run is over: noted once. `due`: next, 0: never; `give_up`: it failed for good.

    One that was cancelled meanwhile stays so.
    """
    row = {"id": run, "wearer": wearer, "errand": id, "at": now, "ok": ok, "said": said, "text": text}
    connection.execute(insert_new(connection, runs).values(row).on_conflict_do_nothing())
    mine = and_(errands.c.wearer == wearer, errands.c.id == id, errands.c.run == run)
    values: dict[str, Any] = {
        "runs": errands.c.runs + 1,
        "failures": 0 if ok else errands.c.failures + 1,
        "run": new_id("er-"),
        "changed": now,
    }
    if text:
        values["last"] = text[:LONGEST]
    connection.execute(update(errands).where(mine).values(values))
    after = and_(errands.c.wearer == wearer, errands.c.id == id, errands.c.status == "running")
    status = "failed" if give_up else "active" if due else "done"
    connection.execute(update(errands).where(after).values(status=status, due=due))


def failures(connection: Connection, id: str) -> int:
    """Runs in a row that failed."""
    query = select(errands.c.failures).where(errands.c.id == id)
    return int(connection.execute(query).scalar() or 0)


def times(connection: Connection, id: str, now: float) -> tuple[float, float]:
    """(when a routine is due next, 0 for what has no rule; until when it is tried)."""
    row = connection.execute(select(errands).where(errands.c.id == id)).one()
    if not row.rule:
        return 0.0, row.until
    following = _next(row.rule, datetime.fromisoformat(row.start), ZoneInfo(row.zone), now)
    return following or 0.0, row.until


def recover(connection: Connection, now: float) -> None:
    """After a start: what was running is due again, under the same run."""
    connection.execute(update(errands).where(errands.c.status == "running").values(status="active", due=now))


def put_back(connection: Connection, id: str, run: str, *, now: float, due: float) -> None:
    """A run that nobody could settle is due again; one that is gone or cancelled stays so."""
    same = and_(errands.c.id == id, errands.c.run == run, errands.c.status == "running")
    connection.execute(update(errands).where(same).values(status="active", due=due, changed=now))


def next_due(connection: Connection) -> float | None:
    """When something is due."""
    return connection.execute(select(func.min(errands.c.due)).where(errands.c.status == "active")).scalar()


def prune(connection: Connection, before: float) -> None:
    """What ended and what ran is forgotten after a while."""
    over = and_(errands.c.status.not_in(LIVE), errands.c.changed < before)
    connection.execute(delete(errands).where(over))
    connection.execute(delete(runs).where(runs.c.at < before))


def _next(rule: str, start: datetime, zone: ZoneInfo, after: float) -> float | None:
    try:
        return next_after(parse(rule), start, zone, after)
    except ValueError as error:
        raise SkillError(str(error), phrase="error-errand-past") from None


def _errand(row: Row[Any]) -> Errand:
    return Errand(
        id=row.id,
        kind=row.kind,
        what=row.what,
        language=row.language,
        rule=row.rule,
        due=float(row.due),
        status=row.status,
        runs=int(row.runs),
        last=row.last,
        created=float(row.created),
    )
