"""Lists: made by their first item, named without case, items found by what they resemble."""

import asyncio

import pytest
from tests.store.databases import Place

from lorgnette.core.clock import ManualClock
from lorgnette.sdk import NotFound, SkillError
from lorgnette.services.notes import NotesService
from lorgnette.services.notes.lists import LONGEST, WearerLists
from lorgnette.store import Store


def lists(store: Store, wearer: str = "ada") -> WearerLists:
    return NotesService(store).lists_of(wearer)


def test_a_list_is_made_by_its_first_item_and_named_without_case(place: Place) -> None:
    clock = ManualClock()

    async def work(store: Store) -> None:
        ada = lists(store)
        milk = await ada.add("Shopping", "milk")
        eggs = await ada.add("shopping ", "eggs")
        assert (milk.list, eggs.list) == ("Shopping", "Shopping")
        clock.advance(1)
        await ada.add("Größe", "42")
        assert [item.text for item in await ada.items("SHOPPING")] == ["milk", "eggs"]
        assert [item.text for item in await ada.items("GRÖSSE")] == ["42"]
        assert await ada.names() == ["Shopping", "Größe"]
        assert await ada.items("nothing") == []
        assert await lists(store, "eve").names() == []

    place.run(work, clock)


def test_items_are_checked_removed_and_brought_back_to_their_place(place: Place) -> None:
    async def work(store: Store) -> None:
        ada = lists(store)
        a, b, c = [await ada.add("todo", text) for text in "abc"]
        assert (await ada.check(b.id)).done
        assert [item.done for item in await ada.items("todo")] == [False, True, False]
        assert not (await ada.check(b.id, done=False)).done
        await ada.remove(a.id)
        assert [item.text for item in await ada.items("todo")] == ["b", "c"]
        with pytest.raises(NotFound):
            await ada.remove(a.id)
        with pytest.raises(NotFound):
            await ada.check(a.id)
        await ada.restore(a.id)
        assert [item.text for item in await ada.items("todo")] == ["a", "b", "c"]
        for forbidden in (lists(store, "eve").check, lists(store, "eve").remove, lists(store, "eve").restore):
            with pytest.raises(NotFound):
                await forbidden(c.id)

    place.run(work)


def test_clearing_tells_how_many_and_only_touches_that_list(place: Place) -> None:
    async def work(store: Store) -> None:
        ada = lists(store)
        for text in "abc":
            await ada.add("todo", text)
        await ada.add("shopping", "milk")
        await lists(store, "eve").add("todo", "hers")
        assert await ada.clear("TODO") == 3
        assert await ada.clear("todo") == 0
        assert await ada.names() == ["shopping"]
        assert len(await lists(store, "eve").items("todo")) == 1
        assert (await ada.add("To-do", "again")).list == "To-do"

    place.run(work)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("milk", "two litres of milk"),
        ("MILK", "two litres of milk"),
        ("oat bread", "Oat bread"),
        ("oatbred", "Oat bread"),
        ("tomaten", "Tomaten"),
        ("tomate", "Tomaten"),
        ("鸡蛋", "鸡蛋六个"),
        ("helicopter", None),
        ("", None),
        ("cheese", None),
    ],
)
def test_the_nearest_open_item_is_found_or_none(place: Place, said: str, meant: str | None) -> None:
    async def work(store: Store) -> None:
        ada = lists(store)
        for text in ("two litres of milk", "Oat bread", "Tomaten", "鸡蛋六个"):
            await ada.add("shopping", text)
        await ada.check((await ada.add("shopping", "cheese")).id)
        await ada.add("shopping", "", bytes(32_000))
        await ada.add("todo", "helicopter")
        if meant is not None:
            assert (await ada.find("shopping", said)).text == meant
        else:
            with pytest.raises(NotFound) as caught:
                await ada.find("shopping", said)
            assert caught.value.values["items"] == ["two litres of milk", "Oat bread", "Tomaten", "鸡蛋六个"]

    place.run(work)


def test_a_spoken_item_keeps_its_length(place: Place) -> None:
    async def work(store: Store) -> None:
        item = await lists(store).add("shopping", "", bytes(48_000))
        assert (item.text, item.seconds) == ("", 1.5)

    place.run(work)


def test_a_list_without_a_name_and_one_that_is_full_are_refused(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        ada = lists(store)
        with pytest.raises(SkillError) as caught:
            await ada.add("  ", "milk")
        assert caught.value.phrase == "error-list-name"
        await asyncio.gather(*(ada.add("todo", str(number)) for number in range(LONGEST)))
        assert [item.text for item in await ada.items("todo")] == [str(number) for number in range(LONGEST)]
        with pytest.raises(SkillError) as caught:
            await ada.add("todo", "one more")
        assert caught.value.phrase == "error-list-full"

    sqlite_place.run(work)
