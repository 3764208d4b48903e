"""What is kept how long; older words really go."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, or_, update

from lorgnette.store.store import Store
from lorgnette.store.tables import inbox, turns

MESSAGES_DAYS = 7
"""Delivered and expired messages: their ids still keep a retry from being said twice."""


@dataclass(frozen=True, slots=True)
class Retention:
    """Days. Traces hold no words, only what took how long."""

    transcripts: float = 30.0
    traces: float = 7.0


async def prune(store: Store, now: datetime, keep: Retention = Retention()) -> int:
    """Delete what is too old, of every wearer; the number of turns that went."""

    def before(days: float) -> float:
        return (now - timedelta(days=days)).timestamp()

    def work(connection: Connection) -> int:
        connection.execute(
            update(turns)
            .where(turns.c.started < before(keep.traces), turns.c.trace.is_not(None))
            .values(trace=None)
        )
        gone = connection.execute(delete(turns).where(turns.c.started < before(keep.transcripts)))
        limit = before(MESSAGES_DAYS)
        expired = (inbox.c.expires > 0) & (inbox.c.expires < limit)
        connection.execute(delete(inbox).where(or_(inbox.c.delivered < limit, expired)))
        return gone.rowcount

    return await store.write(work)
