"""Facts as rows: written with the words by which they are found, read back, brought to life again."""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, select, update

from lorgnette.sdk import Fact
from lorgnette.services.memory.tables import facts, terms
from lorgnette.services.memory.terms import terms as terms_of
from lorgnette.services.memory.wording import wording_of
from lorgnette.store import sources_of

SOURCES: Final = 8
"""Sources that are named of one fact; a text that is made of more is as bad."""


def fact_of(row: Row[Any]) -> Fact:
    """As skills and pages see it."""
    return Fact(
        id=row.id,
        text=row.text,
        language=row.language,
        subject=row.subject,
        kind=row.kind,
        taint=sources_of(row.taint),
        private=bool(row.private),
        place=None if row.latitude is None else (row.latitude, row.longitude),
        created=float(row.created),
        replaced=float(row.replaced or 0.0),
    )


def mine(wearer: str) -> ColumnElement[bool]:
    """Those of a wearer that aren't deleted."""
    return and_(facts.c.wearer == wearer, facts.c.deleted.is_(None))


def holding(wearer: str) -> ColumnElement[bool]:
    """Those that hold now: not replaced either."""
    return and_(mine(wearer), facts.c.replaced.is_(None))


def find_by(connection: Connection, row: Row[Any]) -> None:
    """Its words, so that it is found."""
    words = terms_of(row.text, wording_of(row.language))
    if words:
        connection.execute(
            terms.insert(), [{"wearer": row.wearer, "term": word, "fact": row.id} for word in words]
        )


def hide(connection: Connection, ids: Iterable[str]) -> None:
    """They aren't found any more."""
    connection.execute(delete(terms).where(terms.c.fact.in_(list(ids))))


def revive(connection: Connection, wearer: str, threads: Iterable[str]) -> None:
    """Where no version of a fact holds any more, the newest that there is does again."""
    for thread in set(threads):
        versions = and_(mine(wearer), facts.c.thread == thread)
        newest = (
            select(facts).where(versions).order_by(facts.c.replaced.is_(None).desc(), facts.c.created.desc())
        )
        row = connection.execute(newest.limit(1)).first()
        if row is not None and row.replaced is not None:
            connection.execute(update(facts).where(facts.c.id == row.id).values(replaced=None))
            find_by(connection, row)
