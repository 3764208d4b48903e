"""What was said, durably: turns, their sentences, how far they were heard, and their traces."""

import asyncio
from collections import deque
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, and_, bindparam, func, or_, select, update

from lorgnette.core.speech import Unfinished
from lorgnette.store.store import Store
from lorgnette.store.tables import sentences, turns
from lorgnette.store.upsert import insert_new
from lorgnette.store.words import clean

RESUMED = 8
"""Unfinished replies given back at most: who reconnects wants the last words, not a backlog."""

EVERY_S = 0.05
"""Writes of a busy journal are this far apart, so that hundreds of conversations share them; a quiet one
writes at once. A killed hub loses at most this much: a sentence is said again."""

PENDING = 50_000
"""Calls that may wait for the writer; a call beyond that is dropped and counted."""

LISTED = 1000
"""Turns given back at most."""

GIVEN_UP = ("interrupted", "cancelled")
"""Outcomes after which the rest of a reply isn't wanted any more."""


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """A turn as it was. Times: UTC epoch seconds; `outcome`: empty while it runs or if the hub died."""

    id: str
    device: str
    language: str
    transcript: str
    typed: bool
    started: float
    ended: float
    outcome: str
    sentences: tuple[str, ...]
    heard: int
    trace: dict[str, Any]


