"""Audio as it is everywhere inside the hub: mono PCM16 little-endian at 16 kHz in 20 ms frames."""

from typing import Final, Literal

RATE: Final = 16_000
"""Samples per second inside the hub."""

FRAME_MS: Final = 20
FRAME_SAMPLES: Final = RATE * FRAME_MS // 1000
FRAME_BYTES: Final = FRAME_SAMPLES * 2
SILENT_FRAME: Final = bytes(FRAME_BYTES)
BYTES_PER_SECOND: Final = RATE * 2

Codec = Literal["pcm16", "opus", "lc3"]


def seconds_of(pcm: bytes | bytearray | memoryview) -> float:
    """Length in seconds of PCM16 mono 16 kHz bytes."""
    return len(pcm) / BYTES_PER_SECOND
