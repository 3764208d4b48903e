"""What was said, as a wearer's holding: turns with their sentences, and the timings of turns."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Table, and_, delete, func, select, update

from lorgnette.store.holdings import AT_ONCE, EVER, Amount, Leaf, Row, Span, listed, moment, size_of


class Conversations:
    """`Holding` of turns; their sentences go with them."""

    name = "conversations"
    account = False

    def __init__(self, turns: Table, sentences: Table) -> None:
        self._turns = turns
        self._sentences = sentences
        self.tables = frozenset({turns.name, sentences.name})

    def amount(self, connection: Connection, wearer: str, span: Span = EVER) -> Amount:
        mine = self._mine(wearer, span)
        turns, sentences = self._turns, self._sentences
        count, oldest = connection.execute(select(func.count(), func.min(turns.c.started)).where(mine)).one()
        # by way of the turns: their sentences lie together under their key
        said = and_(mine, sentences.c.turn == turns.c.id)
        size = size_of(connection, turns.c.transcript, mine) + size_of(connection, sentences.c.text, said)
        return Amount(count, size, float(oldest or 0.0))

    def export(self, connection: Connection, wearer: str) -> Iterator[Leaf]:
        yield Leaf("conversations/conversations.json", listed(self._rows(connection, wearer)))
        yield Leaf("conversations/conversations.md", _written(self._rows(connection, wearer)))

    def forget(self, connection: Connection, wearer: str, span: Span = EVER) -> Amount:
        going = self.amount(connection, wearer, span)
        connection.execute(delete(self._turns).where(self._mine(wearer, span)))  # sentences go by their key
        return going

    def _mine(self, wearer: str, span: Span) -> ColumnElement[bool]:
        return and_(self._turns.c.wearer == wearer, span.of(self._turns.c.started))

    def _rows(self, connection: Connection, wearer: str) -> Iterator[Row]:
        turns = self._turns
        query = select(turns).where(turns.c.wearer == wearer).order_by(turns.c.started, turns.c.id)
        for group in connection.execute(query, execution_options={"yield_per": AT_ONCE}).partitions():
            said = self._said(connection, [row.id for row in group])
            for row in group:
                yield {
                    "id": row.id,
                    "device": row.device,
                    "language": row.language,
                    "started": moment(row.started),
                    "ended": moment(row.ended),
                    "typed": row.typed,
                    "said": row.transcript,
                    "answer": said.get(row.id, []),
                    "heard": row.heard,
                    "outcome": row.outcome,
                    "trace": msgspec.json.decode(row.trace) if row.trace else None,
                }

    def _said(self, connection: Connection, ids: Sequence[str]) -> dict[str, list[str]]:
        """By turn. The ids say whose; with the wearer as well SQLite would look through all of theirs."""
        found: dict[str, list[str]] = {}
        sentences = self._sentences
        query = select(sentences.c.turn, sentences.c.text).order_by(sentences.c.turn, sentences.c.position)
        for row in connection.execute(query.where(sentences.c.turn.in_(ids))):
            found.setdefault(row.turn, []).append(row.text)
        return found


class Timings:
    """`Holding` of turns' traces: how long each step took, no words. Exported with the conversations."""

    name = "timings"
    account = False

    def __init__(self, turns: Table) -> None:
        self._turns = turns
        self.tables = frozenset({turns.name})

    def amount(self, connection: Connection, wearer: str, span: Span = EVER) -> Amount:
        mine = self._mine(wearer, span)
        count, oldest = connection.execute(
            select(func.count(), func.min(self._turns.c.started)).where(mine)
        ).one()
        return Amount(count, size_of(connection, self._turns.c.trace, mine), float(oldest or 0.0))

    def export(self, connection: Connection, wearer: str) -> Iterator[Leaf]:
        del connection, wearer
        yield from ()

    def forget(self, connection: Connection, wearer: str, span: Span = EVER) -> Amount:
        going = self.amount(connection, wearer, span)
        connection.execute(update(self._turns).where(self._mine(wearer, span)).values(trace=None))
        return going

    def _mine(self, wearer: str, span: Span) -> ColumnElement[bool]:
        turns = self._turns
        return and_(turns.c.wearer == wearer, span.of(turns.c.started), turns.c.trace.is_not(None))


def _written(rows: Iterator[Row]) -> Iterator[bytes]:
    """To be read: a heading a day (UTC), what was said as a quotation, the answer below it."""
    day = ""
    for row in rows:
        at: Any = row["started"] or ""
        if at[:10] != day:
            day = at[:10]
            yield f"{'' if not day else chr(10)}## {day}\n".encode()
        said = " ".join(str(row["said"]).split()) or "…"
        answer = " ".join(row["answer"])
        yield f"\n{at[11:16]}  \n> {said}\n\n{answer}\n".encode()
