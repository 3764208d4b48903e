"""The section `gallery` of `lorgnette.toml`: how much a picture and a film may be."""

from typing import Annotated

from msgspec import Meta

from lorgnette.config import Section


class GallerySection(Section, frozen=True, kw_only=True):
    """Pictures and films that the wearer asked for. What is only looked at isn't kept."""

    photo_mb: Annotated[float, Meta(gt=0, le=64, description="Megabytes that a picture may have.")] = 12.0
    film_minutes: Annotated[
        float, Meta(gt=0, le=240, description="Minutes after which a film ends by itself.")
    ] = 10.0
    film_mb: Annotated[
        float, Meta(gt=0, le=65_536, description="Megabytes after which a film ends by itself.")
    ] = 512.0
    keep_free_mb: Annotated[
        float, Meta(ge=0, description="Megabytes of the disk that pictures and films never take.")
    ] = 500.0
    sound: Annotated[bool, Meta(description="Whether films have sound.")] = True
    undo_hours: Annotated[
        float, Meta(ge=0, le=24 * 365, description="Hours in which something deleted can come back.")
    ] = 24.0
