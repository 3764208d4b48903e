"""Binary frames of the native protocol: a 16-byte header, then the payload.

| bytes | field | meaning |
| --- | --- | --- |
| 0 | channel | 1 microphone, 2 speaker, 3 camera |
| 1 | flags | bit 0 last of a group, bit 1 resent, bit 2 discontinuity before this frame |
| 2–3 | reserved | 0 |
| 4–7 | seq | little-endian, per channel, from 1; camera: the number of the chunk |
| 8–15 | time | little-endian µs: the sender's clock at capture (microphone, camera) or the hub's play time |

Microphone and speaker payload: one 20 ms frame in the negotiated codec (pcm16: little-endian mono at the
negotiated rate). Camera payload: 1 byte length of the picture's or film's id, the id in ASCII, then a
chunk of it. Chunks of an id count from 1 and come in order, at most 256 KiB each (a small one may be one);
bit 0 marks the last, which alone may be empty. Chunk 0 of a film is a small JPEG to know it by, if there is
one. A device keeps what `camera.got` hasn't confirmed, and after a resumed connection sends it again.
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
