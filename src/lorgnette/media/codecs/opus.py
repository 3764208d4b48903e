"""Opus at 16 kHz: libopus resamples inside, so a 48 kHz device costs no resampling here.

Measured per 20 ms frame of speech: decoding 15 µs, encoding 24 µs at complexity 2 (see docs/decisions/0010).
"""

import ctypes
import weakref

from lorgnette.core.audio import FRAME_BYTES, FRAME_SAMPLES, RATE
from lorgnette.core.errors import MediaError
from lorgnette.media.codecs.libopus import libopus
from lorgnette.media.codecs.shape import LONGEST_PAYLOAD_MS, Payload
from lorgnette.media.resample import HIGHEST_RATE, LOWEST_RATE

BITRATE = 32_000
"""Bits per second to the speaker: wide-band speech is transparent here, and earcons and music stay clean."""
COMPLEXITY = 2

_LONGEST = RATE * 120 // 1000  # samples: an Opus packet holds at most 120 ms (RFC 6716, 3.2.5)
_STEP = RATE // 400  # concealment comes in multiples of 2.5 ms
_LARGEST_FRAME = 1276  # bytes of one 20 ms frame at the highest rate
_LARGEST_PACKET = 6 * _LARGEST_FRAME  # and of 120 ms, with room
_AUDIO = 2049  # OPUS_APPLICATION_AUDIO: at 32 kbit/s a third of the CPU of the VOIP mode, and fit for music
_SET_BITRATE, _SET_COMPLEXITY = 4002, 4010


def opus_available() -> bool:
    """Whether libopus can be opened here; the hub offers Opus only then."""
    try:
        libopus()
    except MediaError:
        return False
    return True


def _check_rate(rate: int) -> None:
    if not LOWEST_RATE <= rate <= HIGHEST_RATE:
        raise MediaError(f"a sample rate of {rate} Hz is outside {LOWEST_RATE} to {HIGHEST_RATE}")


class OpusDecoder:
    """Packets of 2.5 to 120 ms, mono or stereo (mixed down by libopus), at any rate the device encodes."""

    def __init__(self, rate: int = RATE) -> None:
        _check_rate(rate)  # else unused: an Opus stream decodes to any rate
        library = libopus()
        status = ctypes.c_int()
        self._state = library.opus_decoder_create(RATE, 1, ctypes.byref(status))
        if status.value or not self._state:
            raise MediaError(f"libopus made no decoder: error {status.value}")
        weakref.finalize(self, library.opus_decoder_destroy, self._state)
        self._decode = library.opus_decode
        self._buffer = ctypes.create_string_buffer(_LONGEST * 2)

    def decode(self, payload: Payload) -> bytes:
        packet = bytes(payload)
        # An empty packet would mean concealment to libopus; from a device it is a mistake.
        if not packet or len(packet) > _LARGEST_PACKET:
            raise MediaError(f"an opus packet of {len(packet)} bytes")
        return self._run(packet, len(packet), _LONGEST)

    def conceal(self, duration_ms: int) -> bytes:
        left = max(0, min(duration_ms, LONGEST_PAYLOAD_MS)) * RATE // 1000
        parts = []
        while left >= _STEP:
            take = min(left // _STEP * _STEP, _LONGEST)
            parts.append(self._run(None, 0, take))
            left -= take
        parts.append(bytes(left * 2))
        return b"".join(parts)

    def flush(self) -> bytes:
        return b""

    def _run(self, packet: bytes | None, size: int, room: int) -> bytes:
        count = self._decode(self._state, packet, size, self._buffer, room, 0)
        if count < 0:
            raise MediaError(f"an opus packet of {size} bytes: {_reason(count)}")
        return ctypes.string_at(self._buffer, count * 2)


class OpusEncoder:
    """One packet a 20 ms frame. The device's own rate is unimportant: its decoder makes the rate it plays."""

    def __init__(self, rate: int = RATE) -> None:
        _check_rate(rate)
        library = libopus()
        status = ctypes.c_int()
        self._state = library.opus_encoder_create(RATE, 1, _AUDIO, ctypes.byref(status))
        if status.value or not self._state:
            raise MediaError(f"libopus made no encoder: error {status.value}")
        weakref.finalize(self, library.opus_encoder_destroy, self._state)
        for request, value in ((_SET_BITRATE, BITRATE), (_SET_COMPLEXITY, COMPLEXITY)):
            library.opus_encoder_ctl(
                ctypes.c_void_p(self._state), ctypes.c_int(request), ctypes.c_int32(value)
            )
        self._encode = library.opus_encode
        self._buffer = ctypes.create_string_buffer(_LARGEST_FRAME)

    def encode(self, pcm: Payload) -> bytes:
        frame = bytes(pcm)
        if len(frame) != FRAME_BYTES:
            if len(frame) > FRAME_BYTES:
                raise MediaError(f"{len(frame)} bytes to encode, a frame has {FRAME_BYTES}")
            frame = frame.ljust(FRAME_BYTES, b"\0")  # the last, short frame of an utterance
        size = self._encode(self._state, frame, FRAME_SAMPLES, self._buffer, _LARGEST_FRAME)
        if size < 0:
            raise MediaError(f"a frame can't be encoded as opus: {_reason(size)}")
        return ctypes.string_at(self._buffer, size)

    def flush(self) -> bytes:
        return b""


def _reason(code: int) -> str:
    """Words for an error code of opus_defines.h."""
    names = {-1: "bad argument", -2: "buffer too small", -3: "internal error", -4: "corrupted"}
    return names.get(code, f"error {code}")
