"""When a recurring alarm rings next: the part of RFC 5545's RRULE that a voice can ask for.

Days are counted on the calendar of the alarm's zone, hours as they pass. However odd the rule, this is a
bounded walk over days: a rule without an occurrence in ten years has none.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lorgnette.services.schedule.localtime import instant_of, local_of

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = ("HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY")
HORIZON_DAYS = 3660
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Rule:
    """A parsed RRULE. `byday`: (ordinal or 0, weekday from Monday = 0)."""

    freq: str
    interval: int = 1
    count: int | None = None
    until: str = ""
    byday: tuple[tuple[int, int], ...] = ()
    bymonth: tuple[int, ...] = ()
    bymonthday: tuple[int, ...] = ()
    byhour: tuple[int, ...] = ()
    bysetpos: tuple[int, ...] = ()
    wkst: int = 0


def parse(text: str) -> Rule:
    """ValueError says what isn't understood."""
    parts: dict[str, str] = {}
    for part in text.strip().upper().removeprefix("RRULE:").split(";"):
        key, equals, value = part.partition("=")
        if not equals or not value or key in parts:
            raise ValueError(f"not a recurrence rule: {part!r}")
        parts[key] = value
    freq = parts.pop("FREQ", "")
    if freq not in FREQUENCIES:
        raise ValueError(f"FREQ must be one of {', '.join(FREQUENCIES)}")
    rule = Rule(
        freq=freq,
        interval=_numbers(parts.pop("INTERVAL", "1"), 1, 1000)[0],
        count=_numbers(parts.pop("COUNT"), 1, 10_000)[0] if "COUNT" in parts else None,
        until=parts.pop("UNTIL", ""),
        byday=tuple(_weekday(item) for item in parts.pop("BYDAY").split(",")) if "BYDAY" in parts else (),
        bymonth=_numbers(parts.pop("BYMONTH", ""), 1, 12),
        bymonthday=_numbers(parts.pop("BYMONTHDAY", ""), -31, 31),
        byhour=_numbers(parts.pop("BYHOUR", ""), 0, 23),
        bysetpos=_numbers(parts.pop("BYSETPOS", ""), -366, 366),
        wkst=_weekday(parts.pop("WKST", "MO"))[1],
    )
    if parts:
        raise ValueError(f"{', '.join(parts)} isn't supported in a recurrence rule")
    if 0 in rule.bymonthday or 0 in rule.bysetpos:
        raise ValueError("days and positions count from 1 or -1")
    if any(ordinal for ordinal, _ in rule.byday) and freq not in ("MONTHLY", "YEARLY"):
        raise ValueError("a numbered weekday needs FREQ=MONTHLY or YEARLY")
    if rule.bysetpos and freq == "HOURLY":
        raise ValueError("BYSETPOS needs days")
    _until(rule, ZoneInfo("UTC"))
    return rule


def next_after(rule: Rule, start: datetime, zone: ZoneInfo, after: float) -> float | None:
    """The first occurrence later than epoch `after`; None if there is none.

    `start` is the naive local time from which the rule counts (RFC 5545's DTSTART).
    """
    until = _until(rule, zone)
    times = _hourly(rule, start, zone, after) if rule.freq == "HOURLY" else _daily(rule, start, zone, after)
    for number, instant in enumerate(times):
        if (rule.count is not None and number >= rule.count) or (until is not None and instant > until):
            return None
        if instant > after:
            return instant
    return None


def _daily(rule: Rule, start: datetime, zone: ZoneInfo, after: float) -> Iterator[float]:
    """Occurrences from `start`, or without a COUNT from shortly before `after`."""
    floor = start if rule.count is not None else max(start, local_of(after, zone) - timedelta(days=2))
    last = max(start, local_of(after, zone)).date() + timedelta(days=HORIZON_DAYS)
    keep = _day_test(rule, start)
    hours = sorted(rule.byhour) or [start.hour]
    first = 0 if rule.count is not None else _period_of(rule, start.date(), floor.date())
    for index in range(first, HORIZON_DAYS * 28):
        days = _period(rule, start.date(), index)
        if days and days[0] > last:
            return
        found = [
            datetime.combine(day, time(hour, start.minute, start.second))
            for day in days
            if keep(day)
            for hour in hours
        ]
        if rule.bysetpos:
            size = len(found)
            places = {place - 1 if place > 0 else size + place for place in rule.bysetpos}
            found = [local for place, local in enumerate(found) if place in places]
        for local in found:
            if local >= start:
                yield instant_of(local, zone)


