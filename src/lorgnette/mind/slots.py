"""What stands in a slot: readers of durations, times, dates, recurrences and choices, built from a pack.

Each reader takes tokens and a position and gives (end, value) of every way to read its kind there. Dates are
relative until `Day.on` knows the day.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any

from lorgnette.mind.grammar import Grammar, SlotParser
from lorgnette.mind.measures import Measures
from lorgnette.mind.numbers import Numbers
from lorgnette.mind.tokens import Tokens, tokenize
from lorgnette.sdk.kinds import BarePercent, HalfDay, Percent, Recurrence
from lorgnette.sdk.language import Language

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
type _Found = list[tuple[int, Any]]


@dataclass(frozen=True, slots=True)
class Day:
    """A date relative to the day on which it is said."""

    days: int | None = None
    weekday: int | None = None
    next_week: bool = False
    month: int | None = None
    monthday: int | None = None
    part: Mapping[str, Any] | None = None
    """The part of the day that was named with it: "tomorrow morning"."""

    def on(self, today: date) -> date | None:
        """The date meant, the nearest one to come; None where there is no such day."""
        if self.days is not None:
            return today + timedelta(days=self.days)
        if self.monthday is not None:
            return _next_monthday(today, self.monthday, self.month)
        if self.weekday is None:
            return None
        ahead = (self.weekday - today.weekday()) % 7
        if self.next_week:
            return today + timedelta(days=7 - today.weekday() + self.weekday)
        return today + timedelta(days=ahead or 7)


def _next_monthday(today: date, day: int, month: int | None) -> date | None:
    for ahead in range(60):
        count = today.month - 1 + ahead
        try:
            found = date(today.year + count // 12, count % 12 + 1, day)
        except ValueError:
            continue
        if found >= today and month in {None, found.month}:
            return found
    return None


class Slots:
    """The readers of one language. Built once, about 50 ms."""

    def __init__(self, pack: Language) -> None:
        self._pack = pack
        self._numbers = Numbers(pack)
        self.measures = Measures(pack, self._numbers)
        self._weekdays = _table(pack.date.get("weekdays", ()), 0)
        self._months = _table(pack.date.get("months", ()), 1)
        self._plurals = _table([[word] for word in pack.recurrence.get("plural_weekdays", ())], 0)
        self._joiners = _joiners(pack.recurrence)
        n: Mapping[str, SlotParser | None] = {"n": self._numbers.decimal}
        self._terms = self._grammar(pack.duration["terms"], n)
        self._percents = self._grammar(
            [{"say": say} for say in pack.numbers["percent"]], {"n": self._numbers.cardinal}
        )
        self._cores = self._grammar(
            pack.time["cores"],
            {
                "clock": _clock,
                "hour": self._bounded(0, 24),
                "hour24": self._bounded(10, 24),
                "minute": self._bounded(1, 59),
                "digit": self._bounded(1, 9),
            },
        )
        self._parts = self._grammar(pack.time["parts"], {})
        self._frames = self._grammar(
            [{"say": say} for say in pack.time["frames"]], {"core": self._core, "part": self._part}
        )
        self._digits_open = pack.time.get("digits_open", False)
        self._monthdays = self._grammar(
            [{"say": say} for say in pack.date["monthday"]],
            {"n": self._bounded(1, 31), "ordinal": self._numbers.ordinal},
        )
        self._dates = self._grammar(
            pack.date["forms"],
            {
                "n": self._numbers.cardinal,
                "weekday": self._named(self._weekdays),
                "month": self._named(self._months),
                "monthday": self._monthday,
                "month_number": self._bounded(1, 12),
            },
        )
        self._rules = self._grammar(
            pack.recurrence["forms"],
            {
                "weekdays": self._several(self._weekdays),
                "weekdays_plural": self._several(self._plurals),
            },
        )
        self._duration_joiners = _joiners(pack.duration)

    # ── kinds ───────────────────────────────────────────────────────────────────────────────────────

    def number(self, tokens: Tokens, begin: int) -> _Found:
        return list(self._numbers.cardinal(tokens, begin))

    def decimal(self, tokens: Tokens, begin: int) -> _Found:
        return list(self._numbers.decimal(tokens, begin))

    def percent(self, tokens: Tokens, begin: int) -> _Found:
        """0–100, with or without the word for it."""
        return [
            (reading.end, (BarePercent if reading.owner["say"] == "{n}" else Percent)(reading.slots["n"]))
            for reading in self._percents.readings(tokens, begin)
            if reading.slots["n"] <= 100
        ]

    def duration(self, tokens: Tokens, begin: int) -> _Found:
        """One or more terms of ever smaller units: "an hour and five minutes"."""
        found: dict[int, timedelta] = {}
        queue = [(begin, 0.0, float("inf"))]
        for start, total, unit in queue:
            for behind in _after(tokens, start, self._duration_joiners if start > begin else ((),)):
                for reading in self._terms.readings(tokens, behind):
                    form, n = reading.owner, reading.slots.get("n", 1)
                    size = form.get("unit", 0)
                    seconds = n * size + form.get("plus", 0)
                    if (size or form["plus"]) >= unit or seconds > 366 * 86400 or seconds <= 0:
                        continue
                    found.setdefault(reading.end, timedelta(seconds=total + seconds))
                    queue.append((reading.end, total + seconds, size or form["plus"]))
        return list(found.items())

    def time(self, tokens: Tokens, begin: int) -> _Found:
        """A time of day; `HalfDay` where morning or evening is open."""
        found = []
        for reading in self._frames.readings(tokens, begin):
            minutes, is_open = reading.slots["core"]
            part = reading.slots.get("part")
            if part is not None and is_open:
                minutes, is_open = within(minutes, part), False
            kind = HalfDay if is_open else time
            found.append((reading.end, kind(minutes // 60 % 24, minutes % 60)))
        return found

    def date(self, tokens: Tokens, begin: int) -> _Found:
        """A `Day`."""
        found = []
        for reading in self._dates.readings(tokens, begin):
            form, slots = reading.owner, reading.slots
            days = form.get("days")
            if "n" in slots:
                days = slots["n"] * form["unit"]
            if days is not None and abs(days) > 3660:
                continue
            day = Day(
                days=days,
                weekday=slots.get("weekday"),
                next_week=form.get("next_week", False),
                month=slots.get("month") or slots.get("month_number") or form.get("month"),
                monthday=slots.get("monthday") or form.get("monthday"),
                part=form.get("part"),
            )
            found.append((reading.end, day))
            if reading.end < len(tokens.words):
                found += [(end, replace(day, part=part)) for end, part in self._part(tokens, reading.end)]
        return found

    def recurrence(self, tokens: Tokens, begin: int) -> _Found:
        """A `Recurrence`."""
        found = []
        for reading in self._rules.readings(tokens, begin):
            rule = reading.owner["rule"]
            for name, days in reading.slots.items():
                rule = rule.replace(f"{{{name}}}", ",".join(_DAYS[day] for day in sorted(days)))
            found.append((reading.end, Recurrence(rule)))
        return found

    def choice(self, words: Mapping[str, Any]) -> SlotParser:
        """A reader of certain words."""
        table = {tokenize(said).words: value for said, value in words.items()}
        lengths = sorted({len(key) for key in table if key}, reverse=True)

        def read(tokens: Tokens, begin: int) -> _Found:
            return [
                (begin + length, table[key])
                for length in lengths
                if begin + length <= len(tokens.words)
                and (key := tokens.words[begin : begin + length]) in table
            ]

        return read

    def recurrence_sentences(self) -> list[str]:
        """Simple recurrences as sentences, for a recogniser's grammar."""
        if "heard" in self._pack.recurrence:
            return list(self._pack.recurrence["heard"])
        found = []
        for form in self._pack.recurrence["forms"]:
            names = {"weekdays": self._weekdays, "weekdays_plural": self._plurals}
            slot = next((name for name in names if f"{{{name}}}" in form["say"]), None)
            words = [" ".join(key) for key in names[slot]] if slot else [""]
            found += [form["say"].replace(f"{{{slot}}}", word) for word in words]
        return found

    # ── parts ───────────────────────────────────────────────────────────────────────────────────────

    def _grammar(self, forms: Iterable[Mapping[str, Any]], slots: Mapping[str, SlotParser | None]) -> Grammar:
        grammar = Grammar()
        for form in forms:
            says: Sequence[str] = form["say"] if isinstance(form["say"], list) else [form["say"]]
            for say in says:
                grammar.add(say, slots, form)
        grammar.join()
        return grammar

    def _bounded(self, low: int, high: int) -> SlotParser:
        def read(tokens: Tokens, begin: int) -> _Found:
            return [(end, n) for end, n in self._numbers.cardinal(tokens, begin) if low <= n <= high]

        return read

    def _core(self, tokens: Tokens, begin: int) -> _Found:
        """(minutes since midnight, whether morning or evening is open)."""
        found = []
        for reading in self._cores.readings(tokens, begin):
            form, slots = reading.owner, reading.slots
            if form.get("fixed"):
                found.append((reading.end, (form["minutes"], False)))
                continue
            if "clock" in slots:
                hour, minute, padded = slots["clock"]
                is_open = self._digits_open and 1 <= hour <= 12 and not padded
                found.append((reading.end, (hour * 60 + minute, is_open)))
                continue
            hour = slots.get("hour", slots.get("hour24", 0))
            minute = slots.get("minute", slots.get("digit", 0)) + form.get("minutes", 0)
            minutes = (hour * 60 + (-minute if form.get("before") else minute)) % 1440
            found.append((reading.end, (minutes, 1 <= hour <= 12 and "hour" in slots)))
        return found

    def _part(self, tokens: Tokens, begin: int) -> _Found:
        return [(reading.end, reading.owner) for reading in self._parts.readings(tokens, begin)]

    def _monthday(self, tokens: Tokens, begin: int) -> _Found:
        return [
            (reading.end, next(iter(reading.slots.values())))
            for reading in self._monthdays.readings(tokens, begin)
        ]

    @staticmethod
    def _named(table: Mapping[tuple[str, ...], int]) -> SlotParser:
        longest = max(map(len, table), default=0)

        def read(tokens: Tokens, begin: int) -> _Found:
            words = tokens.words
            ends = range(begin + 1, min(begin + longest, len(words)) + 1)
            return [(end, table[words[begin:end]]) for end in ends if words[begin:end] in table]

        return read

    def _several(self, table: Mapping[tuple[str, ...], int]) -> SlotParser:
        """One or more, joined: "Monday and Friday"."""
        one = self._named(table)

        def read(tokens: Tokens, begin: int) -> _Found:
            found: list[tuple[int, frozenset[int]]] = []
            queue: list[tuple[int, frozenset[int]]] = [(begin, frozenset())]
            for start, days in queue:
                for behind in _after(tokens, start, self._joiners if days else ((),)):
                    for end, day in one(tokens, behind):
                        more = (end, days | {day})
                        if more not in found:
                            found.append(more)
                            queue.append(more)
            return list(found)

        return read


