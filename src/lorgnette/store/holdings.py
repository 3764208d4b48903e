"""What a domain keeps of a wearer, as the wearer would name it: counted, handed out, forgotten.

Every table belongs to a holding; a domain names its own in `Domain(holdings=…)`, and the privacy page,
`lorgnette export` and `lorgnette forget` find them there.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Protocol

import msgspec
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    LargeBinary,
    Table,
    and_,
    cast,
    delete,
    func,
    select,
    true,
)

AT_ONCE: Final = 500
"""Rows that are read together."""


@dataclass(frozen=True, slots=True)
class Span:
    """From `since` up to and without `until`; epoch seconds."""

    since: float = -math.inf
    until: float = math.inf

    def of(self, when: Column[Any]) -> ColumnElement[bool]:
        """The condition on a column of times."""
        bounds: list[ColumnElement[bool]] = [true()]
        if self.since > -math.inf:
            bounds.append(when >= self.since)
        if self.until < math.inf:
            bounds.append(when < self.until)
        return and_(*bounds)


EVER: Final = Span()


@dataclass(frozen=True, slots=True)
class Amount:
    """How much there is. `size`: bytes of words; `oldest`: epoch seconds, 0 if there is nothing."""

    count: int
    size: int = 0
    oldest: float = 0.0
    blobs: tuple[str, ...] = ()
    """Names of files that belong to it."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One file of an export. `parts`: its content; or `blob`: the name of a file of the wearer's.

    `sound`: that file is PCM16 mono 16 kHz and becomes a WAV file.
    """

    path: str
    parts: Iterable[bytes] = ()
    blob: str = ""
    sound: bool = False


class Holding(Protocol):
    """One kind of thing. The functions run in a thread of the store and see one wearer only."""

    @property
    def name(self) -> str:
        """A key: `notes`. Pages and commands have words for it, and show it as it is where they have none."""
        ...

    @property
    def tables(self) -> frozenset[str]:
        """Those that it answers for."""
        ...

    @property
    def account(self) -> bool:
        """It belongs to being a wearer at all (settings, devices): it goes with the wearer, not before."""
        ...

    def amount(self, connection: Connection, wearer: str, span: Span = EVER) -> Amount: ...

    def export(self, connection: Connection, wearer: str) -> Iterator[Leaf]: ...

    def forget(self, connection: Connection, wearer: str, span: Span = EVER) -> Amount:
        """Delete; what went, with the blobs that no row names any more."""
        ...


type Row = dict[str, Any]
type Render = Callable[[Sequence[Row]], Iterator[Leaf]]


@dataclass(frozen=True, slots=True)
class Rows:
    """The usual `Holding`: the rows of one table.

    `when`: the time by which they count as old. `texts`: what is measured. `times`: exported as ISO 8601.
    `hidden`: not exported. `blob`: names a sound. `render`: more files than the JSON, e.g. Markdown; it gets
    every row as it is in the JSON.
    """

    name: str
    table: Table
    when: Column[Any]
    texts: tuple[Column[Any], ...] = ()
    times: tuple[Column[Any], ...] = ()
    hidden: tuple[Column[Any], ...] = ()
    blob: Column[Any] | None = None
    shared: tuple[Column[Any], ...] = ()
    """Columns of other tables that may name the same blobs."""
    render: Render | None = None
    account: bool = False

    @property
    def tables(self) -> frozenset[str]:
        return frozenset({self.table.name})

    def amount(self, connection: Connection, wearer: str, span: Span = EVER) -> Amount:
        mine = self._mine(wearer, span)
        count, oldest = connection.execute(
            select(func.count(), func.min(self.when)).select_from(self.table).where(mine)
        ).one()
        size = sum(size_of(connection, column, mine) for column in self.texts)
        blobs: set[str] = set()
        if self.blob is not None:
            named = select(self.blob).distinct().where(mine, self.blob != "")
            blobs = set(connection.execute(named).scalars())
        return Amount(count, size, float(oldest or 0.0), tuple(sorted(blobs)))

    def export(self, connection: Connection, wearer: str) -> Iterator[Leaf]:
        if not self.amount(connection, wearer).count:
            return
        yield Leaf(f"{self.name}/{self.name}.json", listed(self._rows(connection, wearer)))
        if self.render is not None:
            yield from self.render([*self._rows(connection, wearer)])

    def forget(self, connection: Connection, wearer: str, span: Span = EVER) -> Amount:
        mine = self._mine(wearer, span)
        going = self.amount(connection, wearer, span)
        connection.execute(delete(self.table).where(mine))
        return Amount(going.count, going.size, going.oldest, self._unnamed(connection, wearer, going.blobs))

    def _mine(self, wearer: str, span: Span) -> ColumnElement[bool]:
        return and_(self.table.c.wearer == wearer, span.of(self.when))

    def _rows(self, connection: Connection, wearer: str) -> Iterator[Row]:
        hidden = {column.name for column in self.hidden} | {"wearer"}
        times = {column.name for column in self.times}
        query = select(self.table).where(self.table.c.wearer == wearer)
        query = query.order_by(self.when, *self.table.primary_key.columns)
        for row in connection.execute(query, execution_options={"yield_per": AT_ONCE}).mappings():
            yield {
                key: moment(value) if key in times else value
                for key, value in row.items()
                if key not in hidden
            }

    def _unnamed(self, connection: Connection, wearer: str, blobs: Iterable[str]) -> tuple[str, ...]:
        columns = [] if self.blob is None else [self.blob, *self.shared]
        return tuple(
            name
            for name in blobs
            if not any(
                connection.execute(
                    select(column).where(column.table.c.wearer == wearer, column == name).limit(1)
                ).first()
                for column in columns
            )
        )


def size_of(connection: Connection, column: Column[Any], condition: ColumnElement[bool]) -> int:
    """Bytes of a column of text."""
    postgres = connection.dialect.name == "postgresql"
    length = func.octet_length(column) if postgres else func.length(cast(column, LargeBinary))
    return int(connection.execute(select(func.coalesce(func.sum(length), 0)).where(condition)).scalar_one())


def moment(value: float | None) -> str | None:
    """Epoch seconds as ISO 8601 in UTC."""
    if not value:
        return None
    return datetime.fromtimestamp(value, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def listed(rows: Iterable[Any]) -> Iterator[bytes]:
    """A JSON array, an element a line, as it comes."""
    begun = False
    for row in rows:
        yield (b",\n" if begun else b"[\n") + msgspec.json.encode(row, enc_hook=str)
        begun = True
    yield b"\n]\n" if begun else b"[]\n"
