"""Recurrence: agrees with another implementation of RFC 5545, keeps its zone, and always comes to an end."""

# ruff: noqa: DTZ001 — local times of a zone are naive here

import itertools
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lorgnette.services.schedule.localtime import instant_of, local_of
from lorgnette.services.schedule.recurrence import next_after, parse

UTC_ZONE = ZoneInfo("UTC")
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


@st.composite
def rules(draw: st.DrawFn) -> str:
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={freq}"]
    if draw(st.booleans()):
        parts.append(f"INTERVAL={draw(st.integers(1, 6))}")
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 12))}")
    if draw(st.booleans()):
        days = draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=3, unique=True))
        if freq in ("MONTHLY", "YEARLY") and draw(st.booleans()):
            days = [draw(st.sampled_from(["1", "2", "5", "-1", "-2"])) + day for day in days]
        parts.append("BYDAY=" + ",".join(days))
        if freq == "MONTHLY" and draw(st.booleans()):
            parts.append("BYSETPOS=" + draw(st.sampled_from(["1", "-1", "2", "1,-1"])))
    if draw(st.integers(0, 3)) == 0:
        parts.append(
            "BYMONTH=" + ",".join(map(str, draw(st.sets(st.integers(1, 12), min_size=1, max_size=3))))
        )
    if draw(st.integers(0, 3)) == 0:
        numbers = draw(st.sets(st.sampled_from([*range(1, 32), -1, -2, -31]), min_size=1, max_size=3))
        parts.append("BYMONTHDAY=" + ",".join(map(str, numbers)))
    if draw(st.integers(0, 4)) == 0:
        parts.append(
            "BYHOUR=" + ",".join(map(str, draw(st.sets(st.integers(0, 23), min_size=1, max_size=2))))
        )
    if freq == "WEEKLY" and draw(st.booleans()):
        parts.append("WKST=" + draw(st.sampled_from(DAYS)))
    return ";".join(parts)


STARTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)


def occurrences(rule: str, start: datetime, zone: ZoneInfo, limit: int) -> list[datetime]:
    found: list[datetime] = []
    after = instant_of(start, zone) - 1
    while len(found) < limit and (instant := next_after(parse(rule), start, zone, after)) is not None:
        found.append(local_of(instant, zone))
        after = instant
    return found


@settings(max_examples=150, deadline=None)
@given(rule=rules(), start=STARTS)
def test_it_agrees_with_dateutil(rule: str, start: datetime) -> None:
    from dateutil.rrule import rrulestr

    end = start + timedelta(days=365 * 6)
    try:
        # a far end keeps dateutil from walking to the year 9999 for a rule that never happens
        theirs = rrulestr(rule if "COUNT" in rule else f"{rule};UNTIL={end:%Y%m%dT%H%M%S}", dtstart=start)
    except ValueError:
        assume(False)
    assume(occurrences(rule, start, UTC_ZONE, 1))
    expected = list(itertools.takewhile(lambda moment: moment <= end, itertools.islice(theirs, 10)))
    mine = [moment for moment in occurrences(rule, start, UTC_ZONE, 10) if moment <= end]
    assert mine == expected


@settings(max_examples=150, deadline=None)
@given(
    text=rules() | st.text(alphabet="FREQ=DAILYBYMONTH;,-0123456789", max_size=60),
    start=STARTS,
    days=st.integers(0, 9000),
)
def test_whatever_it_is_asked_it_answers_soon_with_something_later(
    text: str, start: datetime, days: int
) -> None:
    try:
        rule = parse(text)
    except ValueError:
        return
    after = instant_of(start, UTC_ZONE) + days * 86_400
    begun = time.process_time()
    found = next_after(rule, start, UTC_ZONE, after)
    assert time.process_time() - begun < 2
    assert found is None or found > after


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=20",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYSETPOS=300",
        "FREQ=DAILY;UNTIL=20200101",
    ],
)
def test_a_rule_that_never_happens_is_found_out_in_a_moment(rule: str) -> None:
    begun = time.process_time()
    assert occurrences(rule, datetime(2026, 3, 30, 7, 0), ZoneInfo("Europe/Berlin"), 1) == []
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "daily",
        "FREQ=SECONDLY",
        "FREQ=MINUTELY",
        "FREQ=DAILY;FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=-1",
        "FREQ=DAILY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=2MO",
        "FREQ=DAILY;BYHOUR=24",
        "FREQ=DAILY;BYMONTHDAY=0",
        "FREQ=DAILY;UNTIL=tomorrow",
        "FREQ=DAILY;BYSECOND=1",
        "FREQ=DAILY;INTERVAL=99999999999999999999",
    ],
)
def test_what_is_not_understood_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse(text)


def test_hours_pass_evenly_over_the_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2026, 10, 24, 23, 0)
    rule, after = parse("FREQ=HOURLY;INTERVAL=2"), instant_of(start, berlin) - 1
    instants = []
    for _ in range(5):
        found = next_after(rule, start, berlin, after)
        assert found is not None
        instants.append(found)
        after = found
    assert {later - sooner for sooner, later in itertools.pairwise(instants)} == {7200}


def test_an_end_is_meant_in_the_rules_zone_or_in_utc() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2026, 1, 1, 7, 0)
    assert len(occurrences("FREQ=DAILY;UNTIL=20260103", start, berlin, 9)) == 3
    assert len(occurrences("FREQ=DAILY;UNTIL=20260103T070000", start, berlin, 9)) == 3
    assert len(occurrences("FREQ=DAILY;UNTIL=20260103T060000Z", start, berlin, 9)) == 3
    assert len(occurrences("FREQ=DAILY;UNTIL=20260103T055959Z", start, berlin, 9)) == 2


ZONES = st.sampled_from(
    [
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
        "Asia/Shanghai",
        "Pacific/Apia",
    ]
)


@settings(max_examples=200, deadline=None)
@given(zone=ZONES, local=st.datetimes(datetime(2005, 1, 1), datetime(2036, 1, 1)))
def test_a_local_time_is_its_instant_or_the_end_of_its_gap(zone: str, local: datetime) -> None:
    place, local = ZoneInfo(zone), local.replace(microsecond=0)
    instant = instant_of(local, place)
    back = local_of(instant, place)
    if back == local:
        earlier = datetime.fromtimestamp(instant, UTC) - timedelta(hours=3)
        assert all(
            local_of((earlier + timedelta(minutes=step)).timestamp(), place) != local
            for step in range(0, 180, 30)
        )
    else:
        assert back > local
        assert local_of(instant - 1, place) < local


def test_gaps_end_where_the_clocks_say() -> None:
    assert (
        instant_of(datetime(2026, 3, 29, 2, 30), ZoneInfo("Europe/Berlin"))
        == datetime(2026, 3, 29, 1, tzinfo=UTC).timestamp()
    )
    # a half-hour gap, and a whole day that Samoa skipped
    assert local_of(
        instant_of(datetime(2026, 10, 4, 2, 10), ZoneInfo("Australia/Lord_Howe")),
        ZoneInfo("Australia/Lord_Howe"),
    ) == datetime(2026, 10, 4, 2, 30)
    assert local_of(
        instant_of(datetime(2011, 12, 30, 12), ZoneInfo("Pacific/Apia")), ZoneInfo("Pacific/Apia")
    ) == datetime(2011, 12, 31)
