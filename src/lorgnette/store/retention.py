"""What is kept how long; older words really go."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, delete, or_, update

from lorgnette.store.store import Store
from lorgnette.store.tables import inbox, turns

MESSAGES_DAYS = 7
"""Delivered and expired messages: their ids still keep a retry from being said twice."""


@dataclass(frozen=True, slots=True)
class Retention:
    """Days. Traces and the log of what went out hold no words; `copies`: of the store, from upgrades."""

    transcripts: float = 30.0
    traces: float = 7.0
    outgoing: float = 30.0
    copies: float = 30.0


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

    went = await store.write(work)
    await asyncio.to_thread(drop_copies, store.copies, now - timedelta(days=keep.copies))
    return went


def drop_copies(copies: Sequence[Path], before: datetime) -> int:
    """Delete the copies that migrations made earlier, by the time in their names; how many went."""
    old = [copy for copy in copies if copy.name.rpartition("-")[2] < f"{before:%Y%m%dT%H%M%S}"]
    for copy in old:
        copy.unlink(missing_ok=True)
    return len(old)
