"""Pictures and films of all wearers."""

import asyncio
import logging
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, delete, select, update

from lorgnette.core.errors import LorgnetteError, NotFound, SkillError, StoreError
from lorgnette.core.ids import new_id
from lorgnette.sdk import Shot
from lorgnette.services.gallery.bound import WearerGallery, shot_of
from lorgnette.services.gallery.picture import seen
from lorgnette.services.gallery.reel import ENDINGS, WEBM, FileReel
from lorgnette.services.gallery.section import GallerySection
from lorgnette.services.gallery.tables import named, shots
from lorgnette.services.gallery.unplaced import unplaced
from lorgnette.store import Store

log = logging.getLogger(__name__)

MB: Final = 1024 * 1024
AT_ONCE: Final = 2
"""Pictures that are looked at side by side: each may take a hundred megabytes for a moment."""


class GalleryService:
    """Gives each wearer their own gallery, and keeps what cameras send."""

    def __init__(self, store: Store, settings: GallerySection | None = None) -> None:
        self._store = store
        self.settings = settings or GallerySection()
        self._looking = asyncio.Semaphore(AT_ONCE)

    def of(self, wearer: str) -> WearerGallery:
        """What skills, pages and commands of this wearer get."""
        return WearerGallery(self._store, wearer)

    async def add(
        self,
        wearer: str,
        data: bytes,
        device: str = "",
        place: tuple[float, float] | None = None,
        *,
        zone: str = "UTC",
    ) -> Shot:
        """Keep a picture; `zone`: of a time that its camera wrote without one.

        `MediaError` for what is none; `SkillError` when the disk is full.
        """
        wanted = await self.of(wearer).places()
        self._room(len(data))
        async with self._looking:
            looked = await asyncio.to_thread(seen, data, zone)
            if looked.placed and not wanted:
                data = await asyncio.to_thread(unplaced, data)
        original = await self._store.blobs.put(wearer, data)
        thumb = await self._store.blobs.put(wearer, looked.thumb)
        now = self._store.clock.now().timestamp()
        taken = now if looked.taken is None or looked.taken > now + 60 else looked.taken
        return await self._insert(
            wearer,
            kind="photo",
            mime=looked.mime,
            original=original,
            thumb=thumb,
            bytes=len(data),
            width=looked.width,
            height=looked.height,
            taken=taken,
            device=device,
            place=place if wanted else None,
        )

    async def film(self, wearer: str, device: str = "", place: tuple[float, float] | None = None) -> FileReel:
        """Begin one; its row stands from the start, so that a hub that dies finds it again."""
        self._room(MB)
        place = place if await self.of(wearer).places() else None
        now = self._store.clock.now().timestamp()
        shot = await self._insert(wearer, kind="film", mime=WEBM, taken=now, device=device, place=place)
        return self._reel(wearer, shot.id)

    def _reel(self, wearer: str, id: str) -> FileReel:
        async def keep(reel: FileReel) -> Shot:
            return await self._keep_film(wearer, id, reel)

        async def forget() -> None:
            gone = delete(shots).where(shots.c.wearer == wearer, shots.c.id == id)
            await self._store.write(lambda connection: connection.execute(gone))

        return FileReel(
            self._store.blobs.partial(wearer, f"{id}{ENDINGS[0]}"),
            most=int(self.settings.film_mb * MB),
            keep_free=int(self.settings.keep_free_mb * MB),
            keep=keep,
            forget=forget,
        )

    async def _keep_film(self, wearer: str, id: str, reel: FileReel) -> Shot:
        size = (await asyncio.to_thread(reel.path.stat)).st_size
        try:
            thumb = await self._store.blobs.put(wearer, reel.thumb) if reel.thumb else ""
        except StoreError:
            thumb = ""  # a full disk has room for what is there already
        original = await self._store.blobs.adopt(wearer, reel.path)
        done = (
            update(shots)
            .where(shots.c.wearer == wearer, shots.c.id == id)
            .values(
                mime=reel.mime,
                original=original,
                thumb=thumb,
                bytes=size,
                seconds=reel.seconds,
            )
            .returning(shots)
        )

        def work(connection: Connection) -> Shot:
            row = connection.execute(done).first()
            if row is None:
                raise NotFound("it was forgotten while it was taken")
            return shot_of(row)

        try:
            return await self._store.write(work, durable=True)
        except NotFound:
            for name in filter(None, (original, thumb)):
                await self._store.blobs.delete(wearer, name)
            raise
        except StoreError:  # the next start finds it where it finds films that were cut off
            if path := self._store.blobs.file(wearer, original):
                await asyncio.to_thread(path.replace, reel.path)
            raise

    async def recover(self) -> int:
        """Films that were being taken when the hub died are kept as far as they came; their number."""
        open_ = select(shots.c.wearer, shots.c.id, shots.c.taken).where(shots.c.original == "")
        rows = await self._store.read(lambda connection: connection.execute(open_).all())
        kept = 0
        for row in rows:
            reel = self._reel(row.wearer, row.id)
            try:
                if await asyncio.to_thread(reel.found, row.taken):
                    kept += await reel.finish() is not None
                else:
                    await reel.drop()
            except StoreError as error:
                log.warning("a film that was cut off can't be kept yet: %s", error)
            except (LorgnetteError, OSError) as error:
                log.warning("a film that was cut off is lost: %s", error)
                await reel.drop()
        wanted = {(row.wearer, row.id) for row in rows}  # the rest was forgotten while it was taken
        await asyncio.to_thread(self._store.blobs.drop_partial, ENDINGS, wanted)
        return kept

    async def prune(self) -> None:
        """Really delete what was deleted long enough ago."""
        before = (self._store.clock.now() - timedelta(hours=self.settings.undo_hours)).timestamp()
        columns = (shots.c.wearer, shots.c.original, shots.c.thumb)
        old = delete(shots).where(shots.c.deleted < before).returning(*columns)

        def work(connection: Connection) -> set[tuple[str, str]]:
            rows = connection.execute(old).all()
            gone = {(row.wearer, name) for row in rows for name in (row.original, row.thumb) if name}
            return {pair for pair in gone if not named(connection, *pair)}

        for wearer, name in await self._store.write(work):
            await self._store.blobs.delete(wearer, name)

    def _room(self, more: int) -> None:
        """`SkillError` when the disk hasn't got it."""
        folder = self._store.folder
        free = shutil.disk_usage(folder if folder.is_dir() else Path()).free
        if free - more < self.settings.keep_free_mb * MB:
            raise SkillError(f"{free // MB} MB are left on the disk", phrase="error-gallery-disk")

    async def _insert(self, wearer: str, *, place: tuple[float, float] | None, **values: Any) -> Shot:
        row = {
            "id": new_id("g-"),
            "wearer": wearer,
            "original": "",
            "thumb": "",
            "bytes": 0,
            "width": 0,
            "height": 0,
            "seconds": 0.0,
            "latitude": None if place is None else place[0],
            "longitude": None if place is None else place[1],
        } | values
        insert = shots.insert().values(row).returning(shots)
        return await self._store.write(lambda connection: shot_of(connection.execute(insert).one()))
