"""PCM16 little-endian at the device's own rate.

At 16 kHz the very bytes that came in go out (0.2 µs), so a device that can sample at 16 kHz should.
"""

from lorgnette.core.audio import BYTES_PER_SECOND, RATE
from lorgnette.core.errors import MediaError
from lorgnette.media.codecs.shape import LONGEST_PAYLOAD_MS, Payload
from lorgnette.media.resample import make_resampler


class Pcm16Decoder:
    """The device's samples to 16 kHz; a gap becomes silence: over TCP the device itself chose it."""

    def __init__(self, rate: int) -> None:
        self._resampler = make_resampler(rate, RATE)
        self._same = rate == RATE
        self._most = rate * 2 * LONGEST_PAYLOAD_MS // 1000

    def decode(self, payload: Payload) -> bytes:
        size = len(payload)
        if size & 1 or size > self._most:
            raise MediaError(f"a pcm16 payload of {size} bytes is odd or above {self._most}")
        return bytes(payload) if self._same else self._resampler.push(payload)

    def conceal(self, duration_ms: int) -> bytes:
        # Not through the filter: its tail belongs to the sound before and comes with the next payload.
        return bytes(max(0, min(duration_ms, LONGEST_PAYLOAD_MS)) * BYTES_PER_SECOND // 1000)

    def flush(self) -> bytes:
        return self._resampler.flush()


class Pcm16Encoder:
    """16 kHz to the device's rate: one frame in, one frame out, 1.2 ms later in content."""

    def __init__(self, rate: int) -> None:
        self._resampler = make_resampler(RATE, rate)

    def encode(self, pcm: Payload) -> bytes:
        return self._resampler.push(pcm)

    def flush(self) -> bytes:
        return self._resampler.flush()
