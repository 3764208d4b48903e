"""What a picture is, seen from its bytes: kind, size, time, a small upright copy. Everything is bounded."""

import io
import re
import warnings
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any, Final
from zoneinfo import ZoneInfo

from lorgnette.core.errors import MediaError

KINDS: Final = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
MAX_PIXELS: Final = 64_000_000
"""Of a JPEG, which is read at a fraction of its size."""
MAX_WHOLE_PIXELS: Final = 26_000_000
"""Of a PNG or WebP, which is unpacked whole: 100 MB."""
MAX_SIDE: Final = 20_000
THUMB_SIDE: Final = 480
THUMB_QUALITY: Final = 78
_TURNED: Final = (5, 6, 7, 8)
"""EXIF orientations that lie on their side."""
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_ORIENTATION, _TAKEN, _OFFSET = 0x0112, 0x9003, 0x9011
_ZONE = re.compile(r"[+-]\d\d:\d\d")


@dataclass(frozen=True, slots=True)
class Seen:
    """Width and height as it is looked at; `taken`: epoch seconds, if known; `placed`: it says where."""

    mime: str
    width: int
    height: int
    thumb: bytes
    taken: float | None
    placed: bool


def kind_of(data: bytes) -> str:
    """JPEG, PNG or WEBP by its first bytes. `MediaError` for anything else, SVG and HTML among it."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    raise _unreadable("it is no JPEG, PNG or WebP")


def seen(data: bytes, zone: str = "UTC") -> Seen:
    """Look at it; takes a moment, call it in a thread. `zone`: of a time that is written without one."""
    from PIL import Image, ImageOps

    kind = kind_of(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # Pillow only warns of a bomb of twice its limit
            with Image.open(io.BytesIO(data), formats=[kind]) as image:
                width, height = image.size
                most = MAX_PIXELS if kind == "JPEG" else MAX_WHOLE_PIXELS
                if width * height > most or max(width, height) > MAX_SIDE:
                    raise _unreadable(f"{width} × {height} pixels are too many")
                exif = image.getexif()
                taken, placed = _taken(exif, zone), bool(exif.get_ifd(_GPS_IFD))
                turned = exif.get(_ORIENTATION) in _TURNED
                image.draft("RGB", (THUMB_SIDE * 2, THUMB_SIDE * 2))
                small: Any = ImageOps.exif_transpose(image)
                small.thumbnail((THUMB_SIDE, THUMB_SIDE))
                out = io.BytesIO()
                _opaque(small).save(out, "JPEG", quality=THUMB_QUALITY)
    except MediaError:
        raise
    except Exception as error:  # a hostile file makes Pillow raise nearly anything
        raise _unreadable(f"{type(error).__name__}: {error}") from error
    size = (height, width) if turned else (width, height)
    return Seen(KINDS[kind], *size, out.getvalue(), taken, placed)


def _opaque(image: Any) -> Any:
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA", "P"):
        image = image.convert("RGBA")
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        return ground
    return image.convert("RGB")


def _taken(exif: Any, zone: str) -> float | None:
    """DateTimeOriginal; cameras whose clock was never set say 1970 or nothing."""
    fields = exif.get_ifd(_EXIF_IFD)
    text, offset = str(fields.get(_TAKEN, "")), str(fields.get(_OFFSET, ""))
    try:
        at = datetime.strptime(text[:19], "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007  # the zone follows
    except ValueError:
        return None
    known: tzinfo
    if _ZONE.fullmatch(offset):
        sign = -1 if offset[0] == "-" else 1
        away = sign * (int(offset[1:3]) * 3600 + int(offset[4:]) * 60)
        return at.replace(tzinfo=UTC).timestamp() - away if at.year > 2000 else None
    known = ZoneInfo(zone)
    return at.replace(tzinfo=known).timestamp() if at.year > 2000 else None


def _unreadable(why: str) -> MediaError:
    return MediaError(f"a picture can't be read: {why}", phrase="error-gallery-unreadable")
