"""What memory holds of a wearer: counted, exported, forgotten."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, delete, func, select

from lorgnette.services.memory.rows import revive
from lorgnette.services.memory.tables import VERSIONS, facts, metadata, summaries, terms, vectors, wishes
from lorgnette.store import EVER, Amount, Domain, Leaf, Rows, Span
from lorgnette.store.holdings import listed, moment, size_of


@dataclass(frozen=True, slots=True)
class FactRows:
    """Implements `store.Holding`; words and meanings by which facts are found go with them by their key."""

    name: str = "memory"
    tables: frozenset[str] = frozenset({facts.name, terms.name, vectors.name})
    account: bool = False

    def amount(self, connection: Connection, wearer: str, span: Span = EVER) -> Amount:
        its = and_(facts.c.wearer == wearer, span.of(facts.c.created))
        count, oldest = connection.execute(select(func.count(), func.min(facts.c.created)).where(its)).one()
        return Amount(count, size_of(connection, facts.c.text, its), float(oldest or 0.0))

    def export(self, connection: Connection, wearer: str) -> Iterator[Leaf]:
        query = select(facts).where(facts.c.wearer == wearer).order_by(facts.c.created, facts.c.id)
        rows = [
            {key: value for key, value in row.items() if key not in {"wearer", "topic"}}
            | {key: moment(row[key]) for key in ("created", "replaced", "deleted")}
            for row in connection.execute(query).mappings()
        ]
        if rows:
            yield Leaf("memory/memory.json", listed(rows))
            yield Leaf("memory/memory.md", (line.encode() for line in _lines(rows)))

    def forget(self, connection: Connection, wearer: str, span: Span = EVER) -> Amount:
        going = self.amount(connection, wearer, span)
        gone = (
            delete(facts).where(facts.c.wearer == wearer, span.of(facts.c.created)).returning(facts.c.thread)
        )
        threads = set(connection.execute(gone).scalars())
        revive(connection, wearer, threads)
        return going


def _lines(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """To be read: what holds, and what was said before in its place."""
    for row in rows:
        if row["deleted"] or not row["text"]:
            continue
        line = f"{row['created'][:10]} · {' '.join(row['text'].split())}"
        yield f"- ~~{line}~~\n" if row["replaced"] else f"- {line}\n"


HOLDINGS = (
    FactRows(),
    Rows(
        "summaries",
        summaries,
        summaries.c.ended,
        texts=(summaries.c.text,),
        times=(summaries.c.began, summaries.c.ended),
    ),
    Rows("memory-settings", wishes, when=wishes.c.changed, times=(wishes.c.changed,), account=True),
)

DOMAIN = Domain("memory", metadata, VERSIONS, HOLDINGS)
