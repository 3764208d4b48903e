"""Timers in three languages, from the sentence to the answer."""

import pytest
from tests.skills.memory import UNDO, Row, Talk, hold

DIALOGUES: dict[str, list[Row]] = {
    "en": [
        ("set a timer", "set_timer", {}, "For how long?"),
        ("five minutes", "set_timer", {"duration": "PT5M"}, "Timer, 5 minutes."),
        (
            "set a pasta timer for ten minutes",
            "set_timer",
            {"duration": "PT10M", "label": "pasta"},
            "Pasta timer, 10 minutes.",
        ),
        65.0,
        (
            "how much time is left",
            "time_left",
            {},
            "2 timers: one in 3 minutes and 55 seconds and pasta in 8 minutes and 55 seconds.",
        ),
        (
            "how much time is left on the pasta timer",
            "time_left",
            {"label": "pasta"},
            "8 minutes and 55 seconds left for pasta.",
        ),
        (
            "pause the pasta timer",
            "pause_timer",
            {"label": "pasta"},
            "The pasta timer is paused at 8 minutes and 55 seconds.",
        ),
        (
            "how long is left on the pasta timer",
            "time_left",
            {"label": "pasta"},
            "The pasta timer is paused, with 8 minutes and 55 seconds left.",
        ),
        (
            "resume the pasta timer",
            "resume_timer",
            {"label": "pasta"},
            "The pasta timer goes on, 8 minutes and 55 seconds left.",
        ),
        (UNDO, "The pasta timer is paused at 8 minutes and 55 seconds."),
        (UNDO, "The pasta timer goes on, 8 minutes and 55 seconds left."),
        (
            "add two minutes to the pasta timer",
            "add_time",
            {"more": "PT2M", "label": "pasta"},
            "2 minutes more: 10 minutes and 55 seconds left.",
        ),
        (UNDO, "8 minutes and 55 seconds left for pasta."),
        (
            "take a minute off the pasta timer",
            "take_time_off",
            {"less": "PT1M", "label": "pasta"},
            "1 minute less: 7 minutes and 55 seconds left.",
        ),
        (UNDO, "8 minutes and 55 seconds left for pasta."),
        ("cancel the five minute timer", "cancel_timer", {"duration": "PT5M"}, "Timer cancelled."),
        (UNDO, "The timer is back, 3 minutes and 55 seconds left."),
        (
            "list my timers",
            "list_timers",
            {},
            "2 timers: one in 3 minutes and 55 seconds and pasta in 8 minutes and 55 seconds.",
        ),
        ("cancel all timers", "cancel_all_timers", {}, "Both timers cancelled."),
        (UNDO, "2 timers are back."),
        (
            "set a timer for an hour and a half",
            "set_timer",
            {"duration": "PT1H30M"},
            "Timer, 1 hour and 30 minutes.",
        ),
        ("set a timer for 2 hours", "set_timer", {"duration": "PT2H"}, "Timer, 2 hours."),
        (
            "how many timers do i have",
            "list_timers",
            {},
            (
                "4 timers; the next three: one in 3 minutes and 55 seconds, pasta in 8 minutes "
                "and 55 seconds and one in 1 hour and 30 minutes."
            ),
        ),
        (
            "cancel the egg timer",
            "cancel_timer",
            {"label": "egg"},
            "There's no timer for egg; ask me which timers there are.",
        ),
        99999.0,
        ("cancel the timer", "cancel_timer", {}, "Timer stopped."),
        ("stop all my timers", "cancel_all_timers", {}, "No timer is running."),
        ("pause the timer", "pause_timer", {}, "No timer is running."),
        ("resume the timer", "resume_timer", {}, "No timer is paused."),
        ("how long left", "time_left", {}, "No timer is running."),
    ],
    "de": [
        ("stell einen timer", "set_timer", {}, "Wie lange?"),
        ("fünf minuten", "set_timer", {"duration": "PT5M"}, "Timer, 5 Minuten."),
        (
            "stell einen Timer für die Nudeln auf zehn Minuten",
            "set_timer",
            {"duration": "PT10M", "label": "Nudeln"},
            "Timer Nudeln, 10 Minuten.",
        ),
        65.0,
        (
            "wie lange noch",
            "time_left",
            {},
            "2 Timer: einer in 3 Minuten und 55 Sekunden und Nudeln in 8 Minuten und 55 Sekunden.",
        ),
        (
            "halt den timer für die nudeln an",
            "pause_timer",
            {"label": "nudeln"},
            "Der Timer Nudeln ist angehalten, noch 8 Minuten und 55 Sekunden.",
        ),
        (
            "wie lange noch für die nudeln",
            "time_left",
            {"label": "nudeln"},
            "Der Timer Nudeln ist angehalten, noch 8 Minuten und 55 Sekunden.",
        ),
        (
            "setz den timer für die nudeln fort",
            "resume_timer",
            {"label": "nudeln"},
            "Der Timer Nudeln läuft weiter, noch 8 Minuten und 55 Sekunden.",
        ),
        (UNDO, "Der Timer Nudeln ist angehalten, noch 8 Minuten und 55 Sekunden."),
        (UNDO, "Der Timer Nudeln läuft weiter, noch 8 Minuten und 55 Sekunden."),
        (
            "gib dem timer noch zwei minuten",
            "add_time",
            {"more": "PT2M"},
            "2 Minuten mehr, noch 10 Minuten und 55 Sekunden.",
        ),
        (UNDO, "Noch 8 Minuten und 55 Sekunden für Nudeln."),
        (
            "verkürze den timer um eine minute",
            "take_time_off",
            {"less": "PT1M"},
            "1 Minute weniger, noch 7 Minuten und 55 Sekunden.",
        ),
        (UNDO, "Noch 8 Minuten und 55 Sekunden für Nudeln."),
        ("lösch den timer", "cancel_timer", {}, "Der Timer Nudeln ist gelöscht."),
        (UNDO, "Der Timer Nudeln ist wieder da, noch 8 Minuten und 55 Sekunden."),
        (
            "welche timer laufen",
            "list_timers",
            {},
            "2 Timer: einer in 3 Minuten und 55 Sekunden und Nudeln in 8 Minuten und 55 Sekunden.",
        ),
        ("lösche alle timer", "cancel_all_timers", {}, "Beide Timer gelöscht."),
        (UNDO, "2 Timer sind wieder da."),
        ("Timer auf eine Dreiviertelstunde", "set_timer", {"duration": "PT45M"}, "Timer, 45 Minuten."),
        (
            "lösche den timer für die eier",
            "cancel_timer",
            {"label": "eier"},
            "Einen Timer für eier gibt es nicht; frag mich, welche Timer laufen.",
        ),
    ],
    "zh": [
        ("设一个计时器", "set_timer", {}, "多长时间？"),
        ("五分钟", "set_timer", {"duration": "PT5M"}, "计时5分钟。"),
        (
            "设一个煮面的计时器十分钟",
            "set_timer",
            {"duration": "PT10M", "label": "煮面"},
            "煮面，计时10分钟。",
        ),
        65.0,
        ("还剩多久", "time_left", {}, "2个计时，还剩3分钟55秒和煮面8分钟55秒。"),
        ("暂停煮面的计时器", "pause_timer", {"label": "煮面"}, "煮面的计时暂停了，还剩8分钟55秒。"),
        ("煮面还有多久", "time_left", {"label": "煮面"}, "煮面的计时已暂停，还剩8分钟55秒。"),
        ("继续煮面的计时器", "resume_timer", {"label": "煮面"}, "煮面继续计时，还剩8分钟55秒。"),
        (UNDO, "煮面的计时暂停了，还剩8分钟55秒。"),
        (UNDO, "煮面继续计时，还剩8分钟55秒。"),
        ("再加两分钟", "add_time", {"more": "PT2M"}, "加了2分钟，还剩10分钟55秒。"),
        (UNDO, "煮面还剩8分钟55秒。"),
        ("缩短一分钟", "take_time_off", {"less": "PT1M"}, "减了1分钟，还剩7分钟55秒。"),
        (UNDO, "煮面还剩8分钟55秒。"),
        ("取消计时器", "cancel_timer", {}, "煮面的计时取消了。"),
        (UNDO, "煮面的计时恢复了，还剩8分钟55秒。"),
        ("有哪些计时器", "list_timers", {}, "2个计时，还剩3分钟55秒和煮面8分钟55秒。"),
        ("取消所有计时器", "cancel_all_timers", {}, "2个计时都取消了。"),
        (UNDO, "2个计时恢复了。"),
        ("计时一个半小时", "set_timer", {"duration": "PT1H30M"}, "计时1小时30分钟。"),
        ("取消鸡蛋的计时器", "cancel_timer", {"label": "鸡蛋"}, "没有叫鸡蛋的计时器，可以问我有哪些计时器。"),
    ],
}


@pytest.mark.parametrize("language", DIALOGUES)
def test_the_dialogue_about_timers_holds(language: str) -> None:
    talk = Talk(language)
    hold(talk, "timers", DIALOGUES[language])
