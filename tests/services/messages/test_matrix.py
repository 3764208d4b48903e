"""The Matrix client against a home server with the documented shapes, on a real port."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest
from tests.engines.server import serving
from tests.services.messages.matrix_double import ANNA, ROOM, TOKEN, MatrixDouble

from lorgnette.core.errors import EngineError, SkillError
from lorgnette.services.messages import Batch, Matrix


@contextlib.asynccontextmanager
async def matrix(double: MatrixDouble, token: str = TOKEN) -> AsyncIterator[Matrix]:
    async with serving(double):
        client = Matrix(double.url.removesuffix("v1"), token, poll=2.0)
        try:
            yield client
        finally:
            await client.close()


async def next_of(batches: AsyncIterator[Batch]) -> Batch:
    async with asyncio.timeout(5):
        return await anext(batches)


def test_old_messages_stay_old_and_new_ones_come_with_names_and_an_address_to_answer() -> None:
    async def scene() -> None:
        double = MatrixDouble()
        double.write("from yesterday", "$0")
        async with matrix(double) as client, contextlib.aclosing(client.listen("")) as batches:
            first = await next_of(batches)
            assert (first.mark, first.items) == ("s1", ())
            double.write("Concert on Saturday?", "$1")
            double.write("my own", "$2", sender="@ada:example.org")
            double.write("", "$3", type="m.room.encrypted")
            (hello, sealed) = (await next_of(batches)).items
            assert (hello.sender, hello.title, hello.text) == (
                "Anna Berg",
                "Hiking club",
                "Concert on Saturday?",
            )
            assert (hello.key, hello.address, hello.kind) == ("$1", f"matrix:{ROOM}", "message")
            assert hello.at == 1_790_000_000
            assert (sealed.key, sealed.text) == ("$3", "")
            assert [one.name for one in await client.find("anna")] == ["Anna Berg"]
            assert [one.name for one in await client.find("the hiking club")] == ["Hiking club"]
            assert await client.find("Theodora") == []

    asyncio.run(scene())


def test_a_message_goes_to_the_room_that_is_hers_and_once() -> None:
    async def scene() -> None:
        double = MatrixDouble()
        async with matrix(double) as client, contextlib.aclosing(client.listen("")) as batches:
            await next_of(batches)
            double.status = [502]
            for _ in range(2):
                await client.send(f"matrix:{ANNA}", "On my way", "k-1")
            assert double.sent == {"k-1": {"room": ROOM, "msgtype": "m.text", "body": "On my way"}}
            assert double.sends == 3
            await client.send("matrix:@tom:example.org", "Hi Tom", "k-2")
            assert double.created[0]["invite"] == ["@tom:example.org"]
            assert double.sent["k-2"]["room"] == "!new:example.org"
            assert double.direct["@tom:example.org"] == ["!new:example.org"]

    asyncio.run(scene())


def test_a_refused_token_is_told_from_a_server_that_is_away() -> None:
    async def scene() -> None:
        double = MatrixDouble()
        async with matrix(double, "wrong") as client:
            with pytest.raises(SkillError) as refused:
                await client.send(f"matrix:{ROOM}", "x", "k")
            assert refused.value.phrase == "error-message-account"
            assert "wrong" not in refused.value.detail
        async with matrix(double) as client:
            double.status = [400]
            with pytest.raises(EngineError) as bad:
                await client.send(f"matrix:{ROOM}", "x", "k")
            assert not bad.value.retryable
        gone = Matrix("http://127.0.0.1:9", TOKEN)
        with pytest.raises(EngineError) as away:
            await gone.send(f"matrix:{ROOM}", "x", "k")
        assert away.value.retryable
        await gone.close()

    asyncio.run(scene())
