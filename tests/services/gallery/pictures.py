"""Pictures made for these tests."""

import io
from typing import Any

from PIL import Image


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 400), exif: Any = None, **more: Any) -> bytes:
    """Left half red, right half green."""
    image = Image.new("RGB", size, (200, 40, 30))
    image.paste((30, 160, 60), (size[0] // 2, 0, *size))
    out = io.BytesIO()
    if exif is not None:
        more["exif"] = exif
    image.save(out, kind, **more)
    return out.getvalue()


def exif(*, taken: str = "", offset: str = "", orientation: int = 0, placed: bool = False) -> Image.Exif:
    data = Image.Exif()
    if orientation:
        data[0x0112] = orientation
    data[0x010F] = "Lorgnette"
    details = data.get_ifd(0x8769)
    if taken:
        details[0x9003] = taken
    if offset:
        details[0x9011] = offset
    if placed:
        place = data.get_ifd(0x8825)
        place[1], place[2], place[3], place[4] = "N", (60.0, 10.0, 11.0), "E", (24.0, 56.0, 18.0)
    return data


WEBM = b"\x1a\x45\xdf\xa3" + bytes(range(256)) * 40
