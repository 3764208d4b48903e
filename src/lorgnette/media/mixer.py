"""Gain ramps and the mix: everything audible passes here once per 20 ms frame.

    voice = Gain()
    voice.set_db(DUCK_DB, DUCK_RAMP_MS)       # a wearer begins to speak
    frame = mix([(speech, voice), (music, quiet)])

The common case is one source at full level: `mix` then hands back the very object it was given (0.3 µs).
A frame under a gain costs about 7 µs, two sources 8 µs, most of it the one saturating pass at the end.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lorgnette.core.audio import FRAME_BYTES, FRAME_SAMPLES, RATE, SILENT_FRAME

DUCK_DB: Final = -15.0
"""How far speech over playback pushes the playback down."""
DUCK_RAMP_MS: Final = 60
UNDUCK_RAMP_MS: Final = 400
"""The way back up when the wearer only made a sound of assent."""
STOP_RAMP_MS: Final = 40
"""The fade before an utterance that is cut short; then its source may be dropped."""
SILENCE_DB: Final = float("-inf")

type Pcm = bytes | bytearray | memoryview

_UNIT = np.arange(1, FRAME_SAMPLES + 1, dtype=np.float32)


class Gain:
    """One source's level. Ramps are linear in amplitude and exact to the sample, also across frames.

    A ramp that is overtaken by another starts where the first one is, so there is never a step.
    """

    __slots__ = ("_left", "_level", "_step", "_target")

    def __init__(self, db: float = 0.0) -> None:
        self._level = self._target = amplitude(db)
        self._step = 0.0
        self._left = 0

    def set_db(self, target: float, ramp_ms: float = 0.0) -> None:
        """Go to `target` dB (0 is untouched, `SILENCE_DB` is mute) within `ramp_ms` of mixed sound."""
        self._target = amplitude(target)
        self._left = int(ramp_ms * RATE / 1000)
        if self._left:
            self._step = (self._target - self._level) / self._left
        else:
            self._level = self._target

    def duck(self) -> None:
        """Down by the one amount for all ducking."""
        self.set_db(DUCK_DB, DUCK_RAMP_MS)

    def restore(self) -> None:
        """Up again to full level."""
        self.set_db(0.0, UNDUCK_RAMP_MS)

    def fade_out(self) -> None:
        """To silence, for a stop; `silent` says when it is reached."""
        self.set_db(SILENCE_DB, STOP_RAMP_MS)

    @property
    def unity(self) -> bool:
        """Full level and not moving: samples pass as they are."""
        return not self._left and self._level == 1.0

    @property
    def silent(self) -> bool:
        """Mute and not moving: the source adds nothing."""
        return not self._left and self._level == 0.0

    @property
    def level(self) -> float:
        """The amplitude factor at this moment, 0 to 1 and above."""
        return self._level

    def skip(self, samples: int) -> None:
        """Let `samples` of the ramp pass without sound."""
        if self._left:
            done = min(samples, self._left)
            self._left -= done
            self._level = self._level + self._step * done if self._left else self._target

    def curve(self, samples: int) -> NDArray[np.float32] | float:
        """The factors for the next `samples` samples: one number where they are all alike. Moves on."""
        if not self._left:
            return self._level
        ramp = _UNIT[:samples] if samples <= FRAME_SAMPLES else np.arange(1, samples + 1, dtype=np.float32)
        factors = ramp * np.float32(self._step)
        factors += np.float32(self._level)
        if self._left < samples:
            factors[self._left :] = self._target
        self.skip(samples)
        return factors


def amplitude(db: float) -> float:
    """The factor of `db` decibels; -inf is exactly 0 and 0 exactly 1."""
    return float(10.0 ** (db / 20.0))


def apply(pcm: Pcm, gain: Gain) -> Pcm:
    """`pcm` under `gain`; untouched where the gain is 0 dB."""
    if gain.unity:
        return pcm
    samples = np.frombuffer(pcm, np.int16)
    return _saturate(samples * _factors(gain, len(samples)))


def mix(sources: Iterable[tuple[Pcm, Gain]], size: int = FRAME_BYTES) -> Pcm:
    """One frame of `size` bytes from the frames of all sources, added and saturated.

    A shorter frame (an utterance's last) is filled up with silence; without sources the frame is silent.
    Gains move on by one frame, muted sources' too.
    """
    total: NDArray[np.float32] | None = None
    alone: Pcm | None = None
    for pcm, gain in sources:
        if gain.unity and total is None and alone is None and len(pcm) == size:
            alone = pcm
            continue
        if gain.silent:
            continue
        if total is None:
            total = np.zeros(size // 2, np.float32)
            if alone is not None:
                total += np.frombuffer(alone, np.int16)
                alone = None
        samples = np.frombuffer(pcm, np.int16)[: size // 2]
        factors = _factors(gain, size // 2)
        if isinstance(factors, np.ndarray):
            factors = factors[: len(samples)]
        total[: len(samples)] += samples * factors
    if total is not None:
        return _saturate(total)
    if alone is not None:
        return alone
    return SILENT_FRAME if size == FRAME_BYTES else bytes(size)


def _factors(gain: Gain, samples: int) -> NDArray[np.float32] | np.float32:
    factors = gain.curve(samples)
    return factors if isinstance(factors, np.ndarray) else np.float32(factors)


def _saturate(mixed: NDArray[np.float32]) -> bytes:
    np.minimum(mixed, 32767.0, out=mixed)
    np.maximum(mixed, -32768.0, out=mixed)
    return np.rint(mixed, out=mixed).astype(np.int16).tobytes()
