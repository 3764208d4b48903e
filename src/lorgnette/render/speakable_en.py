"""English as people say it."""

import re
from collections.abc import Mapping, Sequence

from lorgnette.render.speakable_cldr import CLOCK, DASH, CldrRules, decimal_places, zero
from lorgnette.render.speakable_numbers import Amount, spell
from lorgnette.render.speakable_rules import Abbreviations, Rule, words, words_before

MONTHS = words("January February March April May June July August September October November December")
_MONTH_KEYS = {name: index for index, name in enumerate(MONTHS, 1)}
_MONTH_KEYS |= {name[:3]: index for index, name in enumerate(MONTHS, 1)} | {"Sept": 9}
DAYS = {
    "Mon": "Monday", "Tue": "Tuesday", "Tues": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday",
    "Thurs": "Thursday", "Fri": "Friday", "Sat": "Saturday", "Sun": "Sunday",
}  # fmt: skip
_MONTH = "(?P<mon>" + "|".join(sorted(_MONTH_KEYS, key=len, reverse=True)) + r")\b\.?"
_ORDINAL = r"(?P<n>\d{1,9})(?:st|nd|rd|th)\b"
_SUFFIX = r"\s?(?P<half>[AaPp])\.?\s?[Mm](?:\b\.?(?=\s[a-z]|[,;:!?)])|\b(?!\.)|\b(?=\.\s*$|\.\s+[A-Z])|\.)"
_PARTS = {2: ("half", "halves"), 4: ("quarter", "quarters")}
_NAMES = {
    "EUR": ("euro", "euros"), "USD": ("dollar", "dollars"), "GBP": ("pound", "pounds"),
    "CNY": ("yuan", "yuan"),
    "CHF": ("franc", "francs"), "JPY": ("yen", "yen"), "INR": ("rupee", "rupees"), "KRW": ("won", "won"),
}  # fmt: skip
_CENTS = {"GBP": ("penny", "pence"), "CHF": ("centime", "centimes"), "INR": ("paisa", "paise")}
_WHOLE_ONLY = {"CNY", "JPY", "KRW"}
_YEAR_CUES = frozenset(words("in since by until from year before after around circa late early during")) | {
    name.lower() for name in (*MONTHS, "spring", "summer", "autumn", "winter", "fall")
}


