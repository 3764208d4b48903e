"""Whisper's log-mel features in numpy: what a Smart Turn network sees of the last eight seconds.

As OpenAI's Whisper computes them (Hann windows of 25 ms every 10 ms, 80 triangles on Slaney's mel scale,
each of area one), on sound brought to mean 0 and variance 1, as the network was trained.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from lorgnette.core.audio import RATE

SECONDS = 8
SAMPLES = SECONDS * RATE
FFT, HOP, MELS = 400, 160, 80
FRAMES = SAMPLES // HOP
_LINEAR_HZ, _STEP_HZ, _LINEAR_MELS = 1000.0, 200 / 3, 15.0
_LOG_STEP = np.log(6.4) / 27
"""Slaney's scale: 3 mels a 200 Hz up to 1 kHz, then 27 mels for a factor of 6.4."""
_FLOOR, _RANGE = 1e-10, 8.0
"""Power that counts as silence, and how many powers of ten below the loudest are kept."""
_STEADY = 1e-7

type Float32 = NDArray[np.float32]


def features(pcm: bytes) -> Float32:
    """`[80, 800]` of the last eight seconds of PCM16 at 16 kHz; what is shorter has silence in front."""
    samples = np.frombuffer(pcm, "<i2")[-SAMPLES:].astype(np.float32) / np.float32(32768)
    sound = np.zeros(SAMPLES, np.float32)
    if len(samples):
        sound[-len(samples) :] = samples
    sound = (sound - sound.mean()) / np.sqrt(sound.var() + np.float32(_STEADY))
    around = np.pad(sound, FFT // 2, mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(around, FFT)[: FRAMES * HOP : HOP]
    spectrum = np.fft.rfft(windows * _hann())
    power = np.square(spectrum.real) + np.square(spectrum.imag)
    levels = np.log10(np.maximum(_filters() @ power.T, _FLOOR))
    levels = np.maximum(levels, levels.max() - _RANGE)
    result: Float32 = ((levels + 4) / 4).astype(np.float32)
    return result


@cache
def _hann() -> Float32:
    """Periodic, as a spectrogram wants it."""
    return (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(FFT) / FFT)).astype(np.float32)


@cache
def _filters() -> Float32:
    """`[80, 201]`: triangles whose feet are the neighbours' tops."""
    tops = _hertz(np.linspace(0, _mels(RATE / 2), MELS + 2))
    bins = np.arange(FFT // 2 + 1) * RATE / FFT
    rise = (bins - tops[:-2, None]) / (tops[1:-1] - tops[:-2])[:, None]
    fall = (tops[2:, None] - bins) / (tops[2:] - tops[1:-1])[:, None]
    triangles = np.maximum(0, np.minimum(rise, fall))
    return (triangles * (2 / (tops[2:] - tops[:-2]))[:, None]).astype(np.float32)


def _mels(hertz: float) -> float:
    return float(_LINEAR_MELS + np.log(hertz / _LINEAR_HZ) / _LOG_STEP)


def _hertz(mels: NDArray[np.float64]) -> NDArray[np.float64]:
    above = _LINEAR_HZ * np.exp(_LOG_STEP * (mels - _LINEAR_MELS))
    return np.where(mels < _LINEAR_MELS, mels * _STEP_HZ, above)
