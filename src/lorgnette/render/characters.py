"""What displays and voices do with single characters: those they leave out, and how wide the others are."""

import re
import unicodedata
from functools import lru_cache

_EMOJI = (
    "\U0001f000-\U0001faff\U0001fc00-\U0001fcff\u2600-\u2712\u2715-\u27bf\u2b00-\u2bff\u23e9-\u23fa\u231a\u231b"
    "\u3030\u303d\u3297\u3299\U000e0020-\U000e007f\u20e3\ufe0e\ufe0f\u25a0-\u25ff\u2713\u2714"
)
UNSAYABLE = re.compile(
    rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060-\u206f\ufeff\ufff9-\uffff"
    rf"©®™\ud800-\udfff{_EMOJI}]+(?:\u200d[{_EMOJI}]+)*"
)
"""Control, zero-width and direction marks, lone surrogates and emoji."""

_INVISIBLE = "\u00ad\u200b\u200e\u200f\u2060\ufeff"
_AMBIGUOUS = frozenset(("zh", "ja", "ko"))
_MANY_MARKS = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{3})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)


def without_unsayable(text: str) -> str:
    """The text without what no voice says and no small display shows."""
    return UNSAYABLE.sub(lambda match: " " if match[0].strip(_INVISIBLE) else "", text)


def showable(text: str, longest: int = 400) -> str:
    """One clean line of at most `longest` characters: no emoji, no control characters, no stacked accents."""
    clean = " ".join(without_unsayable(text[: longest * 2]).split())
    if not clean.isprintable():
        clean = "".join(filter(str.isprintable, clean))
    return _MANY_MARKS.sub(r"\1", clean)[:longest]


@lru_cache(maxsize=4096)
def _cell(char: str, *, ambiguous: int) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    kind = unicodedata.east_asian_width(char)
    return 2 if kind in "WF" else ambiguous if kind == "A" else 1


def cells(text: str, language: str = "en") -> int:
    """Columns that `text` takes on a display of equal cells; Han takes two."""
    if text.isascii():
        return len(text)
    ambiguous = 2 if language[:2].lower() in _AMBIGUOUS else 1
    return sum(_cell(char, ambiguous=ambiguous) for char in text)
