"""Scenes as pictures for raster displays: Frame (640 × 400, colour), G1 (576 × 136, one bit) and the like."""

from lorgnette.core.forms import Display
from lorgnette.core.scenes import Arrow, Box, Caption, Head, Scene
from lorgnette.render.canvas import AMBER, CALM, RED, Area, Canvas
from lorgnette.render.content import Content, content
from lorgnette.render.layout import MOST_ROWS, Pen, column, strip, value_fit, with_count

_LARGEST = 4096
_TONES = {"calm": CALM, "ask": AMBER, "alert": RED}


def render_png(scene: Scene, display: Display, now: float = 0.0, language: str = "en") -> bytes:
    """A PNG of exactly the display's size; black is what stays transparent."""
    width, height = (min(max(side, 1), _LARGEST) for side in (display.width, display.height))
    canvas = Canvas(width, height, display.depth, language)
    pen = _pen(canvas, width, height, scene)
    shown = with_count(content(scene, now, language), MOST_ROWS - 1)
    margin = max(pen.size // 2, 1)
    flat = height < pen.line * 6
    if isinstance(scene.anchor, Box) and not flat:
        _around(canvas, scene.anchor, width, height, shown, pen)
    elif flat:
        edge = max((height - height // pen.line * pen.line) // 2, 0)
        strip(canvas, Area(margin, edge, max(width - 2 * margin, 1), max(height - 2 * edge, 1)), shown, pen)
    else:
        third, wide = height // 3, max(width - 2 * margin, 1)
        high = Area(margin, margin // 2, wide, max(third - margin // 2, 1))
        low = Area(margin, height - third, wide, max(third - margin // 2, 1))
        side = Area(
            width * 2 // 3 + margin // 2, margin, max(width // 3 - margin, 1), max(height - third - margin, 1)
        )
        zone = _zone(scene)
        if zone == "bottom":
            strip(canvas, _inset(low, pen), shown, pen, "low")
        elif zone == "top" or not column(canvas, side, shown, pen):
            strip(canvas, high, shown, pen, "centre")
    return canvas.png()


def _pen(canvas: Canvas, width: int, height: int, scene: Scene) -> Pen:
    """32 pixels on 640 × 400 and on 576 × 136; larger displays in proportion."""
    accent = _TONES[scene.tone]
    if canvas.bitmap:
        size = 16 * max(min(width // (28 * 8), height // (MOST_ROWS * 17)), 1)
        return Pen(size, size + max(size // 16, 1), max(size // 16, 2), accent)
    size = max(int(min(width / 20, height / 4.25)), 6)
    return Pen(size, round(size * 1.22), max(size // 11, 2), accent)


def _zone(scene: Scene) -> str:
    """Captions are low and navigation is high unless the scene says otherwise; the rest is at the side."""
    asked = scene.anchor.zone if isinstance(scene.anchor, Head) else "side"
    if asked == "side":
        return "bottom" if isinstance(scene, Caption) else "top" if isinstance(scene, Arrow) else "side"
    return asked


def _inset(area: Area, pen: Pen) -> Area:
    """Captions stand in the middle of the view's width."""
    width = min(area.width, pen.size * 16)
    return Area(area.x + (area.width - width) // 2, area.y, width, area.height)


def _around(canvas: Canvas, box: Box, width: int, height: int, shown: Content, pen: Pen) -> None:
    """Corners around what is seen, and the words under it, or above where there is no room."""
    left, top = _pixel(box.x, width), _pixel(box.y, height)
    right, bottom = _pixel(box.x + box.width, width), _pixel(box.y + box.height, height)
    frame = Area(left, top, max(right - left, 1), max(bottom - top, 1))
    canvas.corners(frame, pen.accent, pen.stroke)
    gap = pen.size // 4
    rows = min(len(shown.items) + bool(shown.title) + bool(shown.actions), 2) or 1
    tall = max(rows * pen.line, round(value_fit(canvas, shown.value, width // 3, pen) * 1.15))
    under = bottom + gap + tall <= height
    y = bottom + gap if under else max(top - gap - tall, 0)
    x = min(left, max(width - pen.size * 8, 0))
    strip(canvas, Area(x, y, max(width - x, 1), min(tall, height)), shown, pen)


def _pixel(share: float, side: int) -> int:
    return round(min(max(share, 0.0), 1.0) * (side - 1)) if share == share else 0  # noqa: PLR0124  NaN
