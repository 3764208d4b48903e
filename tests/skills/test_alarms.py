"""Alarms in three languages; it is Thursday, 5 November 2026, three in the afternoon."""

import pytest
from tests.skills.memory import UNDO, Row, Talk, hold

DIALOGUES: dict[str, list[Row]] = {
    "en": [
        ("set an alarm for seven", "set_alarm", {"at": "07:00"}, "Alarm, 7 PM."),
        (
            "set an alarm for seven tomorrow",
            "set_alarm",
            {"at": "07:00", "day": "2026-11-06"},
            "Alarm, tomorrow at 7 AM.",
        ),
        (
            "set an alarm for seven tomorrow morning",
            "set_alarm",
            {"at": "07:00", "day": "2026-11-06"},
            "Alarm, tomorrow at 7 AM.",
        ),
        ("set an alarm", "set_alarm", {}, "For what time?"),
        ("half past eight am", "set_alarm", {"at": "08:30"}, "Alarm, tomorrow at 8:30 AM."),
        (
            "wake me at half past seven every weekday",
            "set_alarm",
            {"at": "07:30", "repeat": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"},
            "Alarm, 7:30 AM, every weekday.",
        ),
        (
            "wake me up on monday at 6:15",
            "set_alarm",
            {"at": "06:15", "day": "2026-11-09"},
            "Alarm, Monday at 6:15 AM.",
        ),
        (
            "what alarms do i have",
            "list_alarms",
            {},
            "6 alarms; the next are 7 PM, tomorrow at 7 AM and tomorrow at 7 AM.",
        ),
        ("when is my next alarm", "next_alarm", {}, "Your next alarm is 7 PM."),
        (
            "cancel my alarm for tomorrow",
            "cancel_alarm",
            {"day": "2026-11-06"},
            "The alarm for tomorrow at 7 AM is off.",
        ),
        (UNDO, "The alarm for tomorrow at 7 AM is back on."),
        (
            "cancel the alarm for every weekday",
            "cancel_alarm",
            {"repeat": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"},
            "The alarm at 7:30 AM, every weekday, is off.",
        ),
        (UNDO, "The alarm for tomorrow at 7:30 AM is back on."),
        ("wake me in twenty minutes", "wake_in", {"duration": "PT20M"}, "Alarm, 3:20 PM."),
        1300.0,
        ("snooze", "snooze", {}, "Again in 9 minutes."),
        (UNDO, "Alarm off."),
        ("snooze for five minutes", "snooze", {"duration": "PT5M"}, "Nothing is ringing."),
        ("cancel all alarms for monday", "cancel_all_alarms", {"day": "2026-11-09"}, "Alarm cancelled."),
        ("cancel all alarms", "cancel_all_alarms", {}, "All 5 alarms cancelled."),
        (UNDO, "5 alarms are back on."),
        (
            "do i have an alarm on sunday",
            "list_alarms",
            {"day": "2026-11-08"},
            "There's no alarm then; ask me which alarms are set.",
        ),
        (
            "set an alarm for 6 am yesterday",
            "set_alarm",
            {"at": "06:00", "day": "2026-11-04"},
            "That time is over; say a later one.",
        ),
    ],
    "de": [
        ("stell einen wecker auf sieben", "set_alarm", {"at": "07:00"}, "Wecker, 19 Uhr."),
        (
            "weck mich morgen früh um halb acht",
            "set_alarm",
            {"at": "07:30", "day": "2026-11-06"},
            "Wecker, morgen um 7 Uhr 30.",
        ),
        (
            "weck mich werktags um viertel nach sechs",
            "set_alarm",
            {"at": "06:15", "repeat": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"},
            "Wecker, werktags um 6 Uhr 15.",
        ),
        (
            "welche wecker habe ich",
            "list_alarms",
            {},
            "3 Wecker: 19 Uhr, werktags um 6 Uhr 15 und morgen um 7 Uhr 30.",
        ),
        ("wann klingelt mein wecker", "next_alarm", {}, "Dein nächster Wecker: 19 Uhr."),
        (
            "lösche den wecker für morgen",
            "cancel_alarm",
            {"day": "2026-11-06"},
            "Der Wecker für morgen um 7 Uhr 30 ist aus.",
        ),
        (UNDO, "Der Wecker für morgen um 7 Uhr 30 ist wieder an."),
        ("weck mich in zwanzig minuten", "wake_in", {"duration": "PT20M"}, "Wecker, 15 Uhr 20."),
        1300.0,
        ("noch fünf minuten schlafen", "snooze", {"duration": "PT5M"}, "Noch einmal in 5 Minuten."),
        400.0,
        ("ich bin wach", "dismiss", {}, "Wecker aus."),
        ("lösche alle wecker", "cancel_all_alarms", {}, "Alle 3 Wecker gelöscht."),
        (UNDO, "3 Wecker sind wieder an."),
        ("stell den Wecker", "set_alarm", {}, "Für wie viel Uhr?"),
        ("um sechs", "set_alarm", {"at": "06:00"}, "Wecker, 18 Uhr."),
        (
            "habe ich am Sonntag einen Wecker",
            "list_alarms",
            {"day": "2026-11-08"},
            "Dann ist kein Wecker gestellt; frag mich, welche Wecker es gibt.",
        ),
    ],
    "zh": [
        ("七点叫我", "set_alarm", {"at": "07:00"}, "闹钟，晚上7点。"),
        (
            "明天早上七点半叫我起床",
            "set_alarm",
            {"at": "07:30", "day": "2026-11-06"},
            "闹钟，明天早上7点半。",
        ),
        (
            "每个工作日早上六点一刻叫我起床",
            "set_alarm",
            {"at": "06:15", "repeat": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"},
            "闹钟，每个工作日早上6点15分。",
        ),
        ("我有哪些闹钟", "list_alarms", {}, "3个闹钟：晚上7点、每个工作日早上6点15分和明天早上7点半。"),
        ("闹钟是几点", "next_alarm", {}, "下一个闹钟是晚上7点。"),
        ("取消明天的闹钟", "cancel_alarm", {"day": "2026-11-06"}, "明天早上7点半的闹钟取消了。"),
        (UNDO, "明天早上7点半的闹钟恢复了。"),
        ("二十分钟后叫醒我", "wake_in", {"duration": "PT20M"}, "闹钟，下午3点20分。"),
        1300.0,
        ("再睡五分钟", "snooze", {"duration": "PT5M"}, "5分钟后再响。"),
        400.0,
        ("我醒了", "dismiss", {}, "闹钟关了。"),
        ("取消所有闹钟", "cancel_all_alarms", {}, "3个闹钟都取消了。"),
        (UNDO, "3个闹钟恢复了。"),
        ("设一个闹钟", "set_alarm", {}, "几点？"),
        ("六点", "set_alarm", {"at": "06:00"}, "闹钟，晚上6点。"),
        ("周日有没有闹钟", "list_alarms", {"day": "2026-11-08"}, "那个时间没有闹钟，可以问我有哪些闹钟。"),
    ],
}


@pytest.mark.parametrize("language", DIALOGUES)
def test_the_dialogue_about_alarms_holds(language: str) -> None:
    talk = Talk(language)
    hold(talk, "alarms", DIALOGUES[language])
