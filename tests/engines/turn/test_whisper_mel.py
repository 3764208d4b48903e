"""The features against Whisper's definition, computed here another way, and against known values of it."""

import numpy as np

from lorgnette.engines.turn.whisper_mel import FFT, FRAMES, HOP, MELS, SAMPLES, features


def slow(pcm: bytes) -> np.ndarray:
    """By the definition: a discrete Fourier transform as a matrix, filters by interpolation, in double."""
    samples = np.frombuffer(pcm, "<i2")[-SAMPLES:] / 32768
    sound = np.concatenate((np.zeros(SAMPLES - len(samples)), samples))
    sound = (sound - sound.mean()) / np.sqrt(sound.var() + 1e-7)
    padded = np.concatenate((sound[FFT // 2 : 0 : -1], sound, sound[-2 : -FFT // 2 - 2 : -1]))
    window = np.sin(np.pi * np.arange(FFT) / FFT) ** 2
    bins = np.arange(FFT // 2 + 1)
    waves = np.exp(-2j * np.pi * np.outer(np.arange(FFT), bins) / FFT)
    frames = np.stack([padded[at * HOP : at * HOP + FFT] * window for at in range(FRAMES)])
    power = np.abs(frames @ waves) ** 2

    def hertz(mel: float) -> float:
        return mel * 200 / 3 if mel < 15 else 1000 * 6.4 ** ((mel - 15) / 27)

    top = 15 + 27 * np.log(8) / np.log(6.4)  # 8 kHz
    corners = [hertz(top * number / (MELS + 1)) for number in range(MELS + 2)]
    mel = np.empty((MELS, FRAMES))
    for number in range(MELS):
        low, middle, high = corners[number : number + 3]
        weights = np.interp(bins * 40.0, [low, middle, high], [0, 1, 0]) * 2 / (high - low)
        mel[number] = power @ weights
    levels = np.log10(np.maximum(mel, 1e-10))
    return (np.maximum(levels, levels.max() - 8) + 4) / 4


def test_they_are_what_the_definition_gives():
    rng = np.random.default_rng(1)
    time = np.arange(SAMPLES) / 16_000
    chirp = 9000 * np.sin(2 * np.pi * (200 + 400 * time) * time) + rng.normal(0, 100, SAMPLES)
    for samples in (chirp, chirp[:40_000], rng.normal(0, 2000, 3 * 16_000)):
        pcm = np.clip(samples, -32768, 32767).astype("<i2").tobytes()
        ours = features(pcm)
        assert ours.shape == (MELS, FRAMES)
        assert ours.dtype == np.float32
        assert np.abs(ours - slow(pcm)).max() < 2e-4


def test_only_the_last_eight_seconds_count():
    rng = np.random.default_rng(2)
    samples = rng.normal(0, 2000, 2 * SAMPLES).astype("<i2")
    assert np.array_equal(features(samples.tobytes()), features(samples[-SAMPLES:].tobytes()))


def test_silence_and_nothing_are_one_and_the_same():
    assert np.array_equal(features(b""), features(bytes(SAMPLES * 2)))
    assert np.isfinite(features(b"")).all()
