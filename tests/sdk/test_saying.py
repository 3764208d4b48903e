"""Values as people say them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from lorgnette.sdk import ONCE, FullDate, Percent, Recurrence, split_list
from lorgnette.sdk.language import language_of
from lorgnette.sdk.saying import say_value

NOW = datetime(2026, 11, 5, 15, 0, tzinfo=ZoneInfo("Europe/Berlin"))


def say(value: object, language: str) -> str:
    return str(say_value(value, language_of(language), NOW))


@pytest.mark.parametrize(
    ("seconds", "english", "german", "chinese"),
    [
        (0, "0 seconds", "0 Sekunden", "0秒"),
        (1, "1 second", "1 Sekunde", "1秒"),
        (330, "5 minutes and 30 seconds", "5 Minuten und 30 Sekunden", "5分钟30秒"),
        (3905, "1 hour, 5 minutes and 5 seconds", "1 Stunde, 5 Minuten und 5 Sekunden", "1小时5分钟5秒"),
        (9005, "2 hours and 30 minutes", "2 Stunden und 30 Minuten", "2小时30分钟"),
        (86400, "1 day", "1 Tag", "1天"),
        (14 * 86400, "2 weeks", "2 Wochen", "2周"),
    ],
)
def test_durations(seconds: int, english: str, german: str, chinese: str) -> None:
    duration = timedelta(seconds=seconds)
    assert [say(duration, language) for language in ("en", "de", "zh")] == [english, german, chinese]


@pytest.mark.parametrize(
    ("at", "english", "german", "chinese"),
    [
        (time(7, 30), "7:30 AM", "7 Uhr 30", "早上7点半"),
        (time(0, 0), "12 AM", "0 Uhr", "凌晨12点"),
        (time(12, 5), "12:05 PM", "12 Uhr 5", "中午12点零5分"),
        (time(19, 0), "7 PM", "19 Uhr", "晚上7点"),
    ],
)
def test_times(at: time, english: str, german: str, chinese: str) -> None:
    assert [say(at, language) for language in ("en", "de", "zh")] == [english, german, chinese]


@pytest.mark.parametrize(
    ("day", "english", "german", "chinese"),
    [
        (date(2026, 11, 5), "today", "heute", "今天"),
        (date(2026, 11, 6), "tomorrow", "morgen", "明天"),
        (date(2026, 11, 9), "Monday", "Montag", "星期一"),
        (date(2026, 11, 12), "Thursday, November 12", "Donnerstag, 12. November", "11月12日星期四"),
        (
            date(2027, 12, 24),
            "Friday, December 24, 2027",
            "Freitag, 24. Dezember 2027",
            "2027年12月24日星期五",
        ),
        (FullDate(2026, 11, 5), "Thursday, November 5", "Donnerstag, 5. November", "11月5日星期四"),
    ],
)
def test_days(day: date, english: str, german: str, chinese: str) -> None:
    assert [say(day, language) for language in ("en", "de", "zh")] == [english, german, chinese]


def test_a_moment_of_today_is_only_its_time_in_the_wearers_zone() -> None:
    moment = datetime(2026, 11, 5, 19, 0, tzinfo=ZoneInfo("UTC"))
    assert say(moment, "en") == "8 PM"
    assert say(moment + timedelta(days=1), "de") == "morgen um 20 Uhr"
    assert say(moment + timedelta(days=1), "zh") == "明天晚上8点"


@pytest.mark.parametrize(
    ("rule", "english", "german", "chinese"),
    [
        ("FREQ=DAILY", "every day", "jeden Tag", "每天"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday", "werktags", "每个工作日"),
        (
            "FREQ=WEEKLY;BYDAY=MO,FR",
            "every Monday and Friday",
            "jeden Montag und Freitag",
            "每星期一和星期五",
        ),
        ("FREQ=MONTHLY", "FREQ=MONTHLY", "FREQ=MONTHLY", "FREQ=MONTHLY"),
    ],
)
def test_recurrences(rule: str, english: str, german: str, chinese: str) -> None:
    assert [say(Recurrence(rule), language) for language in ("en", "de", "zh")] == [english, german, chinese]


def test_percent_and_lists() -> None:
    assert say(Percent(40), "en") == "40 percent"
    assert say(Percent(40), "zh") == "百分之40"
    assert say(["a", "b", "c"], "en") == "a, b and c"
    assert say(["a", "b", "c"], "de") == "a, b und c"
    assert say(["甲", "乙", "丙"], "zh") == "甲、乙和丙"
    assert say([], "en") == ""
    assert say(ONCE, "en") == ""


def test_a_list_is_taken_apart_again() -> None:
    assert split_list("milk, eggs and bread", "en") == ["milk", "eggs", "bread"]
    assert split_list("Milch und Sandwich", "de") == ["Milch", "Sandwich"]
    assert split_list("牛奶、鸡蛋和面包", "zh") == ["牛奶", "鸡蛋", "面包"]
    assert split_list(" and ", "en") == [" and "]
