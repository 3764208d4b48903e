"""The time and the date; it is Thursday, 5 November 2026, three in the afternoon in Berlin."""

import pytest
from tests.skills.memory import Row, Talk, hold

DIALOGUES: dict[str, list[Row]] = {
    "en": [
        ("what time is it", "tell_time", {}, "It's 3 PM."),
        ("What's the date today?", "tell_date", {}, "It's Thursday, November 5."),
        ("what day is tomorrow", "tell_weekday", {"day": "2026-11-06"}, "Friday, November 6."),
        (
            "how many days until may third",
            "days_until",
            {"day": "2027-05-03"},
            "179 days, until Monday, May 3.",
        ),
        (
            "how many days until tomorrow",
            "days_until",
            {"day": "2026-11-06"},
            "One day, until Friday, November 6.",
        ),
        ("what time is it in Tokyo", "time_in", {"city": "Tokyo"}, "Tokyo: 11 PM."),
        ("what time is it in New York", "time_in", {"city": "New York"}, "New York: 9 AM."),
        ("what's the time in Auckland", "time_in", {"city": "Auckland"}, "Auckland: 3 AM, tomorrow."),
    ],
    "de": [
        ("wie spät ist es", "tell_time", {}, "Es ist 15 Uhr."),
        ("welches datum ist heute", "tell_date", {}, "Heute ist Donnerstag, 5. November."),
        ("was ist morgen für ein Tag", "tell_weekday", {"day": "2026-11-06"}, "Freitag, 6. November."),
        (
            "wie viele Tage noch bis zum 3. Mai",
            "days_until",
            {"day": "2027-05-03"},
            "Noch 179 Tage bis Montag, 3. Mai.",
        ),
        ("wie spät ist es in Tokio", "time_in", {"city": "Tokyo"}, "In Tokio ist es 23 Uhr."),
        ("wie viel Uhr ist es in München", "time_in", {"city": "Munich"}, "In München ist es 15 Uhr."),
        ("uhrzeit in auckland", "time_in", {"city": "Auckland"}, "In Auckland ist es 3 Uhr, morgen."),
    ],
    "zh": [
        ("现在几点", "tell_time", {}, "现在下午3点。"),
        ("今天几号", "tell_date", {}, "今天是11月5日星期四。"),
        ("明天星期几", "tell_weekday", {"day": "2026-11-06"}, "11月6日星期五。"),
        ("离五月三号还有几天", "days_until", {"day": "2027-05-03"}, "离5月3日星期一还有179天。"),
        ("东京现在几点", "time_in", {"city": "Tokyo"}, "东京现在晚上11点。"),
        ("北京几点了", "time_in", {"city": "Beijing"}, "北京现在晚上10点。"),
        ("奥克兰现在几点", "time_in", {"city": "Auckland"}, "奥克兰现在是明天凌晨3点。"),
    ],
}


@pytest.mark.parametrize("language", DIALOGUES)
def test_the_dialogue_about_clock_holds(language: str) -> None:
    talk = Talk(language)
    hold(talk, "clock", DIALOGUES[language])
