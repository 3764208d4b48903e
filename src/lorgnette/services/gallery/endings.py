"""How the files of pictures and films are called outside."""

from collections.abc import Mapping
from typing import Final

ENDINGS: Final[Mapping[str, str]] = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "video/webm": "webm",
    "video/mp4": "mp4",
}
"""By media type."""
