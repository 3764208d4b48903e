"""The rules of speech that CLDR gives for any language; `speakable_en`, `_de` and `_zh` refine them."""

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from lorgnette.render.speakable_numbers import LONGEST, NUMBER, SPACED, Amount, parse_amount
from lorgnette.render.speakable_rules import Rule
from lorgnette.render.speakable_units import CURRENCIES, UNITS
from lorgnette.render.speakable_words import CldrWords

EDGE = r"(?![A-Za-zÀ-ɏ\d²³])"
"""No letter or digit follows (Han may: 5km外)."""

DASH = r"\s?[-–—~～]\s?"
CLOCK = r"(?P<h>2[0-4]|[01]?\d):(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d))?"
_DAY, _MONTH = r"(?P<d>0?[1-9]|[12]\d|3[01])", r"(?P<mo>0?[1-9]|1[0-2])"
_FRACTIONS = {"½": (1, 2), "¼": (1, 4), "¾": (3, 4), "⅓": (1, 3), "⅔": (2, 3), "⅛": (1, 8), "⅕": (1, 5)}

_PLACES = {"<": r"(?<=\s)<(?=\s)", ">": r"(?<=\s)>(?=\s)", "*": r"(?:(?<=\d)|(?<=\d\s))\*(?=\s?\d)"}
"""Where a sign is said; elsewhere it is dropped or stays."""


def options(written: Iterable[str]) -> str:
    """A pattern for any of `written`, the longest first."""
    return "|".join(re.escape(one) for one in sorted(written, key=len, reverse=True))


def keys(written: Iterable[str]) -> frozenset[str]:
    """What tokens such strings begin with."""
    found = (re.match(r"[^\W\d_]+|.", one) for one in written)
    return frozenset(match[0] for match in found if match)


def _saying(words: str) -> Callable[[re.Match[str]], str]:
    return lambda _: words


