"""Facts: told, found, replaced, corrected, forgotten; on both databases."""

import asyncio
from contextlib import nullcontext
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from tests.store.databases import Place

from lorgnette.core.clock import ManualClock
from lorgnette.core.errors import NotFound, SkillError
from lorgnette.core.taint import Source
from lorgnette.sdk import Fact
from lorgnette.services.memory import MemorySection, MemoryService
from lorgnette.services.memory.clause import sentence_of
from lorgnette.services.memory.facts import LONGEST, MOST, VERSIONS
from lorgnette.services.memory.tables import facts, terms
from lorgnette.services.memory.wording import wording_of
from lorgnette.store import Journal, Store

SIGNAL = Source("message", "Signal")


def service(store: Store, **more) -> MemoryService:
    return MemoryService(store, Journal(store), MemorySection(), lambda _: nullcontext(), **more)


def texts(found) -> list[str]:
    return [one.fact.text for one in found]


QUESTIONS = {
    "en": [
        ("the keys are in the blue bowl", "keys"),
        ("my locker code is 4711", "locker code"),
        ("Anna's birthday is in May", "Anna's birthday"),
        ("Tom is my boss", "boss"),
        ("I don't eat meat", "meat"),
        ("my blood type is A positive", "blood type"),
        ("the spare fuse lives behind the boiler", "fuses"),
    ],
    "de": [
        ("die Schlüssel liegen in der blauen Schale", "Schlüssel"),
        ("mein Spindcode ist 4711", "Spindcode"),
        ("Annas Geburtstag ist im Mai", "Annas Geburtstag"),
        ("Tom ist mein Chef", "Chef"),
        ("ich esse kein Fleisch", "Fleisch"),
        ("der Regenschirm hängt im Flur", "Regenschirme"),
    ],
    "zh": [
        ("钥匙在蓝色的碗里", "钥匙"),
        ("我的储物柜密码是4711", "储物柜"),
        ("安娜的生日是五月", "安娜的生日"),
        ("汤姆是我的老板", "老板"),
        ("我不吃肉", "肉"),
    ],
}


@pytest.mark.parametrize("language", QUESTIONS)
def test_what_was_told_is_found_among_everything_else(place: Place, language: str) -> None:
    async def work(store: Store) -> None:
        ada = service(store).facts_of("ada")
        for text, _ in QUESTIONS[language]:
            assert (await ada.remember(text, language)).how == "new"
        for text, question in QUESTIONS[language]:
            found = await ada.recall(question, language)
            assert texts(found)[:1] == [text], question
            assert not found[0].near
        for nothing in ("passport", "Reisepass", "护照"):
            assert await ada.recall(nothing, language) == []

    place.run(work)


REPLACED = {
    "en": [
        ("my locker code is 4711", "my locker code is 4712"),
        ("the keys are in the blue bowl", "my keys are on the table"),
        ("I eat meat", "I don't eat meat"),
        ("Anna's birthday is in May", "Anna's birthday is on June 3"),
        ("Tom is in Berlin", "Tom is in Rome"),
    ],
    "de": [
        ("mein Spindcode ist 4711", "mein Spindcode ist 4712"),
        ("die Schlüssel liegen in der Schale", "der Schlüssel hängt am Haken"),
        ("ich esse Fleisch", "ich esse kein Fleisch"),
        ("Annas Geburtstag ist im Mai", "Annas Geburtstag ist am 3. Juni"),
    ],
    "zh": [
        ("我的储物柜密码是4711", "我的储物柜密码是4712"),
        ("钥匙在碗里", "钥匙在抽屉里"),
        ("我吃肉", "我不吃肉"),
    ],
}


@pytest.mark.parametrize("language", REPLACED)
def test_a_newer_fact_takes_the_place_of_the_older_one_on_the_same(place: Place, language: str) -> None:
    async def work(store: Store) -> None:
        ada = service(store).facts_of("ada")
        for before, after in REPLACED[language]:
            first = await ada.remember(before, language)
            second = await ada.remember(after, language)
            assert (second.how, second.former) == ("replaced", first.fact), after
            assert [one.text for one in await ada.history(second.fact.id)] == [before]
            page, _ = await ada.page()
            assert [one.text for one in page] == [after]
            again = await ada.take_back(second.fact.id)
            assert again.text == after
            page, _ = await ada.page()
            assert [one.text for one in page] == [before]
            assert texts(await ada.recall(before, language)) == [before]
            await ada.take_back(first.fact.id)
            assert await ada.page() == ([], "")

    place.run(work)


