import asyncio
import time
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import parser
from tests.engines.turn.tiny import smart_turn

from lorgnette.core.errors import Busy, EngineError
from lorgnette.engines.protocols import Supervised
from lorgnette.engines.registry import EngineChoice, build_engines
from lorgnette.engines.turn.smart import SmartTurn

RNG = np.random.default_rng(1)
LOUD = RNG.normal(0, 4000, 32_000).astype("<i2").tobytes()
FADED = LOUD + bytes(16_000)


@asynccontextmanager
async def judge(path: Path, **settings: int):
    engine = SmartTurn(path, **settings)
    try:
        yield engine
    finally:
        await engine.aclose()


def test_a_loud_end_and_a_faded_one_are_told_apart_alone_and_in_a_batch(tmp_path, loop_run):
    async def work():
        async with judge(smart_turn(tmp_path)) as engine:
            assert isinstance(engine, Supervised)
            engine.start()
            alone = [await engine.finished(pcm) for pcm in (LOUD, FADED)]
            together = await asyncio.gather(*(engine.finished(pcm) for pcm in (LOUD, FADED) * 4))
            return alone, together, engine.health()

    (loud, faded), together, health = loop_run(work())
    assert loud < 0.1
    assert faded > 0.9
    assert np.allclose(together, [loud, faded] * 4, atol=1e-5)
    assert health.done == 10
    assert health.failed == 0


def test_who_no_longer_waits_costs_nothing(tmp_path, loop_run):
    async def work():
        async with judge(smart_turn(tmp_path)) as engine:
            await engine.finished(LOUD)
            asked = [asyncio.create_task(engine.finished(LOUD)) for _ in range(20)]
            await asyncio.sleep(0)
            for one in asked[1:]:
                one.cancel()
            begin = time.monotonic()
            await asked[0]
            await engine.finished(FADED)
            return time.monotonic() - begin

    assert loop_run(work()) < 2.0


def test_too_many_questions_are_busy(tmp_path, loop_run):
    async def work():
        async with judge(smart_turn(tmp_path), queue=2) as engine:
            asked = [engine.finished(LOUD) for _ in range(20)]
            answers = await asyncio.gather(*asked, return_exceptions=True)
            assert sum(isinstance(one, Busy) for one in answers) > 5

    loop_run(work())


def test_what_is_no_such_network_is_refused_with_its_reason(tmp_path, loop_run):
    with pytest.raises(EngineError, match="no network is named"):
        SmartTurn()
    with pytest.raises(EngineError, match="no file"):
        SmartTurn(tmp_path / "none.onnx")
    other = tmp_path / "other.onnx"
    text = '<ir_version: 8, opset_import: ["" : 15]> g (float[B, 3] x) => (float[B, 3] y) { y = Relu (x) }'
    onnx.save(parser.parse_model(text), other)
    junk = tmp_path / "junk.onnx"
    junk.write_bytes(b"nothing")

    async def work(path: Path):
        async with judge(path) as engine:
            with pytest.raises(EngineError):
                await engine.finished(LOUD)
            return engine.health()

    assert "input_features" in loop_run(work(other)).last_error
    assert loop_run(work(junk)).state == "failing"


def test_it_comes_through_the_door_and_without_a_file_it_is_off(tmp_path, loop_run):
    async def work():
        settings = {"turn.smart": {"model": str(smart_turn(tmp_path))}}
        engines = build_engines(EngineChoice(vad=(), asr=(), tts=(), turn=("smart",), settings=settings))
        assert engines.turn is not None
        assert await engines.turn.finished(FADED)
        await engines.aclose()
        off = build_engines(EngineChoice(vad=(), asr=(), tts=(), turn=("smart",)))
        assert off.turn is None
        await off.aclose()

    loop_run(work())
