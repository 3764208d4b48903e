"""Keyword spotting with a tiny random transducer, by sherpa-onnx's real loader and decoder."""

import asyncio
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from tests.engines.asr.tinymodels import streaming_zipformer
from tests.engines.wake.test_openwakeword import idle, windows

from lorgnette.core.errors import EngineError
from lorgnette.engines.protocols import Wake
from lorgnette.engines.wake.keywords import Keywords
from lorgnette.engines.wake.sherpa import SherpaKeywords

needs_sherpa = pytest.mark.skipif(find_spec("sherpa_onnx") is None, reason="sherpa-onnx isn't installed")
RNG = np.random.default_rng(5)
NOISE = b"".join(RNG.normal(0, 3000, 4800).astype("<i2").tobytes() + bytes(19_200) for _ in range(5))
"""Bursts: a word counts once it is over."""
WORDS = ["turn", "on", "the", "light", "please", "你", "好", "灯"]


def tokens(folder: Path, *names: str) -> Path:
    path = folder / "tokens.txt"
    path.write_text("".join(f"{name} {number}\n" for number, name in enumerate(names)), "utf-8")
    return path


def test_pieces_are_joined_in_the_order_in_which_they_were_learnt(tmp_path):
    names = ("<blk>", "<unk>", "HE", "▁HE", "EL", "▁HEL", "LO", "L", "O", "▁", "H", "E", "▁H")
    words = Keywords(tokens(tmp_path, *names))
    assert words.spelt("hello, Hello!") == ["▁HEL", "LO", "▁HEL", "LO"]
    with pytest.raises(EngineError, match="has no token"):
        words.spelt("quiz")
    with pytest.raises(EngineError, match="no letters"):
        words.spelt("…")


def test_chinese_is_spelt_in_characters_or_in_pinyin(tmp_path):
    assert Keywords(tokens(tmp_path, "<blk>", "你", "好")).spelt("你好") == ["你", "好"]
    pinyin = Keywords(tokens(tmp_path, "<blk>", "n", "ǐ", "h", "ǎo", "x", "iǎo", "ài"))
    assert pinyin.spelt("你好 小爱") == ["n", "ǐ", "h", "ǎo", "x", "iǎo", "ài"]


def test_a_lexicon_beside_the_model_spells_its_words(tmp_path):
    path = tokens(tmp_path, "<blk>", "HH", "AY1", "n", "ǐ")
    (tmp_path / "en.phone").write_text("HI HH AY1\n", "utf-8")
    assert Keywords(path).spelt("hi 你") == ["HH", "AY1", "n", "ǐ"]
    with pytest.raises(EngineError, match="lexicon"):
        Keywords(path).spelt("lorgnette")


@needs_sherpa
def test_a_word_is_heard_in_sound_and_none_in_silence(tmp_path, loop_run):
    folder = streaming_zipformer(tmp_path / "model")

    async def work() -> tuple[list[Wake], list[Wake]]:
        engine = SherpaKeywords(str(folder), WORDS)
        assert engine.words == tuple(WORDS)
        found: list[list[Wake]] = []
        try:
            for pcm in (NOISE, bytes(len(NOISE))):
                heard: list[Wake] = []
                slot = engine.open(heard.append)
                for window in windows(pcm):
                    engine.submit(slot, window)
                await idle(engine)
                engine.close(slot)
                found.append(heard)
            assert engine.health().state == "ready"
            return found[0], found[1]
        finally:
            await engine.aclose()

    sound, silence = loop_run(work())
    assert silence == []
    assert sound
    for wake in sound:
        assert wake.word in WORDS
        assert 0 < wake.tail < 1.5
        assert 0 < wake.window <= len(NOISE) / 1024


@needs_sherpa
def test_a_model_that_sherpa_dislikes_costs_the_engine_and_not_the_hub(tmp_path, loop_run):
    folder = streaming_zipformer(tmp_path / "model")
    next(folder.glob("joiner*")).write_bytes(b"nothing")

    async def work() -> str:
        engine = SherpaKeywords(str(folder), ["turn"])
        try:
            engine.submit(engine.open(lambda _: None), bytes(1024))
            await idle(engine)
            assert engine.health().state == "failing"
            return engine.health().last_error
        finally:
            await engine.aclose()

    assert loop_run(work())


@needs_sherpa
def test_what_is_missing_is_said(tmp_path):
    with pytest.raises(EngineError, match="needs a model"):
        SherpaKeywords()
    with pytest.raises(EngineError, match="no folder"):
        SherpaKeywords(str(tmp_path / "none"), ["turn"])
    folder = streaming_zipformer(tmp_path / "model")
    with pytest.raises(EngineError, match="has no token"):
        SherpaKeywords(str(folder), ["lorgnette"])


@needs_sherpa
def test_many_microphones_share_it(tmp_path, loop_run):
    folder = streaming_zipformer(tmp_path / "model")

    async def work() -> list[int]:
        engine = SherpaKeywords(str(folder), WORDS)
        try:
            heard: list[list[Wake]] = [[] for _ in range(5)]
            slots = [engine.open(one.append) for one in heard]
            for window in windows(NOISE):
                for slot in slots:
                    engine.submit(slot, window)
                await asyncio.sleep(0)
            await idle(engine)
            return [len(one) for one in heard]
        finally:
            await engine.aclose()

    counts = loop_run(work())
    assert counts[0] > 0
    assert len(set(counts)) == 1
