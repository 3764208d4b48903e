"""Pictures in messages: small enough to be sent, as data URLs in OpenAI's shape."""

import base64
import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

from lorgnette.core.errors import MediaError

LONGEST_SIDE: Final = 1_280
LARGEST: Final = 600_000
"""Bytes of one picture that goes out as it is; a larger one is made smaller."""
MOST_PIXELS: Final = 50_000_000
QUALITY: Final = 85
UNSEEN: Final = "[a picture, which this model can't see]"
_AS_IT_IS: Final = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


def part(picture: bytes) -> Mapping[str, Any]:
    """The picture as a part of a message, at most 1,280 pixels a side. Raises `MediaError`.

    It decodes, so call it in a thread.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(picture)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise MediaError("that picture is too large")
            kind = _AS_IT_IS.get(image.format or "")
            small = len(picture) <= LARGEST and max(image.size) <= LONGEST_SIDE
            if not (kind and small):
                upright = ImageOps.exif_transpose(image).convert("RGB")
                upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                out = io.BytesIO()
                upright.save(out, "JPEG", quality=QUALITY)
                picture, kind = out.getvalue(), "image/jpeg"
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise MediaError(f"that picture can't be read: {error}") from error
    url = f"data:{kind};base64,{base64.b64encode(picture).decode()}"
    return {"type": "image_url", "image_url": {"url": url}}


def without(messages: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """For a model that reads text alone: where a picture was, a note says so."""
    return [_told(one) if isinstance(one.get("content"), list) else one for one in messages]


def _told(message: Mapping[str, Any]) -> Mapping[str, Any]:
    texts = [part["text"] if part.get("type") == "text" else UNSEEN for part in message["content"]]
    return {**message, "content": "\n".join(texts)}
