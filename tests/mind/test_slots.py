"""Durations, times, dates and recurrences are read as people say them."""

from datetime import date, time, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lorgnette.mind.slots import Slots
from lorgnette.mind.tokens import tokenize
from lorgnette.sdk import HalfDay, Percent
from lorgnette.sdk.language import language_of
from lorgnette.sdk.saying import say_duration, say_time

TODAY = date(2026, 11, 5)  # a Thursday


@cache
def slots(language: str) -> Slots:
    return Slots(language_of(language))


def whole(language: str, kind: str, text: str) -> list[Any]:
    """Every reading of all of the text."""
    tokens = tokenize(text)
    return [value for end, value in getattr(slots(language), kind)(tokens, 0) if end == len(tokens.words)]


DURATIONS = {
    "en": {
        "five minutes": 300,
        "1 hour and a half": 5400,
        "an hour and five minutes": 3900,
        "90 seconds": 90,
        "2.5 hours": 9000,
        "two and a half hours": 9000,
        "half an hour": 1800,
        "three quarters of an hour": 2700,
        "5 min 30s": 330,
        "a minute and a half": 90,
        "a day": 86400,
    },
    "de": {
        "fünf Minuten": 300,
        "anderthalb Stunden": 5400,
        "eine Dreiviertelstunde": 2700,
        "einer Stunde und fünf Minuten": 3900,
        "zweieinhalb Stunden": 9000,
        "eine halbe Stunde": 1800,
        "eine Viertelstunde": 900,
        "1,5 Stunden": 5400,
        "zweihundertfünf Minuten": 12300,
    },
    "zh": {
        "五分钟": 300,
        "一个半小时": 5400,
        "两个小时": 7200,
        "半小时": 1800,
        "九十秒": 90,
        "三刻钟": 2700,
        "两分半": 150,
        "十分钟三十秒": 630,
        "一点五小时": 5400,
        "一小时零五分": 3900,
    },
}


@pytest.mark.parametrize(
    ("language", "text", "seconds"),
    [(language, text, seconds) for language, rows in DURATIONS.items() for text, seconds in rows.items()],
)
def test_durations(language: str, text: str, seconds: int) -> None:
    assert timedelta(seconds=seconds) in whole(language, "duration", text)


@given(st.sampled_from(["en", "de", "zh"]), st.integers(1, 2 * 3600))
def test_a_duration_that_the_hub_says_is_one_that_it_understands(language: str, seconds: int) -> None:
    said = say_duration(timedelta(seconds=seconds), language_of(language)).replace(",", "")
    assert timedelta(seconds=seconds) in whole(language, "duration", said), said


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "five"),
        ("en", "minutes"),
        ("en", "zero minutes"),
        ("en", "five minutes and"),
        ("de", "Stunden"),
        ("zh", "五"),
    ],
)
def test_what_is_no_duration(language: str, text: str) -> None:
    assert not whole(language, "duration", text)


TIMES: dict[str, dict[str, time]] = {
    "en": {
        "half past seven": HalfDay(7, 30),
        "quarter to eight": HalfDay(7, 45),
        "seven thirty pm": time(19, 30),
        "noon": time(12, 0),
        "midnight": time(0, 0),
        "19:30": time(19, 30),
        "seven oh five": HalfDay(7, 5),
        "ten past nine in the evening": time(21, 10),
        "tonight at eight": time(20, 0),
        "twelve am": time(0, 0),
        "12 pm": time(12, 0),
        "nineteen hundred": time(19, 0),
        "7pm": time(19, 0),
        "615 am": time(6, 15),
    },
    "de": {
        "halb acht": HalfDay(7, 30),
        "viertel nach acht": HalfDay(8, 15),
        "viertel acht": HalfDay(7, 15),
        "dreiviertel acht": HalfDay(7, 45),
        "fünf vor halb acht": HalfDay(7, 25),
        "acht Uhr dreißig": HalfDay(8, 30),
        "19:30": time(19, 30),
        "19.30 Uhr": time(19, 30),
        "abends um acht": time(20, 0),
        "sechs Uhr früh": time(6, 0),
        "Mitternacht": time(0, 0),
    },
    "zh": {
        "七点半": HalfDay(7, 30),
        "下午三点一刻": time(15, 15),
        "差五分八点": HalfDay(7, 55),
        "晚上八点": time(20, 0),
        "晚上十二点": time(0, 0),
        "中午": time(12, 0),
        "十九点三十": time(19, 30),
        "七点零五分": HalfDay(7, 5),
        "凌晨两点": time(2, 0),
        "下午 3 点": time(15, 0),
    },
}