def test_facts_that_may_both_hold_stay_both(place: Place) -> None:
    both = {
        "en": [
            ("Tom is my boss", "Tom is my neighbour"),
            ("my car is red", "my car is a Golf"),
            ("I like tea", "I like coffee"),
            ("my bike is in the cellar", "my bike is blue"),
        ],
        "de": [
            ("Tom ist mein Chef", "Tom ist mein Nachbar"),
            ("mein Auto ist rot", "mein Auto ist ein Golf"),
        ],
        "zh": [("汤姆是我的老板", "汤姆是我的邻居"), ("我喜欢茶", "我喜欢咖啡")],
    }

    async def work(store: Store) -> None:
        ada = service(store).facts_of("ada")
        for language, pairs in both.items():
            for pair in pairs:
                for text in pair:
                    assert (await ada.remember(text, language)).how == "new", text

    place.run(work)


def test_the_same_in_other_small_words_is_known(sqlite_place: Place) -> None:
    same = [
        ("en", "The keys are in the blue bowl.", "my keys are in the blue bowl"),
        ("en", "I don't eat meat", "i do not eat meat"),
        ("de", "mein Spindcode ist 4711", "der Spindcode 4711 ist"),
        ("zh", "我不吃肉", "我不吃肉。"),
    ]

    async def work(store: Store) -> None:
        ada = service(store).facts_of("ada")
        for language, first, second in same:
            await ada.remember(first, language)
            assert (await ada.remember(second, language)).how == "known", second
        assert len((await ada.page())[0]) == len(same)

    sqlite_place.run(work)


def test_a_correction_means_the_fact_that_was_spoken_of_last(sqlite_place: Place) -> None:
    clock = ManualClock()

    async def work(store: Store) -> None:
        ada = service(store).facts_of("ada")
        with pytest.raises(SkillError) as nothing:
            await ada.correct("4712")
        assert nothing.value.phrase == "memory-correct-what"
        await ada.remember("my locker code is 4711", "en")
        await ada.remember("the keys are in the blue bowl", "en")
        kept = await ada.correct("in the drawer")
        assert (kept.how, kept.fact.text) == ("replaced", "the keys are in the drawer")
        await ada.recall("locker code", "en")
        assert (await ada.correct("4712")).fact.text == "my locker code is 4712"
        await ada.remember("mein Spind die Nummer 12 ist", "de")
        assert (await ada.correct("13")).fact.text.startswith("mein Spind")
        await ada.remember("我的储物柜密码是4711", "zh")
        assert (await ada.correct("4712")).fact.text == "我的储物柜密码是4712"
        clock.advance(121)
        with pytest.raises(SkillError):
            await ada.correct("4713")

    sqlite_place.run(work, clock)


def test_words_of_others_never_take_the_place_of_the_wearers_own(place: Place) -> None:
    async def work(store: Store) -> None:
        ada = service(store).facts_of("ada")
        own = await ada.remember("Anna's number is 555 111", "en")
        foreign = await ada.remember("Anna's number is 555 999", "en", taint=frozenset({SIGNAL}))
        assert (foreign.how, foreign.fact.taint) == ("new", {SIGNAL})
        assert (await ada.get(own.fact.id)).replaced == 0
        corrected = await ada.edit(foreign.fact.id, "Anna's number is 555 222")
        assert corrected.fact.taint == frozenset()
        third = await ada.remember("the parcel is at the kiosk", "en", taint=frozenset({SIGNAL}))
        assert (await ada.remember("the parcel is at the kiosk", "en")).fact == Fact(
            **{name: getattr(third.fact, name) for name in Fact.__struct_fields__ if name != "taint"}
        ), "said by the wearer, too"
        assert (await ada.recall("parcel", "en"))[0].fact.taint == frozenset()

    place.run(work)


def test_what_is_forgotten_comes_back_for_a_day_with_its_history(place: Place) -> None:
    clock = ManualClock()

    async def work(store: Store) -> None:
        memory = service(store)
        ada = memory.facts_of("ada")
        await ada.remember("my locker code is 4711", "en")
        now = (await ada.remember("my locker code is 4712", "en")).fact
        await ada.forget(now.id)
        assert await ada.recall("locker code", "en") == []
        with pytest.raises(NotFound):
            await ada.get(now.id)
        await memory.prune()
        await ada.restore(now.id)
        assert texts(await ada.recall("locker code", "en")) == ["my locker code is 4712"]
        assert [one.text for one in await ada.history(now.id)] == ["my locker code is 4711"]
        await ada.forget(now.id)
        clock.advance(timedelta(hours=25).total_seconds())
        await memory.prune()
        with pytest.raises(NotFound):
            await ada.restore(now.id)
        rows = await store.read(
            lambda one: [
                one.execute(select(func.count()).select_from(table)).scalar() for table in (facts, terms)
            ]
        )
        assert rows == [0, 0]

    place.run(work, clock)


def test_nothing_of_one_wearer_is_found_or_touched_by_another(place: Place) -> None:
    async def work(store: Store) -> None:
        memory = service(store)
        ada, bob = memory.facts_of("ada"), memory.facts_of("bob")
        hers = (await ada.remember("my locker code is 4711", "en")).fact
        assert (await bob.remember("my locker code is 9", "en")).how == "new"
        assert texts(await bob.recall("locker code 4711", "en")) == ["my locker code is 9"]
        for attempt in (bob.get, bob.forget, bob.restore, bob.take_back, bob.history):
            with pytest.raises(NotFound):
                await attempt(hers.id)
        with pytest.raises(NotFound):
            await bob.edit(hers.id, "mine")
        assert (await ada.get(hers.id)) == hers

    place.run(work)


