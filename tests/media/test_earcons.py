import numpy as np
import pytest

from lorgnette.core.errors import MediaError
from lorgnette.media.earcons import EARCONS, LOOPS, earcon
from media.signals import db, samples

WANTED = {
    "alarm",
    "capture",
    "connect",
    "disconnect",
    "done",
    "error",
    "film",
    "filmed",
    "listening",
    "question",
    "thinking",
    "timer",
}
RATES = (8000, 16_000, 24_000, 48_000)


def pitch(part: np.ndarray, rate: int = 16_000) -> float:
    """Frequency of the strongest line, by a padded spectrum."""
    spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part)), 1 << 16))
    return float(np.argmax(spectrum)) * rate / (1 << 16)


def ends(name: str) -> tuple[float, float]:
    sound = samples(earcon(name))
    third = len(sound) // 3
    return pitch(sound[:third]), pitch(sound[-third:])


def test_all_that_the_hub_plays_are_there():
    assert set(EARCONS) == WANTED


@pytest.mark.parametrize("name", EARCONS)
@pytest.mark.parametrize("rate", RATES)
def test_each_is_short_soft_and_without_clicks(name, rate):
    sound = samples(earcon(name, rate))
    seconds = len(sound) / rate
    assert seconds <= (2.0 if name in LOOPS else 0.25)
    heard = sound[np.abs(np.convolve(sound**2, np.ones(rate // 200), "same")) > 1]
    assert db(heard) == pytest.approx(-20, abs=2.5 if name == "capture" else 1.0)
    assert np.max(np.abs(sound)) < 0.35 * 32768
    edge = rate // (4000 if name == "capture" else 1000)  # a shutter is quick, but no step either
    assert np.max(np.abs(sound[:edge])) < 0.1 * np.max(np.abs(sound))
    assert np.max(np.abs(sound[-edge:])) < 0.1 * np.max(np.abs(sound))
    assert abs(sound[0]) <= 60
    assert abs(sound[-1]) <= 60


def test_contours_tell_them_apart():
    for rising in ("listening", "connect", "timer", "thinking"):
        first, last = ends(rising)
        assert last > first * 1.04, rising
    for falling in ("done", "disconnect", "error"):
        first, last = ends(falling)
        assert last < first * 0.96, falling
    first, last = ends("question")
    assert last == pytest.approx(first, rel=0.01)
    assert max(ends("error")) < 300


@pytest.mark.parametrize("name", sorted(set(EARCONS) - {"capture"}))
def test_no_step_inside_clicks(name):
    """Nothing above 4 kHz: a step would spread over the whole spectrum."""
    sound = samples(earcon(name))
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) ** 2
    at = len(spectrum) * 4400 // 8000
    assert 10 * np.log10(spectrum[at:].sum() / spectrum.sum()) < -45


def test_a_loop_has_no_seam():
    for name in LOOPS:
        sound = samples(earcon(name))
        assert sound[0] == 0
        assert not np.any(sound[-1600:])


def test_it_is_made_once():
    assert earcon("done") is earcon("done")


def test_an_unknown_name_or_rate_is_a_media_error():
    with pytest.raises(MediaError, match="listening"):
        earcon("fanfare")
    with pytest.raises(MediaError):
        earcon("done", 96_000)
