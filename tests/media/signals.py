"""Generated signals and the measures the media tests share."""

import numpy as np
from numpy.typing import NDArray

RATE = 16_000


def tone(hz: float, seconds: float, rate: int = RATE, amplitude: float = 0.5) -> bytes:
    time = np.arange(round(seconds * rate)) / rate
    return np.rint(np.sin(2 * np.pi * hz * time) * amplitude * 32767).astype(np.int16).tobytes()


def samples(pcm: bytes) -> NDArray[np.float64]:
    return np.frombuffer(pcm, np.int16).astype(np.float64)


def pcm(signal: NDArray[np.floating]) -> bytes:
    return np.clip(np.rint(signal), -32768, 32767).astype(np.int16).tobytes()


def chunks(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


def snr_of_tone(sound: NDArray[np.float64], hz: float, rate: int = RATE) -> float:
    """Power of the tone against everything else, in dB: clicks, drift and noise all show."""
    time = np.arange(len(sound)) / rate
    base = np.stack([np.sin(2 * np.pi * hz * time), np.cos(2 * np.pi * hz * time)], axis=1)
    factors, *_ = np.linalg.lstsq(base, sound, rcond=None)
    fitted = base @ factors
    return float(10 * np.log10(np.mean(fitted**2) / (np.mean((sound - fitted) ** 2) + 1e-12)))


def db(sound: NDArray[np.floating]) -> float:
    """RMS in dBFS of int16 samples."""
    return float(10 * np.log10(np.mean(np.square(sound, dtype=np.float64)) + 1e-9) - 90.309)


def noise(colour: str, seconds: float, level_db: float, seed: int = 0) -> NDArray[np.float64]:
    """White, pink or brown noise above 40 Hz with an RMS of `level_db` dBFS, in int16 units."""
    count = round(seconds * RATE)
    white = np.random.default_rng(seed).standard_normal(count)
    slope = {"white": 0.0, "pink": 0.5, "brown": 1.0}[colour]
    spectrum = np.fft.rfft(white)
    frequency = np.maximum(np.fft.rfftfreq(count, 1 / RATE), 1.0)
    spectrum *= np.where(frequency < 40, 0.0, frequency**-slope)
    shaped = np.fft.irfft(spectrum, count)
    return shaped / np.std(shaped) * 10 ** (level_db / 20) * 32768
