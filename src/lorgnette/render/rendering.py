"""The one entry: a scene for a display, as text pages, a picture or JSON. Pure; `now` comes from outside."""

from dataclasses import dataclass
from typing import Any

import msgspec

from lorgnette.core.forms import Display
from lorgnette.core.scenes import Scene
from lorgnette.render.text import text_pages


@dataclass(frozen=True, slots=True)
class TextPages:
    """Pages of lines, for `kind="text"`."""

    pages: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Png:
    """A picture of the display's size, for `kind="png"`."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Json:
    """The scene itself, for displays that draw it themselves."""

    data: dict[str, Any]


Rendered = TextPages | Png | Json


def render(scene: Scene, display: Display, *, now: float = 0.0, language: str = "en") -> Rendered:
    """What `display` is sent for `scene` at `now` (epoch seconds), in the wearer's language (BCP 47).

    A picture takes some milliseconds: not for the event loop. Never raises, whatever the scene's text holds.
    """
    match display.kind:
        case "text":
            pages = text_pages(scene, display.lines, display.columns, language, now)
            return TextPages(tuple(tuple(page) for page in pages))
        case "png":
            from lorgnette.render.png import render_png

            return Png(render_png(scene, display, now, language))
        case "json":
            return Json(scene_json(scene))


def scene_json(scene: Scene) -> dict[str, Any]:
    """The scene as plain JSON values."""
    data: dict[str, Any] = msgspec.to_builtins(scene)
    return data
