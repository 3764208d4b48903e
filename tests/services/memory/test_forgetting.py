"""What is forgotten is in no byte of the files: not its words, not the terms by which it was found."""

import zipfile
from contextlib import nullcontext
from datetime import timedelta

from tests.store.databases import Place

from lorgnette.core.clock import ManualClock
from lorgnette.core.people import Wearer
from lorgnette.engines.embed.canned import CannedEmbedder
from lorgnette.services.memory import MemorySection, MemoryService
from lorgnette.services.privacy import Estate
from lorgnette.store import Journal, Span, Store


def service(store: Store) -> MemoryService:
    section = MemorySection()
    return MemoryService(
        store, Journal(store), section, lambda _: nullcontext(), embedder=CannedEmbedder(dimensions=64)
    )


def bytes_of(place: Place) -> bytes:
    return b"".join(path.read_bytes() for path in place.folder.rglob("*") if path.is_file()).lower()


def test_what_is_forgotten_is_in_no_byte(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        memory, estate = service(store), Estate(store)
        ada, bob = memory.facts_of("ada"), memory.facts_of("bob")
        for at in range(120):
            await ada.remember(f"quastenflosser{at} sleeps in the zwergpinguin box", "en")
            await bob.remember(f"bandicoot{at} sleeps in the shed", "en")
        while await memory.meaning.renew():
            pass
        assert b"quastenflosser" in bytes_of(sqlite_place)
        (kept,) = await estate.forget("ada", ("memory",))
        assert kept.count == 120
        left = bytes_of(sqlite_place)
        assert b"quastenflosser" not in left
        assert b"zwergpinguin" not in left
        assert b"bandicoot" in left
        assert await memory.meaning.alike("ada", "quastenflosser1 sleeps") == []

    sqlite_place.run(work)


def test_a_part_of_the_time_is_forgotten_and_what_was_replaced_in_it_holds_again(sqlite_place: Place) -> None:
    clock = ManualClock()

    async def work(store: Store) -> None:
        memory, estate = service(store), Estate(store)
        ada = memory.facts_of("ada")
        await ada.remember("my gate is 12", "en")
        clock.advance(timedelta(days=2).total_seconds())
        noon = clock.now().timestamp()
        await ada.remember("my gate is 34", "en")
        await estate.forget("ada", ("memory",), Span(since=noon))
        assert [one.fact.text for one in await ada.recall("gate", "en")] == ["my gate is 12"]

    sqlite_place.run(work, clock)


def test_an_export_holds_the_facts_with_their_history(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        ada = service(store).facts_of("ada")
        await ada.remember("my gate is 12", "en")
        await ada.remember("my gate is 34", "en")
        bundle = await Estate(store).export(Wearer(id="ada", name="Ada"))
        with zipfile.ZipFile(bundle.file) as archive:
            told = archive.read("memory/memory.md").decode()
        bundle.file.close()
        held, struck = sorted(told.splitlines(), key=lambda line: "~~" in line)
        assert held.endswith("my gate is 34")
        assert struck.endswith("my gate is 12~~")

    sqlite_place.run(work)
