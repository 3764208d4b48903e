"""Numbers in running text: how they are written, and the words for them (CLDR's spell-out rules)."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from unicode_rbnf import RbnfEngine

NUMBER = r"\d{1,30}(?:[.,'’\u00a0\u202f]\d{1,30}){0,6}"
"""A number with any separators; bounded, so that hostile text costs linear time."""

SPACED = r"\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,5}(?![\d.]|,\d{3})(?:,\d{1,6})?"
"""A number grouped by spaces, as in German or French: 10 000,50."""

LONGEST = 15
"""Digits of the longest number that is still said as one number and not digit by digit."""

_GROUPS = re.compile(r"\d{1,3}(?:[.,'’]\d{3})+")
_BLANKS = re.compile(r"[ \u00a0\u202f]")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as it was written: `fraction` keeps its zeros, because 2.50 is not said like 2.5."""

    whole: int
    fraction: str = ""
    negative: bool = False

    @property
    def value(self) -> Decimal:
        number = Decimal(f"{self.whole}.{self.fraction}" if self.fraction else self.whole)
        return -number if self.negative else number

    @property
    def is_one(self) -> bool:
        return self.whole == 1 and not self.fraction


def parse_amount(written: str, decimal: str, *, negative: bool = False) -> Amount | None:
    """The number that `written` means where `decimal` marks decimals; None: not one number (1.2.3).

    A foreign mark is understood when it can mean only one thing: 3.50 in German, 3,50 in English.
    """
    text = _BLANKS.sub("", written)
    marks = [char for char in text if not char.isdecimal()]
    last = marks[-1] if marks else ""
    if not marks:
        whole, fraction = text, ""
    elif last in "'’":
        whole, fraction = (text, "") if _GROUPS.fullmatch(text) else ("", "")
    else:
        before, _, after = text.rpartition(last)
        grouped = before if len(marks) == 1 else (before if _GROUPS.fullmatch(before) else "")
        if len(marks) > 1 and last in marks[:-1]:
            whole, fraction = (text, "") if _GROUPS.fullmatch(text) else ("", "")
        elif last != decimal and len(marks) == 1 and len(after) == 3 and 0 < len(before) <= 3:
            whole, fraction = text, ""
        else:
            whole, fraction = grouped, after
    digits = re.sub(r"\D", "", whole)
    if not digits or len(digits) > LONGEST or len(fraction) > LONGEST:
        return None
    return Amount(int(digits), fraction, negative)


@cache
def _engine(language: str) -> "RbnfEngine | None":
    from unicode_rbnf import RbnfEngine

    try:
        return RbnfEngine.for_language(language)
    except ValueError:
        return None


@lru_cache(maxsize=8192)
def spell(language: str, number: int | Decimal, ruleset: str = "") -> str:
    """`number` in words by CLDR's rules for `language`; digits where CLDR has no such rule."""
    engine = _engine(language)
    if engine is None:
        return str(number)
    try:
        said = engine.format_number(number, ruleset_names=[ruleset] if ruleset else None).text
    except Exception:  # noqa: BLE001  the library raises several kinds for holes in its tables
        return str(number)
    return said.replace("\u00ad", "")


@cache
def point_word(language: str) -> str:
    """What is said between a number and its decimals; empty where CLDR's rules don't spell them by digits.

    Slavic rules name tenths and hundredths, which the library gets wrong: there digits stay digits.
    """
    four, three, seven = (spell(language, number) for number in (4, 3, 7))
    said = spell(language, Decimal("4.37"))
    found = said.removeprefix(f"{four} ").removesuffix(f" {three} {seven}")
    exact = said == f"{four} {found} {three} {seven}"
    return found if exact and " " not in found and not found.isdecimal() else ""
