import pickle

import numpy as np
import pytest

from lorgnette.engines.asr.grammar import Phrase, compile_grammar
from lorgnette.engines.asr.pocketsphinx import CommandRecognition, PocketSphinxRecognizer, audible
from lorgnette.engines.asr.rejection import Calibration, shipped
from lorgnette.media.wav import read_audio

SENTENCES = [
    "(set|start|create) a timer for {duration}",
    "(cancel|resume) [the] timer",
    "(what is|what's) the (weather|temperature|date)",
    "turn (on|off) the kitchen lights",
    "[please] (open|close) the {place}",
    "take a note {text}",
]


@pytest.fixture(scope="module")
def recognizer() -> PocketSphinxRecognizer:
    place = {"place": ("sliding door", "office curtains", "kitchen windows")}
    return PocketSphinxRecognizer(compile_grammar([Phrase(sentence, place) for sentence in SENTENCES]))


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("en_002", "turn on the kitchen lights"),
        ("en_006", "what is the temperature"),
        ("en_042", "start a timer for ten minutes and twenty seconds"),
        ("en_064", "resume the timer"),
        ("en_090", "create a timer for five and a half minutes"),
        ("en_094", "close the kitchen windows"),
    ],
)
def test_commands_are_heard_word_for_word(recognizer, shared, file, text):
    heard = recognizer.recognize(read_audio(shared / f"data/speech/commands/{file}.flac"))
    assert (heard.text, heard.decision) == (text, "accept")
    assert shipped().accept <= heard.score <= 1


@pytest.mark.parametrize(
    "file", ["jfk", "test_fr", "test_de", "commands/en_104", "commands/de_004", "commands/en_026"]
)
def test_other_speech_is_never_acted_on(recognizer, shared, file):
    assert (
        recognizer.recognize(read_audio(shared / f"data/speech/{file}.flac")[: 32_000 * 4]).decision
        != "accept"
    )


def test_noise_tones_and_silence_are_nothing(recognizer):
    rng = np.random.default_rng(2)
    noise = (rng.standard_normal(32_000) * 3000).astype("<i2").tobytes()
    tone = (np.sin(np.arange(32_000) * 0.3) * 9000).astype("<i2").tobytes()
    for pcm in (noise, tone, bytes(64_000), b"", b"\x01", bytes(101)):
        assert recognizer.recognize(pcm).decision == "reject"


def test_digital_silence_around_a_command_does_not_deafen(recognizer, shared):
    pcm = read_audio(shared / "data/speech/commands/en_094.flac")
    heard = recognizer.recognize(bytes(32_000) + pcm + bytes(32_000))
    assert heard.text == "close the kitchen windows"


def test_it_hears_the_same_whatever_came_before(recognizer, shared):
    pcm = read_audio(shared / "data/speech/commands/en_064.flac")
    first = recognizer.recognize(pcm)
    recognizer.recognize(read_audio(shared / "data/speech/jfk.flac")[:96_000])
    assert recognizer.recognize(pcm) == first


def test_the_time_of_a_note_is_kept(recognizer, shared):
    """ "take a note" has no recording: a command is made to begin with its own words, the rest is free."""
    note = PocketSphinxRecognizer(compile_grammar(["close the {text}", "what time is it"]))
    heard = note.recognize(read_audio(shared / "data/speech/commands/en_094.flac"))
    assert heard.text == "close the"
    ((name, (begin, end)),) = heard.slots.items()
    assert name == "text"
    assert 0.5 < begin < 1.5 < end < 2.6


def test_a_borderline_command_brings_its_runner_up(shared):
    grammar = compile_grammar(
        ["open the sliding door", "close the sliding door", "close the office curtains"]
    )
    doubtful = Calibration(shipped().weights, shipped().bias, accept=1.0, confirm=0.0)
    heard = PocketSphinxRecognizer(grammar, doubtful).recognize(
        read_audio(shared / "data/speech/commands/en_106.flac")
    )
    assert (heard.text, heard.decision) == ("open the sliding door", "confirm")
    assert heard.runner_up in {"close the sliding door", None}


def test_a_grammar_without_sentences_hears_nothing(shared):
    empty = PocketSphinxRecognizer(compile_grammar([], "de"))
    assert empty.recognize(read_audio(shared / "data/speech/commands/de_000.flac")) == CommandRecognition()


def test_very_long_audio_is_cut(recognizer, shared):
    pcm = read_audio(shared / "data/speech/commands/en_064.flac")
    silence = (np.random.default_rng(3).standard_normal(16_000 * 15) * 5).astype("<i2").tobytes()
    assert recognizer.recognize(silence + pcm * 20).decision != "accept"


def test_what_was_heard_can_be_sent_to_another_process(recognizer, shared):
    heard = recognizer.recognize(read_audio(shared / "data/speech/commands/en_006.flac"))
    assert pickle.loads(pickle.dumps(heard)) == heard


def test_silence_and_clicks_are_not_decoded():
    assert not audible(bytes(32_000))
    assert not audible(b"\xff\x7f" * 100)
    assert audible((np.sin(np.arange(16_000)) * 3000).astype("<i2").tobytes())
