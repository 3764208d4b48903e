"""How CLDR says numbers, dates, times, amounts and units; a language overrides what it must."""

import re
from collections.abc import Mapping

from lorgnette.render.speakable_numbers import Amount, point_word, spell
from lorgnette.render.speakable_rules import Abbreviations
from lorgnette.render.speakable_units import UNITS, currency_name, decimal_mark, unit_pattern


class CldrWords:
    """Data and small methods that a language overrides."""

    stop = "."
    code = ""
    decimal = "."
    gap = " "
    """What stands between two words."""
    spaced = False
    """Whether thousands are grouped by plain spaces."""
    point = ""
    """Said between a number and its decimals; empty: CLDR's word, or digits where it has none."""
    minus, to, per, dot, at, dash = "−", "–", "/", ".", "@", "-"
    ratio, version = "to", "point"
    """Said for the colon of 3:2 and for the dots of 3.12.1."""
    signs: Mapping[str, str] = {}
    scales: Mapping[str, tuple[str, str]] = {}
    """Written multiples (Mio., k) to their words for one and for more."""
    money_names: Mapping[str, str] = {}
    """Currencies written as words after an amount, to ISO 4217."""
    unit_names: Mapping[str, str] = {}
    """Units by words of this language after a number, or patterns that replace CLDR's, by identifier."""
    unit_signs: Mapping[str, str] = {}
    clock_tail = ""
    """A pattern for what may follow a time and is already said (Uhr, o'clock)."""
    prefixes: frozenset[str] = frozenset()
    """Names of units that stand before the number, and are repeated in a range."""
    phone_cues: frozenset[str] = frozenset()
    """Words before a number that is dialled."""
    abbreviations = Abbreviations({}, {}, {}, {})

    def __init__(self, language: str) -> None:
        self.language = language.split("-", 1)[0].lower()
        self.region = language.rpartition("-")[2].upper() if "-" in language else ""
        if not self.point:
            self.decimal = decimal_mark(self.language)

    def cardinal(self, number: int) -> str:
        return spell(self.language, number)

    def digits(self, written: str) -> str:
        """Digit by digit."""
        return self.gap.join(self.cardinal(int(char)) for char in written if char.isdecimal())

    def amount(self, amount: Amount) -> str:
        whole = self.cardinal(amount.whole)
        if not amount.fraction:
            return whole
        point = self.point or point_word(self.language)
        if not point:
            return f"{amount.whole}{self.decimal}{amount.fraction}"
        return f"{whole}{self.gap}{point}{self.gap}{self.digits(amount.fraction)}"

    def year(self, number: int) -> str:
        return self.cardinal(number)

    def is_year(self, match: re.Match[str]) -> bool:  # noqa: ARG002
        """Whether a bare four-digit number is read as a year."""
        return False

    def date(self, day: int, month: int, year: str, match: re.Match[str]) -> str:  # noqa: ARG002
        """`year` as written, perhaps empty."""
        from datetime import date

        from babel.dates import format_date, format_skeleton

        moment = date(int(year or 2000) % 10_000 or 2000, month, min(day, 28))
        written = (
            format_date(moment, "long", locale=self.language)
            if year
            else format_skeleton("MMMMd", moment, locale=self.language)
        )
        parts = {str(moment.day): self.cardinal(day), str(moment.year): self.year(moment.year)}
        return re.sub(r"\d+", lambda number: parts.get(number[0], number[0]), written)

    def clock(self, hour: int, minute: int, second: int | None) -> str:
        parts = [hour, minute] if second is None else [hour, minute, second]
        return self.gap.join(self.cardinal(part) for part in parts)

    def clock_span(self, start: tuple[int, int], end: tuple[int, int]) -> str:
        return self.span(self.clock(*start, None), self.clock(*end, None))

    def span(self, first: str, last: str) -> str:
        return f"{first}{self.gap}{self.to}{self.gap}{last}"

    def money(self, amount: Amount, currency: str) -> str:
        return f"{self.amount(amount)}{self.gap}{self.currency(currency, amount)}"

    def currency(self, currency: str, amount: Amount) -> str:
        return currency_name(self.language, currency, amount.value)

    def measure(self, said: str, unit: str, amount: Amount) -> str:
        """A number already in words, with its unit; `amount` chooses the plural."""
        pattern = self.unit_names.get(unit) or unit_pattern(self.language, unit, amount.value)
        return (pattern or "{}").replace("{}", said)

    def unit_amount(self, amount: Amount, unit: str) -> str:  # noqa: ARG002
        """The number before a unit, which may inflect it."""
        return self.amount(amount)

    def each(self, price: str, unit: str) -> str:
        """A price or rate by unit: three euros per kilogram."""
        one = self.measure("", unit, Amount(1)).strip() if unit in UNITS.values() else unit
        return f"{price}{self.gap}{self.per}{self.gap}{one}"

    def fraction(self, whole: int, part: int, of: int) -> str | None:
        words = [self.cardinal(number) for number in ((whole, part, of) if whole else (part, of))]
        return self.gap.join(words)

    def item(self, number: int, text: str) -> str | None:  # noqa: ARG002
        return f"{self.cardinal(number)}:"

    def link(self, host: str) -> str:
        said = {".": self.dot, "@": self.at, "-": self.dash, "_": " ", "+": self.signs.get("+", "")}
        return re.sub(r"\s+", " ", re.sub(r"[.@_+-]", lambda sign: f" {said[sign[0]]} ", host)).strip()

    def finish(self, text: str) -> str:
        return text

    def goes_on(self, before: str, after: str) -> bool:  # noqa: ARG002
        return after[:1].islower()
