"""A voice's samples → the hub's: 16 kHz, one level, no silence around the sentence, never clipped."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from lorgnette.core.audio import RATE
from lorgnette.media.resample import make_resampler

LEVEL_DB = -20.0
"""dBFS RMS over the speech of every voice."""
_KNEE = 0.75
"""Above this the level is bent, so that a loud vowel never clips."""
_CHUNK_SECONDS = 0.5
"""After the first chunk, which goes out at once, pieces of half a second: less work here and for the hub."""
_QUIET = 0.004
_LEAD_SAMPLES, _TAIL_SAMPLES = RATE * 5 // 1000, RATE * 60 // 1000
_FRAME_SECONDS, _PAUSE = 0.02, 1e-5
_MOST_GAIN_DB = 15.0

type Emit = Callable[[bytes], bool]


def gain_db(wave: NDArray[np.float32], rate: int) -> float:
    """What brings speech (−1 … 1) to the level of the other voices; its pauses don't count."""
    size = int(rate * _FRAME_SECONDS)
    frames = wave[: len(wave) // size * size].reshape(-1, size)
    power = np.square(frames, dtype=np.float64).mean(axis=1)
    loud = power[power > _PAUSE]
    if not len(loud):
        return 0.0
    return min(float(LEVEL_DB - 10 * np.log10(loud.mean())), _MOST_GAIN_DB)


class Shaper:
    """One sentence: samples at `rate` in, chunks out through `emit`, which says whether anybody listens."""

    def __init__(self, rate: int, gain_db: float, emit: Emit) -> None:
        self._resampler = make_resampler(rate, RATE)
        self._raw = bytearray()
        self._enough = int(rate * _CHUNK_SECONDS) * 2
        self.level(gain_db)
        self._emit = emit
        self._begun = False
        self._open = True
        self._silence = np.empty(0, np.float32)  # may be the sentence's end: kept back until sound follows
        self._ready = bytearray()
        self._samples = 0
        self.error: BaseException | None = None

    @property
    def seconds(self) -> float:
        return self._samples / RATE

    def level(self, gain_db: float) -> None:
        """From the next `push` on: for voices whose sentences differ."""
        self._gain = np.float32(10 ** (gain_db / 20) / 32768)

    def push(self, pcm: bytes) -> bool:
        """Samples as they come; False once nobody listens."""
        self._raw += pcm
        if not self._samples or len(self._raw) >= self._enough:
            self._shape(self._resampler.push(self._raw))
            self._raw = bytearray()
            self._send()
        return self._open

    def end(self) -> None:
        """The rest, and a short tail of silence."""
        if self.error is not None:
            raise self.error
        if not self._open:
            return
        self._shape(self._resampler.push(self._raw))
        self._shape(self._resampler.flush())
        self._give(self._silence[:_TAIL_SAMPLES])
        self._send()

    def _shape(self, pcm: bytes) -> None:
        wave = np.frombuffer(pcm, np.int16) * self._gain
        loud = np.flatnonzero(np.abs(wave) > _QUIET)
        if not len(loud):
            if self._begun:
                self._silence = np.concatenate((self._silence, wave))
            return
        begin = 0
        if not self._begun:
            self._begun = True
            begin = max(0, int(loud[0]) - _LEAD_SAMPLES)
        end = int(loud[-1]) + 1
        self._give(self._silence)
        self._give(wave[begin:end])
        self._silence = wave[end:]

    def _give(self, wave: NDArray[np.float32]) -> None:
        if not len(wave):
            return
        size = np.abs(wave)
        over = size > _KNEE
        if over.any():
            bent = _KNEE + (1 - _KNEE) * np.tanh((size[over] - _KNEE) / (1 - _KNEE))
            wave = wave.copy()
            wave[over] = np.copysign(bent, wave[over])
        self._ready += np.rint(wave * 32767).astype("<i2").tobytes()

    def _send(self) -> None:
        if self._ready:
            self._samples += len(self._ready) // 2
            self._open = self._emit(bytes(self._ready))
            self._ready.clear()
