"""What came in, kept: newest first, bounded, each once."""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, select, update

from lorgnette.core.errors import NotFound
from lorgnette.core.ids import new_id
from lorgnette.sdk import Received
from lorgnette.services.messages.tables import received
from lorgnette.services.messages.way import Incoming
from lorgnette.store import clean

MOST: Final = 500
"""A wearer's; beyond that the oldest go, read ones first."""
NAME: Final = 120
TEXT: Final = 4_000


def take(connection: Connection, wearer: str, item: Incoming, now: float) -> tuple[Received, bool]:
    """Keep it; whether it is new, or says something else than before."""
    channel, key = _line(item.channel)[:NAME], item.key[:200] or new_id("k-")
    values: dict[str, Any] = {
        "kind": item.kind,
        "sender": _line(item.sender)[:NAME],
        "title": _line(item.title)[:NAME],
        "text": clean(item.text).strip()[:TEXT],
        "address": _line(item.address)[:400],
        "priority": item.priority,
    }
    here = and_(received.c.wearer == wearer, received.c.channel == channel, received.c.key == key)
    former = connection.execute(select(received).where(here)).first()
    if former is not None and all(getattr(former, name) == value for name, value in values.items()):
        return _received(former), False
    values |= {"at": item.at if 0 < item.at <= now else now, "read": False}
    if former is not None:
        change = update(received).where(received.c.id == former.id).values(values).returning(received)
        return _received(connection.execute(change).one()), True
    values |= {"id": new_id("r-"), "wearer": wearer, "channel": channel, "key": key}
    row = connection.execute(received.insert().values(values).returning(received)).one()
    over = select(received.c.id).where(received.c.wearer == wearer)
    over = over.order_by(received.c.read, received.c.at.desc(), received.c.id).offset(MOST).limit(MOST)
    ids = connection.execute(over).scalars().all()
    if ids:
        connection.execute(delete(received).where(received.c.wearer == wearer, received.c.id.in_(ids)))
    return _received(row), True


def newest(
    connection: Connection, wearer: str, *, unread: bool = False, kind: str = "", limit: int = MOST
) -> list[Received]:
    """Newest first."""
    mine: list[ColumnElement[bool]] = [received.c.wearer == wearer]
    if unread:
        mine.append(received.c.read.is_(False))
    if kind:
        mine.append(received.c.kind == kind)
    query = select(received).where(*mine).order_by(received.c.at.desc(), received.c.id).limit(limit)
    return [_received(row) for row in connection.execute(query)]


def mark(connection: Connection, wearer: str, ids: Iterable[str], *, read: bool) -> None:
    """As read, or not."""
    mine = and_(received.c.wearer == wearer, received.c.id.in_(list(ids)))
    connection.execute(update(received).where(mine).values(read=read))


def mark_all(connection: Connection, wearer: str) -> None:
    """As read."""
    unread = and_(received.c.wearer == wearer, received.c.read.is_(False))
    connection.execute(update(received).where(unread).values(read=True))


def change(connection: Connection, wearer: str, id: str, *, read: bool) -> Received:
    """One of them, as read or not. `NotFound`."""
    mine = and_(received.c.wearer == wearer, received.c.id == id)
    row = connection.execute(update(received).where(mine).values(read=read).returning(received)).first()
    if row is None:
        raise NotFound(f"no message {id}")
    return _received(row)


def remove(connection: Connection, wearer: str, id: str) -> Received:
    """For good. `NotFound`."""
    mine = and_(received.c.wearer == wearer, received.c.id == id)
    row = connection.execute(delete(received).where(mine).returning(received)).first()
    if row is None:
        raise NotFound(f"no message {id}")
    return _received(row)


def prune(connection: Connection, before: float) -> None:
    """What is older goes."""
    connection.execute(delete(received).where(received.c.at < before))


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _received(row: Row[Any]) -> Received:
    return Received(
        id=row.id,
        channel=row.channel,
        kind=row.kind,
        sender=row.sender,
        title=row.title,
        text=row.text,
        address=row.address,
        priority=row.priority,
        at=row.at,
        read=bool(row.read),
    )
