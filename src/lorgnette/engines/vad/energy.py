"""A voice detector without a model: loudness over a noise floor that follows. For where Silero can't run."""

import asyncio
import math
from collections.abc import Callable

import numpy as np

from lorgnette.engines.health import Health

_FLOOR_START_DB, _FLOOR_LOWEST_DB = -55.0, -70.0
_FLOOR_RISE_DB = 0.05
"""A window; the floor follows a louder room within seconds and a quieter one at once."""
_MIDDLE_DB, _SLOPE_DB = 12.0, 3.0
"""Above the floor: probability 0.5, and how fast it rises."""


class EnergyDetector:
    """`VoiceDetector` that hears loudness: anything loud counts as speech, so it is a fall-back only."""

    def __init__(self) -> None:
        self._floors: dict[int, float] = {}
        self._next = 0
        self._done = 0

    def open(self) -> int:
        self._next += 1
        self._floors[self._next] = _FLOOR_START_DB
        return self._next

    def submit(self, slot: int, window: bytes, done: Callable[[float], None]) -> None:
        floor = self._floors[slot]
        power = float(np.mean(np.square(np.frombuffer(window, "<i2"), dtype=np.float64)))
        level = 10 * math.log10(power / 2**30 + 1e-10)
        self._floors[slot] = max(_FLOOR_LOWEST_DB, min(level, floor + _FLOOR_RISE_DB))
        probability = 1 / (1 + math.exp(-(level - floor - _MIDDLE_DB) / _SLOPE_DB))
        self._done += 1
        asyncio.get_running_loop().call_soon(self._answer, slot, done, probability)

    def reset(self, slot: int) -> None:
        """Nothing to forget: the floor belongs to the room."""

    def close(self, slot: int) -> None:
        self._floors.pop(slot, None)

    def start(self) -> None:
        """Nothing to load."""

    async def aclose(self) -> None:
        """Nothing to end."""

    def health(self) -> Health:
        return Health("energy", "ready", done=self._done)

    def _answer(self, slot: int, done: Callable[[float], None], probability: float) -> None:
        if slot in self._floors:
            done(probability)
