"""Quiet hours, set and taken back by voice."""

from datetime import time

import pytest
from tests.skills.memory import UNDO, Row, Talk, hold

from lorgnette.sdk import HalfDay
from lorgnette.skills.quiet import spoken

WORKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
NIGHT = {"begin": "22:00", "end": "07:00"}

DIALOGUES: dict[str, list[Row]] = {
    "en": [
        ("am I in quiet hours", "tell_quiet", {}, "You have no quiet hours."),
        (
            "quiet hours from ten to seven",
            "set_quiet",
            {"begin": "10:00", "end": "07:00"},
            "Quiet hours from 10 PM to 7 AM.",
        ),
        ("am I in quiet hours", "tell_quiet", {}, "Not now. They are from 10 PM to 7 AM."),
        (
            "do not disturb me between 1 pm and 4:30 pm on weekdays",
            "set_quiet",
            {"begin": "13:00", "end": "16:30", "repeat": WORKDAYS},
            "Quiet hours from 1 PM to 4:30 PM, every weekday.",
        ),
        ("is it quiet time now", "tell_quiet", {}, "Yes, until 4:30 PM. Timers and alarms still ring."),
        ("no quiet hours", "no_quiet", {}, "No more quiet hours."),
        (UNDO, "Quiet hours from 1 PM to 4:30 PM, every weekday."),
        (UNDO, "Quiet hours from 10 PM to 7 AM."),
        (UNDO, "No more quiet hours."),
    ],
    "de": [
        ("ist gerade Ruhezeit", "tell_quiet", {}, "Du hast keine Ruhezeit."),
        (
            "Ruhezeit von zehn bis sieben",
            "set_quiet",
            {"begin": "10:00", "end": "07:00"},
            "Ruhezeit von 22 Uhr bis 7 Uhr.",
        ),
        (
            "stör mich zwischen 22 Uhr und sieben Uhr werktags bitte nicht",
            "set_quiet",
            NIGHT | {"repeat": WORKDAYS},
            "Ruhezeit von 22 Uhr bis 7 Uhr, werktags.",
        ),
        ("keine Ruhezeit mehr", "no_quiet", {}, "Keine Ruhezeit mehr."),
        (UNDO, "Ruhezeit von 22 Uhr bis 7 Uhr, werktags."),
    ],
    "zh": [
        ("现在是免打扰时间吗", "tell_quiet", {}, "你没有设免打扰时段。"),
        ("现在免打扰吗", "tell_quiet", {}, "你没有设免打扰时段。"),
        ("晚上十点到早上七点免打扰", "set_quiet", NIGHT, "免打扰，晚上10点到早上7点。"),
        (
            "工作日晚上十点到早上七点免打扰",
            "set_quiet",
            NIGHT | {"repeat": WORKDAYS},
            "免打扰，每个工作日晚上10点到早上7点。",
        ),
        ("取消免打扰", "no_quiet", {}, "免打扰已取消。"),
        (UNDO, "免打扰，每个工作日晚上10点到早上7点。"),
    ],
}


@pytest.mark.parametrize("language", DIALOGUES)
def test_the_dialogue_about_quiet_hours_holds(language: str) -> None:
    hold(Talk(language), "quiet", DIALOGUES[language])


@pytest.mark.parametrize(
    ("begin", "end", "meant"),
    [
        (HalfDay(10), HalfDay(7), ("22:00", "07:00")),
        (HalfDay(1), HalfDay(3), ("13:00", "15:00")),
        (HalfDay(11, 30), HalfDay(6), ("23:30", "06:00")),
        (time(22), HalfDay(7), ("22:00", "07:00")),
        (HalfDay(9), time(17), ("09:00", "17:00")),
        (time(0), time(6), ("00:00", "06:00")),
    ],
)
def test_times_without_morning_or_evening_are_a_night_or_a_nap(
    begin: time, end: time, meant: tuple[str, str]
) -> None:
    first, last = spoken(begin, end)
    assert (f"{first:%H:%M}", f"{last:%H:%M}") == meant
