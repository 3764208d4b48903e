"""The calendar as an export hands it out: one file that any calendar program reads."""

from collections.abc import Iterator, Sequence
from typing import Any

from lorgnette.services.calendar.ics import BEGIN, END, components
from lorgnette.store import Leaf


def calendar_written(rows: Sequence[dict[str, Any]]) -> Iterator[Leaf]:
    """`calendar.ics` with every entry that isn't deleted."""
    kept = [row["data"] for row in rows if not row["deleted"]]
    if kept:
        yield Leaf("calendar/calendar.ics", (BEGIN.encode(), *_parts(kept), END.encode()))


def _parts(kept: Sequence[str]) -> Iterator[bytes]:
    seen: set[str] = set()
    for data in kept:
        for _, text in components(data):
            if text not in seen:  # time zones come with every entry
                seen.add(text)
                yield text.encode()
