"""Conversations that are over: summed up once, tainted by what they held, gone with their turns."""

from contextlib import nullcontext

from sqlalchemy import delete
from tests.store.databases import Place

from lorgnette.core.clock import ManualClock
from lorgnette.core.errors import EngineError
from lorgnette.core.taint import CLEAN, Source
from lorgnette.engines.protocols import ChatDelta
from lorgnette.services.memory import MemorySection, MemoryService, Wish
from lorgnette.services.memory.prompts import LONGEST, block
from lorgnette.services.memory.summaries import TRIES, Summary
from lorgnette.services.memory.taints import UNKNOWN
from lorgnette.store import Journal, Store
from lorgnette.store.tables import turns

PAGE = Source("page", "example.org")


class Model:
    """Sums up by counting; keeps what it was asked, and with which tools."""

    name = "model"

    def __init__(self, answer: str = "Ada asked for tea. ") -> None:
        self.answer = answer
        self.asked: list[tuple[list, tuple]] = []

    async def stream(self, messages, tools=()):
        self.asked.append((list(messages), tuple(tools)))
        for word in self.answer.split(" "):
            yield ChatDelta(f"{word} ")


class Broken(Model):
    async def stream(self, messages, tools=()):
        self.asked.append((list(messages), tuple(tools)))
        raise EngineError("down", retryable=True)
        yield ChatDelta("")


def memory(store: Store, chat, **section) -> MemoryService:
    return MemoryService(
        store, Journal(store), MemorySection(**section), lambda _: nullcontext(), chat=lambda: chat
    )


async def say(store: Store, clock: ManualClock, wearer: str, *words: str, language: str = "en") -> list[str]:
    """Turns half a minute apart."""
    journal, ids = Journal(store), []
    for word in words:
        id = f"{wearer}-{clock.now().timestamp()}"
        journal.begin(id, wearer, "d", language, word, typed=False)
        journal.sentence(id, 0, f"about {word}")
        journal.heard(id, 0)
        journal.end(id, "done", {})
        await store.settle()
        clock.advance(30)
        ids.append(id)
    return ids


def test_a_conversation_is_summed_up_once_when_it_is_over(place: Place) -> None:
    clock = ManualClock()

    async def work(store: Store) -> None:
        model = Model()
        service = memory(store, model)
        for id in await say(store, clock, "ada", "green tea", "with milk"):
            service.heard(id, CLEAN)
        assert await service.summaries.look() == 0, "it may go on"
        clock.advance(601)
        assert await service.summaries.look() == 1
        assert await service.summaries.look() == 0
        (one,) = await service.summaries.recent("ada")
        assert (one.text, one.taint) == ("Ada asked for tea.", CLEAN)
        ((messages, tools),) = model.asked
        assert tools == ()
        assert "green tea" in messages[1]["content"]
        assert await service.summaries.recent("bob") == []
        await say(store, clock, "ada", "a second", "conversation")
        clock.advance(601)
        assert await service.summaries.look() == 1
        assert "green tea" not in model.asked[-1][0][1]["content"]

    place.run(work, clock)


def test_whose_words_were_in_it_is_kept_and_unknown_ones_count_as_others(sqlite_place: Place) -> None:
    clock = ManualClock()

    async def work(store: Store) -> None:
        service = memory(store, Model())
        first, second = await say(store, clock, "ada", "read this page", "thanks")
        service.heard(first, frozenset({PAGE}))
        service.heard(second, CLEAN)
        await say(store, clock, "bob", "nobody", "told of these")
        clock.advance(601)
        assert await service.summaries.look() == 2
        assert (await service.summaries.recent("ada"))[0].taint == {PAGE}
        assert (await service.summaries.recent("bob"))[0].taint == {UNKNOWN}
        text, taint = await service.prompt("ada", "hello", "en", begins=True)
        assert text.startswith("From others")
        assert taint == {PAGE}
        assert await service.prompt("ada", "hello", "en", begins=False) == ("", CLEAN)

    sqlite_place.run(work, clock)


def test_a_summary_goes_in_the_same_moment_as_a_turn_that_it_tells_of(place: Place) -> None:
    clock = ManualClock()

    async def work(store: Store) -> None:
        service = memory(store, Model())
        ids = await say(store, clock, "ada", "one", "two", "three")
        await say(store, clock, "bob", "one", "two")
        clock.advance(601)
        assert await service.summaries.look() == 2
        await store.write(lambda one: one.execute(delete(turns).where(turns.c.id == ids[1])))
        assert await service.summaries.recent("ada") == []
        assert len(await service.summaries.recent("bob")) == 1

    place.run(work, clock)


def test_who_wants_none_and_a_single_question_are_not_summed_up(sqlite_place: Place) -> None:
    clock = ManualClock()

    async def work(store: Store) -> None:
        model = Model()
        service = memory(store, model)
        await say(store, clock, "ada", "one", "two")
        await say(store, clock, "bob", "just one")
        await service.choose("ada", Wish(summaries=False))
        clock.advance(601)
        assert await service.summaries.look() == 0
        assert await memory(store, model, summaries=False).summaries.look() == 0
        assert await memory(store, None).summaries.look() == 0
        assert model.asked == []

    sqlite_place.run(work, clock)


def test_codes_are_not_shown_to_the_model_that_sums_up(sqlite_place: Place) -> None:
    clock = ManualClock()

    async def work(store: Store) -> None:
        model = Model()
        service = memory(store, model)
        await say(store, clock, "ada", "my locker code is 4711", "and buy milk", "and bread")
        clock.advance(601)
        await service.summaries.look()
        assert "4711" not in str(model.asked)
        assert "milk" in str(model.asked)

    sqlite_place.run(work, clock)


def test_a_model_that_fails_is_asked_three_times_and_then_left_alone(sqlite_place: Place) -> None:
    clock = ManualClock()

    async def work(store: Store) -> None:
        model = Broken()
        service = memory(store, model)
        await say(store, clock, "ada", "one", "two")
        clock.advance(601)
        for _ in range(TRIES + 3):
            assert await service.summaries.look() == 0
        assert len(model.asked) == TRIES

    sqlite_place.run(work, clock)


def test_what_was_forgotten_while_the_model_wrote_is_not_kept(sqlite_place: Place) -> None:
    clock = ManualClock()

    async def work(store: Store) -> None:
        class Forgetful(Model):
            async def stream(self, messages, tools=()):
                await store.write(lambda one: one.execute(delete(turns)))
                yield ChatDelta("Ada said one.")

        service = memory(store, Forgetful())
        await say(store, clock, "ada", "one", "two")
        clock.advance(601)
        assert await service.summaries.look() == 0
        assert await service.summaries.recent("ada") == []

    sqlite_place.run(work, clock)


def test_lines_for_a_prompt_are_bounded_and_others_words_are_named(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        ada = memory(store, None).facts_of("ada")
        for at in range(30):
            await ada.remember(f"box {at} of the attic holds {'many ' * 15}things", "en")
        await ada.remember("the attic code is 4711", "en")
        await ada.remember("the attic key is under the mat", "en", taint=frozenset({PAGE}))
        text, taint = await memory(store, None).prompt("ada", "attic key", "en", begins=True)
        assert "4711" not in text
        assert "From others" in text
        assert taint == {PAGE}
        found = [one.fact for one in await ada.recall("attic", "en", limit=40)]
        text, _ = block(found, [Summary(id="s", text="x" * 500, language="en", began=1, ended=2)])
        assert len(text) <= LONGEST
        assert "4711" not in text

    sqlite_place.run(work)
