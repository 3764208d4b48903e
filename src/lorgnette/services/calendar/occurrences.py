"""When an entry takes place: recurrences, exceptions, zones and days, read by libraries within bounds.

Runs in a thread. What an entry says may be anybody's: a rule that would be walked through for long counts as
none, and there are never more than a few hundred of one series.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from lorgnette.services.calendar.ics import TITLE

log = logging.getLogger(__name__)

MOST: Final = 400
_TIMES: Final = ("DTSTART", "DTEND", "RECURRENCE-ID")
_SLOW: Final = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
_ODD: Final = frozenset({"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"})


@dataclass(frozen=True, slots=True)
class Occurrence:
    """`begin`, `end`: epoch seconds."""

    begin: float
    end: float
    all_day: bool
    title: str
    place: str
    recurring: bool
    busy: bool


def occurrences(data: str, begin: datetime, end: datetime, zone: ZoneInfo) -> list[Occurrence]:
    """Those that lie in part between two aware times; days and floating times are `zone`'s."""
    import recurring_ical_events
    from icalendar import Calendar

    try:
        calendar: Any = Calendar.from_ical(data)
        recurring = False
        for event in calendar.walk("VEVENT"):
            recurring = recurring or "RRULE" in event or "RDATE" in event
            _tame(event, end, zone)
        found = recurring_ical_events.of(calendar, skip_bad_series=True).between(begin, end)
    except (ValueError, KeyError, TypeError, OverflowError, AttributeError, IndexError) as error:
        log.info("an entry of a calendar can't be read: %s", type(error).__name__)
        return []
    return [one for event in found[:MOST] if (one := _read(event, zone, recurring)) is not None]


def without(data: str, begin: float, zone: ZoneInfo) -> str:
    """The series less the one that begins then."""
    from icalendar import Calendar

    calendar: Any = Calendar.from_ical(data)
    moment = datetime.fromtimestamp(begin, UTC)
    for event in calendar.walk("VEVENT"):
        start = event["DTSTART"].dt
        named = _epoch(event["RECURRENCE-ID"].dt, zone) if "RECURRENCE-ID" in event else None
        if named is not None and begin in {named, _epoch(start, zone)}:
            calendar.subcomponents.remove(event)
            moment = datetime.fromtimestamp(named, UTC)
    for event in calendar.walk("VEVENT"):
        start = event["DTSTART"].dt
        if "RECURRENCE-ID" not in event:
            if not isinstance(start, datetime):
                event.add("EXDATE", moment.astimezone(zone).date())
            elif start.tzinfo is None:
                event.add("EXDATE", moment.astimezone(zone).replace(tzinfo=None))
            else:
                event.add("EXDATE", moment.astimezone(start.tzinfo))
    return str(calendar.to_ical().decode())


def skipped(data: str, zone: ZoneInfo) -> set[float]:
    """What a series leaves out, as epoch seconds."""
    from icalendar import Calendar

    found: set[float] = set()
    calendar: Any = Calendar.from_ical(data)
    for event in calendar.walk("VEVENT"):
        values = event.get("EXDATE", [])
        for one in values if isinstance(values, list) else [values]:
            found.update(_epoch(moment.dt, zone) for moment in one.dts)
    return found


def made(uid: str, title: str, begin: datetime | date, length: timedelta, place: str, now: datetime) -> str:
    """A new entry: a moment is one anywhere, a day is a day."""
    from icalendar import Calendar, Event

    event: Any = Event()
    event.add("UID", uid)
    event.add("DTSTAMP", now.astimezone(UTC).replace(microsecond=0))
    event.add("SUMMARY", title)
    if isinstance(begin, datetime):
        start: datetime | date = begin.astimezone(UTC).replace(microsecond=0)
    else:
        start = begin
    event.add("DTSTART", start)
    event.add("DTEND", start + length)
    if place:
        event.add("LOCATION", place)
    calendar: Any = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//Lorgnette//Calendar//EN")
    calendar.add_component(event)
    return str(calendar.to_ical().decode())


def _tame(event: Any, end: datetime, zone: ZoneInfo) -> None:
    """Floating times get the wearer's zone, and no rule goes on behind what is asked for."""
    from icalendar import vDDDTypes

    for name in _TIMES:
        value = getattr(event.get(name), "dt", None)
        if isinstance(value, datetime) and value.tzinfo is None:
            event[name] = vDDDTypes(value.replace(tzinfo=zone))
    rules = event.get("RRULE")
    if rules is None:
        return
    start = event["DTSTART"].dt
    if isinstance(rules, list) or not _is_walked(rules, start, end):
        del event["RRULE"]
        return
    if "COUNT" not in rules and "UNTIL" not in rules:
        last = end + timedelta(days=2)
        rules["UNTIL"] = [last.astimezone(UTC) if isinstance(start, datetime) else last.date()]


def _is_walked(rule: Any, start: date, end: datetime) -> bool:
    """Whether finding its occurrences is quick."""
    freq = str(next(iter(rule.get("FREQ", [""])), "")).upper()
    days = (end.date() - (start.date() if isinstance(start, datetime) else start)).days
    if freq in _SLOW:
        return freq == "HOURLY" and 0 <= days <= 366
    if freq in {"DAILY", "WEEKLY"} and _ODD & set(rule):
        return False  # it may never come true, day after day
    return days < 100 * 366


def _read(event: Any, zone: ZoneInfo, recurring: bool) -> Occurrence | None:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return None
    start, stop = event["DTSTART"].dt, event["DTEND"].dt
    return Occurrence(
        begin=_epoch(start, zone),
        end=_epoch(stop, zone),
        all_day=not isinstance(start, datetime),
        title=_line(event.get("SUMMARY", "")),
        place=_line(event.get("LOCATION", "")),
        recurring=recurring,
        busy=str(event.get("TRANSP", "")).upper() != "TRANSPARENT",
    )


def _line(value: Any) -> str:
    if isinstance(value, Iterable) and not isinstance(value, str):
        value = next(iter(value), "")
    return " ".join(str(value).split())[:TITLE]


def _epoch(value: date, zone: ZoneInfo) -> float:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=zone)).timestamp()
    return datetime.combine(value, time(), zone).timestamp()
