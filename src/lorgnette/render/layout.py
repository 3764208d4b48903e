"""Where a scene's words stand on a picture: a column at the side, or a strip above or below.

The middle third stays free. Navigation is high, captions are low, cards are at the side; a card too wide for
the side goes high. On a display of a few lines' height (576 × 136) everything is one strip.
"""

from dataclasses import dataclass, replace
from typing import Literal

from lorgnette.render.canvas import AMBER, CALM, QUIET, Area, Canvas, Colour
from lorgnette.render.content import Content, Item
from lorgnette.render.glyphs import way
from lorgnette.render.pictures import from_data_uri, qr
from lorgnette.render.wrapping import cut, wrap

MOST_ROWS = 4
Place = Literal["left", "centre", "low"]
"""left: in the middle of the height; centre: the whole group centred; low: on the lower edge."""


@dataclass(frozen=True, slots=True)
class Pen:
    """Type size and line height in pixels, stroke width, and the colour of what matters."""

    size: int
    line: int
    stroke: int
    accent: Colour


@dataclass(frozen=True, slots=True)
class Row:
    """A line of text, ready to draw."""

    text: str
    colour: Colour
    struck: bool = False


def column(canvas: Canvas, area: Area, shown: Content, pen: Pen) -> bool:
    """Draw in a narrow area, figures above words; False (and nothing drawn) if the words don't fit."""
    rows = text_rows(canvas, shown, area.width, pen, most=MOST_ROWS)
    gap = pen.size // 4
    figure = _figure_side(shown, area.width, area.height - gap - len(rows) * pen.line, pen)
    ring = bool(figure) and shown.share is not None
    value_size = value_fit(canvas, shown.value, int(figure * 0.78) if ring else area.width, pen)
    value_line = round(value_size * 1.15) if shown.value and not ring else 0
    gap = gap if figure else 0
    height = figure + gap + value_line + len(rows) * pen.line
    whole = shown.listed or not any(row.text.endswith("…") for row in rows)
    if not whole or height > area.height or (shown.value and value_size < pen.size):
        return False
    y = area.y + (area.height - height) // 2
    if figure:
        square = Area(area.x + (area.width - figure) // 2, y, figure, figure)
        draw_figure(canvas, square, shown, pen)
        if ring:
            _in_ring(canvas, square, shown, value_size, pen)
        y += figure + gap
    first = [] if figure else rows[: bool(shown.title)]
    y = _rows(canvas, area, y, first, pen)
    if value_line:
        y += value_line
        canvas.text(area.x, y - value_size * 0.25, shown.value, value_size, pen.accent)
    _rows(canvas, area, y, rows[len(first) :], pen, centred=bool(figure))
    return True


def strip(canvas: Canvas, area: Area, shown: Content, pen: Pen, place: Place = "left") -> None:
    """Draw in a wide area: figure, value, then lines beside them."""
    side = _figure_side(shown, area.width // 3, area.height, pen)
    value = f"‖ {shown.value}" if shown.paused else shown.value
    size = value_fit(canvas, value, int(area.width * 0.45), pen, tallest=area.height * 0.7)
    lead = value if size < pen.size * 1.2 else ""
    value_at = side + pen.size // 2 if side else 0
    left = value_at + (0 if lead or not value else round(canvas.measure(value, size)) + pen.size)
    width = max(min(area.width - left, pen.size * (14 if canvas.bitmap else 16)), 0)
    most = min(max(area.height // pen.line, 1), MOST_ROWS)
    rows = text_rows(canvas, shown, width, pen, most=most, lead=lead)
    taken = left + max((canvas.measure(row.text, pen.size) for row in rows), default=-pen.size)
    x = area.x + (max(round(area.width - taken) // 2, 0) if place == "centre" else 0)
    if side:
        draw_figure(canvas, Area(x, area.y + (area.height - side) // 2, side, side), shown, pen)
    if value and not lead:
        canvas.text(x + value_at, area.y + area.height / 2 + size * 0.36, value, size, pen.accent)
    free = max(area.height - len(rows) * pen.line, 0)
    beside = Area(x + left, area.y, width, area.height)
    _rows(canvas, beside, area.y + (free if place == "low" else free // 2), rows, pen)


def text_rows(
    canvas: Canvas, shown: Content, width: int, pen: Pen, *, most: int, lead: str = ""
) -> list[Row]:
    """Title, a value that is words, lines and choices, in at most `most` rows."""

    def measure(text: str) -> float:
        return canvas.measure(text, pen.size)

    actions = wrap(" · ".join(shown.actions), width, measure, 1)
    room = most - len(actions)
    titled = bool(shown.items or lead or shown.actions)
    title = (
        wrap(shown.title, width, measure, max(min(room - 1 if titled else room, 2), 1)) if shown.title else []
    )
    rows = [Row(line, QUIET) for line in title]
    rows += (
        [Row(line, pen.accent) for line in wrap(lead, width, measure, max(room - len(rows), 1))]
        if lead
        else []
    )
    room -= len(rows)
    if shown.listed:
        rows += _list_rows(canvas, shown, width, pen, room)
    else:
        rows += _prose_rows(canvas, shown, width, pen, room)
    return (rows + [Row(line, AMBER) for line in actions])[-most:] if most > 0 else []


def _prose_rows(canvas: Canvas, shown: Content, width: int, pen: Pen, room: int) -> list[Row]:
    rows: list[Row] = []
    for item in shown.items:
        left = 0 if shown.tail else room - len(rows)
        if left <= 0 and not shown.tail:
            break
        lines = wrap(item.text, width, lambda text: canvas.measure(text, pen.size), left)
        rows += [Row(line, QUIET if item.quiet else CALM) for line in lines]
    return rows[-room:] if room > 0 else []


def _list_rows(canvas: Canvas, shown: Content, width: int, pen: Pen, room: int) -> list[Row]:
    """A window of the items around the chosen one; the chosen one is bright, the others are quiet."""
    items = shown.items
    chosen = next((place for place, item in enumerate(items) if item.chosen), -1)
    start = max(min(chosen - room // 2, len(items) - room), 0) if chosen >= 0 else 0
    shown_items = items[start : start + max(room, 0)]

    def measure(text: str) -> float:
        return canvas.measure(text, pen.size)

    def row(item: Item, text: str) -> Row:
        quiet = item.quiet or (chosen >= 0 and not item.chosen)
        return Row(text, QUIET if quiet else CALM, item.struck)

    whole = [row(item, line) for item in shown_items for line in wrap(item.text, width, measure, room + 1)]
    if len(whole) <= room:
        return whole
    return [row(item, cut(item.text, width, measure)) for item in shown_items]


def value_fit(canvas: Canvas, value: str, width: int, pen: Pen, *, tallest: float = 1e9) -> int:
    """The largest type for the number that matters: up to 2¼ times the text's size, 0 if it can't fit."""
    if not value:
        return 0
    size = canvas.size(min(pen.size * 2.25, tallest))
    while size > 0 and canvas.measure(value, size) > width:
        size = canvas.size(size - 16) if canvas.bitmap and size > 16 else size - 2 if size > 8 else 0
    return size


def draw_figure(canvas: Canvas, square: Area, shown: Content, pen: Pen) -> None:
    """The ring, arrow, QR code or picture of a scene."""
    if shown.share is not None:
        canvas.ring(square, shown.share, pen.accent, pen.stroke * 2)
    elif shown.turn is not None:
        canvas.strokes(square, way(shown.turn), pen.accent, max(square.width // 14, pen.stroke * 2))
    else:
        picture = qr(shown.code, square.width) if shown.code else None
        if shown.picture:
            picture = from_data_uri(shown.picture, square.width, square.height)
        if picture:
            x, y = (
                square.x + (square.width - picture.width) // 2,
                square.y + (square.height - picture.height) // 2,
            )
            canvas.paste(picture, x, y)


def _figure_side(shown: Content, width: int, height: int, pen: Pen) -> int:
    """Pixels of the figure's square; 0 = the scene has none."""
    most = max(min(width, height), 0)
    if shown.share is not None:
        return min(most, pen.size * 11 // 2)
    if shown.turn is not None:
        return min(most, pen.size * 4)
    return most if shown.code or shown.picture.startswith("data:") else 0


def _in_ring(canvas: Canvas, square: Area, shown: Content, size: int, pen: Pen) -> None:
    """The time in the middle; two strokes above it when it doesn't run."""
    middle = square.x + square.width / 2
    baseline = square.y + square.height / 2 + size * 0.36
    canvas.text(middle - canvas.measure(shown.value, size) / 2, baseline, shown.value, size, pen.accent)
    if shown.paused:
        tall, above = pen.size // 2, square.height // 5
        mark = Area(round(middle) - tall // 2, square.y + above - tall // 2, tall, tall)
        canvas.strokes(mark, [[(0.25, 0.1), (0.25, 0.9)], [(0.75, 0.1), (0.75, 0.9)]], pen.accent, pen.stroke)


def _rows(canvas: Canvas, area: Area, y: int, rows: list[Row], pen: Pen, *, centred: bool = False) -> int:
    """Draw rows from `y` down; returns where they end."""
    for row in rows:
        y += pen.line
        shift = max(area.width - canvas.measure(row.text, pen.size), 0) / 2 if centred else 0
        canvas.text(area.x + shift, y - pen.line * 0.25, row.text, pen.size, row.colour, struck=row.struck)
    return y


def with_count(shown: Content, room: int) -> Content:
    """A list that shows only a part says how many there are."""
    if shown.listed and shown.title and len(shown.items) > room:
        return replace(shown, title=f"{shown.title} · {len(shown.items)}")
    return shown
