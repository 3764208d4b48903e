"""The journal: what was said is there after a crash, and speech goes on where it was cut."""

import asyncio
import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from tests.store.databases import Place

from lorgnette.core.clock import ManualClock, SystemClock
from lorgnette.store import Journal, Store
from lorgnette.store import journal as journal_module


async def settled(store: Store) -> None:
    await store.write(lambda connection: None)


def reply(journal: Journal, turn: str, wearer: str, *sentences: str) -> None:
    journal.begin(turn, wearer, "d-1", "en", "tell me a story", typed=False)
    for index, text in enumerate(sentences):
        journal.sentence(turn, index, text)


def test_a_cut_reply_is_unfinished_from_the_first_unheard_sentence(place: Place) -> None:
    async def before(store: Store) -> None:
        journal = Journal(store)
        reply(journal, "t-1", "ada", "Once.", "Upon.", "A time.")
        journal.heard("t-1", 0)

    async def after(store: Store) -> None:
        journal = Journal(store)
        (found,) = await journal.unfinished("ada", 60)
        assert (found.turn, found.device, found.language) == ("t-1", "d-1", "en")
        assert found.sentences == ("Once.", "Upon.", "A time.")
        assert found.heard == 1
        journal.heard("t-1", 2)
        await settled(store)
        assert await journal.unfinished("ada", 60) == []

    place.run(before)
    place.run(after)


def test_what_the_wearer_stopped_is_finished(place: Place) -> None:
    async def work(store: Store) -> None:
        journal = Journal(store)
        for outcome in ("interrupted", "cancelled", "done"):
            reply(journal, outcome, "ada", "One.", "Two.")
            journal.heard(outcome, 0)
            journal.end(outcome, outcome, {})
        await settled(store)
        # sent to its end isn't heard to its end
        assert [found.turn for found in await journal.unfinished("ada", 60)] == ["done"]

    place.run(work)


def test_unfinished_replies_are_the_wearers_own_and_recent_newest_first(place: Place) -> None:
    clock = ManualClock()

    async def work(store: Store) -> None:
        journal = Journal(store)
        reply(journal, "old", "ada", "Old.")
        clock.advance(50)
        reply(journal, "other", "bob", "Bob's.")
        reply(journal, "silent", "ada")
        reply(journal, "first", "ada", "First.")
        clock.advance(11)
        reply(journal, "second", "ada", "Second.")
        await settled(store)
        assert [found.turn for found in await journal.unfinished("ada", 60)] == ["second", "first"]
        assert [found.turn for found in await journal.unfinished("ada", 61)] == ["second", "first", "old"]

    place.run(work, clock)


def test_turns_come_back_as_they_were_newest_first(place: Place) -> None:
    clock = ManualClock()

    async def work(store: Store) -> None:
        journal = Journal(store)
        journal.begin("t-1", "ada", "d-1", "de", "Wie spät ist es?", typed=True)
        journal.sentence("t-1", 0, "Es ist zwölf.")
        clock.advance(2)
        journal.end("t-1", "done", {"stages": [["asr", 0.0, 12.5]], "odd": {1, 2}})
        reply(journal, "t-2", "ada", "Yes.")
        reply(journal, "t-3", "bob", "No.")
        await settled(store)
        second, first = await journal.turns("ada", 10)
        assert second.id == "t-2"
        assert second.outcome == ""
        assert (first.transcript, first.language, first.typed) == ("Wie spät ist es?", "de", True)
        assert (first.sentences, first.outcome) == (("Es ist zwölf.",), "done")
        assert first.ended - first.started == 2
        assert first.trace["stages"] == [["asr", 0.0, 12.5]]
        assert [turn.id for turn in await journal.turns("ada", 1)] == ["t-2"]
        assert await journal.turn("bob", "t-1") is None
        assert (await journal.turn("ada", "t-1")) == first

    place.run(work, clock)


def test_calls_for_an_unknown_turn_are_no_error(place: Place) -> None:
    async def work(store: Store) -> None:
        journal = Journal(store)
        journal.sentence("nowhere", 0, "Lost.")
        journal.heard("nowhere", 0)
        journal.end("nowhere", "done", {})
        await settled(store)
        assert await journal.turns("ada") == []
        assert store.failed == 0

    place.run(work)


