"""The air between a device's speaker and its microphone: what sounds comes back, later and fainter."""

from typing import Final

import numpy as np

from lorgnette.core.audio import RATE
from lorgnette.simulation.plan import EchoPath

_RING: Final = 4 * RATE
_JOIN: Final = RATE // 200
"""Frames that follow each other within 5 ms are played without a gap, as a sound card does."""


class Room:
    """One device's. Times are the device's clock in µs; every stretch is heard once."""

    __slots__ = ("_delay", "_end", "_gain", "_ring")

    def __init__(self, path: EchoPath, extra_db: float = 0.0) -> None:
        self._gain = np.float32(10 ** ((path.db + extra_db) / 20))
        self._delay = round(path.delay_ms * RATE / 1000)
        self._ring = np.zeros(_RING, np.float32)
        self._end = 0

    def played(self, pcm: bytes, at_us: int) -> None:
        """`pcm` sounds on the speaker from `at_us` on, at most a second ahead."""
        start = at_us * RATE // 1_000_000
        if abs(start - self._end) <= _JOIN:
            start = self._end
        samples = np.frombuffer(pcm, np.int16).astype(np.float32) * self._gain
        self._end = start + len(samples)
        at = (start + self._delay) % _RING
        first = min(len(samples), _RING - at)
        self._ring[at : at + first] += samples[:first]
        self._ring[: len(samples) - first] += samples[first:]

    def heard(self, pcm: bytes, at_us: int) -> bytes:
        """What a microphone hears from `at_us` on: `pcm` with the echo."""
        count = len(pcm) // 2
        at = (at_us * RATE // 1_000_000) % _RING
        first = min(count, _RING - at)
        echo = np.concatenate((self._ring[at : at + first], self._ring[: count - first]))
        self._ring[at : at + first] = 0.0
        self._ring[: count - first] = 0.0
        if not echo.any():
            return pcm
        mixed = np.rint(np.frombuffer(pcm, np.int16) + echo)
        return np.clip(mixed, -32768, 32767).astype(np.int16).tobytes()
