"""What the canceller leaves of the echo, turned down: a frame no louder than the echo can be is the echo.

Once AEC3 trusts its filter it lets the first 100 ms of a sentence through at full level: enough for a voice
detector to hear a wearer who cuts in. So the coupling from speaker to microphone is learnt in frames where
the canceller took away much, and a frame must be louder than the loudest of the last half second of playback
under that coupling. A wearer who is quieter than that isn't heard until the reply pauses.
About 12 µs a frame, while something plays.
"""

from collections import deque
from typing import Final

import numpy as np
from numpy.typing import NDArray

START_DB: Final = -8.0
"""Coupling before anything was learnt: louder than any pair of glasses, fainter than a voice at the mouth."""
LOWEST_DB: Final = -60.0
MARGIN_DB: Final = 4.0
AUDIBLE_DB: Final = -55.0
"""Playback below this makes no echo that counts."""
REMOVED_DB: Final = 12.0
"""The canceller took away that much: the frame was echo, and shows the coupling."""
REMEMBERED: Final = 25
"""Frames: the echo of half a second, 500 ms of room and buffers."""
HOLD: Final = 13
"""Frames that pass after a loud one: words have quiet places."""
DOWN: Final = 0.02
"""What is left of an echo's amplitude: -34 dB."""

_RISE_DB: Final = 1.5
_FALL_DB: Final = 0.06
_FIRST, _FIRST_FALL_DB = 60, 0.25
"""Of the first frames that show it the coupling is learnt faster: from -8 dB down within a second."""


class Residue:
    """One microphone's. Call `pass_on` for every frame that went through the canceller."""

    __slots__ = ("_gain", "_hold", "_learnt", "_played", "coupling")

    def __init__(self) -> None:
        self.coupling = START_DB
        """dB from the speaker's samples to the microphone's."""
        self._played: deque[float] = deque(maxlen=REMEMBERED)
        self._hold = 0
        self._learnt = 0
        self._gain = 1.0

    def pass_on(
        self, heard: NDArray[np.int16], cleaned: NDArray[np.int16], played: NDArray[np.int16] | None
    ) -> NDArray[np.int16]:
        """`cleaned`, turned down where it is echo. `heard`: the same frame before the canceller."""
        self._played.append(_level(played) if played is not None else -120.0)
        loudest = max(self._played)
        if loudest < AUDIBLE_DB:
            self._hold = 0
            return self._turn(cleaned, 1.0)
        level = _level(heard)
        over = level - loudest
        if level - _level(cleaned) >= REMOVED_DB and level > AUDIBLE_DB:
            self._learn(over)
        if over > self.coupling + MARGIN_DB:
            self._hold = HOLD
        elif self._hold:
            self._hold -= 1
        return self._turn(cleaned, 1.0 if self._hold else DOWN)

    def _learn(self, over: float) -> None:
        self._learnt += 1
        fall = _FIRST_FALL_DB if self._learnt <= _FIRST else _FALL_DB
        step = min(over - self.coupling, _RISE_DB)
        self.coupling = max(LOWEST_DB, self.coupling + max(step, -fall))

    def _turn(self, samples: NDArray[np.int16], gain: float) -> NDArray[np.int16]:
        before, self._gain = self._gain, gain
        if before == gain == 1.0:
            return samples
        factors = (
            np.float32(gain) if before == gain else np.linspace(before, gain, len(samples), dtype=np.float32)
        )
        return np.rint(samples * factors).astype(np.int16)


def _level(samples: NDArray[np.int16]) -> float:
    wide = samples.astype(np.float32)
    return 10.0 * float(np.log10(float(np.dot(wide, wide)) / max(1, len(wide)) + 1e-3)) - 90.31
