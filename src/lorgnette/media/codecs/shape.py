"""What a codec is to the hub: two small Protocols; inside is always mono PCM16 at 16 kHz."""

from typing import Protocol

type Payload = bytes | bytearray | memoryview

LONGEST_PAYLOAD_MS = 1000
"""More sound than this in one payload is refused: a frame is 20 ms and no honest packet holds a second."""


class Decoder(Protocol):
    """One stream in. Not shared between streams: it carries the filter and prediction of its own."""

    def decode(self, payload: Payload) -> bytes:
        """The sound of one payload; `MediaError` where it can't be decoded, and the stream goes on."""
        ...

    def conceal(self, duration_ms: int) -> bytes:
        """Sound in place of `duration_ms` (≤ 1000) that were lost: a fading guess, then silence."""
        ...

    def flush(self) -> bytes:
        """What is still inside at the end of the stream; usually nothing, at most 2.4 ms."""
        ...


class Encoder(Protocol):
    """One stream out, fed with 20 ms frames of 640 bytes."""

    def encode(self, pcm: Payload) -> bytes:
        """The payload for one frame."""
        ...

    def flush(self) -> bytes:
        """What is still inside at the end of the stream; may be empty."""
        ...
