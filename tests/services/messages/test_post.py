"""The post with a real store: what comes is told once, what goes is sent once."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from lorgnette.core.clock import ManualClock
from lorgnette.core.errors import EngineError, SkillError
from lorgnette.sdk import Received, Recipient
from lorgnette.services.messages import Batch, Incoming, Letter, Post, WearerMessages
from lorgnette.store import People, Store

ANNA = Recipient(name="Anna", address="test:anna")


class Line:
    """A way whose server does as it is told."""

    name = "test"

    def __init__(self, *, repeatable: bool = True) -> None:
        self.repeatable = repeatable
        self.sent: list[tuple[str, str, str]] = []
        self.errors: list[Exception] = []
        self.known = [ANNA]
        self.gate = asyncio.Event()
        self.gate.set()
        self.batches: asyncio.Queue[Batch] = asyncio.Queue()
        self.marks: list[str] = []

    async def send(self, address: str, text: str, key: str) -> None:
        await self.gate.wait()
        if self.errors:
            raise self.errors.pop(0)
        self.sent.append((address, text, key))

    async def find(self, who: str) -> list[Recipient]:
        return [one for one in self.known if one.name == who]

    async def listen(self, mark: str) -> AsyncGenerator[Batch]:
        self.marks.append(mark)
        while True:
            yield await self.batches.get()

    async def close(self) -> None:
        self.batches.shutdown()


class Book:
    """Contacts."""

    def __init__(self, *persons: Recipient) -> None:
        self.persons = persons

    async def reachable(self, wearer: str, who: str) -> list[Recipient]:
        return [one for one in self.persons if who in one.name]


class NoBook:
    async def reachable(self, wearer: str, who: str) -> list[Recipient]:
        return []


@dataclass
class Office:
    store: Store
    clock: ManualClock
    wearer: str
    line: Line
    post: Post
    told: list[Received] = field(default_factory=list)
    lost: list[Letter] = field(default_factory=list)

    @property
    def messages(self) -> WearerMessages:
        return WearerMessages(self.store, self.post, NoBook(), self.wearer)


@contextlib.asynccontextmanager
async def office(line: Line | None = None, url: str = "sqlite://") -> AsyncIterator[Office]:
    clock = ManualClock(datetime(2026, 11, 24, 12, tzinfo=UTC))
    store = await Store.open(url, clock)
    try:
        owner = await People(store).owner()
        line = line or Line()
        told: list[Received] = []
        lost: list[Letter] = []

        async def tell(_: str, one: Received) -> None:
            told.append(one)

        async def lose(letter: Letter) -> None:
            lost.append(letter)

        post = Post(store, {owner.id: [line]}, tell, lose, lambda _: None)
        yield Office(store, clock, owner.id, line, post, told, lost)
    finally:
        await store.close()


def notice(**more: str) -> Incoming:
    return Incoming(**{"key": "1", "channel": "Signal", "sender": "Anna", "text": "Hello", **more})


def test_the_same_notice_is_told_once_and_again_when_it_says_something_else() -> None:
    async def scene() -> None:
        async with office() as here:
            first = await here.post.take(here.wearer, notice())
            assert (await here.post.take(here.wearer, notice())).id == first.id
            assert len(here.told) == 1
            await here.messages.mark([first.id])
            changed = await here.post.take(here.wearer, notice(text="Hello again"))
            assert changed.id == first.id
            assert not changed.read
            assert [one.text for one in here.told] == ["Hello", "Hello again"]
            assert len(await here.messages.received()) == 1

    asyncio.run(scene())


def test_senders_are_found_as_they_are_called() -> None:
    async def scene() -> None:
        async with office() as here:
            await here.post.take(here.wearer, notice(sender="Anna Berg"))
            await here.post.take(here.wearer, notice(key="2", channel="Bank", sender="", text="Paid"))
            for said, expected in (("anna", "Hello"), ("the bank", "Paid"), ("Bank", "Paid")):
                assert [one.text for one in await here.messages.received(sender=said)] == [expected]
            assert await here.messages.received(sender="Tom") == []

    asyncio.run(scene())


def test_nobody_takes_a_friends_place_by_taking_their_name() -> None:
    async def scene() -> None:
        async with office() as here:
            for number, name in enumerate(("Anna", "Anna Berg", "Bert")):
                item = notice(key=str(number), sender=name, kind="message", address=f"test:evil{number}")
                await here.post.take(here.wearer, item)
            friend = Recipient(name="Anna Berg", address="test:berg")
            mine = WearerMessages(here.store, here.post, Book(friend), here.wearer)
            here.line.known = []
            assert await mine.recipients("Anna") == [friend]
            assert await mine.recipients("Anna Berg") == [friend]
            (bert,) = await mine.recipients("Bert")
            assert (bert.address, bert.known) == ("test:evil2", False)

    asyncio.run(scene())


def test_what_comes_is_bounded_and_hostile_words_become_lines() -> None:
    async def scene() -> None:
        async with office() as here:
            for number in range(510):
                await here.post.take(here.wearer, notice(key=str(number), text="x" * 9000))
            kept = await here.messages.received(limit=1000)
            assert len(kept) == 500
            assert all(len(one.text) == 4000 for one in kept)
            bad = await here.post.take(here.wearer, notice(key="b", sender="A\0nna\n\nBerg", title="a\tb"))
            assert (bad.sender, bad.title) == ("Anna Berg", "a b")

    asyncio.run(scene())


def test_a_message_with_the_same_key_goes_out_once() -> None:
    async def scene() -> None:
        async with office() as here:
            for _ in range(3):
                await here.messages.send(ANNA, "On my way", "k1")
            await asyncio.gather(*(here.messages.send(ANNA, "Twice?", "k2") for _ in range(4)))
            assert here.line.sent == [("test:anna", "On my way", "k1"), ("test:anna", "Twice?", "k2")]

    asyncio.run(scene())


def test_whoever_stops_waiting_does_not_stop_the_sending() -> None:
    async def scene() -> None:
        async with office() as here:
            here.line.gate.clear()
            sending = asyncio.create_task(here.messages.send(ANNA, "On my way", "k1"))
            while not await here.store.read(
                lambda c: c.exec_driver_sql("select 1 from outbox where state='going'").first()
            ):
                await asyncio.sleep(0)
            sending.cancel()
            with pytest.raises(asyncio.CancelledError):
                await sending
            here.line.gate.set()
            for _ in range(200):
                if here.line.sent:
                    break
                await asyncio.sleep(0.005)
            await here.messages.send(ANNA, "On my way", "k1")
            assert len(here.line.sent) == 1

    asyncio.run(scene())


def test_what_is_not_reached_goes_later_and_what_is_refused_is_said_so() -> None:
    async def scene() -> None:
        async with office() as here:
            here.line.errors = [EngineError("down", retryable=True)]
            with pytest.raises(SkillError) as later:
                await here.messages.send(ANNA, "Later", "k1")
            assert later.value.phrase == "message-later"
            here.line.errors = [EngineError("no such user")]
            with pytest.raises(SkillError) as refused:
                await here.messages.send(ANNA, "Never", "k2")
            assert refused.value.phrase == "error-message-failed"
            here.clock.advance(20)
            async with pumping(here, lambda: bool(here.line.sent)):
                pass
            assert here.line.sent == [("test:anna", "Later", "k1")]
            assert not here.lost

    asyncio.run(scene())


def test_a_message_that_can_not_go_for_a_day_is_given_up_and_told() -> None:
    async def scene() -> None:
        async with office() as here:
            here.line.errors = [EngineError("down", retryable=True) for _ in range(2)]
            with pytest.raises(SkillError):
                await here.messages.send(ANNA, "Later", "k1")
            here.clock.advance(timedelta(days=2).total_seconds())
            async with pumping(here, lambda: bool(here.lost)):
                pass
            assert [letter.text for letter in here.lost] == ["Later"]
            assert not here.line.sent

    asyncio.run(scene())


@pytest.mark.parametrize("repeatable", [True, False])
def test_after_a_crash_it_goes_again_only_where_that_sends_nothing_twice(repeatable: bool) -> None:
    async def scene() -> None:
        async with office(Line(repeatable=repeatable)) as here:
            here.line.errors = [EngineError("down", retryable=True)]
            with pytest.raises(SkillError):
                await here.messages.send(ANNA, "Hello", "k1")
            await here.store.write(lambda c: c.exec_driver_sql("update outbox set state = 'going', due = 0"))
            await here.post.recover()
            if repeatable:
                async with pumping(here, lambda: bool(here.line.sent)):
                    pass
            assert [text for _, text, _ in here.line.sent] == (["Hello"] if repeatable else [])
            assert [letter.state for letter in here.lost] == ([] if repeatable else ["going"])

    asyncio.run(scene())


def test_listening_goes_on_from_where_it_was() -> None:
    async def scene() -> None:
        async with office() as here:
            # what comes second is told only once the first batch's mark is stored
            here.line.batches.put_nowait(Batch("m1", (notice(),)))
            here.line.batches.put_nowait(Batch("m2", (notice(key="2"),)))
            async with pumping(here, lambda: len(here.told) == 2):
                pass
            here.line.batches.put_nowait(Batch("m3"))
            async with pumping(here, here.line.batches.empty):
                pass
            assert here.line.marks[0] == ""
            assert here.line.marks[1] in {"m1", "m2"}

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("text", "phrase"), [("  ", "error-message-empty"), ("x" * 4001, "error-message-long")]
)
def test_what_can_not_be_a_message_is_said_so(text: str, phrase: str) -> None:
    async def scene() -> None:
        async with office() as here:
            with pytest.raises(SkillError) as wrong:
                await here.messages.send(ANNA, text, "k")
            assert wrong.value.phrase == phrase
            with pytest.raises(SkillError) as unset:
                await here.messages.send(Recipient(name="Tom", address="fax:1"), "x", "k")
            assert unset.value.phrase == "error-message-unset"

    asyncio.run(scene())


@contextlib.asynccontextmanager
async def pumping(here: Office, until: Callable[[], bool]) -> AsyncIterator[None]:
    running = asyncio.create_task(here.post.run())
    try:
        async with asyncio.timeout(5):
            while not until():
                await asyncio.sleep(0.005)
        yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