class Journal:
    """The session calls `begin`, `sentence`, `heard`, `end` from the loop; each returns at once.

    What gathers meanwhile goes in one write. `begin` binds a turn to its wearer, and the
    later calls know it only by that.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._pending: deque[tuple[str, dict[str, Any]]] = deque()
        self._queued = False
        self._timer: asyncio.TimerHandle | None = None
        self._flushed = store.clock.steady() - EVERY_S
        self.dropped = 0
        store.on_closing(self._post)

    def begin(self, turn: str, wearer: str, device: str, language: str, transcript: str, typed: bool) -> None:
        """A turn starts with what the wearer said."""
        self._put(
            "begin",
            {
                "id": turn,
                "wearer": wearer,
                "device": device,
                "language": language,
                "transcript": clean(transcript),
                "typed": typed,
                "started": self._now(),
                "touched": self._now(),
                "heard": 0,
            },
        )

    def sentence(self, turn: str, index: int, text: str) -> None:
        """Sentence `index` of the reply is about to be said."""
        self._put("sentence", {"a_turn": turn, "a_position": index, "a_text": clean(text)})

    def heard(self, turn: str, index: int) -> None:
        """Sentence `index` (and all before it) was heard by the wearer."""
        self._put("heard", {"a_turn": turn, "a_heard": index + 1, "a_touched": self._now()})

    def end(self, turn: str, outcome: str, trace: dict[str, Any]) -> None:
        """The turn is over; its trace is kept as JSON."""
        text = clean(msgspec.json.encode(trace, enc_hook=str).decode())
        ended = self._now()
        self._put("end", {"a_turn": turn, "a_outcome": outcome, "a_trace": text, "a_ended": ended})

    async def unfinished(self, wearer: str, within: float) -> list[Unfinished]:
        """Replies not heard to their end, begun or heard at most `within` seconds ago, newest first.

        One that the wearer interrupted or cancelled counts as finished.
        """
        since = self._now() - within
        said = select(func.count()).where(sentences.c.turn == turns.c.id).scalar_subquery()
        query = (
            select(turns)
            .where(turns.c.wearer == wearer, turns.c.touched >= since, turns.c.heard < said)
            .where(or_(turns.c.outcome.is_(None), turns.c.outcome.not_in(GIVEN_UP)))
            .order_by(turns.c.started.desc(), turns.c.id)
            .limit(RESUMED)
        )
        found = await self._load(wearer, query)
        return [
            Unfinished(turn=row.id, device=row.device, language=row.language, sentences=said, heard=row.heard)
            for row, said in found
        ]

    async def turns(self, wearer: str, limit: int = 20) -> list[Turn]:
        """The last ones, newest first."""
        query = select(turns).where(turns.c.wearer == wearer).order_by(turns.c.started.desc(), turns.c.id)
        return [_turn(row, said) for row, said in await self._load(wearer, query.limit(min(limit, LISTED)))]

    async def turn(self, wearer: str, id: str) -> Turn | None:
        """One of this wearer's."""
        found = await self._load(wearer, select(turns).where(turns.c.wearer == wearer, turns.c.id == id))
        return _turn(*found[0]) if found else None

    async def before_this(self, wearer: str) -> float:
        """When the wearer said the last thing before the one that is being answered; 0 if there is none."""
        mine = (turns.c.wearer == wearer) & (turns.c.transcript != "")
        query = select(turns.c.started).where(mine).order_by(turns.c.started.desc()).offset(1).limit(1)
        await self._store.settle()
        found = await self._store.read(lambda connection: connection.execute(query).scalar())
        return float(found or 0.0)

    def _now(self) -> float:
        return self._store.clock.now().timestamp()

    async def _load(self, wearer: str, query: Select[Any]) -> list[tuple[Row[Any], tuple[str, ...]]]:
        def work(connection: Connection) -> list[tuple[Row[Any], tuple[str, ...]]]:
            rows = connection.execute(query).all()
            mine = and_(sentences.c.wearer == wearer, sentences.c.turn.in_([row.id for row in rows]))
            said: dict[str, list[str]] = {row.id: [] for row in rows}
            for line in connection.execute(
                select(sentences.c.turn, sentences.c.text).where(mine).order_by(sentences.c.position)
            ):
                said[line.turn].append(line.text)
            return [(row, tuple(said[row.id])) for row in rows]

        self._post()
        await self._store.write(lambda _: None)  # what was journalled before is there
        return await self._store.read(work)

    def _put(self, kind: str, values: dict[str, Any]) -> None:
        if len(self._pending) >= PENDING:
            self.dropped += 1
            return
        self._pending.append((kind, values))
        if self._timer is None and not self._queued:
            wait = self._flushed + EVERY_S - self._store.clock.steady()
            if wait <= 0:
                self._post()
            else:
                self._timer = asyncio.get_running_loop().call_later(min(wait, EVERY_S), self._post)

    def _post(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._pending and not self._queued:
            self._flushed = self._store.clock.steady()
            self._queued = True  # before the post: the writer may be quicker than this line
            if not self._store.post(self._flush):
                self._pending.clear()
                self._queued = False

    def _flush(self, connection: Connection) -> None:
        """In the writer's thread. A turn's calls keep their order: begin, sentences, heard, end."""
        self._queued = False
        batches: dict[str, list[dict[str, Any]]] = {kind: [] for kind in _STATEMENTS}
        while self._pending:
            kind, values = self._pending.popleft()
            batches[kind].append(values)
        if batches["begin"]:
            connection.execute(insert_new(connection, turns).on_conflict_do_nothing(), batches["begin"])
        if batches["sentence"]:
            source = select(
                bindparam("a_turn", type_=turns.c.id.type),
                bindparam("a_position", type_=sentences.c.position.type),
                turns.c.wearer,
                bindparam("a_text", type_=sentences.c.text.type),
            ).where(turns.c.id == bindparam("a_turn"))
            insert = insert_new(connection, sentences).from_select(
                ["turn", "position", "wearer", "text"], source
            )
            connection.execute(insert.on_conflict_do_nothing(), batches["sentence"])
        for kind in ("heard", "end"):
            if batches[kind]:
                connection.execute(_STATEMENTS[kind], batches[kind])


_STATEMENTS: dict[str, Any] = {
    "begin": None,
    "sentence": None,
    "heard": update(turns)
    .where(turns.c.id == bindparam("a_turn"), turns.c.heard < bindparam("a_heard"))
    .values(heard=bindparam("a_heard"), touched=bindparam("a_touched")),
    "end": update(turns)
    .where(turns.c.id == bindparam("a_turn"))
    .values(outcome=bindparam("a_outcome"), trace=bindparam("a_trace"), ended=bindparam("a_ended")),
}


def _turn(row: Row[Any], said: tuple[str, ...]) -> Turn:
    return Turn(
        id=row.id,
        device=row.device,
        language=row.language,
        transcript=row.transcript,
        typed=row.typed,
        started=row.started,
        ended=row.ended or 0.0,
        outcome=row.outcome or "",
        sentences=said,
        heard=row.heard,
        trace=msgspec.json.decode(row.trace) if row.trace else {},
    )
