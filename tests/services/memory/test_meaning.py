"""Facts by meaning: embedded in the background, never what is private, never without the wearer's wish."""

import asyncio
from contextlib import contextmanager

from sqlalchemy import func, select
from tests.store.databases import Place

from lorgnette.core.errors import EngineError
from lorgnette.engines.embed.canned import CannedEmbedder
from lorgnette.services.memory import MemorySection, MemoryService, Wish
from lorgnette.services.memory.ranking import fused
from lorgnette.services.memory.tables import vectors
from lorgnette.store import Journal, Store

SAME = (("car", "vehicle", "automobile"), ("garage", "carport"))


class Behalves:
    """On whose behalf something was asked."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    @contextmanager
    def __call__(self, wearer: str):
        self.seen.append(wearer)
        yield


def memory(store: Store, embedder, behalf=None, **section) -> MemoryService:
    settings = MemorySection(**{"likeness": 0.5, **section})
    return MemoryService(store, Journal(store), settings, behalf or Behalves(), embedder=embedder)


async def count(store: Store) -> int:
    return await store.read(lambda one: one.execute(select(func.count()).select_from(vectors)).scalar_one())


def test_other_words_find_it_where_an_engine_is_there(place: Place) -> None:
    async def work(store: Store) -> None:
        behalf = Behalves()
        engine = CannedEmbedder(synonyms=SAME)
        service = memory(store, engine, behalf)
        ada = service.facts_of("ada")
        await ada.remember("vehicle papers: carport shelf", "en")
        await ada.remember("Tom likes tea", "en")
        assert await ada.recall("automobile garage", "en") == []
        while await service.meaning.renew():
            pass
        (found,) = await ada.recall("automobile garage", "en")
        assert found.near
        assert found.fact.text.startswith("vehicle papers")
        assert set(behalf.seen) == {"ada"}
        asked = len(engine.asked)
        assert (await ada.recall("Tom", "en"))[0].fact.text == "Tom likes tea"
        assert len(engine.asked) == asked, "where words tell, nobody is asked"

    place.run(work)


def test_a_secret_is_never_embedded_nor_a_question_that_holds_one(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        engine = CannedEmbedder()
        service = memory(store, engine)
        ada = service.facts_of("ada")
        await ada.remember("my locker code is 4711", "en")
        await ada.remember("the spare key is at Anna's", "en")
        while await service.meaning.renew():
            pass
        await ada.recall("is my bank pin 0815", "en")
        assert engine.asked == ["the spare key is at Anna's"]

    sqlite_place.run(work)


def test_another_model_makes_them_anew_and_old_ones_are_not_compared(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        first = memory(store, CannedEmbedder("first", synonyms=SAME))
        await first.facts_of("ada").remember("the vehicle is at the workshop", "en")
        assert await first.meaning.renew() == 1
        assert await first.meaning.renew() == 0
        engine = CannedEmbedder("second", dimensions=64, synonyms=SAME)
        second = memory(store, engine)
        assert await second.meaning.alike("ada", "automobile workshop") == []
        assert await second.meaning.renew() == 1
        assert len(await second.meaning.alike("ada", "the automobile is at the workshop")) == 1
        assert await count(store) == 1

    sqlite_place.run(work)


def test_who_switches_it_off_is_sent_nowhere(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        engine = CannedEmbedder()
        service = memory(store, engine)
        for wearer in ("ada", "bob"):
            await service.facts_of(wearer).remember(f"{wearer} has a red bicycle", "en")
        while await service.meaning.renew():
            pass
        await service.choose("ada", Wish(facts=False))
        assert await count(store) == 1, "what it means to an engine went, too"
        engine.asked.clear()
        await service.facts_of("ada").recall("bike", "en")
        assert await service.meaning.renew() == 0
        assert engine.asked == []
        assert await service.prompt("ada", "red bicycle", "en", begins=True) == ("", frozenset())

    sqlite_place.run(work)


class Broken(CannedEmbedder):
    async def embed(self, texts):
        raise EngineError("it is down", retryable=True)


class Silent(CannedEmbedder):
    async def embed(self, texts):
        await asyncio.Event().wait()


def test_an_engine_that_fails_or_says_nothing_leaves_the_words(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        good = memory(store, CannedEmbedder())
        await good.facts_of("ada").remember("the umbrella hangs in the hall", "en")
        await good.meaning.renew()
        for engine in (Broken(), Silent()):
            ada = memory(store, engine).facts_of("ada")
            assert [one.fact.text for one in await ada.recall("umbrella", "en")] != []
            assert await ada.recall("parasol", "en") == []

    sqlite_place.run(work)


def test_forgetting_takes_the_vector_along(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        service = memory(store, CannedEmbedder())
        ada = service.facts_of("ada")
        fact = (await ada.remember("the umbrella hangs in the hall", "en")).fact
        await service.meaning.renew()
        await ada.forget(fact.id)
        assert await service.meaning.alike("ada", "the umbrella hangs in the hall") == []
        await ada.take_back(fact.id)
        assert await count(store) == 0

    sqlite_place.run(work)


def test_two_rankings_are_fused_by_their_places() -> None:
    assert fused(["a", "b"], ["b", "c"]) == ["b", "a", "c"]
    assert fused([], ["x"]) == ["x"]
    assert fused([], []) == []