def _hourly(rule: Rule, start: datetime, zone: ZoneInfo, after: float) -> Iterator[float]:
    keep = _day_test(rule, start)
    step = rule.interval * _HOUR
    begin = instant_of(start, zone)
    skip = 0 if rule.count is not None else max(0, int((after - begin) // step))
    for index in range(skip, skip + HORIZON_DAYS * 24):
        instant = begin + index * step
        if instant > max(begin, after) + HORIZON_DAYS * 24 * _HOUR:
            return
        local = local_of(instant, zone)
        if (not rule.byhour or local.hour in rule.byhour) and keep(local.date()):
            yield instant


class _day_test:  # noqa: N801 — a function with its settings
    """Whether a day is one of the rule's, with RFC 5545's defaults from the start."""

    def __init__(self, rule: Rule, start: datetime) -> None:
        self.months, self.monthdays = set(rule.bymonth), set(rule.bymonthday)
        self.plain = {weekday for ordinal, weekday in rule.byday if not ordinal}
        self.ordinal = {pair for pair in rule.byday if pair[0]}
        self.in_year = rule.freq == "YEARLY" and not rule.bymonth
        if not rule.byday and not rule.bymonthday:
            if rule.freq == "YEARLY" and not rule.bymonth:
                self.months = {start.month}
            if rule.freq in ("YEARLY", "MONTHLY"):
                self.monthdays = {start.day}
            elif rule.freq == "WEEKLY":
                self.plain = {start.weekday()}

    def __call__(self, day: date) -> bool:
        if self.months and day.month not in self.months:
            return False
        length = calendar.monthrange(day.year, day.month)[1]
        if self.monthdays and not self.monthdays & {day.day, day.day - length - 1}:
            return False
        if not self.plain and not self.ordinal:
            return True
        weekday = day.weekday()
        if weekday in self.plain:
            return True
        place, size = (
            (day.timetuple().tm_yday, 365 + calendar.isleap(day.year))
            if self.in_year
            else (
                day.day,
                length,
            )
        )
        numbers = {(place - 1) // 7 + 1, -((size - place) // 7 + 1)}
        return any((number, weekday) in self.ordinal for number in numbers)


def _period(rule: Rule, start: date, index: int) -> list[date]:
    """The days of the rule's period number `index` (a day, week, month or year), empty past the calendar."""
    step = index * rule.interval
    try:
        match rule.freq:
            case "DAILY":
                return [start + timedelta(days=step)]
            case "WEEKLY":
                first = start - timedelta(days=(start.weekday() - rule.wkst) % 7) + timedelta(weeks=step)
                return [first + timedelta(days=day) for day in range(7)]
            case "MONTHLY":
                years, month = divmod(start.month - 1 + step, 12)
                first = date(start.year + years, month + 1, 1)
                size = calendar.monthrange(first.year, first.month)[1]
            case _:
                first = date(start.year + step, 1, 1)
                size = 365 + calendar.isleap(first.year)
    except (ValueError, OverflowError):
        return [date.max]
    return [first + timedelta(days=day) for day in range(size)]


def _period_of(rule: Rule, start: date, day: date) -> int:
    """A period not later than the one of `day`."""
    match rule.freq:
        case "DAILY":
            passed = (day - start).days
        case "WEEKLY":
            passed = (day - start).days // 7 - 1
        case "MONTHLY":
            passed = (day.year - start.year) * 12 + day.month - start.month
        case _:
            passed = day.year - start.year
    return max(0, passed // rule.interval)


def _until(rule: Rule, zone: ZoneInfo) -> float | None:
    if not rule.until:
        return None
    for pattern in ("%Y%m%dT%H%M%SZ", "%Y%m%dT%H%M%S", "%Y%m%d"):
        try:
            moment = datetime.strptime(rule.until, pattern)  # noqa: DTZ007 — the zone comes next
        except ValueError:
            continue
        if pattern.endswith("Z"):
            return moment.replace(tzinfo=UTC).timestamp()
        if pattern == "%Y%m%d":
            moment += timedelta(days=1, seconds=-1)
        return instant_of(moment, zone)
    raise ValueError(f"UNTIL isn't a date: {rule.until}")


def _numbers(text: str, low: int, high: int) -> tuple[int, ...]:
    if not text:
        return ()
    numbers = tuple(int(item) for item in text.split(",") if re.fullmatch(r"[+-]?\d{1,5}", item))
    if len(numbers) != text.count(",") + 1 or not all(low <= number <= high for number in numbers):
        raise ValueError(f"{text!r}: numbers from {low} to {high} are meant")
    return numbers


def _weekday(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"([+-]?\d{1,2})?([A-Z]{2})", text)
    if match is None or match[2] not in DAYS or not -53 <= int(match[1] or 0) <= 53:
        raise ValueError(f"{text!r} isn't a weekday")
    return int(match[1] or 0), DAYS.index(match[2])