class English(CldrRules):
    """Twelve-hour clock, month before day, American spell-out."""

    code = "There is code here."
    point, minus, to, per, dot, at, dash = "point", "minus", "to", "per", "dot", "at", "dash"
    signs: Mapping[str, str] = {
        "&": "and", "+": "plus", "=": "equals", "×": "times", "*": "times", "÷": "divided by",
        "±": "plus or minus",
        "≈": "about", "~": "about", "<": "less than", ">": "more than", "≤": "at most", "≥": "at least",
        "%": "percent",
        "→": "to", "#": "number", "@": "at", "§": "section", "°": "degrees", "/": " ", "²": "squared",
        "³": "cubed",
        "€": "euros", "£": "pounds", "√": "root of",
    }  # fmt: skip
    scales: Mapping[str, tuple[str, str]] = {
        "million": ("million", "million"), "billion": ("billion", "billion"),
        "trillion": ("trillion", "trillion"),
        "thousand": ("thousand", "thousand"), "k": ("thousand", "thousand"), "mn": ("million", "million"),
        "bn": ("billion", "billion"), "M": ("million", "million"), "B": ("billion", "billion"),
        "m": ("million", "million"),
    }  # fmt: skip
    money_names: Mapping[str, str] = {
        "euro": "EUR", "euros": "EUR", "Euro": "EUR", "dollars": "USD", "dollar": "USD",
        "pounds sterling": "GBP",
        "yuan": "CNY", "yen": "JPY", "francs": "CHF", "元": "CNY",
    }  # fmt: skip
    clock_tail = r"(?:\s?(?:o['’]clock|hrs?|hours)\b)?"
    phone_cues = frozenset(words("call dial phone tel telephone ring text fax"))
    abbreviations = Abbreviations(
        anywhere={
            "e.g.": "for example", "e. g.": "for example", "i.e.": "that is", "i. e.": "that is",
            "etc.": "and so on",
            "vs.": "versus", "vs": "versus", "approx.": "approximately", "ca.": "about", "Mr.": "Mister",
            "Mrs.": "Missus",
            "Ms.": "Miz", "Prof.": "Professor", "Sr.": "Senior", "Jr.": "Junior", "Ave.": "Avenue",
            "Blvd.": "Boulevard",
            "Rd.": "Road", "Inc.": "Incorporated", "Ltd.": "Limited", "Corp.": "Corporation",
            "dept.": "department",
            "est.": "established", "max.": "maximum", "incl.": "including", "excl.": "excluding",
            "a.k.a.": "also known as", "aka": "also known as", "w/o": "without", "w/": "with",
            "c/o": "care of",
            "a.m.": "AM", "p.m.": "PM", "ASAP": "as soon as possible", "Mt.": "Mount", "cf.": "compare",
            "lbs.": "pounds", "hrs.": "hours", "mins.": "minutes", "tbsp.": "tablespoons",
            "tsp.": "teaspoons",
            "tbsp": "tablespoons", "tsp": "teaspoons", "24/7": "twenty-four seven",
        },
        before_number={
            "No.": "number", "Nos.": "numbers", "p.": "page", "pp.": "pages", "ch.": "chapter",
            "Fig.": "figure",
            "vol.": "volume", "min.": "minimum", "Rm.": "room", "Apt.": "apartment", "Tel.": "telephone",
            "tel.": "telephone", "ext.": "extension", "sec.": "section",
        },
        before_name={
            "Dr.": "Doctor", "St.": "Saint", "Gen.": "General", "Sen.": "Senator", "Capt.": "Captain",
        },
        after_name={"St.": "Street", "Dr.": "Drive"},
        may_end=frozenset(words("etc. a.m. p.m. inc. ltd. corp. jr. sr. ave. rd. blvd.")),
    )  # fmt: skip

    def own_rules(self) -> Sequence[Rule]:
        months = frozenset(_MONTH_KEYS)
        day = r"(?P<d>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?\b"
        year = r"(?:(?:,\s?|\s)(?P<y>[12]\d{3})\b)?"
        time = CLOCK.replace(":(?P<m>", "(?::|\\.)(?P<m>")
        days = "|".join(DAYS)
        return [
            Rule(
                re.compile(
                    rf"{_MONTH}\s{day}(?:{DASH}(?P<d2>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)?\b)?(?!:|\s?[AaPp]\.?[Mm]){year}"
                ),
                self._month_first,
                months,
            ),
            Rule(re.compile(rf"{_MONTH},?\s(?P<y>[12]\d{{3}})\b"), self._month_year, months),
            Rule(
                re.compile(rf"(?P<day>{days})(?:\.?(?=,?\s(?:{_MONTH}|\d))|\.(?=\s))"),
                self._weekday,
                frozenset(DAYS),
            ),
            Rule(
                re.compile(rf"(?P<day>{days})\s?[-–]\s?(?P<day2>{days})\b"), self._weekdays, frozenset(DAYS)
            ),
            Rule(re.compile(rf"{day}\s(?:of\s)?{_MONTH}{year}"), self._day_first),
            Rule(re.compile(rf"(?<![\d:]){time}{_SUFFIX}"), self._half_day),
            Rule(
                re.compile(
                    rf"(?P<h>1[0-2]|0?[1-9])(?::(?P<m>[0-5]\d))?(?:{DASH}(?P<h2>1[0-2]|0?[1-9])(?::(?P<m2>[0-5]\d))?)?{_SUFFIX}"
                ),
                self._half_day,
            ),
            Rule(
                re.compile(r"(?P<one>\d{1,2})/(?P<two>\d{1,2})/(?P<y>[12]\d{3}|\d\d)(?![\d/])"), self._slashed
            ),
            Rule(
                re.compile(r"(?P<ft>\d)['′](?P<in>1[01]|\d)[\"″]"),
                lambda m: f"{self.cardinal(int(m['ft']))} foot {self.cardinal(int(m['in']))}",
            ),
            Rule(re.compile(_ORDINAL), lambda m: self.ordinal(int(m["n"]))),
            Rule(re.compile(r"(?P<n>\d{2}0|\d0|[12]\d\d0)['’]?s\b"), self._decade),
            Rule(re.compile(r"['’](?P<n>\d0)s\b"), self._decade, frozenset("'’")),
            Rule(re.compile(r"24/7"), lambda _: "twenty-four seven"),
            Rule(
                re.compile(r"(?P<n>\d{1,3}(?:[.]\d)?)x\b"),
                lambda m: f"{self.amount(self.number(m['n']) or Amount(1))} times",
            ),
        ]

    def ordinal(self, number: int) -> str:
        return spell("en", number, "spellout-ordinal")

    def year(self, number: int) -> str:
        return spell("en", number, "spellout-numbering-year").replace("oh-", "oh ")

    def is_year(self, match: re.Match[str]) -> bool:
        number = int(match["a"])
        if not 1100 <= number < 2100:
            return False
        after = match.string[match.end() : match.end() + 2]
        cued = bool(_YEAR_CUES.intersection(words_before(match, 1)))
        return cued or (
            number < 2000 and (number % 100 == 0 or after.strip()[:1] in {"", ".", ",", ")", ";", "?", "!"})
        )

    def date(self, day: int, month: int, year: str, match: re.Match[str]) -> str:  # noqa: ARG002
        return self._date(day, month, year)

    def _slashed(self, match: re.Match[str]) -> str | None:
        first, second = int(match["one"]), int(match["two"])
        day_first = first > 12 or (second <= 12 and self.region not in {"", "US"})
        day, month = (first, second) if day_first else (second, first)
        return self._date(day, month, match["y"]) if 1 <= month <= 12 and 1 <= day <= 31 else None

    def _date(self, day: int, month: int, year: str) -> str:
        said = f"{MONTHS[month - 1]} {self.ordinal(day)}"
        return f"{said}, {self._year(year)}" if year else said

    def _year(self, year: str) -> str:
        return self.year(int(year) + 2000 if len(year) == 2 else int(year))

    def _month_first(self, match: re.Match[str]) -> str:
        said = self._date(int(match["d"]), _MONTH_KEYS[match["mon"]], "")
        if match["d2"]:
            said = self.span(said, self.ordinal(int(match["d2"])))
        return f"{said}, {self._year(match['y'])}" if match["y"] else said

    def _month_year(self, match: re.Match[str]) -> str:
        return f"{MONTHS[_MONTH_KEYS[match['mon']] - 1]} {self._year(match['y'])}"

    def _day_first(self, match: re.Match[str]) -> str:
        article = "" if words_before(match, 1)[-1:] == ["the"] else "the "
        said = f"{article}{self.ordinal(int(match['d']))} of {MONTHS[_MONTH_KEYS[match['mon']] - 1]}"
        return f"{said}, {self._year(match['y'])}" if match["y"] else said

    def _weekday(self, match: re.Match[str]) -> str:
        return DAYS[match["day"]]

    def _weekdays(self, match: re.Match[str]) -> str:
        return self.span(DAYS[match["day"]], DAYS[match["day2"]])

    def _decade(self, match: re.Match[str]) -> str:
        number = int(match["n"])
        said = self.cardinal(number) if number < 100 or number == 2000 else self.year(number)
        return said[:-1] + "ies" if said.endswith("y") else said + "s"

    def _half_day(self, match: re.Match[str]) -> str | None:
        found = match.groupdict()
        hour, minute = int(found["h"]), int(found["m"] or 0)
        if hour > 12:
            return self.clock(hour, minute, None)
        said = self._twelve(hour, minute)
        if found.get("h2"):
            said = self.span(said, self._twelve(int(found["h2"]), int(found["m2"] or 0)))
        rest = match.string[match.end() :].lstrip()
        stop = "." if match[0].endswith(".") and (not rest or rest[0].isupper() or rest[0].isdigit()) else ""
        return f"{said} {found['half'].upper()}M{stop}"

    def _twelve(self, hour: int, minute: int) -> str:
        said = self.cardinal(hour)
        if minute:
            said += f" oh {self.cardinal(minute)}" if minute < 10 else f" {self.cardinal(minute)}"
        return said

    def clock(self, hour: int, minute: int, second: int | None) -> str:
        if second is not None:
            said = f"{self.cardinal(hour)} {self.cardinal(minute)} and {self.cardinal(second)} seconds"
        elif hour % 24 == 0 and minute == 0:
            said = "midnight"
        elif hour == 0 or hour > 12:
            said = f"{self._twelve((hour - 1) % 12 + 1, minute)} {'PM' if 12 < hour < 24 else 'AM'}"
        else:
            said = self._twelve(hour, minute) if minute else f"{self.cardinal(hour)} o'clock"
        return said

    def currency(self, currency: str, amount: Amount) -> str:
        one, more = _NAMES.get(currency, ("", ""))
        return (one if amount.is_one else more) or super().currency(currency, amount)

    def money(self, amount: Amount, currency: str) -> str:
        if currency in _WHOLE_ONLY or currency not in _NAMES:
            return super().money(Amount(amount.whole, amount.fraction.rstrip("0")), currency)
        amount = decimal_places(amount)
        if len(amount.fraction) != 2:
            return super().money(amount, currency)
        minor = int(amount.fraction)
        one, more = _CENTS.get(currency, ("cent", "cents"))
        cents = f"{self.cardinal(minor)} {one if minor == 1 else more}"
        if zero(amount):
            return cents
        whole = super().money(Amount(amount.whole), currency)
        return f"{whole} {self.cardinal(minor)}" if minor >= 10 else f"{whole} and {cents}"

    def fraction(self, whole: int, part: int, of: int) -> str | None:
        if of == 0 or (part >= of and not whole) or (of > 12 and of not in {16, 20, 100}):
            return (
                f"{self.cardinal(part)} over {self.cardinal(of)}" if of and not whole and part < of else None
            )
        one, more = _PARTS.get(of, (self.ordinal(of), self.ordinal(of) + "s"))
        said = f"{'a' if whole else 'one'} {one}" if part == 1 else f"{self.cardinal(part)} {more}"
        return f"{self.cardinal(whole)} and {said}" if whole else said

    def item(self, number: int, text: str) -> str | None:  # noqa: ARG002
        return f"{self.cardinal(number).capitalize()}:"

    def goes_on(self, before: str, after: str) -> bool:  # noqa: ARG002
        return after[:1].islower()


RULES = English
