"""What the language model was used, for whom, and what happens when the money is gone."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.store.databases import Place

from lorgnette.core.clock import ManualClock
from lorgnette.core.outgoing import Behalf, on
from lorgnette.engines.protocols import ChatDelta, Usage
from lorgnette.services.usage import Metered, UsageSection, UsageService
from lorgnette.services.usage.service import LimitReached
from lorgnette.store import Store

PRICED = UsageSection(prices={"qwen-plus": (0.4, 1.2)}, limit=1.0)
LATE = datetime(2026, 11, 30, 23, 50, tzinfo=UTC)


class Model:
    name = "qwen-plus"

    def __init__(self, usage: Usage | None) -> None:
        self.usage = usage

    async def stream(
        self, messages: Sequence[Mapping[str, Any]], tools: Sequence[Mapping[str, Any]] = ()
    ) -> AsyncGenerator[ChatDelta]:
        yield ChatDelta("a word " * 10)
        yield ChatDelta("and more")
        yield ChatDelta(finish="stop", usage=self.usage)


async def asked(chat: Metered, wearer: str) -> list[ChatDelta]:
    with on(Behalf(wearer, lambda _: None)):
        return [delta async for delta in chat.stream([{"role": "user", "content": "hello"}])]


def test_tokens_and_money_are_kept_by_wearer_day_and_model(place: Place) -> None:
    async def work(store: Store) -> None:
        usage = UsageService(store, PRICED)
        chat = Metered(Model(Usage(1_000_000, 500_000, 200_000)), usage)
        deltas = await asked(chat, "ada")
        assert deltas[-1].usage is not None
        assert deltas[-1].usage.cost == 1_000_000  # 0.40 for what was read, 0.60 for what was written
        await asked(Metered(Model(Usage(10, 10)), usage), "bob")
        (day,) = await usage.days("ada")
        assert (day.day, day.model, day.requests) == ("2026-11-30", "qwen-plus", 1)
        assert (day.input, day.output, day.cached, day.cost) == (1_000_000, 500_000, 200_000, 1.0)
        assert [one.input for one in await usage.days("bob")] == [10]
        assert await usage.days("eve") == []

    place.run(work, ManualClock(LATE))


def test_uses_of_a_day_add_up_and_the_next_day_is_another(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        usage = UsageService(store, UsageSection())
        for _ in range(3):
            usage.note("ada", Usage(10, 1), "m")
        assert (await usage.days("ada"))[0].requests == 3
        usage.note("ada", Usage(10, 1), "m")
        clock.advance(3600)
        usage.note("ada", Usage(7, 1), "m")
        assert [(one.day, one.input) for one in await usage.days("ada")] == [
            ("2026-12-01", 7),
            ("2026-11-30", 40),
        ]

    clock = ManualClock(LATE)
    sqlite_place.run(work, clock)


def test_who_has_used_the_months_money_is_refused_until_the_next(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        chat = Metered(Model(Usage(2_500_000, 0)), UsageService(store, PRICED))
        await asked(chat, "ada")
        with pytest.raises(LimitReached) as caught:
            await asked(chat, "ada")
        assert caught.value.phrase == "error-model-limit"
        await asked(chat, "bob")  # has money of his own
        clock.advance(3600)
        await asked(chat, "ada")

    clock = ManualClock(LATE)
    sqlite_place.run(work, clock)


def test_what_a_server_doesnt_count_is_estimated(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        usage = UsageService(store)
        deltas = await asked(Metered(Model(None), usage), "ada")
        assert deltas[-1].usage is not None
        assert deltas[-1].usage.estimated
        (day,) = await usage.days("ada")
        assert day.output > 20

    sqlite_place.run(work)


def test_what_is_broken_off_counts_too(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        usage = UsageService(store)
        chat = Metered(Model(Usage(9, 9)), usage)
        with on(Behalf("ada", lambda _: None)):
            async with aclosing(chat.stream([{"role": "user", "content": "hello"}])) as deltas:
                async for _ in deltas:
                    break
        (day,) = await usage.days("ada")
        assert (day.requests, day.output > 10) == (1, True)

    sqlite_place.run(work)


def test_a_price_that_is_set_counts_before_what_the_server_says() -> None:
    assert PRICED.cost(Usage(1000, 0, cost=5), "qwen-plus") == 400
    assert PRICED.cost(Usage(1000, 0, cost=5), "other") == 5
    assert PRICED.cost(Usage(1000, 0, model="qwen-plus"), "alias") == 400


def test_it_is_kept_so_long_and_no_longer(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        usage = UsageService(store, UsageSection(days=40))
        usage.note("ada", Usage(1, 1), "m")
        assert len(await usage.days("ada")) == 1
        clock.advance(39 * 86_400)
        assert await usage.prune() == 0
        clock.advance(2 * 86_400)
        assert await usage.prune() == 1
        assert await usage.days("ada") == []

    clock = ManualClock(LATE)
    sqlite_place.run(work, clock)


def test_what_waits_is_written_when_the_store_closes(sqlite_place: Place) -> None:
    async def used(store: Store) -> None:
        UsageService(store).note("ada", Usage(5, 1), "m")

    async def read(store: Store) -> int:
        return (await UsageService(store).days("ada"))[0].input

    sqlite_place.run(used)
    assert sqlite_place.run(read) == 5


def test_limits_hold_while_nothing_is_written_yet(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        usage = UsageService(store, PRICED)
        usage.note("ada", Usage(cost=1_000_000), "m")
        await asyncio.sleep(0)
        with pytest.raises(LimitReached):
            await usage.allow("ada")
        await usage.allow("")  # the hub's own

    sqlite_place.run(work)
