"""One wearer's gallery: what a skill, a page or a command gets."""

import base64
from pathlib import Path
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, and_, select, tuple_, update

from lorgnette.core.errors import NotFound
from lorgnette.sdk import Shot
from lorgnette.services.gallery.tables import shots, wishes
from lorgnette.store import Store, insert_new

MOST: Final = 200


class WearerGallery:
    """Implements `sdk.Gallery`."""

    def __init__(self, store: Store, wearer: str) -> None:
        self._store = store
        self._wearer = wearer

    async def recent(self, limit: int = 10) -> list[Shot]:
        """Newest first."""
        found, _ = await self.page(limit)
        return found

    async def page(self, limit: int = 60, before: str = "") -> tuple[list[Shot], str]:
        """Newest first, and what to give as `before` for the following ones; empty when there are none."""
        limit = min(MOST, max(1, limit))
        condition = self._kept()
        if before:
            taken, id = _cursor(before)
            older = tuple_(shots.c.taken, shots.c.id) < (taken, id)
            condition = and_(condition, older)
        query = select(shots).where(condition).order_by(shots.c.taken.desc(), shots.c.id.desc())
        rows = await self._store.read(lambda one: one.execute(query.limit(limit + 1)).all())
        more = f"{rows[limit - 1].taken!r}~{rows[limit - 1].id}" if len(rows) > limit else ""
        following = base64.urlsafe_b64encode(more.encode()).decode() if more else ""
        return [shot_of(row) for row in rows[:limit]], following

    async def get(self, id: str) -> Shot:
        return shot_of(await self._row(and_(self._kept(), shots.c.id == id)))

    async def thumbnail(self, id: str) -> bytes | None:
        row = await self._row(and_(self._kept(), shots.c.id == id))
        return await self._store.blobs.get(self._wearer, row.thumb) if row.thumb else None

    async def original(self, id: str) -> tuple[Shot, Path]:
        """What it is and where it lies. `NotFound` if its file is gone."""
        row = await self._row(and_(self._kept(), shots.c.id == id))
        path = self._store.blobs.file(self._wearer, row.original)
        if path is None:
            raise NotFound(f"the file of {id} is gone")
        return shot_of(row), path

    async def delete(self, id: str) -> Shot:
        now = self._store.clock.now().timestamp()
        return await self._change(and_(self._kept(), shots.c.id == id), deleted=now)

    async def restore(self, id: str) -> Shot:
        """One that wasn't deleted stays as it is."""
        return await self._change(and_(self._mine(), shots.c.id == id), deleted=None)

    async def places(self) -> bool:
        """Whether this wearer wants places kept with pictures; nobody does unless they said so."""
        query = select(wishes.c.places).where(wishes.c.wearer == self._wearer)
        return bool(await self._store.read(lambda one: one.execute(query).scalar()))

    async def want_places(self, *, wanted: bool) -> None:
        """From now on; what is there keeps its place or none."""
        now = self._store.clock.now().timestamp()

        def work(connection: Connection) -> None:
            row = insert_new(connection, wishes).values(wearer=self._wearer, places=wanted, changed=now)
            connection.execute(
                row.on_conflict_do_update(index_elements=["wearer"], set_={"places": wanted, "changed": now})
            )

        await self._store.write(work)

    def _mine(self) -> ColumnElement[bool]:
        return and_(shots.c.wearer == self._wearer, shots.c.original != "")

    def _kept(self) -> ColumnElement[bool]:
        return and_(self._mine(), shots.c.deleted.is_(None))

    async def _row(self, condition: ColumnElement[bool]) -> Row[Any]:
        row = await self._store.read(lambda one: one.execute(select(shots).where(condition)).first())
        if row is None:
            raise NotFound("no such picture or film")
        return row

    async def _change(self, condition: ColumnElement[bool], **values: Any) -> Shot:
        def work(connection: Connection) -> Shot:
            row = connection.execute(update(shots).where(condition).values(values).returning(shots)).first()
            if row is None:
                raise NotFound("no such picture or film")
            return shot_of(row)

        return await self._store.write(work)


def shot_of(row: Row[Any]) -> Shot:
    """A row as everyone else sees it."""
    return Shot(
        id=row.id,
        kind=row.kind,
        mime=row.mime,
        bytes=row.bytes,
        width=row.width,
        height=row.height,
        seconds=row.seconds,
        taken=row.taken,
        device=row.device,
        place=None if row.latitude is None else (row.latitude, row.longitude),
        thumb=bool(row.thumb),
    )


def _cursor(text: str) -> tuple[float, str]:
    try:
        taken, _, id = base64.urlsafe_b64decode(text.encode()).decode().partition("~")
        return float(taken), id
    except ValueError:
        raise NotFound("no such page of the gallery") from None
