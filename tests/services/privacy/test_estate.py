"""What domains hold of a wearer: every table has a holding, and what is forgotten is in no byte any more."""

import random
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import Connection
from tests.store.databases import Place

from lorgnette.core.clock import ManualClock
from lorgnette.core.errors import Busy, Denied, NotFound
from lorgnette.core.people import Wearer
from lorgnette.core.speech import Message
from lorgnette.services.notes import NotesService
from lorgnette.services.privacy import Bundle, Estate, Keeping, PrivacyService
from lorgnette.services.privacy.bundle import safe, wave_head
from lorgnette.store import Inbox, Journal, People, Retention, Span, Store, prune, sweep_files
from lorgnette.store.domain import installed
from lorgnette.store.tables import CORE

EVERY = (CORE, *installed())


@pytest.mark.parametrize("domain", EVERY, ids=lambda domain: domain.name)
def test_every_table_is_answered_for_by_a_holding(domain) -> None:
    held = frozenset().union(*(holding.tables for holding in domain.holdings))
    assert held == set(domain.metadata.tables), (
        "a table that no page shows, no export holds and nobody forgets"
    )


def test_no_two_domains_hold_the_same() -> None:
    names = [holding.name for domain in EVERY for holding in domain.holdings]
    assert len(names) == len(set(names))


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def talk(store: Store, wearer: str, word: str, turns: int, seed: int) -> None:
    """Turns of many lengths, so that pages split and rows move; some get a trace later."""
    journal, dice = Journal(store), random.Random(seed)
    for number in range(turns):
        id = f"{wearer}-{seed}-{number}"
        journal.begin(id, wearer, "d", "en", f"{word}{number} " + "x" * dice.randrange(10, 400), typed=False)
        for index in range(dice.randrange(3)):
            journal.sentence(id, index, f"{word}{number}.{index} " + "y" * dice.randrange(10, 900))
        if dice.random() < 0.7:
            journal.end(id, "done", {"stages": [["asr", 0.0, 1.0]] * dice.randrange(20)})
        if number % 50 == 0:
            await store.settle()
    await store.settle()


