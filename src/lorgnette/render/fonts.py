"""Fonts by fontconfig: which installed face has a character, Noto first, Unifont on one-bit displays."""

import logging
import re
import subprocess
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache

from PIL import ImageFont

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

_log = logging.getLogger(__name__)
_CJK = {"ja": "JP", "ko": "KR", "zh-tw": "TC", "zh-hant": "TC", "zh-hk": "HK"}
_SYMBOLS = re.compile(r"Noto (?:Sans|Music|Emoji).*|DejaVu Sans")
UNIFONT_GRID = 16
"""Unifont's pixels per em: sharp in whole multiples of it."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font file and the code points it has, as the starts and ends of ranges."""

    file: str
    index: int
    family: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def has(self, char: str) -> bool:
        place = bisect_right(self.starts, ord(char)) - 1
        return place >= 0 and ord(char) <= self.ends[place]


@cache
def _installed() -> tuple[tuple[str, int, str, str], ...]:
    """File, index, family and code points of every regular face; asked for once."""
    pattern = "%{file}\\t%{index}\\t%{family[0]}\\t%{charset}\\n"
    command = ["fc-list", "-f", pattern, ":style=Regular"]
    more = ["fc-list", "-f", pattern, ":style=Book"]
    try:
        listed = "".join(
            subprocess.run(one, capture_output=True, text=True, timeout=10, check=True).stdout  # noqa: S603
            for one in (command, more)
        )
    except (OSError, subprocess.SubprocessError) as error:
        _log.warning(
            "fontconfig doesn't answer (%s): pictures use a built-in font with few characters", error
        )
        return ()
    rows = (line.split("\t") for line in listed.splitlines())
    return tuple(
        (row[0], int(row[1]), row[2], row[3]) for row in rows if len(row) == 4 and row[1].isdecimal()
    )


@lru_cache(maxsize=512)
def _face(place: int) -> Face:
    file, index, family, charset = _installed()[place]
    ranges = [part.partition("-") for part in charset.split()]
    starts = tuple(int(start, 16) for start, _, _ in ranges)
    return Face(file, index, family, starts, tuple(int(end or start, 16) for start, _, end in ranges))


@lru_cache(maxsize=64)
def _order(language: str, *, bitmap: bool) -> tuple[int, ...]:
    """Places of installed faces, the best first."""
    tag = language.lower()
    region = next((code for key, code in _CJK.items() if tag.startswith(key)), "SC")
    wanted = ["Noto Sans", f"Noto Sans CJK {region}", "DejaVu Sans"]
    if bitmap:
        wanted = ["Unifont", "Unifont\\-JP" if tag.startswith("ja") else "Unifont", "Unifont Upper", *wanted]
    named = {name.replace("\\", ""): rank for rank, name in reversed(list(enumerate(wanted)))}
    ranked: list[tuple[int, int]] = []
    for place, (file, _, family, _) in enumerate(_installed()):
        family_name = family.replace("\\", "")
        if family_name in named:
            ranked.append((named[family_name], place))
        elif _SYMBOLS.fullmatch(family_name) and "Mono" not in family_name and not file.endswith(".pcf.gz"):
            ranked.append((99, place))
    return tuple(place for _, place in sorted(ranked))


@lru_cache(maxsize=4096)
def face_of(char: str, language: str, *, bitmap: bool) -> Face | None:
    """The face to draw `char` with; None: no installed one has it, or there are none."""
    for place in _order(language, bitmap=bitmap):
        face = _face(place)
        if face.has(char):
            return face
    return None


@lru_cache(maxsize=256)
def font(face: Face | None, size: int) -> Font:
    """A face at a size in pixels."""
    if face is None:
        return ImageFont.load_default(size)
    return ImageFont.truetype(face.file, size, index=face.index)


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that one face draws, and how wide they are."""

    text: str
    font: Font
    width: float


@lru_cache(maxsize=1024)
def runs(text: str, size: int, language: str, *, bitmap: bool) -> tuple[Run, ...]:
    """`text` in runs of one face each; a question mark stands for what no face has."""
    found: list[tuple[str, Face | None]] = []
    for char in text:
        if found and (char == " " or _joins(char)):
            found[-1] = (found[-1][0] + char, found[-1][1])
            continue
        face, drawn = face_of(char, language, bitmap=bitmap), char
        if face is None and not (char.isascii() and not _installed()):
            _missing(ord(char) >> 8)
            face, drawn = face_of("?", language, bitmap=bitmap), "?"
        if found and face == found[-1][1]:
            found[-1] = (found[-1][0] + drawn, face)
        else:
            found.append((drawn, face))
    made = []
    for part, face in found:
        shape = font(face, size)
        made.append(Run(part, shape, shape.getlength(part)))
    return tuple(made)


@cache
def _missing(block: int) -> None:
    """Said once a block of 256 characters."""
    _log.warning("no font has U+%02X00 and what follows it: install fonts-noto-core, fonts-noto-cjk", block)


def _joins(char: str) -> bool:
    """Combining marks stay with their letter."""
    return "\u0300" <= char <= "\u036f" or char in "\u200c\u200d\u3099\u309a"
