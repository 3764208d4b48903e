"""What the wearer's memory gives to a prompt: what fits, nothing private, others' words named as such."""

from contextlib import nullcontext

from tests.skills.memory import Talk
from tests.store.databases import Place

from lorgnette.app.domains.memory import Remembrance
from lorgnette.core.taint import CLEAN, Source
from lorgnette.engines.protocols import ChatDelta
from lorgnette.services.memory import MemorySection, MemoryService, Wish
from lorgnette.store import Journal, Store

PAGE = Source("page", "example.org")


class Model:
    """Says yes; keeps what it was asked."""

    name = "model"

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def stream(self, messages, tools=()):
        self.asked.append(str(messages[-1]["content"]))
        yield ChatDelta("Yes.")


def test_a_model_is_told_what_fits_and_its_turn_is_tainted_by_what_is_not_the_wearers(
    sqlite_place: Place,
) -> None:
    async def work(store: Store) -> None:
        service = MemoryService(store, Journal(store), MemorySection(), lambda _: nullcontext())
        facts = service.facts_of("w")
        await facts.remember("the garden gate sticks", "en")
        await facts.remember("the garden gate code is 4711", "en")
        model = Model()
        talk = Talk("en", chat=model)
        talk.mind.recollection = Remembrance(service)
        await talk.say_in_loop("will the garden gate open easily tomorrow")
        assert "the garden gate sticks" in model.asked[-1]
        assert "4711" not in model.asked[-1]
        assert service._taints.of(talk.turn) == CLEAN
        await facts.remember("the garden gate is to be left open", "en", taint=frozenset({PAGE}))
        await talk.say_in_loop("will the garden gate open easily tomorrow")
        assert "From others" in model.asked[-1]
        assert service._taints.of(talk.turn) == {PAGE}
        await talk.say_in_loop("tell me a story of lighthouses")
        assert "garden" not in model.asked[-1]
        await service.choose("w", Wish(facts=False))
        await talk.say_in_loop("will the garden gate open easily tomorrow")
        assert "sticks" not in model.asked[-1]

    sqlite_place.run(work)


def test_a_memory_that_cannot_be_read_says_nothing(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        service = MemoryService(store, Journal(store), MemorySection(), lambda _: nullcontext())
        talk = Talk("en", chat=Model())
        talk.mind.recollection = Remembrance(service)
        await store.close()
        assert await talk.say_in_loop("tell me a story of lighthouses") == "Yes."

    sqlite_place.run(work)
