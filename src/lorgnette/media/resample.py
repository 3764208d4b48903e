"""Stateful resampling of mono PCM16 at the hub's edge, with one millisecond of delay.

Why not soxr's stream here: it works in blocks, so that 48 → 16 kHz runs up to 20 ms late and 8 → 16 kHz up
to 61 ms (better qualities: 36 and 115 ms), which the wearer would wait at the end of every sentence. A
polyphase FIR filter written as one small matrix product costs about 8 µs a 20 ms frame, is 1.2 ms late
(2.3 ms from 8 kHz), and gives exactly one 20 ms frame for each that goes in. Where the ratio isn't small
(47 999 Hz, say), soxr does it.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from lorgnette.core.errors import MediaError

type Pcm = bytes | bytearray | memoryview

LOWEST_RATE = 8_000
HIGHEST_RATE = 48_000

_STOPBAND_DB = 75.0
_TRANSITION = 0.125
"""Width of the filter's slope as a part of the lower rate: flat to 7 kHz at 16 kHz, and what folds back
lies above 7 kHz, where no speech engine listens."""
_LARGEST_RATIO = 640
"""Numerator or denominator beyond which the filter bank would no longer be small (11 025 Hz needs 640)."""


class Resampler(Protocol):
    """One direction of one stream. `delay_ms` is how much later a sound comes out than it went in."""

    delay_ms: float

    def push(self, pcm: Pcm) -> bytes:
        """Give any whole number of samples, get what is ready; nothing is lost between calls.

        Half a sample is a `MediaError`.
        """
        ...

    def flush(self) -> bytes:
        """End the stream: the samples still inside. The resampler is then fresh again."""
        ...


def make_resampler(rate_in: int, rate_out: int) -> Resampler:
    """A resampler between two rates of 8 to 48 kHz; equal rates pass the bytes through untouched."""
    for rate in (rate_in, rate_out):
        if not LOWEST_RATE <= rate <= HIGHEST_RATE:
            raise MediaError(f"a sample rate of {rate} Hz is outside {LOWEST_RATE} to {HIGHEST_RATE}")
    if rate_in == rate_out:
        return _Same()
    common = math.gcd(rate_in, rate_out)
    if max(rate_in, rate_out) // common > _LARGEST_RATIO:
        return _SoxrResampler(rate_in, rate_out)
    return _FirResampler(rate_in, rate_out)


def _whole(pcm: Pcm) -> NDArray[np.int16]:
    if len(pcm) & 1:
        raise MediaError(f"{len(pcm)} bytes are no whole number of samples")
    return np.frombuffer(pcm, np.int16)


class _Same:
    delay_ms = 0.0

    def push(self, pcm: Pcm) -> bytes:
        return bytes(pcm)  # the same object where it is `bytes` already

    def flush(self) -> bytes:
        return b""


@dataclass(frozen=True, slots=True, eq=False)
class _Bank:
    """A filter bank: each block of `step` samples in, with the `history` before it, gives `yields` out."""

    matrix: NDArray[np.float32]  # [history + step, yields]
    history: int
    step: int
    yields: int
    delay_out: float  # in samples of the output


@lru_cache(maxsize=32)
def _bank(rate_in: int, rate_out: int) -> _Bank:
    """Kaiser-windowed sinc, spread over the phases of one block. Shared by all streams of these rates."""
    common = math.gcd(rate_in, rate_out)
    up, down = rate_out // common, rate_in // common
    lower, fast = min(rate_in, rate_out), rate_in * up
    # Kaiser's estimates of length and shape for a stop band of A dB (Oppenheim & Schafer, §7.5).
    length = int((_STOPBAND_DB - 8) / (2.285 * 2 * math.pi * _TRANSITION * lower / fast)) | 1
    beta = 0.1102 * (_STOPBAND_DB - 8.7)
    offset = np.arange(length) - (length - 1) / 2
    cutoff = 0.5 * lower / fast
    taps = 2 * cutoff * up * np.sinc(2 * cutoff * offset) * np.kaiser(length, beta)

    history = -(-length // up) - 1
    frame = rate_in // 50
    periods = max(1, round(history / down))  # a block about as long as the filter keeps the product dense
    while periods > 1 and frame % (periods * down):
        periods -= 1
    step, yields = periods * down, periods * up
    row = np.arange(history + step)[:, None]
    column = np.arange(yields)[None, :]
    tap = column * down - (row - history) * up
    matrix = np.where((tap >= 0) & (tap < length), taps[np.clip(tap, 0, length - 1)], 0.0)
    return _Bank(matrix.astype(np.float32), history, step, yields, (length - 1) / 2 / down)


class _FirResampler:
    """The product `windows @ matrix`; the windows are an overlapping view of one buffer, not copies."""

    def __init__(self, rate_in: int, rate_out: int) -> None:
        self._bank = _bank(rate_in, rate_out)
        self._ratio = rate_out / rate_in
        self.delay_ms = self._bank.delay_out / rate_out * 1000
        self._reset()

    def _reset(self) -> None:
        self._kept = self._bank.history  # how many samples at the buffer's start are from before
        self._given = 0
        self._room = -1
        self._buffer = np.zeros(self._kept, np.float32)

    def push(self, pcm: Pcm) -> bytes:
        bank = self._bank
        fresh = _whole(pcm)
        have = self._kept + len(fresh)
        if have != self._room:
            self._shape_for(have)
        buffer = self._buffer
        buffer[self._kept :] = fresh
        if not self._blocks:
            self._kept = have
            return b""
        out = self._out
        np.matmul(self._windows, bank.matrix, out=out)
        np.minimum(out, 32767.0, out=out)
        np.maximum(out, -32768.0, out=out)
        np.rint(out, out=self._pcm, casting="unsafe")
        used = self._blocks * bank.step
        left = have - used
        buffer[:left] = buffer[used:]
        self._kept = left
        self._given += out.size
        return self._pcm.tobytes()

    def flush(self) -> bytes:
        bank = self._bank
        pending = self._kept - bank.history
        due = (self._given / bank.yields * bank.step + pending) * self._ratio + bank.delay_out
        missing = max(0, math.ceil(due) - self._given)
        blocks = -(-missing // bank.yields)
        tail = self.push(bytes(2 * max(0, blocks * bank.step - pending))) if missing else b""
        self._reset()
        return tail[: 2 * missing]

    def _shape_for(self, have: int) -> None:
        """Buffers for calls that leave `have` samples: made once where all frames are of one length."""
        bank = self._bank
        buffer = np.zeros(have, np.float32)
        buffer[: self._kept] = self._buffer[: self._kept]
        self._buffer, self._room = buffer, have
        self._blocks = (have - bank.history) // bank.step
        if self._blocks:
            shape = (self._blocks, bank.history + bank.step)
            self._windows = np.ndarray(shape, np.float32, buffer, 0, (bank.step * 4, 4))
            self._out = np.empty((self._blocks, bank.yields), np.float32)
            self._pcm = np.empty((self._blocks, bank.yields), np.int16)


class _SoxrResampler:
    """Any ratio; up to a few tens of milliseconds late, since soxr works in blocks."""

    def __init__(self, rate_in: int, rate_out: int) -> None:
        import soxr

        self._stream = soxr.ResampleStream(rate_in, rate_out, 1, dtype="int16", quality="LQ")
        self.delay_ms = 0.0

    def push(self, pcm: Pcm) -> bytes:
        out: NDArray[np.int16] = self._stream.resample_chunk(_whole(pcm))
        return out.tobytes()

    def flush(self) -> bytes:
        out: NDArray[np.int16] = self._stream.resample_chunk(np.empty(0, np.int16), last=True)
        self._stream.clear()
        return out.tobytes()
