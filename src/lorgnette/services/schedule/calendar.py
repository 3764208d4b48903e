"""The schedule as a calendar file (RFC 5545), for whoever takes it elsewhere."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from lorgnette.store import Leaf

LIVE = frozenset({"running", "paused", "ringing"})
_HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Lorgnette//Export//EN\r\n"


def schedule_written(rows: Sequence[dict[str, Any]]) -> Iterator[Leaf]:
    """`schedule.ics` with what is still to come."""
    live = [row for row in rows if row["status"] in LIVE]
    if live:
        events = "".join(map(_event, live))
        yield Leaf("schedule/schedule.ics", (f"{_HEAD}{events}END:VCALENDAR\r\n".encode(),))


def _event(row: dict[str, Any]) -> str:
    title = _escaped(row["label"]) or row["kind"]
    lines = [
        "BEGIN:VEVENT",
        f"UID:{row['id']}@lorgnette",
        f"DTSTAMP:{_utc(row['created'])}",
        _start(row),
        f"SUMMARY:{title}",
        *([f"RRULE:{row['rule']}"] if row["rule"] else []),
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:PT0S",
        f"DESCRIPTION:{title}",
        "END:VALARM",
        "END:VEVENT",
    ]
    return "".join(_folded(line) for line in lines)


def _start(row: dict[str, Any]) -> str:
    """A rule holds on the clocks of its zone; a single moment is one anywhere."""
    if row["rule"] and row["start"]:
        local = datetime.fromisoformat(row["start"])
        return f"DTSTART;TZID={row['zone']}:{local:%Y%m%dT%H%M%S}"
    return f"DTSTART:{_utc(row['due'] or row['created'])}"


def _utc(moment: str) -> str:
    return f"{datetime.fromisoformat(moment).astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    plain = " ".join(text.split()).replace("\\", "\\\\")
    return plain.replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> str:
    """Lines end after at most 75 bytes and go on behind a blank."""
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > 74:
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part]) + "\r\n"
