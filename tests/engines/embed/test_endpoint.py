"""Embeddings from an OpenAI-compatible server: in batches, bounded, told to the log, never half believed."""

import asyncio

import numpy as np
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from tests.engines.server import Scripted, nobody, serving

from lorgnette.core.errors import ConfigError, EngineError
from lorgnette.core.outgoing import Behalf, Parcel, on
from lorgnette.engines.embed.canned import CannedEmbedder
from lorgnette.engines.embed.endpoint import EmbeddingEndpoint
from lorgnette.engines.registry import EngineChoice, available, build_engines, egress_of


class EmbeddingDouble(Scripted):
    """The API's `/embeddings`: each text is its length, unless something else is scripted."""

    def routes(self) -> list[BaseRoute]:
        return [Route("/v1/embeddings", self.embeddings, methods=["POST"])]

    async def embeddings(self, request: Request) -> Response:
        return await self.answer(request, await request.json())

    def then_vectors(self, *rows: list[float]) -> None:
        data = [{"object": "embedding", "index": at, "embedding": row} for at, row in enumerate(rows)]
        self.then_json({"object": "list", "data": data[::-1], "model": "m", "usage": {"total_tokens": 1}})


def test_texts_come_back_as_rows_in_their_order_batch_by_batch(loop_run) -> None:
    async def work() -> None:
        parcels: list[Parcel] = []
        async with serving(EmbeddingDouble()) as double:
            double.then_vectors([1.0, 0.0], [0.0, 1.0])
            double.then_vectors([0.5, 0.5])
            engine = EmbeddingEndpoint(double.url, "text-embedding-v4", "secret", dimensions=2, batch=2)
            with on(Behalf("ada", parcels.append)):
                found = await engine.embed(["a", "b", "c"])
            await engine.aclose()
        assert found.dtype == np.float32
        assert found.tolist() == [[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]]
        assert [body["input"] for body in double.requests] == [["a", "b"], ["c"]]
        assert double.requests[0]["dimensions"] == 2
        assert double.requests[0]["model"] == "text-embedding-v4"
        assert engine.name == "text-embedding-v4/2"
        assert {(one.wearer, one.what, one.how) for one in parcels} == {("ada", "memories", "ok")}

    loop_run(work())


@pytest.mark.parametrize(
    "answer",
    [
        {"data": []},
        {"data": [{"index": 0, "embedding": []}]},
        {"data": [{"index": 0, "embedding": ["x"]}]},
        {"data": [{"index": 7, "embedding": [1.0]}]},
        {"data": [{"index": 0, "embedding": [1e400]}]},
        {"embeddings": [[1.0]]},
        ["no object"],
    ],
)
def test_what_is_no_list_of_vectors_is_an_error(loop_run, answer) -> None:
    async def work() -> None:
        async with serving(EmbeddingDouble()) as double:
            double.then_json(answer)
            engine = EmbeddingEndpoint(double.url, "m")
            with pytest.raises(EngineError):
                await engine.embed(["a"])
            await engine.aclose()

    loop_run(work())


def test_a_server_that_isnt_there_fails_in_time(loop_run) -> None:
    async def work() -> None:
        engine = EmbeddingEndpoint(f"http://127.0.0.1:{nobody()}/v1", "m", timeout=0.3)
        with pytest.raises(EngineError):
            await engine.embed(["a"])
        assert engine.health().failed == 1
        await engine.aclose()

    loop_run(work())


def test_a_model_has_to_be_named() -> None:
    with pytest.raises(ConfigError):
        EmbeddingEndpoint("http://127.0.0.1:1/v1")


def test_the_kind_has_its_adapters_and_says_who_hears_what(loop_run) -> None:
    assert {"openai", "canned"} <= set(available("embed"))
    told = egress_of("embed", "openai", {"url": "https://dashscope-intl.aliyuncs.com/compatible-mode/v1"})
    assert told is not None
    assert (told.host, told.sends, told.reach) == ("dashscope-intl.aliyuncs.com", ("memories",), "beyond")

    async def work() -> None:
        choice = EngineChoice(vad=("energy",), asr=(), tts=(), embed=("canned",))
        engines = build_engines(choice)
        assert isinstance(engines.embed, CannedEmbedder)
        assert build_engines(EngineChoice(vad=("energy",), asr=(), tts=())).embed is None
        await engines.aclose()

    loop_run(work())


def test_canned_meanings_are_the_same_each_time_and_nearer_for_like_texts() -> None:
    async def work() -> None:
        engine = CannedEmbedder(synonyms=[("car", "vehicle")])
        rows = await engine.embed(["the red car", "the red vehicle", "green tea"])
        again = await engine.embed(["the red car"])
        assert (rows[0] == again[0]).all()
        assert rows[0] @ rows[1] > rows[0] @ rows[2]

    asyncio.run(work())
