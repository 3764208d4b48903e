"""A WAV file as it arrives: the header tells what follows, whose length many servers don't know yet."""

import struct
from dataclasses import dataclass

from lorgnette.core.errors import EngineError

LONGEST_HEADER = 64_000
"""Bytes before the sound; a header with texts in it is far shorter."""
_PCM, _EXTENSIBLE = 1, 0xFFFE
_UNKNOWN = 0x7FFFFF00
"""Lengths from here on, and 0, stand for "until the end": a stream can't go back to fill them in."""


@dataclass(frozen=True, slots=True)
class WaveFormat:
    """What the header says. `size`: bytes of sound, None where the server didn't know."""

    rate: int
    channels: int
    width: int
    size: int | None


class WaveHead:
    """Takes bytes until the header is whole; then `format` is there, and `rest` the first of the sound."""

    def __init__(self) -> None:
        self.format: WaveFormat | None = None
        self.rest = b""
        self._data = b""

    def push(self, data: bytes) -> bool:
        """Whether the header is whole now; EngineError where it is no WAV of PCM."""
        self._data += data
        begun = self._data[:4] + self._data[8:12]
        if begun != b"RIFFWAVE"[: len(begun)]:
            raise EngineError("the server's sound is no WAV file")
        place, known = 12, b""
        while len(self._data) >= place + 8:
            name, size = struct.unpack_from("<4sI", self._data, place)
            if name == b"data":
                self.format = _format(known, size)
                self.rest = self._data[place + 8 :]
                return True
            begin = place + 8
            place = begin + size + size % 2
            if place > LONGEST_HEADER:
                break
            if name == b"fmt " and len(self._data) >= begin + size:
                known = self._data[begin : begin + size]
        if place > LONGEST_HEADER or len(self._data) > LONGEST_HEADER:
            raise EngineError("the server's WAV file has no end of its header")
        return False


def _format(known: bytes, size: int) -> WaveFormat:
    if len(known) < 16:
        raise EngineError("the server's WAV file doesn't say what it holds")
    kind, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", known)
    if kind == _EXTENSIBLE and len(known) >= 26:
        kind = struct.unpack_from("<H", known, 24)[0]
    if kind != _PCM:
        raise EngineError(f"the server's WAV file holds no PCM (format {kind})")
    return WaveFormat(rate, channels, bits // 8, None if size == 0 or size >= _UNKNOWN else size)
