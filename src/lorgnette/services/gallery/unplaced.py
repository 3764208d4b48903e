"""A picture without what its camera wrote of the place: the image's own bytes stay as they are.

What may hold a position goes: GPS data in EXIF, XMP, IPTC. Time, orientation and the rest of EXIF stay.
"""

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Final

from lorgnette.core.errors import MediaError
from lorgnette.services.gallery.picture import kind_of

_GPS_IFD: Final = 0x8825
_EXIF: Final = b"Exif\0\0"
_APP1, _APP13, _SCAN = 0xE1, 0xED, 0xDA
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
"""JPEG markers without a length."""
_PNG_TEXTS: Final = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt"})
_WEBP_EXIF: Final = 0x08
_WEBP_FLAGS: Final = _WEBP_EXIF | 0x04
"""Of VP8X: EXIF, XMP."""


def unplaced(data: bytes) -> bytes:
    """The same picture, silent about where it was taken. `MediaError` if it isn't whole."""
    try:
        return {"JPEG": _jpeg, "PNG": _png, "WEBP": _webp}[kind_of(data)](data)
    except MediaError:
        raise
    except Exception as error:  # a hostile file makes Pillow raise nearly anything
        raise MediaError(f"a picture isn't whole: {error}", phrase="error-gallery-unreadable") from error


def _jpeg(data: bytes) -> bytes:
    out = bytearray(data[:2])
    exif = _exif_without_place(data)
    if exif:
        out += struct.pack(">BBH", 0xFF, _APP1, len(exif) + 2) + exif
    at = 2
    while at < len(data):
        if data[at] != 0xFF:
            raise ValueError("no marker where one was to be")
        marker = data[at + 1]
        if marker == 0xFF:  # padding
            at += 1
            continue
        if marker in _ALONE:
            out += data[at : at + 2]
            at += 2
            continue
        if marker == _SCAN:
            return bytes(out + data[at:])
        (length,) = struct.unpack_from(">H", data, at + 2)
        if marker not in (_APP1, _APP13):
            out += data[at : at + 2 + length]
        at += 2 + length
    raise ValueError("it has no image")


def _exif_without_place(data: bytes) -> bytes:
    """EXIF with its header, less the GPS part; empty if there was none."""
    from PIL import Image

    with Image.open(io.BytesIO(data), formats=["JPEG"]) as image:
        exif = image.getexif()
        if not len(exif):
            return b""
        exif.get_ifd(0x8769)  # loaded, so that it is written again
        if _GPS_IFD in exif:
            del exif[_GPS_IFD]
        whole: bytes = exif.tobytes()
    whole = whole if whole.startswith(_EXIF) else _EXIF + whole
    return whole if len(whole) < 65_000 else b""


def _png(data: bytes) -> bytes:
    out = bytearray(data[:8])
    at = 8
    while at < len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise ValueError("a chunk is cut off")
        if name not in _PNG_TEXTS:
            out += data[at:end]
        elif name == b"eXIf" and (turned := _orientation(data[at + 8 : end - 4])):
            body = b"eXIf" + turned
            out += struct.pack(">I", len(turned)) + body + struct.pack(">I", zlib.crc32(body))
        at = end
        if name == b"IEND":
            return bytes(out)
    raise ValueError("it has no end")


def _orientation(exif: bytes) -> bytes:
    """A TIFF block with the orientation alone; empty where there is none."""
    from PIL import Image

    found = Image.Exif()
    found.load(exif)
    turned = found.get(0x0112)
    if turned is None:
        return b""
    small = Image.Exif()
    small[0x0112] = turned
    return bytes(small.tobytes()).removeprefix(_EXIF)


def _webp(data: bytes) -> bytes:
    out = bytearray()
    chunks = [*_riff(data)]
    turned = next((_orientation(body) for name, body in chunks if name == b"EXIF"), b"")
    for name, body in chunks:
        kept = body
        if name == b"VP8X":
            kept = bytes((body[0] & ~_WEBP_FLAGS | (_WEBP_EXIF if turned else 0),)) + body[1:]
        elif name == b"EXIF":
            kept = turned
        if kept and name != b"XMP ":
            out += name + struct.pack("<I", len(kept)) + kept + b"\0" * (len(kept) % 2)
    return b"RIFF" + struct.pack("<I", len(out) + 4) + b"WEBP" + bytes(out)


def _riff(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(data):
        name, length = struct.unpack_from("<4sI", data, at)
        if at + 8 + length > len(data):
            raise ValueError("a chunk is cut off")
        yield name, data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2
