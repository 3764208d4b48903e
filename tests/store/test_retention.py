"""Retention: words go after a month, timings after a week, what was said stays said."""

from datetime import timedelta

from sqlalchemy import text
from tests.store.databases import Place

from lorgnette.core.clock import ManualClock
from lorgnette.core.speech import Message
from lorgnette.store import Inbox, Journal, Retention, Store, prune

DAY = 86_400


def test_traces_go_before_words(place: Place) -> None:
    clock = ManualClock()

    async def work(store: Store) -> None:
        journal, inbox = Journal(store), Inbox(store)
        journal.begin("t", "ada", "d", "en", "hello", typed=False)
        journal.sentence("t", 0, "Hello.")
        journal.end("t", "done", {"stages": []})
        await inbox.put(Message("m", "ada", "news", "en"))
        await inbox.delivered("m")
        await inbox.put(Message("waits", "ada", "still to be said", "en"))
        await inbox.put(Message("late", "ada", "old", "en", expires=clock.now().timestamp() + 1))
        clock.advance(6.9 * DAY)
        assert await prune(store, clock.now()) == 0
        assert (await journal.turns("ada"))[0].trace
        clock.advance(0.2 * DAY)
        assert await prune(store, clock.now()) == 0
        (turn,) = await journal.turns("ada")
        assert not turn.trace
        assert turn.transcript == "hello"
        assert turn.sentences == ("Hello.",)
        ids = await store.read(
            lambda connection: set(connection.execute(text("select id from inbox")).scalars())
        )
        assert ids == {"waits"}
        clock.advance(23 * DAY)
        assert await prune(store, clock.now()) == 1
        left = await store.read(
            lambda connection: connection.execute(text("select count(*) from sentences")).scalar_one()
        )
        assert left == 0
        assert [message.id for message in await inbox.waiting("ada")] == ["waits"]

    place.run(work, clock)


def test_an_owner_who_keeps_nothing_keeps_nothing(place: Place) -> None:
    clock = ManualClock()

    async def work(store: Store) -> None:
        journal = Journal(store)
        journal.begin("t", "ada", "d", "en", "hello", typed=False)
        clock.advance(1)
        assert await prune(store, clock.now() + timedelta(seconds=1), Retention(transcripts=0, traces=0)) == 1
        assert await journal.turns("ada") == []

    place.run(work, clock)
