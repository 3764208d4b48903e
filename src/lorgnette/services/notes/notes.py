"""One wearer's notes: what a skill gets."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, select, update

from lorgnette.core.errors import NotFound
from lorgnette.core.ids import new_id
from lorgnette.sdk import Note
from lorgnette.services.notes.folding import fold, pattern
from lorgnette.services.notes.sound import checked, keep
from lorgnette.services.notes.tables import notes
from lorgnette.store import Store

LIKE_ENOUGH = 75.0
"""Of 100: below it a note doesn't resemble the words at all."""

LOOKED_AT = 500
"""Notes among which a misheard word is looked for."""

WORDS = 12


class WearerNotes:
    """Implements `sdk.Notes`."""

    def __init__(self, store: Store, wearer: str) -> None:
        self._store = store
        self._wearer = wearer

    async def add(self, text: str, audio: bytes | None = None) -> Note:
        """Words, sound or both."""
        text = checked(text, audio)
        name, seconds = await keep(self._store, self._wearer, audio)
        created = self._store.clock.now().timestamp()

        def work(connection: Connection) -> Note:
            last = select(func.max(notes.c.number)).where(notes.c.wearer == self._wearer)
            values: dict[str, Any] = {
                "id": new_id("n-"),
                "wearer": self._wearer,
                "number": (connection.execute(last).scalar() or 0) + 1,
                "text": text,
                "folded": fold(text),
                "audio": name,
                "seconds": seconds,
                "created": created,
            }
            return _note(connection.execute(notes.insert().values(values).returning(notes)).one())

        return await self._store.write(work)

    async def recent(self, limit: int = 10) -> list[Note]:
        """Newest first."""
        return [_note(row) for row in await self._rows(self._kept(), limit=limit)]

    async def search(self, words: str, limit: int = 10) -> list[Note]:
        """Notes with all the words, newest first; if there is none, those that sound most like them."""
        wanted = fold(words).split()[:WORDS]
        if not wanted:
            return []
        having = [notes.c.folded.like(pattern(word), escape="\\") for word in wanted]
        if rows := await self._rows(and_(self._kept(), *having), limit=limit):
            return [_note(row) for row in rows]
        rows = await self._rows(and_(self._kept(), notes.c.folded != ""), limit=LOOKED_AT)
        return [_note(row) for row in _alike(" ".join(wanted), rows)[:limit]]

    async def get(self, number: int) -> Note:
        """By the number one says."""
        rows = await self._rows(and_(self._kept(), notes.c.number == number), limit=1)
        if not rows:
            raise NotFound(f"no note {number}", number=number)
        return _note(rows[0])

    async def audio(self, id: str) -> bytes | None:
        """The sound; None if there never was one or it is gone."""
        rows = await self._rows(and_(self._mine(), notes.c.id == id), limit=1)
        if not rows:
            raise NotFound(f"no note {id}")
        return await self._store.blobs.get(self._wearer, rows[0].audio) if rows[0].audio else None

    async def delete(self, id: str) -> Note:
        """It can come back by `restore` until retention takes it."""
        now = self._store.clock.now().timestamp()
        return await self._change(and_(self._kept(), notes.c.id == id), deleted=now)

    async def restore(self, id: str) -> Note:
        """One that wasn't deleted stays as it is."""
        return await self._change(and_(self._mine(), notes.c.id == id), deleted=None)

    async def unheard(self, limit: int = 20) -> list[Note]:
        """Those of which only the sound is known, oldest first: for an ASR that came later."""
        rows = await self._rows(and_(self._kept(), notes.c.text == "", notes.c.audio != ""), limit=LOOKED_AT)
        return [_note(row) for row in rows[::-1][:limit]]

    async def write_down(self, id: str, text: str) -> Note:
        """The words of a note that was only sound."""
        text = checked(text, None)
        return await self._change(and_(self._mine(), notes.c.id == id), text=text, folded=fold(text))

    def _mine(self) -> ColumnElement[bool]:
        return notes.c.wearer == self._wearer

    def _kept(self) -> ColumnElement[bool]:
        return and_(self._mine(), notes.c.deleted.is_(None))

    async def _rows(self, condition: ColumnElement[bool], *, limit: int) -> list[Row[Any]]:
        query = select(notes).where(condition).order_by(notes.c.number.desc()).limit(max(0, limit))
        return list(await self._store.read(lambda connection: connection.execute(query).all()))

    async def _change(self, condition: ColumnElement[bool], **values: Any) -> Note:
        def work(connection: Connection) -> Note:
            row = connection.execute(update(notes).where(condition).values(values).returning(notes)).first()
            if row is None:
                raise NotFound("no such note")
            return _note(row)

        return await self._store.write(work)


def _note(row: Row[Any]) -> Note:
    return Note(
        id=row.id,
        number=row.number,
        text=row.text,
        seconds=float(row.seconds),
        created=float(row.created),
    )


def _alike(words: str, rows: list[Row[Any]]) -> list[Row[Any]]:
    from rapidfuzz import fuzz

    scored = [(fuzz.partial_ratio(words, row.folded), row) for row in rows]
    return [row for score, row in sorted(scored, key=lambda pair: -pair[0]) if score >= LIKE_ENOUGH]
