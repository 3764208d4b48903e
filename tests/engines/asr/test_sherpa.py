"""sherpa-onnx on tiny random models: its real loader, its real streaming path, batches, faults."""

import asyncio
from pathlib import Path

import numpy as np
import onnx
import pytest
from tests.engines.asr import tinymodels
from tests.engines.asr.dictation import WINDOW, dictating, spoken

from lorgnette.core.errors import EngineError
from lorgnette.engines.asr.sherpa import WholeRecognizer, recogniser
from lorgnette.engines.asr.sherpa_folder import find
from lorgnette.engines.asr.sherpa_model import SherpaSettings, StreamingSherpa, WholeSherpa, in_pieces
from lorgnette.engines.chain import FallbackRecognizer

pytest.importorskip("sherpa_onnx", reason="the extra sherpa is not installed")


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All kinds, and a folder `notes` so that each is tried once."""
    folder = tmp_path_factory.mktemp("models")
    tinymodels.streaming_zipformer(folder / "streaming-zh-en")
    tinymodels.sense_voice(folder / "sense")
    tinymodels.whisper(folder / "whisper")
    tinymodels.paraformer(folder / "paraformer")
    tinymodels.offline_transducer(folder / "zipformer-en")
    (folder / "notes").mkdir()
    return folder


def voice(seconds: float, seed: int = 1) -> bytes:
    """Noise in syllables: the tiny models hear words in it."""
    random = np.random.default_rng(seed)
    sound = random.normal(0, 3000, int(seconds * 16_000))
    beats = np.repeat(random.random(int(seconds * 10) + 1), 1600)[: len(sound)]
    return (sound * beats).astype("<i2").tobytes()


def made(models: Path, name: str, **more):
    return recogniser(str(models / name), notes=models / "notes", **more)


def test_a_streaming_model_says_words_while_one_speaks(models, loop_run) -> None:
    async def work() -> None:
        engine = made(models, "streaming-zh-en")
        assert engine.languages == {"zh", "en"}
        await engine.open("en").peek()
        first = engine.open("en")
        first.feed(voice(0.5))
        await first.finish()  # it is loaded
        utterance = engine.open("en")
        partials = await spoken(utterance, voice(3.0))
        heard = await utterance.finish()
        assert len(partials) >= 3
        assert [len(each) for each in partials] == sorted(len(each) for each in partials)
        assert heard.text.startswith(partials[-1].rstrip("."))
        assert heard.engine == "sherpa"
        assert 0 < heard.confidence < 1
        assert heard.text != heard.text.upper()
        assert engine.health().failed == 0
        await engine.aclose()

    loop_run(work())


def test_a_pause_brings_out_the_last_word_and_speech_may_go_on(models, loop_run) -> None:
    async def work() -> None:
        engine = made(models, "streaming-zh-en")
        utterance = engine.open("en")
        await spoken(utterance, voice(1.0))
        guess = await utterance.peek()
        assert guess is not None
        assert guess.text
        await spoken(utterance, bytes(WINDOW * 6))
        assert await utterance.peek() == guess
        await spoken(utterance, voice(1.0, seed=2))
        heard = await utterance.finish()
        assert heard.text.startswith(guess.text)
        assert len(heard.text) > len(guess.text)
        await engine.aclose()

    loop_run(work())


def test_many_at_once_hear_what_each_alone_would(models) -> None:
    """In the model itself: batches of different lengths give the words of single runs."""
    model = StreamingSherpa(find(models / "streaming-zh-en"), SherpaSettings())
    sounds = [voice(1 + n / 3, seed=n) for n in range(6)]
    alone = []
    for sound in sounds:
        ear = model.open("en")
        model.hear([(ear, sound)])
        model.settle([ear])
        alone.append(model.words(ear))
    ears = [model.open("en") for _ in sounds]
    for begin in range(0, 96_000, 3200):
        batch = [(ear, sound[begin : begin + 3200]) for ear, sound in zip(ears, sounds, strict=True)]
        model.hear([(ear, piece) for ear, piece in batch if piece])
    model.settle(ears)
    together = [model.words(ear) for ear in ears]
    assert [each.text for each in together] == [each.text for each in alone]
    assert len({each.text for each in alone}) > 3


def test_silence_is_no_word(models, loop_run) -> None:
    async def work() -> None:
        for name in ("streaming-zh-en", "sense"):
            engine = made(models, name)
            utterance = engine.open("en")
            utterance.feed(bytes(32_000))
            heard = await utterance.finish()
            assert (heard.text, heard.decision) == ("", "reject")
            await engine.aclose()

    loop_run(work())


@pytest.mark.parametrize(
    ("name", "languages"),
    [
        ("sense", {"zh", "en", "ja", "ko", "yue"}),
        ("whisper", {"en", "de", "zh"}),
        ("paraformer", {"zh", "en"}),
        ("zipformer-en", {"en"}),
    ],
)
def test_other_models_hear_whole_utterances_in_the_pause_or_at_the_end(
    models, name, languages, loop_run
) -> None:
    async def work() -> None:
        engine = made(models, name)
        assert isinstance(engine, WholeRecognizer)
        assert engine.languages == languages
        utterance = engine.open("en")
        await spoken(utterance, voice(1.5))
        guess = await utterance.peek()
        await spoken(utterance, bytes(WINDOW * 8))
        heard = await utterance.finish()
        assert heard == guess
        assert heard.text
        assert engine.health().done == 1
        await engine.aclose()

    loop_run(work())


def test_several_whole_utterances_go_through_in_one_batch(models, loop_run) -> None:
    async def work() -> None:
        engine = made(models, "sense")
        sounds = [voice(0.5 + n / 4, seed=n) for n in range(7)]
        together = await asyncio.gather(*(engine.recognize(sound, "zh") for sound in sounds))
        alone = [await engine.recognize(sound, "zh") for sound in sounds]
        assert [each.text for each in together] == [each.text for each in alone]
        await engine.aclose()

    loop_run(work())


def test_whisper_is_told_the_language_and_asked_in_pieces_it_can_take(models) -> None:
    model = WholeSherpa(find(models / "whisper"), SherpaSettings())
    short = voice(1.0)
    heard = model.recognize([(short, "de"), (short, "zh"), (voice(40.0), "de"), (short, "de")])
    assert [each.language for each in heard] == ["de", "zh", "de", "de"]
    assert heard[3] == heard[0]
    assert len(heard[2].text.split()) > len(heard[0].text.split())


def test_a_long_utterance_is_cut_where_it_is_quiet() -> None:
    sound = voice(26.0) + bytes(3200) + voice(20.0)
    pieces = in_pieces(sound)
    assert b"".join(pieces) == sound
    assert len(pieces) == 2
    assert 26.0 < len(pieces[0]) / 32_000 < 26.11


def test_a_model_that_would_end_the_process_only_ends_its_trial(models, tmp_path, loop_run) -> None:
    folder = tinymodels.streaming_zipformer(tmp_path / "bad-en")
    encoder = next(folder.glob("encoder*"))
    model = onnx.load(str(encoder))
    kept = [entry for entry in model.metadata_props if entry.key != "left_context_len"]
    del model.metadata_props[:]
    model.metadata_props.extend(kept)
    onnx.save(model, str(encoder))

    async def work() -> None:
        engine = recogniser(str(folder), notes=models / "notes")
        utterance = engine.open("en")
        utterance.feed(voice(1.0))
        with pytest.raises(EngineError, match="'left_context_len' does not exist in the metadata"):
            await utterance.finish()
        assert engine.health().state == "failing"
        await engine.aclose()

    loop_run(work())


def test_a_model_that_breaks_in_mid_utterance_is_replaced_and_all_of_it_is_heard_again(
    models, tmp_path, loop_run
) -> None:
    """The tokens lack most words: the library throws as soon as one of them is said."""
    folder = tinymodels.streaming_zipformer(tmp_path / "bad-en")
    (folder / "tokens.txt").write_text("<blk> 0\n<sos/eos> 1\n<unk> 2\n")

    async def work() -> None:
        told = []
        chain = FallbackRecognizer([recogniser(str(folder)), dictating()], told.append)
        utterance = chain.open("en")
        await spoken(utterance, voice(20.0))
        heard = await utterance.finish()
        assert heard.engine == "dictation"
        assert len(heard.text.split()) == 41
        assert [(each.failed, each.instead) for each in told] == [("sherpa", "dictation")]
        for engine in chain.engines:
            await engine.aclose()

    loop_run(work())


def test_a_chip_that_the_library_was_not_built_for_is_said(models, loop_run) -> None:
    async def work() -> None:
        engine = made(models, "streaming-zh-en", provider="cuda")
        utterance = engine.open("en")
        utterance.feed(voice(0.5))
        with pytest.raises(EngineError, match="was not built for cuda"):
            await utterance.finish()
        await engine.aclose()

    loop_run(work())


def test_a_model_is_tried_once(models) -> None:
    before = sorted(path.name for path in (models / "notes").iterdir())
    assert before, "the tests above have left their notes"
    assert all(name.endswith(".ok") for name in before)


@pytest.mark.parametrize(
    ("folder", "more", "why"),
    [
        ("", {}, "asr_sherpa.folder names no model"),
        ("nowhere", {}, "there is no folder"),
        ("notes", {}, "holds no .onnx file"),
        ("sense", {"kind": "whisper"}, "of the kind sense_voice, not whisper"),
        ("sense", {"languages": ("de",)}, "understands none of de"),
    ],
)
def test_settings_that_cannot_work_are_said_before_anything_is_loaded(models, folder, more, why) -> None:
    with pytest.raises(EngineError, match=why):
        recogniser(str(models / folder) if folder else "", **more)


def test_languages_may_be_fewer_than_the_model_knows(models) -> None:
    assert made(models, "sense", languages=("zh-CN", "de")).languages == {"zh"}
    assert made(models, "streaming-zh-en", languages=("de",)).languages == {"de"}