def test_text_that_a_database_would_refuse_is_cleaned(place: Place) -> None:
    async def work(store: Store) -> None:
        journal = Journal(store)
        journal.begin("t", "ada", "d", "en", "a\0b", typed=True)
        journal.sentence("t", 0, "half \ud83d of a smile")
        journal.end("t", "done", {"x\0": "y\0"})
        await settled(store)
        (turn,) = await journal.turns("ada")
        assert turn.transcript == "ab"
        assert turn.sentences == ("half ? of a smile",)
        assert store.failed == 0

    place.run(work)


def test_what_gathers_while_the_writer_is_busy_is_one_write(place: Place) -> None:
    async def work(store: Store) -> None:
        import threading

        gate, begun = threading.Event(), threading.Event()
        store.post(lambda connection: (begun.set(), gate.wait(10)))
        await asyncio.to_thread(begun.wait, 10)
        journal = Journal(store)
        for number in range(100):
            reply(journal, f"t-{number}", "ada", "One.", "Two.")
        assert store._writer._queue.qsize() == 1
        gate.set()
        await settled(store)
        assert len(await journal.turns("ada", 1000)) == 100

    place.run(work)


def test_a_quiet_journal_writes_at_once_and_a_busy_one_shares_its_writes(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        commits: list[int] = []
        event.listen(store._write_engine, "commit", lambda connection: commits.append(1))
        journal = Journal(store)
        reply(journal, "t-0", "ada", "First.")
        assert store._writer._queue.qsize() + len(commits) >= 1 or not journal._pending
        for number in range(1, 100):
            reply(journal, f"t-{number}", "ada", "One.", "Two.")
            await asyncio.sleep(0)
        assert len(await journal.turns("ada", 1000)) == 100
        assert len(commits) <= 4

    sqlite_place.run(work, SystemClock())


def test_what_is_held_back_is_written_when_the_store_is_closed(place: Place) -> None:
    async def work(store: Store) -> None:
        journal = Journal(store)
        for number in range(5):
            reply(journal, f"t-{number}", "ada", "One.", "Two.")
            await asyncio.sleep(0)

    place.run(work)
    assert len(place.run(lambda store: Journal(store).turns("ada"))) == 5


def test_a_stuck_disk_bounds_the_journal(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        import threading

        gate = threading.Event()
        store.post(lambda connection: gate.wait(10))
        journal = Journal(store)
        for number in range(journal_module.PENDING + 10):
            journal.heard("t", number)
        gate.set()
        assert journal.dropped >= 9

    sqlite_place.run(work)


CALLS = st.lists(
    st.tuples(
        st.sampled_from(["begin", "sentence", "heard", "end"]),
        st.integers(0, 2),
        st.integers(0, 5),
        st.text(max_size=20),
    ),
    max_size=60,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(calls=CALLS, seed=st.integers(0, 2**32))
def test_any_order_of_calls_leaves_a_journal_that_agrees_with_itself(
    sqlite_place: Place, calls: list[tuple[str, int, int, str]], seed: int
) -> None:
    shuffle = random.Random(seed)
    prefix = f"{seed}-"

    async def work(store: Store) -> None:
        journal = Journal(store)
        before = store.failed
        for kind, turn, index, text in calls:
            match kind:
                case "begin":
                    journal.begin(f"{prefix}{turn}", f"w{seed}", "d", "en", text, typed=False)
                case "sentence":
                    journal.sentence(f"{prefix}{turn}", index, text)
                case "heard":
                    journal.heard(f"{prefix}{turn}", index)
                case "end":
                    journal.end(f"{prefix}{turn}", "done", {"t": text})
            if shuffle.random() < 0.2:
                await settled(store)
        await settled(store)
        assert store.failed == before
        for found in await journal.unfinished(f"w{seed}", 60):
            assert found.heard < len(found.sentences)

    sqlite_place.run(work)


def test_a_long_story_is_unfinished_by_when_it_was_last_heard() -> None:
    async def work() -> None:
        clock = ManualClock()
        store = await Store.open("sqlite://", clock)
        journal = Journal(store)
        journal.begin("t1", "w1", "d1", "en", "tell me a story", typed=True)
        for index in range(3):
            journal.sentence("t1", index, f"Part {index}.")
        clock.advance(150)
        journal.heard("t1", 0)
        clock.advance(30)
        (left,) = await journal.unfinished("w1", 60)
        assert left.heard == 1
        clock.advance(60)
        assert await journal.unfinished("w1", 60) == []
        await store.close()

    asyncio.run(work())
