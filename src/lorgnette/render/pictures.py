"""Pictures that a scene brings along: QR codes, and images as data URIs, bounded before they are decoded."""

import base64
import binascii
from io import BytesIO

from PIL import Image, UnidentifiedImageError

MOST_BYTES = 4 * 1024 * 1024
MOST_PIXELS = 16_000_000
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_PAPER = 200
"""The light modules' grey: enough for a phone's camera, no white glare in the eye."""


def qr(data: str, side: int) -> Image.Image | None:
    """A QR code with its quiet zone, at most `side` pixels, in whole pixels a module; None: it can't fit."""
    import segno

    try:
        code = segno.make_qr(data or " ", error="l")
    except (ValueError, UnicodeError):
        return None
    modules = [list(row) for row in code.matrix_iter(border=2)]
    scale = side // len(modules)
    if scale < 1:
        return None
    small = Image.new("L", (len(modules), len(modules)))
    small.putdata([0 if dark else _PAPER for row in modules for dark in row])
    return small.resize((len(modules) * scale, len(modules) * scale), Image.Resampling.NEAREST)


def from_data_uri(source: str, width: int, height: int) -> Image.Image | None:
    """The image, reduced to fit; None for anything else, too large or broken."""
    head, _, body = source.partition(",")
    if not head.startswith("data:image/") or not head.endswith(";base64") or len(body) > MOST_BYTES * 4 // 3:
        return None
    try:
        image = Image.open(BytesIO(base64.b64decode(body, validate=True)), formats=_FORMATS)
        if image.width * image.height > MOST_PIXELS:
            return None
        image.draft("RGB", (width, height))
        picture = image.convert("RGB")
    except (
        OSError,
        ValueError,
        SyntaxError,
        binascii.Error,
        UnidentifiedImageError,
        Image.DecompressionBombError,
    ):
        return None
    picture.thumbnail((max(width, 1), max(height, 1)))
    return picture
