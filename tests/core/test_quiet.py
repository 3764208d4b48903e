"""Quiet hours by the wall clock: over midnight, on some days, and when clocks are set."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest

from lorgnette.core.people import Wearer
from lorgnette.core.quiet import QuietHours

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = QuietHours("22:00", "07:00")


def until(hours: QuietHours, *moment: int, fold: int = 0) -> str:
    """When they end, as the clock in Berlin shows it; empty if it isn't quiet."""
    end = hours.until(datetime(*moment, tzinfo=BERLIN, fold=fold))
    return "" if end is None else f"{end.astimezone(BERLIN):%d. %H:%M}"


@pytest.mark.parametrize(
    ("hour", "minute", "end"),
    [
        (21, 59, ""),
        (22, 0, "06. 07:00"),
        (23, 59, "06. 07:00"),
        (6, 59, "05. 07:00"),
        (7, 0, ""),
        (12, 0, ""),
    ],
)
def test_a_night_begins_on_one_day_and_ends_on_the_next(hour, minute, end) -> None:
    assert until(NIGHT, 2026, 11, 5, hour, minute) == end


def test_days_are_those_on_which_they_begin() -> None:
    friday = QuietHours("22:00", "07:00", ("FR",))
    assert until(friday, 2026, 11, 6, 23) == "07. 07:00"
    assert until(friday, 2026, 11, 7, 6) == "07. 07:00"
    assert until(friday, 2026, 11, 7, 23) == ""
    assert until(friday, 2026, 11, 6, 6) == ""


def test_the_same_time_twice_is_a_whole_day_and_days_in_a_row_are_one_silence() -> None:
    weekend = QuietHours("00:00", "00:00", ("SA", "SU"))
    assert until(weekend, 2026, 11, 6, 23, 59) == ""
    assert until(weekend, 2026, 11, 7, 12) == "09. 00:00"
    assert QuietHours("06:00", "06:00").until(datetime(2026, 11, 7, 12, tzinfo=BERLIN)) is not None


def test_a_night_with_an_hour_less_ends_when_the_clock_says_so() -> None:
    assert until(NIGHT, 2026, 3, 28, 23) == "29. 07:00"
    end = NIGHT.until(datetime(2026, 3, 28, 22, tzinfo=BERLIN))
    assert end == datetime(2026, 3, 29, 5, tzinfo=UTC), "eight hours later"


def test_a_night_with_an_hour_more_does_so_too() -> None:
    end = NIGHT.until(datetime(2026, 10, 24, 22, tzinfo=BERLIN))
    assert end == datetime(2026, 10, 25, 6, tzinfo=UTC), "ten hours later"


def test_an_end_in_the_hour_that_is_left_out_or_comes_twice_is_reached_once() -> None:
    early = QuietHours("23:00", "02:30")
    assert until(early, 2026, 3, 29, 1, 59) == "29. 03:30"
    assert until(early, 2026, 3, 29, 3, 30) == ""
    assert until(early, 2026, 10, 25, 2, 15) == "25. 02:30"
    assert until(early, 2026, 10, 25, 2, 45) == ""
    assert until(early, 2026, 10, 25, 2, 15, fold=1) == "", "the second time it is over"


def test_they_hold_where_the_wearer_lives() -> None:
    here = Wearer(id="w", name="Ada", zone="Asia/Shanghai", quiet=NIGHT)
    assert here.quiet_until(datetime(2026, 11, 5, 15, tzinfo=UTC)) == datetime(2026, 11, 5, 23, tzinfo=UTC)
    assert here.quiet_until(datetime(2026, 11, 5, 23, tzinfo=UTC)) is None


def test_on_the_wire_they_are_from_until_and_days() -> None:
    text = b'{"from":"22:00","until":"07:00","days":["MO"]}'
    hours = msgspec.json.decode(text, type=QuietHours)
    assert hours == QuietHours("22:00", "07:00", ("MO",))
    assert msgspec.json.encode(hours) == text
    many = b'{"from":"22:00","until":"07:00","days":[%s]}' % b",".join([b'"MO"'] * 8)
    for bad in (
        many,
        b'{"from":"24:00","until":"07:00"}',
        b'{"from":"7:00","until":"07:00"}',
        b'{"from":"22:00"}',
    ):
        with pytest.raises(msgspec.ValidationError):
            msgspec.json.decode(bad, type=QuietHours)