class CldrRules(CldrWords):
    """What is recognised in any language, and `CldrWords`' way to say it. `language` is a BCP 47 tag."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self._rules: tuple[Rule, ...] = ()

    def rules(self) -> Sequence[Rule]:
        if not self._rules:
            self._rules = (
                *self.own_rules(), *self._date_rules(), *self._money_rules(), *self._phone_rules(),
                *self._unit_rules(), *self._number_rules(), *self.abbreviations.rules(), *self._sign_rules(),
            )  # fmt: skip
        return self._rules

    def own_rules(self) -> Sequence[Rule]:
        """What a language adds before the common rules."""
        return ()

    def number(self, written: str) -> Amount | None:
        return parse_amount(written, self.decimal)

    def count(self, match: re.Match[str], amount: Amount) -> str:  # noqa: ARG002
        """A bare number in its place in the sentence."""
        return self.amount(amount)

    @property
    def _number(self) -> str:
        return f"(?:{SPACED}|{NUMBER})" if self.spaced else f"(?:{NUMBER})"

    def _range(self) -> str:
        return rf"(?P<a>{self._number})(?:{DASH}(?P<b>{self._number}))?"

    def _date_rules(self) -> list[Rule]:
        iso = (
            rf"(?P<y>[12]\d{{3}})(?P<sep>[-/.]){_MONTH}(?P=sep){_DAY}(?!\d)"
            r"(?:T(?P<h>[012]\d):(?P<m>[0-5]\d)(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?"
        )
        return [
            Rule(re.compile(iso), self._say_date),
            Rule(
                re.compile(rf"{_DAY}(?P<sep>[./]){_MONTH}(?P=sep)(?P<y>[12]\d{{3}}|\d\d)(?!\d)"),
                self._say_date,
            ),
            Rule(
                re.compile(
                    rf"(?<![\d:]){CLOCK}{DASH}(?P<h2>2[0-4]|[01]?\d):(?P<m2>[0-5]\d)(?![\d:]){self.clock_tail}"
                ),
                self._say_clocks,
            ),
            Rule(re.compile(rf"(?<![\d:]){CLOCK}(?![\d:]){self.clock_tail}"), self._say_clock),
        ]

    def _say_date(self, match: re.Match[str]) -> str | None:
        part = match.groupdict()
        said = self.date(int(part["d"]), int(part["mo"]), part.get("y") or "", match)
        if part.get("h"):
            said += self.gap + self.clock(int(part["h"]), int(part["m"]), None)
        return said

    def _say_clock(self, match: re.Match[str]) -> str | None:
        return self.clock(int(match["h"]), int(match["m"]), int(match["s"]) if match["s"] else None)

    def _say_clocks(self, match: re.Match[str]) -> str | None:
        return self.clock_span((int(match["h"]), int(match["m"])), (int(match["h2"]), int(match["m2"])))

    def _money_rules(self) -> list[Rule]:
        scale = f"(?P<scale>{options(self.scales)})" if self.scales else "(?P<scale>(?!))"
        per = rf"(?:\s?/\s?(?P<per>{options(UNITS)}|[^\W\d_]{{1,12}}){EDGE})?"
        name = f"(?:{options(self.money_names)})" if self.money_names else "(?!)"
        sign = options(CURRENCIES)
        before = (
            rf"(?<![A-Za-z])(?P<cur>{sign})\s?(?P<a>{self._number})(?:{DASH}(?:(?P=cur)\s?)?(?P<b>{self._number}))?"
            rf"(?:[,.][-–—]+)?(?:\s?{scale}(?!\w))?{per}"
        )
        after = rf"{self._range()}(?:[,.][-–—]+)?\s?(?:{scale}\s?)?(?P<cur>(?:{sign}|{name})){EDGE}{per}"
        return [
            Rule(re.compile(before), self._say_money, keys(CURRENCIES)),
            Rule(re.compile(after), self._say_money),
        ]

    def _say_money(self, match: re.Match[str]) -> str | None:
        first = self.number(match["a"])
        last = self.number(match["b"]) if match["b"] else None
        if first is None or (match["b"] and last is None):
            return None
        currency = CURRENCIES.get(match["cur"]) or self.money_names[match["cur"]]
        amount = last or first
        if match["scale"]:
            one, more = self.scales[match["scale"]]
            many = self.currency(currency, Amount(10**6))
            said = f"{self.count(match, amount)}{self.gap}{one if amount.is_one else more}{self.gap}{many}"
        else:
            said = self.money(amount, currency)
        if last is not None:
            said = self.span(self.amount(first), said)
        return self.each(said, UNITS.get(match["per"], match["per"])) if match["per"] else said

    def _phone_rules(self) -> list[Rule]:
        shapes = (
            r"(?:\+|00)\d{1,3}[\s./-]?(?:\(0\)[\s-]?)?(?:\(\d{1,5}\)[\s-]?)?\d(?:[\s./-]?\d){4,13}",
            r"\(0?\d{2,5}\)[\s/-]?\d(?:[\s-]?\d){3,10}",
            r"0\d{2,5}\s?[/-]\s?\d(?:[\s-]?\d){3,10}",
            r"0\d{2,4}(?: \d{2,8}){1,5}",
            r"\d{3}[-. ]\d{3}[-. ]\d{4}",
            r"1[3-9]\d[ -]?\d{4}[ -]?\d{4}",
            r"0\d{9,12}",
        )
        whole = rf"(?<![\d.,])(?P<n>{'|'.join(shapes)})(?![\d,]*\d|[^\W\d_])"
        dialled = r"(?P<n>\d{2,}(?:[ -]\d{2,}){0,4})(?![.,:/]?\d|\s?[A-Za-z])"
        return [
            Rule(re.compile(whole), self._say_phone),
            Rule(re.compile(whole), self._say_phone, frozenset("+(")),
            Rule(re.compile(dialled), self._say_dialled),
        ]

    def _say_phone(self, match: re.Match[str]) -> str | None:
        groups = re.findall(r"\d+", match["n"].replace("(0)", ""))
        plus = self.signs.get("+", "") + self.gap if match["n"].startswith("+") else ""
        return plus + ", ".join(self.digits(group) for group in groups)

    def _say_dialled(self, match: re.Match[str]) -> str | None:
        left = re.split(r"[\d,，。;；]", match.string[max(0, match.start() - 24) : match.start()])[-1].rstrip(
            " :："
        )
        words = re.findall(r"[^\W\d_]+", left.lower())[-2:]
        cued = self.phone_cues.intersection(words) or any(map(left.endswith, self.phone_cues))
        return self._say_phone(match) if cued else None

    def _unit_rules(self) -> list[Rule]:
        known = {**UNITS, **self.unit_signs}
        unit = options(known)
        span = rf"(?P<a>{self._number})(?:(?:\s?(?:{unit}))?{DASH}(?P<b>{self._number}))?"
        pattern = (
            rf"{span}(?P<hyphen>\s|-(?=[a-z]{{1,3}}\b))?(?P<unit>{unit}){EDGE}(?:/(?P<per>{unit}){EDGE})?"
        )
        multiples = [scale for scale in self.scales if len(scale) > 1 or scale not in "BMm"]
        scales = rf"(?P<a>{self._number})\s?(?P<scale>{options(multiples)}){EDGE}"
        hours = re.compile(r"(?P<h>\d{1,3})\s?h\s?(?P<m>[0-5]?\d)\s?m(?:in)?\b")

        def say(match: re.Match[str]) -> str | None:
            first, last = self.number(match["a"]), self.number(match["b"] or "0")
            if first is None or last is None:
                return None
            name, amount = known[match["unit"]], last if match["b"] else first
            said = self.unit_amount(amount, name)
            if match["b"] and self.measure("", name, amount) in self.prefixes:
                said = self.span(
                    self.measure(self.amount(first), name, first), self.measure(said, name, amount)
                )
            else:
                said = self.measure(self.span(self.amount(first), said) if match["b"] else said, name, amount)
            stop = "." if match[0].endswith(".") and not match.string[match.end() :].strip() else ""
            return self.each(said, known[match["per"]]) if match["per"] else said + stop

        def say_scale(match: re.Match[str]) -> str | None:
            amount = self.number(match["a"])
            one, more = self.scales[match["scale"]]
            return (
                f"{self.count(match, amount)}{self.gap}{one if amount.is_one else more}" if amount else None
            )

        def say_hours(match: re.Match[str]) -> str:
            parts = ((int(match["h"]), "duration-hour"), (int(match["m"]), "duration-minute"))
            return self.gap.join(
                self.measure(self.unit_amount(Amount(number), unit), unit, Amount(number))
                for number, unit in parts
            )

        return [Rule(hours, say_hours), Rule(re.compile(pattern), say)] + (
            [Rule(re.compile(scales), say_scale)] if self.scales else []
        )

    def _number_rules(self) -> list[Rule]:
        sign = options(_FRACTIONS)
        digits = re.compile(r"(?<![\d-])\d{1,10}(?:-\d{1,10}){2,6}(?![\d-])|(?<=#)\d{5,15}(?![\d.,])")
        return [
            Rule(digits, lambda match: ", ".join(map(self.digits, match[0].split("-")))),
            Rule(
                re.compile(r"(?P<w>\d{1,3})\s(?P<p>\d{1,2})[/⁄](?P<o>\d{1,2})(?![\d/])"), self._say_fraction
            ),
            Rule(re.compile(r"(?<!/)(?P<p>\d{1,3})[/⁄](?P<o>\d{1,3})(?![\d/])"), self._say_fraction),
            Rule(re.compile(rf"(?P<w>\d{{1,3}})\s?(?P<f>{sign})"), self._say_fraction),
            Rule(re.compile(rf"(?P<f>{sign})"), self._say_fraction, frozenset(_FRACTIONS)),
            Rule(re.compile(r"(?<![\d:])(?P<a>\d{1,4}):(?P<b>\d{1,4})(?![\d:])"), self._say_ratio),
            Rule(re.compile(r"(?<![\d.])(?P<n>\d{1,4}(?:\.\d{1,4}){2,5})(?![\d.]*\d)"), self._say_version),
            Rule(
                re.compile(
                    rf"(?P<a>{self._number})(?:\s?[–—]\s?|(?<![\d-]\d)-(?!\d+-))(?P<b>{self._number})"
                ),
                self._say_span,
            ),
            Rule(re.compile(rf"(?P<a>{self._number})"), self._say_number),
            Rule(re.compile(r"\d{1,30}"), lambda match: self.digits(match[0])),
        ]

    def _say_fraction(self, match: re.Match[str]) -> str | None:
        found = match.groupdict()
        part, of = _FRACTIONS[found["f"]] if found.get("f") else (int(found["p"]), int(found["o"]))
        return self.fraction(int(found.get("w") or 0), part, of)

    def _say_ratio(self, match: re.Match[str]) -> str | None:
        return f"{self.gap}{self.ratio}{self.gap}".join(self.cardinal(int(match[side])) for side in "ab")

    def _say_version(self, match: re.Match[str]) -> str | None:
        if self.number(match["n"]) is not None:
            return None
        return f"{self.gap}{self.version}{self.gap}".join(
            self.cardinal(int(part)) for part in match["n"].split(".")
        )

    def _say_span(self, match: re.Match[str]) -> str | None:
        first, last = self.number(match["a"]), self.number(match["b"])
        if first is None or last is None:
            return None
        if len(match["a"]) == len(match["b"]) == 4 and 1000 < first.whole < 2200 and 1000 < last.whole < 2200:
            return self.span(self.year(first.whole), self.year(last.whole))
        said = self.amount(first), self.count(match, last)
        return self.span(*said) if first.value < last.value else self.gap.join(said)

    def _say_number(self, match: re.Match[str]) -> str | None:
        written = match["a"]
        if written.isdecimal() and ((len(written) > 1 and written[0] == "0") or len(written) > LONGEST):
            return self.digits(written)
        amount = self.number(written)
        if amount is None:
            return None
        if len(written) == 4 and written.isdecimal() and self.is_year(match):
            return self.year(amount.whole)
        return self.count(match, amount)

    def _sign_rules(self) -> list[Rule]:
        minus = re.compile(r"(?<![\w.)\]%°])[-−](?=\d|[€$£¥])|(?<=\d\s)[-−](?=\s\d)|−")
        rules = [
            Rule(minus, self._say_minus, frozenset("-−")),
            Rule(re.compile(r"(?<=\s)/(?=\s)"), _saying(","), frozenset("/")),
            Rule(re.compile(r"(?<![\w.])\.(?=\d)"), _saying(f"{self.point} "), frozenset(".")),
            Rule(re.compile(r"(?<=\d\s)[xX](?=\s\d)"), _saying(self.signs.get("×", "x")), frozenset("xX")),
        ]
        for sign, said in {**dict.fromkeys("*_|^\\`{}[]•·~", ""), **self.signs}.items():
            if sign in _PLACES and said:
                rules.append(Rule(re.compile(_PLACES[sign]), _saying(f" {said} "), keys([sign])))
            if sign not in "<>":
                said_alone = "" if sign == "*" else said
                rules.append(Rule(re.compile(re.escape(sign)), _saying(f" {said_alone} "), keys([sign])))
        return rules

    def _say_minus(self, match: re.Match[str]) -> str | None:  # noqa: ARG002
        return self.minus + self.gap


def decimal_places(amount: Amount) -> Amount:
    """Money's usual two places: 2.5 is 2.50, 3.00 is 3; others stay."""
    if not amount.fraction.strip("0"):
        return Amount(amount.whole)
    return Amount(amount.whole, amount.fraction.ljust(2, "0")) if len(amount.fraction) == 1 else amount


def zero(amount: Amount) -> bool:
    """Whether nothing but a fraction is left: 0.50."""
    return amount.value < Decimal(1)
