"""Arrows of a way ahead, as strokes in a unit square."""

from math import cos, radians, sin

Point = tuple[float, float]

_STRAIGHT, _BACK = 15, 160
_HEAD = 0.27


def way(turn: float) -> list[list[Point]]:
    """Comes from below and bends by `turn` degrees clockwise; an open head. Turning back is a U."""
    angle = (turn + 180) % 360 - 180
    if abs(angle) > _BACK:
        side = 1 if angle > 0 else -1
        path = [
            (0.5 - side * 0.24, 0.94),
            (0.5 - side * 0.24, 0.36),
            *_half_circle(side),
            (0.5 + side * 0.24, 0.74),
        ]
        return [path, _head(path[-1], (0.0, 1.0))]
    ahead = (sin(radians(angle)), -cos(radians(angle)))
    if abs(angle) <= _STRAIGHT:
        tip = (0.5 + ahead[0] * 0.42, 0.5 + ahead[1] * 0.42)
        return [[(0.5 - ahead[0] * 0.42, 0.5 - ahead[1] * 0.42), tip], _head(tip, ahead)]
    start = 0.5 - ahead[0] * 0.2
    bend = (start, 0.42 if abs(angle) <= 90 else 0.3)
    tip = (bend[0] + ahead[0] * 0.5, bend[1] + ahead[1] * 0.38)
    return [[(start, 0.94), *_corner((start, 0.94), bend, tip), tip], _head(tip, ahead)]


def _half_circle(side: int) -> list[Point]:
    steps = (radians(180 - 22.5 * step) for step in range(1, 8))
    return [(0.5 + side * cos(angle) * 0.24, 0.36 - sin(angle) * 0.24) for angle in steps]


def _corner(start: Point, bend: Point, tip: Point) -> list[Point]:
    """A rounded bend: a quadratic curve over its last and first quarter."""
    before = (bend[0] + (start[0] - bend[0]) * 0.3, bend[1] + (start[1] - bend[1]) * 0.3)
    after = (bend[0] + (tip[0] - bend[0]) * 0.3, bend[1] + (tip[1] - bend[1]) * 0.3)
    curve = []
    for step in range(9):
        t = step / 8
        x = (1 - t) ** 2 * before[0] + 2 * (1 - t) * t * bend[0] + t * t * after[0]
        y = (1 - t) ** 2 * before[1] + 2 * (1 - t) * t * bend[1] + t * t * after[1]
        curve.append((x, y))
    return curve


def _head(tip: Point, ahead: Point) -> list[Point]:
    wings = []
    for spread in (radians(138), radians(-138)):
        x = ahead[0] * cos(spread) - ahead[1] * sin(spread)
        y = ahead[0] * sin(spread) + ahead[1] * cos(spread)
        wings.append((tip[0] + x * _HEAD, tip[1] + y * _HEAD))
    return [wings[0], tip, wings[1]]
