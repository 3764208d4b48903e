"""A picture for an additive display: black is transparent, strokes are two pixels or more."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from math import cos, radians, sin

from PIL import Image, ImageDraw, ImageFont

from lorgnette.render.fonts import UNIFONT_GRID, Run, runs

Colour = tuple[int, int, int]
Strokes = Sequence[Sequence[tuple[float, float]]]
Shape = Callable[[ImageDraw.ImageDraw, int], None]

CALM: Colour = (226, 234, 230)
QUIET: Colour = (138, 148, 146)
FAINT: Colour = (62, 68, 68)
AMBER: Colour = (255, 178, 64)
RED: Colour = (255, 84, 66)

_SMOOTH = 4
"""Shapes are drawn so many times larger and reduced, because Pillow's lines have hard edges."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in pixels."""

    x: int
    y: int
    width: int
    height: int


class Canvas:
    """Width and height in pixels; depth 1, 8 or 24 bits. Everything drawn outside is cut off."""

    def __init__(self, width: int, height: int, depth: int, language: str) -> None:
        self.bitmap = depth == 1
        self._language = language
        self._depth = depth
        self._image = Image.new({1: "1", 8: "L"}.get(depth, "RGB"), (width, height), 0)
        self._draw = ImageDraw.Draw(self._image)
        self._draw.fontmode = "1" if self.bitmap else "L"

    def png(self) -> bytes:
        out = BytesIO()
        self._image.save(out, "PNG", compress_level=2)
        return out.getvalue()

    def size(self, wanted: float) -> int:
        """A type size near `wanted` that is sharp here."""
        if not self.bitmap or wanted < UNIFONT_GRID:
            return max(int(wanted), 6)
        return int(wanted) // UNIFONT_GRID * UNIFONT_GRID

    def measure(self, text: str, size: int) -> float:
        return sum(run.width for run in self._runs(text, size))

    def text(
        self, x: float, baseline: float, text: str, size: int, colour: Colour, *, struck: bool = False
    ) -> float:
        """Draw one line from `x` on its baseline; returns where it ends."""
        start = x
        for run in self._runs(text, size):
            self._draw.text(
                (round(x), round(baseline)), run.text, self._ink(colour), run.font, anchor=self._anchor(run)
            )
            x += run.width
        if struck:
            height = round(baseline - size * 0.3)
            self._draw.line((round(start), height, round(x), height), self._ink(colour), 2)
        return x

    def ring(self, area: Area, share: float, colour: Colour, stroke: int) -> None:
        """A faint circle and, from twelve o'clock on, a bright arc of `share` of it."""
        thick = max(stroke, 2)
        if min(area.width, area.height) < thick * 3:
            return

        def arc(draw: ImageDraw.ImageDraw, scale: int, part: float, width: int) -> None:
            edge = (thick - width) * scale / 2
            box = (edge, edge, area.width * scale - 1 - edge, area.height * scale - 1 - edge)
            if part >= 1:
                draw.ellipse(box, outline=255, width=width * scale)
            elif part > 0:
                draw.arc(box, -90, -90 + 360 * part, fill=255, width=width * scale)

        if self.bitmap:
            for step in range(0, 360, 10):
                x = area.x + area.width / 2 + sin(radians(step)) * (area.width - thick) / 2
                y = area.y + area.height / 2 + cos(radians(step)) * (area.height - thick) / 2
                self._draw.rectangle((x - 1, y - 1, x, y), 255)
        else:
            self._shape(area, lambda draw, scale: arc(draw, scale, 1.0, 2), FAINT)
        self._shape(area, lambda draw, scale: arc(draw, scale, share, thick), colour)

    def bar(self, area: Area, share: float, colour: Colour, stroke: int) -> None:
        """A thin line, bright for `share` of it; the rest is faint, or dots on one bit."""
        middle = area.y + area.height // 2
        last = area.x + area.width - 1
        if self.bitmap:
            for x in range(area.x, last, 8):
                self._draw.rectangle((x, middle, x + 1, middle + 1), 255)
        else:
            self._draw.line((area.x, middle, last, middle), self._ink(FAINT), 2)
        if round(area.width * share) > 0:
            end = area.x + round(area.width * share) - 1
            self._draw.line((area.x, middle, end, middle), self._ink(colour), max(stroke, 2))

    def strokes(self, area: Area, lines: Strokes, colour: Colour, stroke: int) -> None:
        """Lines with round ends and joints; points are fractions of the square `area`."""

        def shape(draw: ImageDraw.ImageDraw, scale: int) -> None:
            width = max(stroke, 2) * scale
            for line in lines:
                points = [(x * area.width * scale, y * area.height * scale) for x, y in line]
                draw.line(points, 255, width, joint="curve")
                for x, y in (points[0], points[-1]):
                    draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=255)

        self._shape(area, shape, colour)

    def corners(self, area: Area, colour: Colour, stroke: int) -> None:
        """The four corners of a box around something seen."""
        reach = max(min(area.width, area.height) // 5, 6)
        left, top, right, bottom = area.x, area.y, area.x + area.width - 1, area.y + area.height - 1
        for x, y, dx, dy in (
            (left, top, 1, 1),
            (right, top, -1, 1),
            (left, bottom, 1, -1),
            (right, bottom, -1, -1),
        ):
            points = [(x + dx * reach, y), (x, y), (x, y + dy * reach)]
            self._draw.line(points, self._ink(colour), max(stroke, 2))

    def paste(self, picture: Image.Image, x: int, y: int) -> None:
        """A picture at a place; on one bit photographs are dithered, codes are not."""
        dither = Image.Dither.NONE if picture.mode == "L" else Image.Dither.FLOYDSTEINBERG
        self._image.paste(picture.convert(self._image.mode, dither=dither), (x, y))

    def _runs(self, text: str, size: int) -> tuple[Run, ...]:
        return runs(text, size, self._language, bitmap=self.bitmap)

    def _anchor(self, run: Run) -> str | None:
        return "ls" if isinstance(run.font, ImageFont.FreeTypeFont) else None

    def _ink(self, colour: Colour) -> Colour | int:
        if self._depth == 24:
            return colour
        grey = round(0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2])
        return 255 if self.bitmap else grey

    def _shape(self, area: Area, shape: Shape, colour: Colour) -> None:
        """Draw smoothly in `area`; on one bit only what is more than half lit."""
        if area.width < 2 or area.height < 2:
            return
        mask = Image.new("L", (area.width * _SMOOTH, area.height * _SMOOTH), 0)
        shape(ImageDraw.Draw(mask), _SMOOTH)
        mask = mask.resize((area.width, area.height), Image.Resampling.BOX)
        if self.bitmap:
            mask = mask.point(lambda value: 255 if value > 120 else 0)
        self._image.paste(self._ink(colour), (area.x, area.y), mask)
