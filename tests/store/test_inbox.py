"""The inbox: kept until a device is on, said once, never a flood."""

import pytest
from tests.store.databases import Place

from lorgnette.core.clock import ManualClock
from lorgnette.core.errors import StoreError
from lorgnette.core.speech import Message
from lorgnette.store import Inbox, Store
from lorgnette.store.inbox import BOUND


def message(number: int, wearer: str = "ada", *, urgent: bool = False, expires: float = 0.0) -> Message:
    return Message(f"{wearer}-{number}", wearer, f"News {number}", "en", expires=expires, urgent=urgent)


def test_a_message_waits_over_a_restart_and_is_said_once(place: Place) -> None:
    async def before(store: Store) -> None:
        await Inbox(store).put(message(1))

    async def after(store: Store) -> None:
        inbox = Inbox(store)
        assert await inbox.waiting("ada") == [message(1)]
        await inbox.delivered("ada-1")
        assert await inbox.waiting("ada") == []

    async def later(store: Store) -> None:
        inbox = Inbox(store)
        await inbox.put(message(1))  # a retry of the one who sent it
        assert await inbox.waiting("ada") == []

    place.run(before)
    place.run(after)
    place.run(later)


def test_messages_are_the_wearers_own_oldest_first_and_expire(place: Place) -> None:
    clock = ManualClock()

    async def work(store: Store) -> None:
        inbox = Inbox(store)
        for number in (3, 1, 2):
            await inbox.put(message(number, expires=clock.now().timestamp() + number * 10))
            clock.advance(1)
        await inbox.put(message(1, "bob"))
        assert [waiting.id for waiting in await inbox.waiting("ada")] == ["ada-3", "ada-1", "ada-2"]
        clock.advance(12)
        assert [waiting.id for waiting in await inbox.waiting("ada")] == ["ada-3", "ada-2"]
        assert [waiting.id for waiting in await inbox.waiting("bob")] == ["bob-1"]

    place.run(work, clock)


def test_a_flood_drops_the_oldest_that_are_not_urgent(place: Place) -> None:
    clock = ManualClock()

    async def work(store: Store) -> None:
        inbox = Inbox(store)
        await inbox.put(message(0, urgent=True))
        await inbox.put(message(0, "bob"))
        for number in range(1, BOUND + 5):
            clock.advance(1)
            await inbox.put(message(number))
        waiting = await inbox.waiting("ada")
        assert len(waiting) == BOUND
        assert waiting[0].urgent
        assert waiting[1].id == "ada-6"
        assert waiting[-1].id == f"ada-{BOUND + 4}"
        assert len(await inbox.waiting("bob")) == 1

    place.run(work, clock)


def test_an_id_of_another_wearer_is_refused(place: Place) -> None:
    async def work(store: Store) -> None:
        inbox = Inbox(store)
        await inbox.put(message(1))
        with pytest.raises(StoreError):
            await inbox.put(Message("ada-1", "eve", "mine now", "en"))
        assert await inbox.waiting("ada") == [message(1)]
        assert await inbox.waiting("eve") == []

    place.run(work)


def test_a_second_delivery_keeps_the_first_time_and_an_unknown_one_is_no_error(place: Place) -> None:
    async def work(store: Store) -> None:
        inbox = Inbox(store)
        await inbox.put(message(1))
        await inbox.delivered("ada-1")
        await inbox.delivered("ada-1")
        await inbox.delivered("nothing")

    place.run(work)


def test_a_message_is_seen_after_the_inbox_was_found_empty(place: Place) -> None:
    async def work(store: Store) -> None:
        inbox = Inbox(store)
        assert await inbox.waiting("ada") == []
        assert await inbox.waiting("ada") == []
        await inbox.put(message(1))
        assert await inbox.waiting("ada") == [message(1)]

    place.run(work)