def _clock(tokens: Tokens, begin: int) -> _Found:
    """(hour, minute, written with a leading zero) of "19:30", "7.30"."""
    word = tokens.words[begin]
    hour, colon, minute = word.replace(".", ":").partition(":")
    if word.isdecimal() and 3 <= len(word) <= 4:  # "615", "1930"
        hour, colon, minute = word[:-2], ":", word[-2:]
    if not colon or not (hour.isdecimal() and minute.isdecimal()) or len(minute) != 2 or len(hour) > 2:
        return []
    if int(hour) > 24 or int(minute) > 59:
        return []
    return [(begin + 1, (int(hour) % 24, int(minute), hour.startswith("0")))]


def within(minutes: int, part: Mapping[str, Any]) -> int:
    """The reading of a twelve-hour time that lies in a part of the day (hours; past 24 = after midnight)."""
    for candidate in (minutes % 720, minutes % 720 + 720, minutes % 720 + 1440):
        if part["from"] * 60 <= candidate < part["to"] * 60:
            return candidate
    return minutes


def _after(tokens: Tokens, begin: int, joiners: Iterable[tuple[str, ...]]) -> list[int]:
    """Positions behind each joiner that stands here, while something is left."""
    words = tokens.words
    ends = (begin + len(joiner) for joiner in joiners if words[begin : begin + len(joiner)] == joiner)
    return [end for end in ends if end < len(words)]


def _joiners(table: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    return tuple(tokenize(word).words for word in table.get("joiners", ("",)))


def _table(names: Iterable[Iterable[str]], first: int) -> dict[tuple[str, ...], int]:
    return {tokenize(word).words: index for index, several in enumerate(names, first) for word in several}
