"""Wearers: an owner from the first start, one owner always, and forgetting that really forgets."""

import asyncio
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import Table
from tests.services.gallery.pictures import picture
from tests.store.databases import Place

from lorgnette.core.errors import Denied, NotFound
from lorgnette.core.outgoing import Parcel
from lorgnette.core.speech import Message
from lorgnette.engines.embed.canned import CannedEmbedder
from lorgnette.services.gallery import GalleryService
from lorgnette.services.memory import MemorySection, MemoryService, Wish
from lorgnette.services.memory.tables import summaries
from lorgnette.services.notes import NotesService
from lorgnette.services.privacy import PrivacyService
from lorgnette.services.schedule import ScheduleService
from lorgnette.store import Devices, Inbox, Journal, People, Store


def test_the_first_start_makes_an_owner_and_the_second_finds_them(place: Place) -> None:
    async def first(store: Store) -> str:
        owner = await People(store).owner(name="Ada", language="de", zone="Europe/Berlin")
        assert (owner.name, owner.role, owner.language, owner.zone) == ("Ada", "owner", "de", "Europe/Berlin")
        return owner.id

    async def second(store: Store) -> str:
        return (await People(store).owner(name="Eve")).id

    assert place.run(first) == place.run(second)


def test_two_first_starts_at_once_make_one_owner(place: Place) -> None:
    async def work(store: Store) -> int:
        people = People(store)
        await asyncio.gather(*(people.owner() for _ in range(5)))
        return len(await people.all())

    assert place.run(work) == 1


def test_settings_are_kept(place: Place) -> None:
    async def work(store: Store) -> None:
        people = People(store)
        added = await people.add("Bob", "guest", language="zh", zone="Asia/Shanghai")
        await people.update(msgspec.structs.replace(added, volume=0.25, rate=1.5, name="Bo"))
        found = await people.wearer(added.id)
        assert (found.name, found.role, found.volume, found.rate) == ("Bo", "guest", 0.25, 1.5)

    place.run(work)


def test_an_unknown_wearer_is_not_found(place: Place) -> None:
    async def work(store: Store) -> None:
        people = People(store)
        owner = await people.owner()
        with pytest.raises(NotFound):
            await people.wearer("w-nobody")
        with pytest.raises(NotFound):
            await people.update(msgspec.structs.replace(owner, id="w-nobody"))

    place.run(work)


def test_the_last_owner_stays(place: Place) -> None:
    async def work(store: Store) -> None:
        people = People(store)
        owner = await people.owner()
        with pytest.raises(Denied):
            await people.update(msgspec.structs.replace(owner, role="wearer"))
        with pytest.raises(Denied):
            await people.forget(owner.id)
        await people.add("Second", "owner")
        await people.forget(owner.id)
        assert [person.name for person in await people.all()] == ["Second"]

    place.run(work)


async def fill(store: Store, wearer: str, word: str) -> str:
    """Something in every table; gives the device's token."""
    _, token = await Devices(store).pair(wearer, f"glasses {word}")
    journal = Journal(store)
    journal.begin(f"turn-{wearer}", wearer, "d", "en", f"say {word}", typed=False)
    journal.sentence(f"turn-{wearer}", 0, f"I say {word}.")
    await Inbox(store).put(Message(f"m-{wearer}", wearer, f"news of {word}", "en"))
    service = NotesService(store)
    await service.notes_of(wearer).add(f"note {word}", word.encode() * 100)
    await service.lists_of(wearer).add("shopping", word)
    schedule = ScheduleService(store, store.clock).for_wearer(wearer)
    from datetime import timedelta

    await schedule.start(timedelta(minutes=5), word)
    gallery = GalleryService(store)
    await gallery.add(wearer, picture(), "d", None)
    await gallery.of(wearer).want_places(wanted=True)
    privacy = PrivacyService(store, journal, {"conversations": 30.0, "outgoing": 30.0})
    privacy.log.note(Parcel("api.example", "speech", 1, "ok", wearer))
    await privacy.choose(wearer, "conversations", 7)
    engine = CannedEmbedder()
    memory = MemoryService(store, journal, MemorySection(), lambda _: nullcontext(), embedder=engine)
    await memory.facts_of(wearer).remember(f"the {word} is in the shed", "en")
    await memory.meaning.renew()
    await memory.choose(wearer, Wish())
    summary = {"id": f"s-{wearer}", "wearer": wearer, "text": word, "language": "en", "taint": ""}
    row = summaries.insert().values(**summary, began=1.0, ended=2.0)
    await store.write(lambda connection: connection.execute(row))
    await store.settle()
    held = await rows_of(store, wearer)
    tables = [table for domain in store.domains for table in domain.metadata.sorted_tables]
    bare = [table for table in tables if not held[table.name]]
    rows = [table.insert().values(made_up(table, wearer, word)) for table in bare]
    await store.write(lambda connection: [connection.execute(row) for row in rows])
    return token


def made_up(table: Table, wearer: str, word: str) -> dict[str, Any]:
    """A row for a table whose service isn't used here."""
    samples = {str: f"{word} {table.name}", float: 1.0, int: len(word), bool: True, bytes: word.encode()}
    return {
        column.name: samples[column.type.python_type] for column in table.columns if not column.nullable
    } | {"wearer": wearer}


def rows_of(store: Store, wearer: str):
    from sqlalchemy import func, select

    tables = [table for domain in store.domains for table in domain.metadata.sorted_tables]
    return store.read(
        lambda connection: {
            table.name: connection.execute(
                select(func.count()).select_from(table).where(table.c.wearer == wearer)
            ).scalar_one()
            for table in tables
        }
    )


def test_forgetting_a_wearer_leaves_no_row_no_blob_and_no_token(place: Place) -> None:
    async def work(store: Store) -> None:
        people = People(store)
        owner = await people.owner()
        guest = await people.add("Guest", "guest")
        await fill(store, owner.id, "keepsake")
        devices = Devices(store)
        token = await fill(store, guest.id, "xylophone")
        assert await devices.verify(token)
        assert all((await rows_of(store, guest.id)).values())
        await people.forget(guest.id)
        assert not any((await rows_of(store, guest.id)).values())
        assert all((await rows_of(store, owner.id)).values())
        assert await devices.verify(token) is None
        assert not (place.folder / "blobs" / guest.id).exists()
        assert (place.folder / "blobs" / owner.id).exists()

    place.run(work)


def test_after_forgetting_the_words_are_not_in_the_files_either(sqlite_place: Place) -> None:
    def holds(folder: Path, word: bytes) -> bool:
        return any(word in path.read_bytes() for path in folder.rglob("*") if path.is_file())

    async def work(store: Store) -> str:
        people = People(store)
        await people.owner()
        guest = await people.add("Guest", "guest")
        await fill(store, guest.id, "xylophone")
        return guest.id

    async def forget(store: Store, guest: str) -> None:
        await People(store).forget(guest)

    guest = sqlite_place.run(work)
    assert holds(sqlite_place.folder, b"xylophone")
    sqlite_place.run(lambda store: forget(store, guest))
    assert not holds(sqlite_place.folder, b"xylophone")
