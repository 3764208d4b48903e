"""openWakeWord with the models that the package brings, and eSpeak who says the word."""

import asyncio
import shutil
from contextlib import asynccontextmanager
from importlib.util import find_spec

import numpy as np
import pytest

from lorgnette.core.errors import EngineError
from lorgnette.engines.egress import Egress
from lorgnette.engines.protocols import Supervised, Wake
from lorgnette.engines.registry import EngineChoice, build_engines, egress_of
from lorgnette.engines.tts.espeak import EspeakSynthesizer

pytestmark = pytest.mark.skipif(
    find_spec("pyopen_wakeword") is None, reason="pyopen-wakeword isn't installed"
)

if find_spec("pyopen_wakeword") is not None:
    from lorgnette.engines.wake.openwakeword import OpenWakeWords, bundled
    from lorgnette.engines.wake.tflite import package

SECOND = 32_000


def windows(pcm: bytes) -> list[bytes]:
    return [pcm[at : at + 1024] for at in range(0, len(pcm) - 1023, 1024)]


@pytest.fixture(scope="module")
def sounds() -> dict[str, bytes]:
    """What eSpeak says, in a room with a little noise."""

    async def say() -> dict[str, bytes]:
        voice = EspeakSynthesizer(workers=1)
        try:
            said = {}
            for text in ("hey jarvis", "set a timer for five minutes"):
                speech = b"".join([chunk async for chunk in voice.speak(text, "en")])
                wave = np.frombuffer(bytes(SECOND) + speech + bytes(SECOND), "<i2").astype(float)
                said[text] = (
                    (wave + np.random.default_rng(3).normal(0, 20, len(wave))).astype("<i2").tobytes()
                )
            return said
        finally:
            await voice.aclose()

    return asyncio.run(say())


@asynccontextmanager
async def detector(*words: str, **settings: float):
    engine = OpenWakeWords(words, **settings)
    try:
        yield engine
    finally:
        await engine.aclose()


async def idle(engine) -> None:
    async with asyncio.timeout(20):
        while (health := engine.health()).queued or health.running or health.state == "starting":
            await asyncio.sleep(0.005)
    await asyncio.sleep(0.01)


def test_the_word_is_heard_and_other_words_are_not(sounds, loop_run):
    async def work():
        async with detector("hey_jarvis", "okay_nabu") as engine:
            assert isinstance(engine, Supervised)
            assert engine.words == ("hey jarvis", "okay nabu")
            heard: dict[str, list[Wake]] = {name: [] for name in sounds}
            for name, pcm in sounds.items():
                slot = engine.open(heard[name].append)
                for window in windows(pcm):
                    engine.submit(slot, window)
                await idle(engine)
                engine.close(slot)
            health = engine.health()
            assert health.failed == health.refused == 0
            return heard

    heard = loop_run(work())
    (wake,) = heard["hey jarvis"]
    assert wake.word == "hey jarvis"
    assert 0.5 <= wake.confidence <= 1
    assert SECOND / 1024 < wake.window < len(sounds["hey jarvis"]) / 1024
    assert wake.tail > 0
    assert heard["set a timer for five minutes"] == []


def test_many_microphones_at_once_hear_what_each_hears(sounds, loop_run):
    async def work():
        async with detector("hey_jarvis") as engine:
            heard: list[list[Wake]] = [[] for _ in range(4)]
            slots = [engine.open(one.append) for one in heard]
            pair = [windows(sounds[name])[:70] for name in ("hey jarvis", "set a timer for five minutes")]
            for number in range(70):
                for slot in slots:
                    engine.submit(
                        slot, pair[slot % 2][number] if number < len(pair[slot % 2]) else bytes(1024)
                    )
            await idle(engine)
            return [len(one) for one in heard], [slot % 2 for slot in slots]

    counts, kinds = loop_run(work())
    assert counts == [1 - kind for kind in kinds]


def test_after_a_reset_the_second_half_of_a_word_is_no_word(sounds, loop_run):
    async def work():
        async with detector("hey_jarvis") as engine:
            heard: list[Wake] = []
            slot = engine.open(heard.append)
            parts = windows(sounds["hey jarvis"])
            for window in parts[:40]:
                engine.submit(slot, window)
            engine.reset(slot)
            for window in parts[48:]:
                engine.submit(slot, window)
            await idle(engine)
            engine.close(slot)
            return heard

    assert loop_run(work()) == []


def test_a_closed_slot_hears_nothing_more(sounds, loop_run):
    async def work():
        async with detector("hey_jarvis") as engine:
            heard: list[Wake] = []
            slot = engine.open(heard.append)
            for window in windows(sounds["hey jarvis"]):
                engine.submit(slot, window)
            engine.close(slot)
            other = engine.open(heard.append)
            engine.submit(other, bytes(1024))
            await idle(engine)
            return heard

    assert loop_run(work()) == []


def test_a_model_of_ones_own_is_a_path(sounds, tmp_path, loop_run):
    own = tmp_path / "hey_computer_v0.1.tflite"
    shutil.copy(package() / "models" / "hey_jarvis.tflite", own)

    async def work():
        async with detector(str(own)) as engine:
            heard: list[Wake] = []
            slot = engine.open(heard.append)
            for window in windows(sounds["hey jarvis"]):
                engine.submit(slot, window)
            await idle(engine)
            return heard

    assert [wake.word for wake in loop_run(work())] == ["hey computer"]


def test_what_is_no_model_switches_it_off_with_its_reason(tmp_path, loop_run):
    assert "hey_jarvis" in bundled()
    assert "melspectrogram" not in bundled()
    with pytest.raises(EngineError, match="has no model 'computer'; it has alexa"):
        OpenWakeWords(["computer"])
    with pytest.raises(EngineError, match="no file"):
        OpenWakeWords([str(tmp_path / "none.tflite")])
    broken = tmp_path / "broken.tflite"
    broken.write_bytes(b"nothing")
    wrong = package() / "models" / "embedding_model.tflite"

    async def state(path) -> str:
        async with detector(str(path)) as engine:
            engine.submit(engine.open(lambda _: None), bytes(1024))
            await idle(engine)
            assert engine.health().state == "failing"
            return engine.health().last_error

    assert "no TensorFlow Lite network" in loop_run(state(broken))
    assert "not openWakeWord's embeddings" in loop_run(state(wrong))


def test_it_comes_through_the_door_and_nothing_leaves_the_machine(loop_run):
    async def work():
        choice = EngineChoice(
            vad=(),
            asr=(),
            tts=(),
            wake=("openwakeword",),
            settings={"wake.openwakeword": {"words": ["alexa"]}},
        )
        engines = build_engines(choice)
        assert engines.wake is not None
        assert engines.wake.words == ("alexa",)
        off = build_engines(EngineChoice(vad=(), asr=(), tts=(), wake=("sherpa",)))
        assert off.wake is None
        assert [one.state for one in off.health() if one.engine == "sherpa"] == ["off"]
        await engines.aclose()
        await off.aclose()

    loop_run(work())
    assert egress_of("wake", "openwakeword", {}) == Egress()