def test_bounds_are_told(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        ada = service(store).facts_of("ada")
        for text, phrase in (("  . ", "memory-what"), ("x" * (LONGEST + 1), "memory-long")):
            with pytest.raises(SkillError) as error:
                await ada.remember(text, "en")
            assert error.value.phrase == phrase

        def fill(connection) -> None:
            one = {
                "kind": "fact",
                "language": "en",
                "subject": "",
                "taint": "",
                "private": False,
                "created": 1.0,
            }
            connection.execute(
                facts.insert(),
                [
                    {
                        **one,
                        "id": f"f{at}",
                        "thread": f"f{at}",
                        "wearer": "ada",
                        "text": f"t{at}",
                        "topic": f"={at}",
                    }
                    for at in range(MOST)
                ],
            )

        await store.write(fill)
        with pytest.raises(SkillError) as full:
            await ada.remember("one more", "en")
        assert full.value.phrase == "memory-full"
        last = "f0"
        last = "f0"
        for at in range(VERSIONS + 5):
            last = (await ada.edit(last, f"version {at}")).fact.id

    sqlite_place.run(work)


def test_what_one_parks_replaces_what_stood_there_before(sqlite_place: Place) -> None:
    clock = ManualClock()

    async def work(store: Store) -> None:
        memory = service(store)
        ada = memory.facts_of("ada")
        assert await ada.parked() is None
        await ada.park("level 3", "en", (52.5, 13.4))
        second = await ada.park("", "en", (48.1, 11.6))
        assert await ada.parked() == second
        assert second.place == (48.1, 11.6)
        await ada.take_back(second.id)
        parked = await ada.parked()
        assert parked is not None
        assert parked.text == "level 3"
        await ada.park("on the street", "en")
        clock.advance(timedelta(hours=25).total_seconds())
        await memory.prune()
        assert [fact.text for fact in await ada.all()] == ["on the street"], "where it stood once is gone"

    sqlite_place.run(work, clock)


def test_a_misheard_word_and_a_part_of_a_long_one_are_found_too(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        ada = service(store).facts_of("ada")
        await ada.remember("mein Spindcode ist 4711", "de")
        await ada.remember("the screwdriver is in the shed", "en")
        assert texts(await ada.recall("Spind", "de")) == ["mein Spindcode ist 4711"]
        assert texts(await ada.recall("screwdrifer", "en")) == ["the screwdriver is in the shed"]
        assert await ada.recall("of the", "en") == []

    sqlite_place.run(work)


def test_the_phones_pin_is_no_answer_to_the_question_for_the_banks(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        ada = service(store).facts_of("ada")
        await ada.remember("my phone PIN is 1234", "en")
        found = await ada.recall("bank PIN", "en")
        assert all(one.near for one in found)

    sqlite_place.run(work)


def test_many_facts_told_at_once_are_all_kept(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        ada = service(store).facts_of("ada")
        await asyncio.gather(*(ada.remember(f"box {at} holds thing {at}", "en") for at in range(50)))
        await asyncio.gather(*(ada.remember(f"my code is {at}", "en") for at in range(20)))
        page, following = await ada.page(limit=30)
        more, end = await ada.page(limit=200, before=following)
        assert len(page) + len(more) == 51
        assert end == ""
        assert len({fact.id for fact in (*page, *more)}) == 51

    sqlite_place.run(work)


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("dass ich kein Fleisch esse", "ich esse kein Fleisch"),
        ("dass mein Spindcode 4711 ist", "mein Spindcode ist 4711"),
        ("mein Spindcode 4711 ist", "mein Spindcode ist 4711"),
        ("dass Tom mein Chef ist", "Tom ist mein Chef"),
        ("dass Annas Geburtstag im Mai ist", "Annas Geburtstag ist im Mai"),
        ("dass meine kleine Schwester gerne Tee trinkt", "meine kleine Schwester trinkt gerne Tee"),
        ("dass wir am Montag geschlossen haben", "wir haben am Montag geschlossen"),
        ("ich esse kein Fleisch", "ich esse kein Fleisch"),
        ("die Schlüssel liegen in der Schale", "die Schlüssel liegen in der Schale"),
    ],
)
def test_a_german_clause_becomes_a_sentence(told: str, kept: str) -> None:
    assert sentence_of(told, wording_of("de")) == kept


def test_other_languages_lose_the_that_alone() -> None:
    assert sentence_of("that Tom is my boss", wording_of("en")) == "Tom is my boss"
    assert sentence_of("我不吃肉", wording_of("zh")) == "我不吃肉"
