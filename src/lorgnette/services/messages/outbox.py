"""What is to be sent: written before it goes, handed over once, again only where that sends nothing twice."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, delete, func, select, update

from lorgnette.core.errors import SkillError
from lorgnette.core.ids import new_id
from lorgnette.sdk import Recipient
from lorgnette.services.messages.tables import outbox
from lorgnette.store import clean
from lorgnette.store.upsert import insert_new

MOST_WAITING: Final = 50
LONGEST: Final = 4_000
PAUSES: Final = (15.0, 60.0, 300.0, 900.0, 3600.0)
"""Seconds after each try that failed; then the next hour, and so on for `GIVE_UP`."""
GIVE_UP: Final = 86_400.0


@dataclass(frozen=True, slots=True)
class Letter:
    """One of the outbox. `state`: waiting; going: handed over and not yet answered; sent; failed."""

    id: str
    wearer: str
    key: str
    to: Recipient
    text: str
    state: str
    tries: int
    created: float
    error: str = ""


def put(connection: Connection, wearer: str, to: Recipient, text: str, key: str, now: float) -> Letter:
    """Keep it; the same key again gives what is there."""
    text = clean(text).strip()
    if not text:
        raise SkillError("an empty message", phrase="error-message-empty")
    if len(text) > LONGEST:
        raise SkillError(f"{len(text)} characters", phrase="error-message-long")
    waits = select(func.count()).select_from(outbox)
    waits = waits.where(outbox.c.wearer == wearer, outbox.c.state == "waiting")
    if connection.execute(waits).scalar_one() >= MOST_WAITING:
        raise SkillError("too many wait already", phrase="error-message-many")
    values = {
        "id": new_id("o-"),
        "wearer": wearer,
        "key": key,
        "address": to.address,
        "name": clean(to.name)[:120],
        "text": text,
        "state": "waiting",
        "tries": 0,
        "error": "",
        "created": now,
        "due": now,
    }
    connection.execute(insert_new(connection, outbox).values(values).on_conflict_do_nothing())
    mine = and_(outbox.c.wearer == wearer, outbox.c.key == key)
    return _letter(connection.execute(select(outbox).where(mine)).one())


def claim(connection: Connection, id: str) -> Letter | None:
    """Take one that waits: it counts as going, whatever happens to us. None if somebody has it."""
    change = update(outbox).where(outbox.c.id == id, outbox.c.state == "waiting")
    change_to = change.values(state="going", tries=outbox.c.tries + 1)
    row = connection.execute(change_to.returning(outbox)).first()
    return None if row is None else _letter(row)


def settle(connection: Connection, letter: Letter, state: str, *, error: str = "", due: float = 0.0) -> None:
    """What became of it."""
    values = {"state": state, "error": error[:400], "due": due}
    connection.execute(update(outbox).where(outbox.c.id == letter.id).values(values))


def due(connection: Connection, now: float) -> list[Letter]:
    """Those that wait and may be tried now, oldest first."""
    query = select(outbox).where(outbox.c.state == "waiting", outbox.c.due <= now)
    return [_letter(row) for row in connection.execute(query.order_by(outbox.c.created).limit(50))]


def next_due(connection: Connection) -> float | None:
    """When the next one may be tried."""
    query = select(func.min(outbox.c.due)).where(outbox.c.state == "waiting")
    return connection.execute(query).scalar()


def left_going(connection: Connection) -> list[Letter]:
    """Those that a hub which died was about to hand over."""
    return [_letter(row) for row in connection.execute(select(outbox).where(outbox.c.state == "going"))]


def prune(connection: Connection, before: float) -> None:
    """What ended and is older goes."""
    ended = outbox.c.state.in_(("sent", "failed"))
    connection.execute(delete(outbox).where(ended, outbox.c.created < before))


def _letter(row: Row[Any]) -> Letter:
    return Letter(
        id=row.id,
        wearer=row.wearer,
        key=row.key,
        to=Recipient(name=row.name, address=row.address),
        text=row.text,
        state=row.state,
        tries=row.tries,
        created=row.created,
        error=row.error,
    )
