"""One wearer's gallery: kept, paged, deleted, brought back; films that end in every way there is."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.services.gallery.pictures import WEBM, exif, picture

from lorgnette.core.clock import ManualClock
from lorgnette.core.errors import MediaError, NotFound, SkillError, StoreError
from lorgnette.services.gallery import DOMAIN, GallerySection, GalleryService
from lorgnette.services.gallery.holding import HOLDINGS
from lorgnette.services.gallery.tables import shots
from lorgnette.store import Span, Store

type Work = Callable[[Store, GalleryService], Coroutine[Any, Any, Any]]


def in_gallery(folder: Path, work: Work, **settings: Any) -> Any:
    """Open, do, close."""

    async def run() -> Any:
        store = await Store.open(f"sqlite:///{folder}/store.db", ManualClock(), domains=(DOMAIN,))
        settings.setdefault("keep_free_mb", 0.0)
        try:
            async with asyncio.timeout(30):
                return await work(store, GalleryService(store, GallerySection(**settings)))
        finally:
            await store.close()

    return asyncio.run(run())


def blobs(folder: Path) -> list[Path]:
    return [path for path in (folder / "blobs").rglob("*") if path.is_file()]


def test_a_picture_is_there_for_its_wearer_and_nobody_else(tmp_path: Path) -> None:
    async def work(store: Store, gallery: GalleryService) -> None:
        shot = await gallery.add("w1", picture(), "Frame")
        assert (shot.kind, shot.mime, shot.width, shot.height, shot.device) == (
            "photo",
            "image/jpeg",
            640,
            400,
            "Frame",
        )
        assert await gallery.of("w1").recent() == [shot]
        assert (await gallery.of("w1").thumbnail(shot.id) or b"").startswith(b"\xff\xd8")
        found, path = await gallery.of("w1").original(shot.id)
        assert found == shot
        assert path.read_bytes() == picture()
        other = gallery.of("w2")
        assert await other.recent() == []
        for ask in (other.get, other.thumbnail, other.original, other.delete, other.restore):
            with pytest.raises(NotFound):
                await ask(shot.id)

    in_gallery(tmp_path, work)


def test_what_is_no_picture_leaves_nothing_behind(tmp_path: Path) -> None:
    async def work(store: Store, gallery: GalleryService) -> None:
        for data in (b"", b"<svg/>", picture()[:200], WEBM):
            with pytest.raises(MediaError):
                await gallery.add("w1", data)
        reel = await gallery.film("w1")
        with pytest.raises(MediaError):
            await reel.write(b"<html>")
        assert await reel.finish() is None
        assert await store.read(lambda one: one.execute(shots.select()).all()) == []
        assert await gallery.of("w1").recent() == []

    in_gallery(tmp_path, work)
    assert blobs(tmp_path) == []


def test_a_place_is_kept_only_for_who_wants_it(tmp_path: Path) -> None:
    async def work(store: Store, gallery: GalleryService) -> None:
        data = picture(exif=exif(placed=True))
        here = (60.17, 24.94)
        first = await gallery.add("w1", data, place=here)
        assert first.place is None
        _, path = await gallery.of("w1").original(first.id)
        assert path.read_bytes() != data
        await gallery.of("w1").want_places(wanted=True)
        second = await gallery.add("w1", data, place=here)
        assert second.place == here
        _, path = await gallery.of("w1").original(second.id)
        assert path.read_bytes() == data
        assert not await gallery.of("w2").places()
        await gallery.of("w1").want_places(wanted=False)
        assert (await gallery.add("w1", data, place=here)).place is None

    in_gallery(tmp_path, work)


def test_a_time_without_a_zone_is_the_wearers(tmp_path: Path) -> None:
    async def work(store: Store, gallery: GalleryService) -> None:
        data = picture(exif=exif(taken="2020:07:01 12:00:00"))
        shot = await gallery.add("w1", data, zone="America/New_York")
        assert shot.taken == datetime(2020, 7, 1, 16, tzinfo=UTC).timestamp()

    in_gallery(tmp_path, work)


def test_pages_hold_everything_once_newest_first(tmp_path: Path) -> None:
    async def work(store: Store, gallery: GalleryService) -> None:
        made = []
        for number in range(7):
            written = exif(taken=f"2026:03:0{1 + number // 2} 12:00:00")  # pairs of the same second
            made.append(await gallery.add("w1", picture(size=(8 + number, 8), exif=written)))
        mine = gallery.of("w1")
        seen, before = [], ""
        while True:
            page, before = await mine.page(3, before)
            seen += page
            if not before:
                break
        assert {one.id for one in seen} == {one.id for one in made}
        assert len(seen) == 7
        assert [one.taken for one in seen] == sorted((one.taken for one in made), reverse=True)
        for nonsense in ("%%%", "bm90", "é"):
            with pytest.raises(NotFound):
                await mine.page(3, nonsense)

    in_gallery(tmp_path, work)


def test_what_was_deleted_comes_back_for_a_while_and_then_really_goes(tmp_path: Path) -> None:
    async def work(store: Store, gallery: GalleryService) -> None:
        mine = gallery.of("w1")
        shot = await gallery.add("w1", picture())
        twin = await gallery.add("w1", picture())  # the same bytes: one blob
        await mine.delete(shot.id)
        with pytest.raises(NotFound):
            await mine.original(shot.id)
        await gallery.prune()
        assert await mine.restore(shot.id) == shot
        await mine.delete(shot.id)
        clock = store.clock
        assert isinstance(clock, ManualClock)
        clock.advance(timedelta(hours=25).total_seconds())
        await gallery.prune()
        with pytest.raises(NotFound):
            await mine.restore(shot.id)
        assert (await mine.original(twin.id))[1].exists()
        await mine.delete(twin.id)
        clock.advance(timedelta(hours=25).total_seconds())
        await gallery.prune()

    in_gallery(tmp_path, work)
    assert blobs(tmp_path) == []


def test_a_full_disk_is_said_before_anything_is_written(tmp_path: Path) -> None:
    async def work(store: Store, gallery: GalleryService) -> None:
        for ask in (gallery.add("w1", picture()), gallery.film("w1")):
            with pytest.raises(SkillError) as refused:
                await ask
            assert refused.value.phrase == "error-gallery-disk"

    in_gallery(tmp_path, work, keep_free_mb=1e9)
    assert blobs(tmp_path) == []


def test_a_film_is_written_as_it_comes_and_kept_whole(tmp_path: Path) -> None:
    async def work(store: Store, gallery: GalleryService) -> None:
        reel = await gallery.film("w1", "Frame")
        await reel.poster(picture(size=(64, 36)))
        for at in range(0, len(WEBM), 1000):
            await reel.write(WEBM[at : at + 1000])
            assert reel.path.stat().st_size == min(len(WEBM), at + 1000)
        assert await gallery.of("w1").recent() == []  # not before it is over
        shot = await reel.finish()
        assert shot is not None
        assert (shot.kind, shot.mime, shot.bytes, shot.thumb) == ("film", "video/webm", len(WEBM), True)
        _, path = await gallery.of("w1").original(shot.id)
        assert path.read_bytes() == WEBM
        assert not reel.path.exists()

    in_gallery(tmp_path, work)


def test_a_film_that_is_as_large_as_it_may_be_is_full(tmp_path: Path) -> None:
    async def work(store: Store, gallery: GalleryService) -> None:
        reel = await gallery.film("w1")
        await reel.write(WEBM)
        assert not reel.full
        await reel.write(bytes(20_000))
        assert reel.full
        shot = await reel.finish()
        assert shot is not None
        assert shot.bytes == len(WEBM)

    in_gallery(tmp_path, work, film_mb=0.02)


def test_a_film_that_a_dead_hub_left_is_kept_as_far_as_it_came(tmp_path: Path) -> None:
    async def begin(store: Store, gallery: GalleryService) -> None:
        for data in (WEBM, b"", b"no film at all"):
            reel = await gallery.film("w1")
            if data.startswith(b"no"):
                reel.path.write_bytes(data)
            elif data:
                await reel.poster(picture(size=(64, 36)))
                await reel.write(data)

    async def again(store: Store, gallery: GalleryService) -> None:
        assert await gallery.recover() == 1
        (shot,) = await gallery.of("w1").recent()
        assert (shot.kind, shot.bytes, shot.thumb) == ("film", len(WEBM), True)
        assert await gallery.recover() == 0
        assert len(await store.read(lambda one: one.execute(shots.select()).all())) == 1

    in_gallery(tmp_path, begin)
    in_gallery(tmp_path, again)
    assert len(blobs(tmp_path)) == 2  # the film and its poster


def test_a_film_of_a_wearer_who_is_forgotten_meanwhile_leaves_nothing(tmp_path: Path) -> None:
    async def work(store: Store, gallery: GalleryService) -> None:
        reel = await gallery.film("w1")
        await reel.write(WEBM)
        await store.write(lambda one: HOLDINGS[0].forget(one, "w1"))
        with pytest.raises(NotFound):
            await reel.finish()

    in_gallery(tmp_path, work)
    assert blobs(tmp_path) == []


def test_a_film_that_was_forgotten_before_the_hub_died_is_gone_after_the_next_start(tmp_path: Path) -> None:
    async def begin(store: Store, gallery: GalleryService) -> None:
        reel = await gallery.film("w1")
        await reel.poster(picture(size=(64, 36)))
        await reel.write(WEBM)
        await store.write(lambda one: HOLDINGS[0].forget(one, "w1"))

    async def again(store: Store, gallery: GalleryService) -> None:
        assert await gallery.recover() == 0

    in_gallery(tmp_path, begin)
    assert blobs(tmp_path)
    in_gallery(tmp_path, again)
    assert blobs(tmp_path) == []


def test_a_film_whose_row_the_disk_does_not_take_is_found_by_the_next_start(tmp_path: Path) -> None:
    async def full(store: Store, gallery: GalleryService) -> None:
        reel = await gallery.film("w1")
        await reel.poster(picture(size=(64, 36)))
        await reel.write(WEBM)
        stop = (
            "CREATE TRIGGER full BEFORE UPDATE ON gallery BEGIN SELECT RAISE(FAIL, 'the disk is full'); END"
        )
        await store.write(lambda one: one.exec_driver_sql(stop))
        with pytest.raises(StoreError):
            await reel.finish()
        await store.write(lambda one: one.exec_driver_sql("DROP TRIGGER full"))

    async def again(store: Store, gallery: GalleryService) -> None:
        assert await gallery.recover() == 1
        (shot,) = await gallery.of("w1").recent()
        _, path = await gallery.of("w1").original(shot.id)
        assert path.read_bytes() == WEBM

    in_gallery(tmp_path, full)
    in_gallery(tmp_path, again)


def test_a_film_is_kept_where_the_disk_has_no_room_for_its_poster(tmp_path: Path) -> None:
    async def work(store: Store, gallery: GalleryService) -> None:
        reel = await gallery.film("w1")
        reel.beside.mkdir()  # nothing can be written there
        await reel.poster(picture(size=(64, 36)))
        await reel.write(WEBM)
        reel.beside.rmdir()
        shot = await reel.finish()
        assert shot is not None
        assert shot.bytes == len(WEBM)

    in_gallery(tmp_path, work)


def test_what_is_held_is_counted_exported_and_forgotten(tmp_path: Path) -> None:
    async def work(store: Store, gallery: GalleryService) -> None:
        old = await gallery.add("w1", picture(exif=exif(taken="2020:01:01 12:00:00")))
        new = await gallery.add("w1", picture("PNG"))
        await gallery.add("w2", picture("WEBP"))
        held = HOLDINGS[0]
        amount = await store.read(lambda one: held.amount(one, "w1"))
        assert (amount.count, len(amount.blobs)) == (2, 4)
        leaves = await store.read(lambda one: [*held.export(one, "w1")])
        listed = msgspec.json.decode(b"".join(leaves[0].parts))
        assert [one["id"] for one in listed] == [old.id, new.id]
        assert {leaf.path for leaf in leaves[1:]} == {f"gallery/{one['file']}" for one in listed}
        for leaf in leaves[1:]:
            assert await store.blobs.get("w1", leaf.blob)
        span = Span(until=old.taken + 1)
        gone = await store.write(lambda one: held.forget(one, "w1", span))
        assert gone.count == 1
        assert [one.id for one in await gallery.of("w1").recent()] == [new.id]
        assert len(await gallery.of("w2").recent()) == 1

    in_gallery(tmp_path, work)