def test_the_words_of_one_of_two_who_talked_are_gone_from_every_byte(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        await talk(store, "ada", "WALRUS", 600, 1)
        await talk(store, "bob", "BANDICOOT", 600, 2)
        await talk(store, "ada", "WALRUS", 300, 3)
        notes = NotesService(store).notes_of("ada")
        await notes.add("WALRUS note", b"WALRUS" * 8000)
        await Inbox(store).put(Message("m", "ada", "WALRUS news", "en"))
        assert bytes_of(sqlite_place.folder).count(b"WALRUS") > 900
        (conversations, *_) = await Estate(store).forget("ada", ["all"])
        assert conversations.count == 900
        left = bytes_of(sqlite_place.folder)
        assert left.count(b"WALRUS") == 0
        assert left.count(b"BANDICOOT") > 600
        assert [one for one in await Estate(store).kept("ada") if one.count] == []
        assert len(await Journal(store).turns("bob", 1000)) == 600

    sqlite_place.run(work)


def test_a_hub_that_is_killed_while_it_forgets_finishes_that_when_it_starts_again(
    sqlite_place: Place,
) -> None:
    async def killed(store: Store) -> None:
        await talk(store, "ada", "WALRUS", 300, 1)
        await NotesService(store).notes_of("ada").add("WALRUS note", b"WALRUS" * 8000)

        def rows(connection: Connection) -> None:
            """All that comes before the files."""
            store.owe_scrub()
            for holding in (holding for domain in store.domains for holding in domain.holdings):
                holding.forget(connection, "ada", Span())

        await store.write(rows, durable=True)

    async def again(store: Store) -> None:
        assert store.owes_scrub
        limits = {"conversations": 30.0, "timings": 7.0, "outgoing": 30.0}
        await sweep_files(store, 1e12)
        await PrivacyService(store, Journal(store), limits).prune()
        assert not store.owes_scrub
        assert bytes_of(sqlite_place.folder).count(b"WALRUS") == 0

    sqlite_place.run(killed)
    assert bytes_of(sqlite_place.folder).count(b"WALRUS") > 1000
    sqlite_place.run(again)


def test_nothing_is_owed_after_forgetting(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        await talk(store, "ada", "WALRUS", 3, 1)
        await Estate(store).forget("ada", ["all"])
        assert not store.owes_scrub
        await Estate(store).forget("ada", ["all"])
        assert not store.owes_scrub

    sqlite_place.run(work)


def test_what_retention_takes_is_gone_from_every_byte_within_a_day(sqlite_place: Place) -> None:
    clock = ManualClock()

    async def work(store: Store) -> None:
        privacy = PrivacyService(store, Journal(store), {"conversations": 30, "timings": 7, "outgoing": 30})
        await talk(store, "ada", "WALRUS", 400, 1)
        clock.advance(31 * 86_400)
        await talk(store, "ada", "RECENT", 400, 2)
        await prune(store, clock.now(), Retention())
        await privacy.prune()
        left = bytes_of(sqlite_place.folder)
        assert left.count(b"WALRUS") == 0
        assert left.count(b"RECENT") > 400

    sqlite_place.run(work, clock)


def test_a_wearers_own_wish_takes_only_theirs(place: Place) -> None:
    clock = ManualClock()

    async def work(store: Store) -> None:
        journal = Journal(store)
        privacy = PrivacyService(store, journal, {"conversations": 30, "timings": 7, "outgoing": 30})
        for wearer in ("ada", "bob"):
            journal.begin(f"{wearer}-old", wearer, "d", "en", "old", typed=True)
            journal.end(f"{wearer}-old", "done", {"stages": []})
        await store.settle()
        clock.advance(3 * 86_400)
        for wearer in ("ada", "bob"):
            journal.begin(f"{wearer}-new", wearer, "d", "en", "new", typed=True)
        await privacy.choose("bob", "conversations", 2)
        assert [turn.transcript for turn in await journal.turns("ada")] == ["new", "old"]
        assert [turn.transcript for turn in await journal.turns("bob")] == ["new"]
        clock.advance(3 * 86_400)
        await privacy.prune()
        assert len(await journal.turns("ada")) == 2
        assert await journal.turns("bob") == []
        await privacy.choose("ada", "timings", 1)
        assert [turn.trace for turn in await journal.turns("ada")] == [{}, {}]

    place.run(work, clock)


def test_a_wish_for_longer_than_the_hub_counts_for_nothing_once_the_hub_keeps_shorter(place: Place) -> None:
    async def work(store: Store) -> None:
        await Keeping(store, {"conversations": 30}).choose("ada", "conversations", 20)
        assert await Keeping(store, {"conversations": 30}).of("ada") == {"conversations": 20}
        assert await Keeping(store, {"conversations": 10}).of("ada") == {}
        with pytest.raises(Denied):
            await Keeping(store, {"conversations": 10}).choose("ada", "conversations", 20)
        with pytest.raises(NotFound):
            await Keeping(store, {"conversations": 10}).choose("ada", "notes", 1)

    place.run(work)


def test_a_sound_that_something_else_still_names_stays(place: Place) -> None:
    async def work(store: Store) -> None:
        sound, service = bytes(64_000), NotesService(store)
        note = await service.notes_of("ada").add("", sound)
        await service.lists_of("ada").add("shopping", "", sound)
        await Estate(store).forget("ada", ["lists"])
        assert await service.notes_of("ada").audio(note.id) == sound
        await Estate(store).forget("ada", ["notes"])
        assert not any(path.is_file() for path in (store.folder / "blobs").rglob("*"))

    place.run(work)


def test_forgetting_since_a_moment_leaves_what_was_before(place: Place) -> None:
    clock = ManualClock()

    async def work(store: Store) -> None:
        notes = NotesService(store).notes_of("ada")
        await notes.add("before")
        clock.advance(60)
        moment = clock.now().timestamp()
        await notes.add("after")
        (kept,) = await Estate(store).kept("ada", ["notes"], Span(since=moment))
        assert kept.count == 1
        await Estate(store).forget("ada", ["notes"], Span(since=moment))
        assert [note.text for note in await notes.recent()] == ["before"]

    place.run(work, clock)


def test_what_belongs_to_being_a_wearer_stays_and_unknown_names_are_told(place: Place) -> None:
    async def work(store: Store) -> None:
        ada = await People(store).owner(name="Ada")
        estate = Estate(store)
        assert "devices" not in estate.names
        with pytest.raises(Denied):
            await estate.forget(ada.id, ["wearer"])
        with pytest.raises(NotFound, match="conversations"):
            await estate.forget(ada.id, ["money"])
        await estate.forget(ada.id, ["all", "notes"])
        assert (await People(store).wearer(ada.id)).name == "Ada"

    place.run(work)


def test_an_export_shows_neither_tokens_nor_pins_nor_leases(place: Place) -> None:
    hidden = (b"token_hash", b'"pin"', b"lease", b'"folded"')

    async def work(store: Store) -> None:
        ada = await People(store).owner(name="Ada")
        await NotesService(store).notes_of(ada.id).add("walrus")
        bundle = await Estate(store).export(ada)
        with bundle.file, zipfile.ZipFile(bundle.file) as archive:
            assert archive.testzip() is None
            content = b"".join(archive.read(name) for name in archive.namelist())
        assert b"walrus" in content
        assert not [name for name in hidden if name in content]

    place.run(work)


def test_an_export_that_is_dropped_leaves_nothing_behind(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        before = set(sqlite_place.folder.rglob("*"))
        bundle = await Estate(store).export(Wearer(id="ada", name="Ada"))
        assert set(sqlite_place.folder.rglob("*")) == before
        bundle.file.close()

    sqlite_place.run(work)


def test_nobody_holds_two_exports_that_are_not_fetched(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        estate, ada = Estate(store), Wearer(id="ada", name="Ada")
        first = await estate.export(ada)
        with pytest.raises(Busy):
            await estate.export(ada)
        (await estate.export(Wearer(id="bob", name="Bob"))).file.close()
        first.file.close()
        (await estate.export(ada)).file.close()

    sqlite_place.run(work)


def test_names_in_an_archive_lead_nowhere(tmp_path: Path) -> None:
    assert safe("../../etc/passwd") == "etc/passwd"
    assert safe("notes/..") == "notes"
    assert safe("a\\b:c/d\0e") == "a_b_c/d_e"
    assert len(wave_head(100)) == 44
    bundle = Bundle(tmp_path, ManualClock().now())
    for _ in range(2):
        bundle.add("same.txt", [b"x"])
    bundle.add("empty.txt", [])
    bundle.seal()
    with bundle.file, zipfile.ZipFile(bundle.file) as archive:
        assert archive.namelist() == ["same.txt", "same-2.txt"]


def test_copies_from_before_an_upgrade_go_after_their_time(sqlite_place: Place) -> None:
    clock = ManualClock()

    async def work(store: Store) -> None:
        for days in (40, 10):
            stamp = f"{clock.now().timestamp() - days * 86_400:.0f}"
            moment = clock.now().fromtimestamp(float(stamp), clock.now().tzinfo)
            (sqlite_place.folder / f"lorgnette.db.backup-{moment:%Y%m%dT%H%M%S}").write_bytes(b"old")
        assert len(store.copies) == 2
        await prune(store, clock.now(), Retention())
        assert len(store.copies) == 1

    sqlite_place.run(work, clock)
