"""The energy gate before voice detection: silence and steady noise never reach the model.

A window is 512 samples (32 ms), as Silero takes them. One costs 3.5 µs, or 0.6 µs among 64 of other
sessions, against 16 µs and more for the model; a listening device in a quiet room is free.

How it decides: the level without rumble (below) against a noise floor that falls fast and rises slowly. It
opens 3.5 dB over the floor and stays open for 0.25 s after the last window that was 2.5 dB over it. When it
opens, give the model some windows before as well: an onset may lie across both.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

WINDOW: Final = 512
SILENCE_DB: Final = -75.0
"""dBFS under which nothing is speech, whatever the floor: a muted or absent microphone."""

OPEN_DB: Final = 3.5
HOLD_DB: Final = 2.5
HOLD_WINDOWS: Final = 8
START_FLOOR_DB: Final = -60.0
"""A new session may begin in the middle of a word, so the floor starts low and a loud room is learnt."""
LEARN_WINDOWS: Final = 96
LEARN_DB: Final = 0.15
RISE_DB: Final = 0.05
"""dB a window: 1.6 dB/s, so ten seconds of dictation don't drown in their own floor."""
FALL: Final = 0.2

_BLOCK = 32
_ONES = np.ones(_BLOCK, np.float32)
_FULL_SCALE_DB = float(20 * np.log10(32768.0))
_TINY = 1e-3

type Window = bytes | bytearray | memoryview | NDArray[np.int16]


def level_db(window: Window) -> float:
    """Level of one window in dBFS of RMS, rumble left out; about -120 for digital silence.

    Rumble: each block of 32 samples (2 ms) loses its mean, which takes what lies below some 200 Hz (wind,
    handling, mains, DC) out of the sum for the price of one more product.
    """
    samples = window if isinstance(window, np.ndarray) else np.frombuffer(window, np.int16)
    wide = samples.astype(np.float32)
    # np.dot and math.log10 instead of @ and np.log10: this is called 31 times a second and session.
    sums = np.dot(wide.reshape(-1, _BLOCK), _ONES)
    power = (float(np.dot(wide, wide)) - float(np.dot(sums, sums)) / _BLOCK) / len(wide)
    return 10.0 * math.log10(max(power, 0.0) + _TINY) - _FULL_SCALE_DB


def levels_db(windows: NDArray[np.int16]) -> NDArray[np.float32]:
    """`level_db` of each row of `[B, 512]`."""
    wide = windows.astype(np.float32)
    rows, width = wide.shape
    sums = (wide.reshape(-1, _BLOCK) @ _ONES).reshape(rows, width // _BLOCK)
    power = (np.vecdot(wide, wide) - np.vecdot(sums, sums) / _BLOCK) / width
    result: NDArray[np.float32] = 10.0 * np.log10(np.maximum(power, 0.0) + _TINY) - _FULL_SCALE_DB
    return result.astype(np.float32, copy=False)


class EnergyGate:
    """One microphone's gate: three numbers."""

    __slots__ = ("_hold", "_seen", "floor")

    def __init__(self) -> None:
        self.floor = START_FLOOR_DB
        """Noise floor in dBFS, for the trace."""
        self._hold = 0
        self._seen = 0

    @property
    def open(self) -> bool:
        """Whether the last window passed."""
        return self._hold > 0

    def update(self, level: float) -> bool:
        """Whether a window of this level, in dBFS, may be speech. Call it for every window, in order."""
        floor = self.floor
        over = level - floor
        if over < 0:
            # Not below silence: from there a real room would be "speech" for a minute.
            self.floor = max(floor + FALL * over, SILENCE_DB)
        elif self._seen < LEARN_WINDOWS:
            self.floor = floor + min(LEARN_DB, over)
        else:
            self.floor = floor + min(RISE_DB, over)
        self._seen += 1
        if level > SILENCE_DB and level - self.floor > (HOLD_DB if self._hold else OPEN_DB):
            self._hold = HOLD_WINDOWS
        elif self._hold:
            self._hold -= 1
        return self._hold > 0
