"""Echo control for `aec: hub`: WebRTC's AEC3 with the playback reference put where the device played it.

    aligner = open_aligner()                       # None where the canceller isn't installed: half duplex
    aligner.push_reference(frame, play_time_us)    # each frame sent, at the time the device plays it
    clean = aligner.clean(mic_frame, capture_time_us)

Measured (docs/decisions/0011): 6.6 ms CPU a second of audio, so it runs only while something plays and for
half a second after; 0.9 MB, so it is made at the first sound and let go after half a minute without.
The wheel is imported here at the first need: sessions with `aec: device` never load it.
"""

import logging
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lorgnette.core.audio import RATE
from lorgnette.core.errors import MediaError
from lorgnette.media.residue import Residue

type Pcm = bytes | bytearray | memoryview

LEAD_MS: Final = 20
"""The canceller hears the reference this much before the echo. It finds delays of 20 to 400 ms by itself, but
an echo that is not later than its reference costs 20 dB of cancellation."""
HANGOVER_MS: Final = 500
"""Room and device sound on after the last sample played."""
RELEASE_MS: Final = 30_000

_LATENCY = 128  # samples AEC3 is late: measured, see tests
_AUDIBLE = 16  # of 32768: below this a reference makes no echo that a microphone would notice
_PART = RATE // 100  # AEC3 works on 10 ms

_log = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def echo_available() -> bool:
    """Whether the canceller can be loaded (1 ms, once). Says so once in the log where it can't."""
    try:
        import pywebrtc_audio  # noqa: F401
    except ImportError as error:
        _log.warning(
            "no echo canceller (%s): devices with aec 'hub' are half duplex, a tap interrupts", error
        )
        return False
    return True


def open_aligner() -> "Aligner | None":
    """Echo control for one microphone, or None: then treat the device as `aec: none`."""
    return Aligner() if echo_available() else None


class EchoCanceller:
    """AEC3 on aligned frames. Late by 8 ms while it works; without reference frames pass untouched."""

    def __init__(self) -> None:
        self._engine: Any = None
        self._quiet = RELEASE_MS * RATE // 1000  # samples since the reference was last audible
        self._running = False

    @property
    def running(self) -> bool:
        """Whether the last frame went through the canceller."""
        return self._running

    def process(self, mic: Pcm, reference: Pcm | None) -> bytes:
        """`mic` without the echo of `reference`; both of one length, a multiple of 10 ms. None is silence."""
        count = len(mic) // 2
        if len(mic) % (2 * _PART) or (reference is not None and len(reference) != len(mic)):
            raise MediaError(f"{len(mic)} bytes to clean with a reference of {len(reference or b'')}")
        self._quiet = 0 if reference and _audible(reference) else self._quiet + count
        wanted = self._quiet <= HANGOVER_MS * RATE // 1000
        if not count or (not wanted and not self._running):
            if self._engine is not None and self._quiet > RELEASE_MS * RATE // 1000:
                self._engine = None
            return bytes(mic)
        near, far = np.frombuffer(mic, np.int16), np.frombuffer(reference or bytes(len(mic)), np.int16)
        if self._engine is None:
            self._engine = _engine()
        cleaned: NDArray[np.int16] = self._engine.process(near, far)
        if wanted == self._running:
            return cleaned.tobytes()
        self._running = wanted
        # In and out within one frame: the two differ by the canceller's 8 ms, which would click.
        return _cross(near, cleaned) if wanted else _cross(cleaned, near)


