"""Binary frames of the native protocol: a 16-byte header, then the payload.

| bytes | field | meaning |
| --- | --- | --- |
| 0 | channel | 1 microphone, 2 speaker, 3 camera |
| 1 | flags | bit 0 last of a group, bit 1 resent, bit 2 discontinuity before this frame |
| 2–3 | reserved | 0 |
| 4–7 | seq | little-endian, per channel, from 1 |
| 8–15 | time | little-endian µs: the sender's clock at capture (microphone, camera) or the hub's play time |

Microphone and speaker payload: one 20 ms frame in the negotiated codec (pcm16: little-endian mono at the
negotiated rate). Camera payload: 1 byte length of the image id, the id in ASCII, then the encoded image.
"""

import struct
from typing import Final

HEADER: Final = struct.Struct("<BBHIQ")
HEADER_BYTES: Final = HEADER.size

MICROPHONE: Final = 1
SPEAKER: Final = 2
CAMERA: Final = 3

LAST: Final = 1
RESENT: Final = 2
GAP: Final = 4


def pack(channel: int, seq: int, time_us: int, payload: bytes, flags: int = 0) -> bytes:
    """One frame as it goes on the wire."""
    return HEADER.pack(channel, flags, 0, seq, time_us) + payload
