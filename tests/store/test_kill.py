"""The hub is killed with -9: what was acknowledged is there, what was not is whole or absent."""

import subprocess
import sys

import pytest
from sqlalchemy import text
from tests.store.databases import Place

from lorgnette.store import Journal, People, Store

PROGRAM = """
import asyncio, itertools, sys
from lorgnette.core.clock import ManualClock
from lorgnette.services import notes, schedule
from lorgnette.store import Journal, Store

async def work():
    store = await Store.open(sys.argv[1], ManualClock(), domains=(notes.DOMAIN, schedule.DOMAIN))
    journal = Journal(store)
    notes_of = notes.NotesService(store).notes_of("ada")
    journal.begin("t", "ada", "d", "en", "count", typed=False)
    for number in itertools.count():
        journal.sentence("t", number, f"Sentence {number}.")
        await notes_of.add(f"note {number}", f"sound {number}".encode() * 50)
        await asyncio.sleep(0.06)  # a busy journal queues its writes every 50 ms
        await store.write(lambda connection: None)
        print(number, flush=True)

asyncio.run(work())
"""


@pytest.mark.parametrize("after", [1, 7, 20])
def test_what_was_acknowledged_survives_a_kill(sqlite_place: Place, after: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, sqlite_place.url], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    last = -1
    for line in process.stdout:
        last = int(line)
        if last >= after:
            break
    process.kill()
    rest = process.stdout.read().split()
    last = int(rest[-1]) if rest else last
    process.stdout.close()
    process.wait()

    async def work(store: Store) -> None:
        from lorgnette.services.notes import NotesService

        kept = await NotesService(store).notes_of("ada").recent(10_000)
        numbers = [note.number for note in kept]
        assert numbers == list(range(len(numbers), 0, -1))
        assert len(numbers) >= last + 1
        for note in kept:
            sound = await NotesService(store).notes_of("ada").audio(note.id)
            assert sound == f"sound {note.number - 1}".encode() * 50
        (unfinished,) = await Journal(store).unfinished("ada", 60)
        assert len(unfinished.sentences) >= last + 1
        assert unfinished.sentences == tuple(
            f"Sentence {number}." for number in range(len(unfinished.sentences))
        )
        check = await store.read(
            lambda connection: connection.execute(text("pragma integrity_check")).scalar()
        )
        assert check == "ok"

    sqlite_place.run(work)


def test_the_lock_of_a_killed_process_is_free(sqlite_place: Place) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, sqlite_place.url], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.kill()
    process.wait()
    process.stdout.close()
    sqlite_place.run(lambda store: People(store).owner())
