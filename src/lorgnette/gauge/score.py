"""How far what was heard is from what was said: wrong words, or characters where words have no gaps."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

from lorgnette.gauge.figure import Measure

UNSPACED = frozenset({"zh", "ja", "yue", "th"})
"""Languages that are compared by character."""
_NUMBER = re.compile(r"\d{1,9}")
_APOSTROPHES = dict.fromkeys(map(ord, "'’ʼ`"), None)


def measure_of(language: str) -> Measure:
    """The name of the share."""
    return "CER" if language in UNSPACED else "WER"


def plain(text: str, language: str) -> list[str]:
    """What is compared: no case, no punctuation, no width; whole numbers as they are said."""
    text = unicodedata.normalize("NFKC", text).casefold().translate(_APOSTROPHES)
    text = _NUMBER.sub(lambda found: f" {_said(int(found[0]), language)} ", text)
    text = "".join(one if unicodedata.category(one)[0] in "LMN" else " " for one in text)
    return list("".join(text.split())) if language in UNSPACED else text.split()


def errors(said: str, heard: str, language: str) -> tuple[int, int]:
    """Substitutions, insertions and deletions; and how many there were to get right."""
    from rapidfuzz.distance import Levenshtein

    reference, found = plain(said, language), plain(heard, language)
    return Levenshtein.distance(reference, found), len(reference)


def share(pairs: Iterable[tuple[int, int]]) -> float | None:
    """Of all together; None where there was nothing to get right."""
    wrong = total = 0
    for errors_, words in pairs:
        wrong, total = wrong + errors_, total + words
    return wrong / total if total else None


def _said(number: int, language: str) -> str:
    speller = _speller(language)
    if speller is None:
        return str(number)
    text: str = speller.format_number(number).text
    return text.replace("\u00ad", "").replace("-", " ").casefold()


@cache
def _speller(language: str) -> Any:
    from unicode_rbnf import RbnfEngine

    try:
        return RbnfEngine.for_language(language)
    except (KeyError, ValueError, OSError):
        return None
