import numpy as np

from lorgnette.core.audio import RATE
from lorgnette.engines.tts.shaper import Shaper


def shaped(samples, blocks=(700,), gain_db=0.0, stop_after=10**9):
    chunks: list[bytes] = []

    def emit(chunk):
        chunks.append(chunk)
        return len(chunks) < stop_after

    shaper = Shaper(22_050, gain_db, emit)
    at, turn = 0, 0
    while at < len(samples):
        size = blocks[turn % len(blocks)]
        if not shaper.push(samples[at : at + size].astype("<i2").tobytes()):
            break
        at, turn = at + size, turn + 1
    shaper.end()
    return chunks, shaper.seconds


def tone(seconds, level=6000, rate=22_050):
    return np.round(level * np.sin(2 * np.pi * 300 * np.arange(int(seconds * rate)) / rate))


def silence(seconds):
    return np.zeros(int(seconds * 22_050))


def test_silence_around_the_sound_is_cut_and_within_it_kept():
    chunks, seconds = shaped(np.concatenate([silence(0.5), tone(0.3), silence(0.4), tone(0.3), silence(1)]))
    assert abs(seconds - (0.3 + 0.4 + 0.3 + 0.06)) < 0.02
    wave = np.frombuffer(b"".join(chunks), "<i2")
    assert np.abs(wave[: RATE // 50]).max() > 1000


def test_the_blocks_of_the_voice_change_nothing():
    sound = np.concatenate([silence(0.1), tone(0.5), silence(0.2), tone(0.2, 20_000)])
    one, _ = shaped(sound, (len(sound),))
    many, _ = shaped(sound, (13, 441, 1, 999))
    first, second = (np.frombuffer(b"".join(chunks), "<i2").astype(int) for chunks in (one, many))
    assert len(first) == len(second)
    assert np.abs(first - second).max() <= 1


def test_a_gain_that_would_clip_is_bent():
    chunks, _ = shaped(tone(0.5, 32_000), gain_db=12)
    wave = np.frombuffer(b"".join(chunks), "<i2")
    assert 24_000 < np.abs(wave).max() <= 32_767


def test_nothing_but_silence_gives_nothing():
    assert shaped(silence(2)) == ([], 0.0)


def test_it_stops_when_nobody_listens():
    chunks, _ = shaped(tone(5), stop_after=2)
    assert len(chunks) == 2
