"""Notes: numbered, found by their words, kept as sound until somebody writes them down."""

import asyncio
import stat

import pytest
from tests.store.databases import Place

from lorgnette.core.clock import ManualClock
from lorgnette.sdk import NotFound, SkillError
from lorgnette.services.notes import NotesService
from lorgnette.store import Store

SECOND = bytes(32_000)


def test_notes_are_counted_per_wearer(place: Place) -> None:
    async def work(store: Store) -> None:
        service = NotesService(store)
        ada, bob = service.notes_of("ada"), service.notes_of("bob")
        first = await ada.add("  buy stamps ")
        second = await ada.add("call mum")
        his = await bob.add("his own")
        assert [(note.number, note.text) for note in (first, second, his)] == [
            (1, "buy stamps"),
            (2, "call mum"),
            (1, "his own"),
        ]
        assert await ada.recent() == [second, first]
        assert await ada.recent(1) == [second]
        assert await ada.get(2) == second
        with pytest.raises(NotFound):
            await ada.get(3)
        assert await bob.recent() == [his]

    place.run(work)


def test_many_notes_at_once_get_different_numbers(place: Place) -> None:
    async def work(store: Store) -> None:
        ada = NotesService(store).notes_of("ada")
        notes = await asyncio.gather(*(ada.add(f"note {number}") for number in range(30)))
        assert sorted(note.number for note in notes) == list(range(1, 31))

    place.run(work)


def test_a_spoken_note_keeps_its_sound_until_it_is_written_down(place: Place) -> None:
    async def work(store: Store) -> None:
        ada = NotesService(store).notes_of("ada")
        spoken = await ada.add("", 4 * SECOND)
        typed = await ada.add("typed")
        assert (spoken.text, spoken.seconds) == ("", 4.0)
        assert await ada.audio(spoken.id) == 4 * SECOND
        assert await ada.audio(typed.id) is None
        with pytest.raises(NotFound):
            await ada.audio("n-nothing")
        assert await ada.unheard() == [spoken]
        written = await ada.write_down(spoken.id, "Milch und Eier")
        assert (written.text, written.seconds, written.number) == ("Milch und Eier", 4.0, spoken.number)
        assert await ada.unheard() == []
        assert await ada.search("eier") == [written]

    place.run(work)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("stamps", ["Buy stamps at the post office"]),
        ("POST stamps", ["Buy stamps at the post office"]),
        ("strasse", ["Die Straße ist gesperrt"]),
        ("straße", ["Die Straße ist gesperrt"]),
        ("cafe", ["Café an der Ecke, 100% gut"]),
        ("100%", ["Café an der Ecke, 100% gut"]),
        ("牛奶", ["买牛奶和鸡蛋"]),
        ("post offize", ["Buy stamps at the post office"]),
        ("", []),
        ("%", ["Café an der Ecke, 100% gut"]),
        ("_", []),
        ("helicopter", []),
    ],
)
def test_notes_are_found_by_their_words_in_any_language(place: Place, words: str, found: list[str]) -> None:
    async def work(store: Store) -> None:
        ada = NotesService(store).notes_of("ada")
        for text in (
            "Buy stamps at the post office",
            "Die Straße ist gesperrt",
            "Café an der Ecke, 100% gut",
            "买牛奶和鸡蛋",
        ):
            await ada.add(text)
        await NotesService(store).notes_of("eve").add("stamps straße café 牛奶 100% post offize _ helicopter")
        assert [note.text for note in await ada.search(words)] == found

    place.run(work)


def test_newest_hits_come_first_and_as_many_as_asked(place: Place) -> None:
    async def work(store: Store) -> None:
        ada = NotesService(store).notes_of("ada")
        for number in range(5):
            await ada.add(f"milk {number}")
        assert [note.text for note in await ada.search("milk", 2)] == ["milk 4", "milk 3"]

    place.run(work)


def test_a_deleted_note_is_gone_and_can_come_back_with_its_number(place: Place) -> None:
    async def work(store: Store) -> None:
        ada = NotesService(store).notes_of("ada")
        note = await ada.add("keep", SECOND)
        assert await ada.delete(note.id) == note
        assert await ada.recent() == []
        assert await ada.search("keep") == []
        with pytest.raises(NotFound):
            await ada.get(1)
        with pytest.raises(NotFound):
            await ada.delete(note.id)
        assert (await ada.add("next")).number == 2
        assert await ada.restore(note.id) == note
        assert await ada.audio(note.id) == SECOND
        with pytest.raises(NotFound):
            await NotesService(store).notes_of("eve").restore(note.id)

    place.run(work)


def test_a_month_after_deletion_row_and_sound_are_really_gone(place: Place) -> None:
    clock = ManualClock()

    async def work(store: Store) -> None:
        service = NotesService(store)
        ada = service.notes_of("ada")
        gone, kept = await ada.add("", SECOND), await ada.add("", 2 * SECOND)
        shared = await ada.add("", 2 * SECOND)
        item = await service.lists_of("ada").add("shopping", "", 3 * SECOND)
        await ada.delete(gone.id)
        await ada.delete(shared.id)
        await service.lists_of("ada").remove(item.id)
        files = [path for path in (place.folder / "blobs").rglob("*") if path.is_file()]
        assert len(files) == 3
        assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in files)
        clock.advance(29 * 86_400)
        await service.prune()
        assert (await ada.restore(gone.id)).seconds == 1
        await ada.delete(gone.id)
        clock.advance(31 * 86_400)
        await service.prune()
        with pytest.raises(NotFound):
            await ada.restore(gone.id)
        assert len([path for path in (place.folder / "blobs").rglob("*") if path.is_file()]) == 1
        assert await ada.audio(kept.id) == 2 * SECOND

    place.run(work, clock)


@pytest.mark.parametrize(
    ("text", "audio", "phrase"),
    [
        ("", None, "error-note-empty"),
        (" \0 ", b"", "error-note-empty"),
        ("x" * 4001, None, "error-note-long"),
    ],
)
def test_nothing_and_too_much_are_refused(
    sqlite_place: Place, text: str, audio: bytes | None, phrase: str
) -> None:
    async def work(store: Store) -> None:
        with pytest.raises(SkillError) as caught:
            await NotesService(store).notes_of("ada").add(text, audio)
        assert caught.value.phrase == phrase
        with pytest.raises(SkillError):
            await NotesService(store).notes_of("ada").add("", bytes(32_000 * 301))

    sqlite_place.run(work)


def test_every_error_phrase_exists_in_every_language() -> None:
    import re
    from pathlib import Path

    import lorgnette

    root = Path(lorgnette.__file__).parent
    used = {
        phrase
        for room in ("services/notes", "services/schedule")
        for file in (root / room).glob("*.py")
        for phrase in re.findall(r'phrase="(error-[a-z-]+)"', file.read_text())
    }
    assert len(used) >= 9
    for language in ("en", "de", "zh"):
        known = (root / "mind" / "phrases" / f"{language}.ftl").read_text()
        for phrase in used:
            assert f"\n{phrase} = " in known, (language, phrase)
