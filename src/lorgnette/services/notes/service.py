"""Notes and lists of all wearers."""

from datetime import timedelta

from sqlalchemy import Connection, Table, delete, select

from lorgnette.services.notes.lists import WearerLists
from lorgnette.services.notes.notes import WearerNotes
from lorgnette.services.notes.tables import items, notes
from lorgnette.store import Store

KEPT = timedelta(days=30)
"""How long something deleted can come back."""


class NotesService:
    """Gives each wearer their own notes and lists; nobody else's exist."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def notes_of(self, wearer: str) -> WearerNotes:
        """What skills of this wearer get as `sdk.Notes`."""
        return WearerNotes(self._store, wearer)

    def lists_of(self, wearer: str) -> WearerLists:
        """What skills of this wearer get as `sdk.Lists`."""
        return WearerLists(self._store, wearer)

    async def prune(self) -> None:
        """Really delete what was deleted a month ago, and sounds that nothing names any more."""
        before = (self._store.clock.now() - KEPT).timestamp()

        def work(connection: Connection) -> set[tuple[str, str]]:
            gone = {pair for table in (notes, items) for pair in _purge(connection, table, before)}
            return {pair for pair in gone if not _named(connection, *pair)}

        for wearer, audio in await self._store.write(work):
            await self._store.blobs.delete(wearer, audio)


def _purge(connection: Connection, table: Table, before: float) -> set[tuple[str, str]]:
    old = delete(table).where(table.c.deleted < before).returning(table.c.wearer, table.c.audio)
    return {(wearer, audio) for wearer, audio in connection.execute(old) if audio}


def _named(connection: Connection, wearer: str, audio: str) -> bool:
    return any(
        connection.execute(
            select(table.c.id).where(table.c.wearer == wearer, table.c.audio == audio).limit(1)
        ).first()
        for table in (notes, items)
    )