class Aligner:
    """Lays playback and microphone on the device's own clock, so that each frame meets its reference.

    A frame must be pushed `LEAD_MS` before it sounds, as paced playback is; later it comes too late to help.
    Times are the device's, in µs; they may jitter by some 10 ms and drift against the sample count:
    small errors are averaged and followed in steps of 2 ms that the canceller tolerates, an error above
    60 ms is a jump of the stream and is followed at once.
    """

    def __init__(self) -> None:
        self._canceller = EchoCanceller()
        self._residue = Residue()
        self._played = _Timeline()
        self._heard = _Timeline()
        self._ring: NDArray[np.int16] = _NO_RING
        self._rest = b""
        self._end: int | None = None  # position after the newest reference sample

    @property
    def running(self) -> bool:
        """Whether the last frame went through the canceller."""
        return self._canceller.running

    def push_reference(self, pcm: Pcm, play_time_us: int) -> None:
        """`pcm` sounds on the device from `play_time_us` on; up to 1.5 s ahead, later pushes win."""
        samples = np.frombuffer(pcm, np.int16)[-_RING:]
        start = self._played.place(play_time_us, len(samples))
        end = start + len(samples)
        if self._end is None or start - self._end >= _RING or self._end - end >= _RING:
            self._ring = np.zeros(_RING, np.int16)
        elif start > self._end:
            _write(self._ring, self._end, np.zeros(start - self._end, np.int16))
        _write(self._ring, start, samples)
        self._end = end if self._end is None else max(end, self._end) if self._end - end < _RING else end

    def drop_reference(self, from_time_us: int) -> None:
        """Playback was stopped: nothing sounds from `from_time_us` on, whatever was pushed ahead."""
        if self._end is None:
            return
        cut = max(_samples(from_time_us), self._end - _RING)
        if cut < self._end:
            _write(self._ring, cut, np.zeros(self._end - cut, np.int16))
        self._played.forget()

    def clean(self, mic_pcm: Pcm, capture_time_us: int) -> bytes:
        """The frame that was heard from `capture_time_us` on, without what the device played.

        Any whole number of samples; what is left over of 10 ms waits for the next call.
        """
        if len(mic_pcm) & 1:
            raise MediaError(f"{len(mic_pcm)} bytes are no whole number of samples")
        start = self._heard.place(capture_time_us, len(mic_pcm) // 2) - len(self._rest) // 2
        if self._rest or len(mic_pcm) % (2 * _PART):
            whole = self._rest + bytes(mic_pcm)
            left = len(whole) % (2 * _PART)
            mic_pcm, self._rest = whole[: len(whole) - left], whole[len(whole) - left :]
        reference = self._read(start + LEAD_MS * RATE // 1000, len(mic_pcm) // 2)
        cleaned = self._canceller.process(mic_pcm, reference)
        if not self._canceller.running or not cleaned:
            return cleaned
        played = None if reference is None else np.frombuffer(reference, np.int16)
        heard = np.frombuffer(mic_pcm, np.int16)
        return self._residue.pass_on(heard, np.frombuffer(cleaned, np.int16), played).tobytes()

    def _read(self, start: int, count: int) -> bytes | None:
        if self._end is None:
            return None
        low, high = max(start, self._end - _RING), min(start + count, self._end)
        if low >= high:
            return None
        out = np.zeros(count, np.int16)
        at = low % _RING
        first = min(high - low, _RING - at)
        out[low - start : low - start + first] = self._ring[at : at + first]
        out[low - start + first : high - start] = self._ring[: high - low - first]
        return out.tobytes()


_RING = 2 * RATE
_NO_RING = np.zeros(0, np.int16)
_JUMP = 60 * RATE // 1000
_SLIP = 2 * RATE // 1000
_SMOOTH = 0.05


class _Timeline:
    """Turns jittering stamps into gapless sample positions."""

    __slots__ = ("_error", "_next")

    def __init__(self) -> None:
        self._next: int | None = None
        self._error = 0.0

    def place(self, time_us: int, count: int) -> int:
        stamped = _samples(time_us)
        expected = self._next
        if expected is None or abs(stamped - expected) > _JUMP:
            expected, self._error = stamped, 0.0
        else:
            self._error += (stamped - expected - self._error) * _SMOOTH
            if abs(self._error) > _SLIP:
                expected += round(self._error)
                self._error = 0.0
        self._next = expected + count
        return expected

    def forget(self) -> None:
        self._next = None


def _audible(pcm: Pcm) -> bool:
    samples = np.frombuffer(pcm, np.int16)
    return int(samples.max()) > _AUDIBLE or int(samples.min()) < -_AUDIBLE


def _samples(time_us: int) -> int:
    return time_us * RATE // 1_000_000


def _write(ring: NDArray[np.int16], start: int, samples: NDArray[np.int16]) -> None:
    at = start % _RING
    first = min(len(samples), _RING - at)
    ring[at : at + first] = samples[:first]
    ring[: len(samples) - first] = samples[first:]


def _cross(old: NDArray[np.int16], new: NDArray[np.int16]) -> bytes:
    up = np.linspace(0.0, 1.0, len(old), dtype=np.float32)
    return np.rint(old + (new.astype(np.float32) - old) * up).astype(np.int16).tobytes()


def _engine() -> Any:
    try:
        from pywebrtc_audio import EchoCanceller as Engine
    except ImportError as error:
        raise MediaError(f"no echo canceller: {error}") from error
    return Engine(sample_rate=RATE, num_channels=1)
