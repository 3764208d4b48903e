import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lorgnette.media.level import WINDOW, EnergyGate, level_db, levels_db
from lorgnette.media.wav import read_audio
from media.signals import db, noise, pcm, samples, tone

LONG = ("jfk", "two_cities_16k", "beckett", "test_de", "test_es", "test_fr", "test_ja")


def windows(sound: np.ndarray) -> np.ndarray:
    whole = len(sound) // WINDOW * WINDOW
    return np.frombuffer(pcm(sound[:whole]), np.int16).reshape(-1, WINDOW)


def passed(sound: np.ndarray) -> np.ndarray:
    gate = EnergyGate()
    return np.array([gate.update(level) for level in levels_db(windows(sound))])


@pytest.mark.parametrize("colour", ["white", "pink", "brown"])
@pytest.mark.parametrize("level", [-65, -50, -40, -30])
def test_steady_noise_stays_out_from_the_start(colour, level):
    heard = passed(noise(colour, 120, level))
    assert heard.mean() < 0.10
    assert heard[470:].mean() < 0.05  # after 15 s the loudest room is learnt


@pytest.mark.parametrize("colour", ["white", "pink", "brown"])
def test_quiet_speech_over_noise_is_not_missed(shared, colour):
    loud = missed = 0
    for name in LONG:
        speech = samples(read_audio(shared / f"data/speech/{name}.flac"))
        speech *= 10 ** ((-35 - db(speech)) / 20)
        speech = np.concatenate([np.zeros(24_000), speech])
        clean = levels_db(windows(speech))
        heard = passed(speech + noise(colour, len(speech) / 16_000, -55))
        strong = clean > clean.max() - 20  # vowels and loud consonants: what carries a word
        loud += strong.sum()
        missed += (strong & ~heard).sum()
    assert loud > 1000
    assert missed / loud < 0.002


def test_speech_that_begins_with_the_session_is_not_missed(shared):
    for name in LONG:
        speech = samples(read_audio(shared / f"data/speech/{name}.flac"))[: 16_000 * 5]
        clean = levels_db(windows(speech))
        strong = clean > clean.max() - 20
        start = int(np.argmax(strong))
        heard = passed(speech[start * WINDOW :] + noise("pink", len(speech) / 16_000, -60)[start * WINDOW :])
        assert (strong[start:] & ~heard).sum() <= 0.02 * strong.sum()


def test_silence_and_a_constant_offset_are_silence():
    gate = EnergyGate()
    assert not any(gate.update(level_db(bytes(1024))) for _ in range(50))
    assert level_db(np.full(WINDOW, 9000, np.int16)) < -75
    assert not gate.open


def test_after_an_hour_of_digital_silence_a_word_still_opens_at_once():
    gate = EnergyGate()
    for _ in range(5000):
        gate.update(level_db(bytes(1024)))
    assert gate.update(level_db(tone(300, 0.032, amplitude=0.01)))


def test_it_holds_a_quarter_of_a_second_and_closes():
    gate = EnergyGate()
    gate.update(level_db(tone(400, 0.032)))
    held = [gate.update(level_db(bytes(1024))) for _ in range(20)]
    assert held == [True] * held.index(False) + [False] * (20 - held.index(False))
    assert 6 <= held.index(False) <= 8


@given(arrays(np.int16, st.tuples(st.integers(1, 9), st.just(WINDOW))))
def test_the_batch_measures_what_the_single_window_does(batch):
    assert levels_db(batch) == pytest.approx([level_db(row) for row in batch], abs=0.05)


def test_a_level_is_dbfs():
    assert level_db(tone(1000, 0.032, amplitude=0.1)) == pytest.approx(-23, abs=0.3)
    assert level_db(tone(1000, 0.032, amplitude=0.1)) == pytest.approx(
        level_db(memoryview(tone(1000, 0.032, amplitude=0.1)))
    )
