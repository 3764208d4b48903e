"""iCalendar text cut into entries: fast, bounded, and never believed."""

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from lorgnette.services.calendar.ics import FOREVER, LONGEST, cut
from lorgnette.services.calendar.occurrences import occurrences, skipped, without

BERLIN = ZoneInfo("Europe/Berlin")


def calendar(*events: str, head: str = "") -> str:
    inner = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{head}{inner}END:VCALENDAR\r\n"


def event(*lines: str, uid: str = "1") -> str:
    return "\r\n".join((f"UID:{uid}", "DTSTAMP:20261101T000000Z", *lines))


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BERLIN)


def titles(text: str, begin: datetime, end: datetime) -> list[tuple[str, str]]:
    found = [one for entry in cut(text) for one in occurrences(entry.data, begin, end, BERLIN)]
    return sorted(
        (datetime.fromtimestamp(one.begin, BERLIN).strftime("%d.%m. %H:%M"), one.title) for one in found
    )


def test_entries_are_cut_by_uid_and_lie_within_their_index() -> None:
    text = calendar(
        event("DTSTART:20261107T190000Z", "DTEND:20261107T210000Z", "SUMMARY:Concert\\, loud"),
        event("DTSTART;VALUE=DATE:20261224", "SUMMARY:Christmas Eve", uid="2"),
        event("DTSTART;TZID=Europe/Berlin:20261102T090000", "RRULE:FREQ=WEEKLY", "SUMMARY:Team", uid="3"),
    )
    found = {one.uid: one for one in cut(text)}
    assert [found[uid].title for uid in "123"] == ["Concert, loud", "Christmas Eve", "Team"]
    concert = datetime(2026, 11, 7, 19, tzinfo=UTC).timestamp()
    assert found["1"].first < concert < found["1"].last
    assert found["3"].last == FOREVER
    assert titles(text, at(2026, 11, 7), at(2026, 11, 8)) == [("07.11. 20:00", "Concert, loud")]
    assert titles(text, at(2026, 12, 24), at(2026, 12, 25)) == [("24.12. 00:00", "Christmas Eve")]


def test_a_series_keeps_its_hour_over_the_change_of_clocks_and_its_exceptions() -> None:
    series = event(
        "DTSTART;TZID=Europe/Berlin:20261019T090000",
        "DTEND;TZID=Europe/Berlin:20261019T093000",
        "RRULE:FREQ=WEEKLY;COUNT=5",
        "EXDATE;TZID=Europe/Berlin:20261102T090000",
        "SUMMARY:Team",
    )
    moved = event(
        "RECURRENCE-ID;TZID=Europe/Berlin:20261109T090000",
        "DTSTART;TZID=Europe/Berlin:20261110T110000",
        "DTEND;TZID=Europe/Berlin:20261110T120000",
        "SUMMARY:Team, later",
    )
    cancelled = event(
        "RECURRENCE-ID;TZID=Europe/Berlin:20261116T090000",
        "DTSTART;TZID=Europe/Berlin:20261116T090000",
        "STATUS:CANCELLED",
        "SUMMARY:Team",
    )
    text = calendar(series, moved, cancelled)
    assert len(cut(text)) == 1
    assert titles(text, at(2026, 10, 1), at(2026, 12, 1)) == [
        ("10.11. 11:00", "Team, later"),
        ("19.10. 09:00", "Team"),
        ("26.10. 09:00", "Team"),
    ]


def test_a_zone_of_its_own_floating_times_and_days_are_understood() -> None:
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Office\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        "TZOFFSETFROM:+0300\r\nTZOFFSETTO:+0300\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    text = calendar(
        event("DTSTART;TZID=Office:20261107T100000", "DURATION:PT1H", "SUMMARY:Far"),
        event("DTSTART:20261107T100000", "DURATION:PT1H", "SUMMARY:Floating", uid="2"),
        head=zone,
    )
    assert titles(text, at(2026, 11, 7), at(2026, 11, 8)) == [
        ("07.11. 08:00", "Far"),
        ("07.11. 10:00", "Floating"),
    ]


def test_leaving_one_out_of_a_series_leaves_the_others() -> None:
    text = calendar(
        event("DTSTART;TZID=Europe/Berlin:20261019T090000", "RRULE:FREQ=WEEKLY", "SUMMARY:Team"),
    )
    (entry,) = cut(text)
    less = without(entry.data, at(2026, 11, 2, 9).timestamp(), BERLIN)
    assert skipped(less, BERLIN) == {at(2026, 11, 2, 9).timestamp()}
    assert [when for when, _ in titles(less, at(2026, 10, 25), at(2026, 11, 11))] == [
        "09.11. 09:00",
        "26.10. 09:00",
    ]
    days = calendar(event("DTSTART;VALUE=DATE:20261102", "RRULE:FREQ=DAILY", "SUMMARY:Fast"))
    less = without(days, at(2026, 11, 3).timestamp(), BERLIN)
    assert [when[:6] for when, _ in titles(less, at(2026, 11, 2), at(2026, 11, 5))] == ["02.11.", "04.11."]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no calendar",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
        calendar("SUMMARY:no time"),
        calendar(event("DTSTART:garbage")),
        calendar(event("DTSTART:99999999T999999Z")),
        calendar(event("DTSTART;" + ";" * 5000 + "X")),
        "END:VEVENT\r\nEND:VCALENDAR\r\n" * 10,
        calendar(event("DTSTART:20261107T100000Z", "DESCRIPTION:" + "x" * LONGEST)),
        "BEGIN:VEVENT\r\n" * 20_000,
    ],
    ids=["empty", "text", "cut off", "no time", "garbage", "no date", "semicolons", "ends", "large", "deep"],
)
def test_what_is_no_event_is_left_out_quickly(text: str) -> None:
    begun = time.perf_counter()
    assert cut(text) == []
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;INTERVAL=1",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;COUNT=3;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=NEVER",
        "nonsense",
    ],
)
def test_a_rule_that_would_be_walked_for_long_is_not(rule: str) -> None:
    text = calendar(event("DTSTART:19000101T100000Z", f"RRULE:{rule}", "SUMMARY:Trap"))
    begun = time.perf_counter()
    assert len(titles(text, at(2026, 11, 1), at(2026, 12, 1))) <= 1
    assert time.perf_counter() - begun < 2


def test_a_title_is_one_line_and_short() -> None:
    text = calendar(event("DTSTART:20261107T100000Z", "SUMMARY:a\\nb " + "c" * 999))
    ((_, title),) = titles(text, at(2026, 11, 7), at(2026, 11, 8))
    assert title.startswith("a b c")
    assert len(title) == 200


def test_ten_thousand_events_are_cut_in_little_time() -> None:
    events = [
        event(
            f"DTSTART:2026{1 + n % 12:02}{1 + n % 28:02}T100000Z",
            "DTEND:20261231T110000Z",
            f"SUMMARY:Event {n}",
            "DESCRIPTION:" + "words " * 20,
            uid=str(n),
        )
        for n in range(10_000)
    ]
    text = calendar(*events)
    begun = time.process_time()
    assert len(cut(text)) == 10_000
    assert time.process_time() - begun < 3