@pytest.mark.parametrize(
    ("language", "text", "at"),
    [(language, text, at) for language, rows in TIMES.items() for text, at in rows.items()],
)
def test_times(language: str, text: str, at: time) -> None:
    found = whole(language, "time", text)
    assert at in found
    assert any(type(value) is type(at) for value in found if value == at)


@given(st.sampled_from(["en", "de", "zh"]), st.times())
def test_a_time_that_the_hub_says_is_one_that_it_understands(language: str, at: time) -> None:
    at = at.replace(second=0, microsecond=0)
    said = say_time(at, language_of(language))
    found = whole(language, "time", said)
    twelve = at.replace(hour=(at.hour + 12) % 24)
    assert at in found or any(isinstance(value, HalfDay) and value == twelve for value in found), said


DATES = {
    "en": {
        "tomorrow": date(2026, 11, 6),
        "the day after tomorrow": date(2026, 11, 7),
        "on monday": date(2026, 11, 9),
        "thursday": date(2026, 11, 12),
        "may third": date(2027, 5, 3),
        "the third of may": date(2027, 5, 3),
        "3rd may": date(2027, 5, 3),
        "in two weeks": date(2026, 11, 19),
        "the 21st": date(2026, 11, 21),
        "february 29": date(2028, 2, 29),
    },
    "de": {
        "übermorgen": date(2026, 11, 7),
        "am Montag": date(2026, 11, 9),
        "3. Mai": date(2027, 5, 3),
        "am dritten Mai": date(2027, 5, 3),
        "in drei Tagen": date(2026, 11, 8),
        "am einunddreißigsten": date(2026, 12, 31),
    },
    "zh": {
        "明天": date(2026, 11, 6),
        "后天": date(2026, 11, 7),
        "星期天": date(2026, 11, 8),
        "下周一": date(2026, 11, 9),
        "五月三号": date(2027, 5, 3),
        "5月3日": date(2027, 5, 3),
        "三天后": date(2026, 11, 8),
    },
}


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [(language, text, day) for language, rows in DATES.items() for text, day in rows.items()],
)
def test_dates(language: str, text: str, day: date) -> None:
    assert day in [found.on(TODAY) for found in whole(language, "date", text)]


def test_a_day_that_never_comes_is_none() -> None:
    assert [found.on(TODAY) for found in whole("en", "date", "february 31")] == [None]


@pytest.mark.parametrize(
    ("language", "text", "rule"),
    [
        ("en", "every day", "FREQ=DAILY"),
        ("en", "every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("en", "every monday and wednesday", "FREQ=WEEKLY;BYDAY=MO,WE"),
        ("en", "on mondays", "FREQ=WEEKLY;BYDAY=MO"),
        ("de", "werktags", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("de", "jeden Freitag und Montag", "FREQ=WEEKLY;BYDAY=MO,FR"),
        ("de", "montags", "FREQ=WEEKLY;BYDAY=MO"),
        ("zh", "每个工作日", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("zh", "每周一和周三", "FREQ=WEEKLY;BYDAY=MO,WE"),
    ],
)
def test_recurrences(language: str, text: str, rule: str) -> None:
    assert rule in whole(language, "recurrence", text)


def test_percent_only_up_to_a_hundred() -> None:
    assert whole("en", "percent", "40 percent") == [Percent(40)]
    assert whole("zh", "percent", "百分之四十") == [Percent(40)]
    assert not whole("de", "percent", "140 Prozent")


@given(st.sampled_from(["en", "de", "zh"]), st.text(max_size=40))
def test_any_text_is_read_or_not_but_never_breaks(language: str, text: str) -> None:
    tokens = tokenize(text)
    for kind in ("duration", "time", "date", "recurrence", "percent", "number", "decimal"):
        for begin in range(len(tokens.words)):
            for end, _ in getattr(slots(language), kind)(tokens, begin):
                assert begin < end <= len(tokens.words)


def test_sentences_of_recurrences_are_understood() -> None:
    for language in ("en", "de", "zh"):
        assert len(slots(language).recurrence_sentences()) >= 4
