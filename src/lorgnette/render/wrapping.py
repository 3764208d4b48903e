"""Lines that fit: broken where the language breaks, no punctuation alone, the rest cut with an ellipsis."""

import re
from collections.abc import Callable, Iterator

Measure = Callable[[str], float]
"""The width of a text, in cells or pixels."""

ELLIPSIS = "…"

_HAN = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_CLOSE = r"，。！？；：、）」』》】”’…%％,.!?;:)\]}»"
_OPEN = r"（「『《【“‘(\[{«„"
_UNIT = re.compile(rf"( *)([{_OPEN}]*(?:[{_HAN}][{_CLOSE}]*|[^\s{_HAN}{_OPEN}]+|[{_OPEN}]+))")
_MOST_UNITS = 4_000


def wrap(text: str, width: float, measure: Measure, most: int = 0) -> list[str]:
    """`text` in lines no wider than `width`; with `most`, no more lines than that, and … ends the last."""
    lines: list[str] = []
    line = ""
    for blank, unit in _units(text):
        candidate = f"{line}{' ' if blank and line else ''}{unit}"
        if measure(candidate) <= width:
            line = candidate
            continue
        if line:
            lines.append(line)
        line = unit
        if measure(unit) > width:
            *whole, line = _broken(unit, width, measure)
            lines.extend(whole)
        if most and len(lines) > most:
            break
    if line:
        lines.append(line)
    if most and len(lines) > most:
        return [*lines[: most - 1], cut(lines[most - 1] + ELLIPSIS, width, measure)]
    return lines


def cut(text: str, width: float, measure: Measure) -> str:
    """The text, or as much of its beginning as fits with an ellipsis."""
    if measure(text) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = measure(text[:middle].rstrip(" ,;:，；：、.…") + ELLIPSIS) <= width
        low, high = (middle, high) if fits else (low, middle - 1)
    return text[:low].rstrip(" ,;:，；：、.…") + ELLIPSIS if measure(ELLIPSIS) <= width else ""


def _units(text: str) -> Iterator[tuple[bool, str]]:
    """What may not be broken, and whether a blank stands before it."""
    for count, match in enumerate(_UNIT.finditer(text)):
        if count >= _MOST_UNITS:
            return
        yield bool(match[1]), match[2]


def _broken(unit: str, width: float, measure: Measure) -> list[str]:
    """A word too long for a line, in pieces; the last is where the line goes on."""
    pieces: list[str] = []
    while unit and measure(unit) > width:
        count = 1
        while count < len(unit) and measure(unit[: count + 1]) <= width:
            count += 1
        if measure(unit[:count]) > width:
            unit = unit[count:]
            continue
        hyphen = unit[:count].isalpha() and count > 4 and count < len(unit) and unit.isascii()
        take = count - 1 if hyphen else count
        while hyphen and take > 1 and measure(unit[:take] + "-") > width:
            take -= 1
        pieces.append(unit[:take] + ("-" if hyphen else ""))
        unit = unit[take:]
    return [*pieces, unit]
