"""iCalendar text cut into entries, each with the time within which it lies: fast, and believing nothing.

A server's file may hold ten thousand events. Here they are only cut and indexed, line by line; the few that
matter for a question are read properly (`occurrences.py`).
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

BEGIN: Final = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Lorgnette//Calendar//EN\r\n"
END: Final = "END:VCALENDAR\r\n"
FOREVER: Final = 1e12
MARGIN_S: Final = 14 * 3600.0
"""No zone is further from UTC: an index that doesn't know zones allows for all of them."""

LONGEST: Final = 256 * 1024
"""Characters of an entry: what is longer isn't kept."""

MOST: Final = 20_000
TITLE: Final = 200
_PROPERTY: Final = re.compile(r"([A-Za-z0-9-]+)((?:;[^:\"]*(?:\"[^\"]*\"[^:\"]*)*)?):(.*)", re.DOTALL)
_TIME: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?Z?)?")
_DURATION: Final = re.compile(r"[+]?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_TZID: Final = re.compile(r";TZID=\"?([^\":;]+)")


@dataclass(slots=True)
class Entry:
    """What shares a UID: an event, or a series with its exceptions."""

    uid: str
    title: str = ""
    first: float = FOREVER
    last: float = 0.0
    events: list[str] = field(default_factory=list)
    zones: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Cut:
    """An entry as it is kept: `data` is a whole calendar of its own."""

    uid: str
    title: str
    data: str
    first: float
    last: float


def cut(text: str) -> list[Cut]:
    """The entries of a calendar file; what can't be an event is left out."""
    found: dict[str, Entry] = {}
    zones: dict[str, str] = {}
    for name, part in components(text):
        if name == "VTIMEZONE":
            zones[_of(part, "TZID")] = part
        elif name == "VEVENT" and len(part) <= LONGEST:
            _take(part, found)
            if len(found) > MOST:
                break
    cuts = []
    for entry in found.values():
        head = "".join(zones[zone] for zone in sorted(entry.zones) if zone in zones and not _is_known(zone))
        data = f"{BEGIN}{head}{''.join(entry.events)}{END}"
        if entry.first < FOREVER and len(data) <= LONGEST:
            cuts.append(Cut(entry.uid, entry.title, data, entry.first, entry.last))
    return cuts


def components(text: str) -> Iterator[tuple[str, str]]:
    """(name, text) of what stands directly in a calendar."""
    inside: list[str] = []
    stack: list[str] = []
    for line in text.splitlines():
        word = line.rstrip().upper()
        if word.startswith("BEGIN:"):
            stack.append(word[6:].strip())
        if len(stack) > 1 or (stack and stack[0] != "VCALENDAR"):
            inside.append(line)
        if word.startswith("END:") and stack:
            name = stack.pop()
            if (len(stack) == 1 or (not stack and name != "VCALENDAR")) and inside:
                yield name, "\r\n".join(inside) + "\r\n"
                inside = []


def _take(part: str, found: dict[str, Entry]) -> None:
    values = _properties(part)
    begin = _moment(values.get("DTSTART", ("", ""))[1])
    if begin is None:
        return
    uid = values.get("UID", ("", ""))[1].strip()[:255] or hashlib.sha256(part.encode()).hexdigest()[:40]
    entry = found.setdefault(uid, Entry(uid))
    length = _length(values, begin)
    entry.first = min(entry.first, begin - MARGIN_S)
    entry.last = max(entry.last, _end(values, begin, length))
    if "RECURRENCE-ID" not in values or not entry.title:
        entry.title = unescaped(values.get("SUMMARY", ("", ""))[1])[:TITLE]
    entry.events.append(part)
    for parameters, _ in values.values():
        if match := _TZID.search(parameters):
            entry.zones.add(match[1])


def _properties(part: str) -> dict[str, tuple[str, str]]:
    """Name → (parameters, value) of the first of each directly in a component."""
    values: dict[str, tuple[str, str]] = {}
    depth = 0
    for line in re.sub(r"\r?\n[ \t]", "", part).split("\r\n"):
        if line[:6].upper() == "BEGIN:":
            depth += 1
        elif line[:4].upper() == "END:":
            depth -= 1
        elif depth == 1 and (match := _PROPERTY.fullmatch(line)):
            values.setdefault(match[1].upper(), (match[2], match[3]))
    return values


def _of(part: str, name: str) -> str:
    return _properties(part).get(name, ("", ""))[1].strip()


def _moment(value: str) -> float | None:
    match = _TIME.match(value.strip())
    if match is None:
        return None
    numbers = [int(number or 0) for number in match.groups()]
    try:
        return datetime(*numbers, tzinfo=UTC).timestamp()  # type: ignore[misc,arg-type]
    except (ValueError, OverflowError):
        return None


def _length(values: dict[str, tuple[str, str]], begin: float) -> float:
    end = _moment(values.get("DTEND", ("", ""))[1])
    if end is not None:
        return max(0.0, end - begin)
    match = _DURATION.fullmatch(values.get("DURATION", ("", ""))[1].strip().upper())
    if match:
        weeks, days, hours, minutes, seconds = (min(int(number or 0), 100_000) for number in match.groups())
        return timedelta(
            weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds
        ).total_seconds()
    return 86_400.0


def _end(values: dict[str, tuple[str, str]], begin: float, length: float) -> float:
    rule = values.get("RRULE", ("", ""))[1].upper()
    if "RDATE" in values:
        return FOREVER
    if not rule:
        return begin + length + MARGIN_S
    until = re.search(r"UNTIL=(\w+)", rule)
    last = _moment(until[1]) if until else None
    return FOREVER if last is None else max(begin, last) + 86_400.0 + length + MARGIN_S


def _is_known(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def unescaped(text: str) -> str:
    r"""`\,` and its like as they are meant, on one line."""
    plain = re.sub(r"\\([nN,;\\])", lambda match: " " if match[1] in "nN" else match[1], text)
    return " ".join(plain.split())
