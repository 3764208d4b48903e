"""Vosk on a tiny random Kaldi model: its real loader, features, decoder and lattice."""

import threading
import time
from pathlib import Path

import numpy as np
import pytest
from tests.engines.asr.dictation import dictating, spoken
from tests.engines.asr.tinykaldi import WORDS, kaldi

from lorgnette.core.errors import EngineError
from lorgnette.engines.asr.vosk import recogniser
from lorgnette.engines.asr.vosk_model import VoskModel
from lorgnette.engines.chain import FallbackRecognizer

pytest.importorskip("vosk", reason="the extra vosk is not installed")


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    kaldi(folder / "vosk-model-small-de-0.1")
    (folder / "notes").mkdir()
    return folder


def made(models: Path, **more):
    return recogniser(str(models / "vosk-model-small-de-0.1"), notes=models / "notes", **more)


def voice(seconds: float, seed: int = 1) -> bytes:
    """Tones that change: each makes the tiny network prefer another word."""
    random = np.random.default_rng(seed)
    sound = np.zeros(int(seconds * 16_000))
    for begin in range(0, len(sound), 3200):
        piece = sound[begin : begin + 3200]
        for _ in range(4):
            piece += 2500 * np.sin(np.arange(len(piece)) * random.uniform(0.05, 1.5))
    return sound.astype("<i2").tobytes()


def test_words_come_while_one_speaks_with_how_sure_they_are(models, loop_run) -> None:
    async def work() -> None:
        engine = made(models)
        assert engine.languages == {"de"}
        first = engine.open("de")
        first.feed(voice(0.5))
        await first.finish()
        utterance = engine.open("de")
        partials = await spoken(utterance, voice(3.0))
        heard = await utterance.finish()
        assert len(partials) >= 3
        assert set(heard.text.lower().split()) <= set(WORDS)
        assert len(heard.text.split()) > 3
        assert 0.3 < heard.confidence <= 1.0
        assert (heard.engine, heard.language, heard.decision) == ("vosk", "de", "accept")
        await engine.aclose()

    loop_run(work())


def test_a_pause_settles_the_words_and_speech_may_go_on(models, loop_run) -> None:
    async def work() -> None:
        engine = made(models)
        utterance = engine.open("de")
        await spoken(utterance, voice(1.5))
        guess = await utterance.peek()
        assert guess is not None
        assert await utterance.peek() == guess
        await spoken(utterance, voice(1.5, seed=2))
        heard = await utterance.finish()
        assert heard.text.startswith(guess.text)
        assert len(heard.text) > len(guess.text)
        await engine.aclose()

    loop_run(work())


def test_a_sentence_that_the_library_ends_by_itself_is_not_lost(models) -> None:
    model = VoskModel(str(models / "vosk-model-small-de-0.1"))
    ear = model.open("de")
    for piece in (voice(1.0), bytes(96_000), voice(1.0, seed=3)):
        for begin in range(0, len(piece), 3200):
            model.hear([(ear, piece[begin : begin + 3200])])
    assert ear.settled, "three seconds of silence are an end to it"
    model.settle([ear])
    words = model.words(ear)
    assert len(words.text.split()) == sum(len(part.split()) for part in ear.settled)
    assert len(ear.settled) >= 2


def test_silence_is_no_word(models, loop_run) -> None:
    async def work() -> None:
        engine = made(models)
        utterance = engine.open("de")
        utterance.feed(bytes(32_000))
        heard = await utterance.finish()
        assert (heard.text, heard.decision) == ("", "reject")
        await engine.aclose()

    loop_run(work())


def test_decoding_does_not_hold_up_the_loop(models) -> None:
    """The library is called without the GIL: Python goes on in the meantime."""
    model = VoskModel(str(models / "vosk-model-small-de-0.1"))
    ears = [model.open("de") for _ in range(4)]
    sound = voice(10.0)
    done = threading.Event()

    def decode() -> None:
        model.hear([(ear, sound) for ear in ears])
        done.set()

    thread = threading.Thread(target=decode)
    steps = 0
    began = time.perf_counter()
    thread.start()
    while not done.is_set():
        steps += 1
    took = time.perf_counter() - began
    thread.join()
    assert steps > 1000 * took


@pytest.mark.parametrize(
    ("file", "content", "why"),
    [
        ("am/final.mdl", "<TransitionModel> nonsense", "can't be loaded"),
        ("graph/HCLG.fst", "no graph", "can't be loaded"),
        ("graph/words.txt", "licht\n", "can't be loaded"),
    ],
)
def test_a_broken_model_ends_its_trial_and_the_next_engine_hears(
    tmp_path, file, content, why, loop_run
) -> None:
    folder = kaldi(tmp_path / "vosk-en")
    (folder / file).write_text(content)

    async def work() -> None:
        told = []
        chain = FallbackRecognizer([recogniser(str(folder)), dictating()], told.append)
        utterance = chain.open("en")
        utterance.feed(voice(1.0))
        assert (await utterance.finish()).engine == "dictation"
        assert why in told[0].detail
        for engine in chain.engines:
            await engine.aclose()

    loop_run(work())


def test_settings_that_cannot_work_are_said_before_anything_is_loaded(models, tmp_path) -> None:
    with pytest.raises(EngineError, match=r"asr_vosk\.folder names no model"):
        recogniser()
    with pytest.raises(EngineError, match="holds no Vosk model"):
        recogniser(str(models))
    nameless = kaldi(tmp_path / "model")
    with pytest.raises(EngineError, match=r"asr_vosk\.languages has to say"):
        recogniser(str(nameless))
    assert recogniser(str(nameless), languages=("de-AT",)).languages == {"de"}
