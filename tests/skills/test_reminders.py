"""Reminders by time and place in three languages, over the real services."""
# ruff: noqa: E501 — sentences as they are said

import pytest
from tests.skills.diary import AT_HOME, UNDO, Diary, Row, converse, hold
from tests.skills.memory import reflexes

from lorgnette.sdk import QuietHours

DIALOGUES: dict[str, list[Row]] = {
    "en": [
        ("remind me to call Ada at five", "remind_me", "Reminder, 5 PM: call Ada."),
        (UNDO, "That reminder is gone again."),
        (
            "remind me tomorrow evening to water the plants",
            "remind_me",
            "Reminder, tomorrow at 7 PM: water the plants.",
        ),
        ("remind me in ten minutes to turn off the oven", "remind_me", "In 10 minutes: turn off the oven."),
        (
            "remind me every weekday at seven to take my pills",
            "remind_me",
            "Reminder, 7 AM, every weekday: take my pills.",
        ),
        (
            "what are my reminders",
            "list_reminders",
            "3 reminders: 3:10 PM turn off the oven, 7 AM every weekday take my pills and tomorrow at 7 PM water the plants.",
        ),
        (
            "do I have any reminders for tomorrow",
            "list_reminders",
            "2 reminders: 7 AM every weekday take my pills and tomorrow at 7 PM water the plants.",
        ),
        (
            "cancel the reminder to water the plants",
            "cancel_reminder",
            "Cancelled: tomorrow at 7 PM water the plants.",
        ),
        (UNDO, "It's back: tomorrow at 7 PM water the plants."),
        (
            "remind me to buy milk when I get home",
            "remind_at_place",
            "I don't know where home is yet; when you are there, say: this is home.",
        ),
        AT_HOME,
        ("this is home", "save_known_place", "This is home from now on."),
        (
            "remind me to buy milk when I get home",
            "remind_at_place",
            "You're home now; when you next come home: buy milk.",
        ),
        (
            "remind me to lock up when I leave home",
            "remind_on_leaving",
            "When you leave home: lock up. But none of your devices tells me where you are; share your location on one.",
        ),
        ("what places do you know", "list_places", "I know one place: home."),
        ("forget where home is", "forget_place", "I've forgotten where home is."),
        (UNDO, "I know where home is again."),
        ("remind me to sleep", "remind_me", "When?"),
        ("at nine", "remind_me", "Reminder, 9 PM: sleep."),
        (
            "cancel the reminder about unicorns",
            "cancel_reminder",
            "I find no such reminder; ask me which there are.",
        ),
        ("remember this place as the gym", "save_place", "This is the gym from now on."),
        (UNDO, "I've forgotten where the gym is."),
    ],
    "de": [
        ("erinnere mich um fünf daran Ada anzurufen", "remind_me", "Erinnerung, 17 Uhr: Ada anrufen."),
        (UNDO, "Die Erinnerung ist wieder weg."),
        ("erinner mich morgen Abend an die Blumen", "remind_me", "Erinnerung, morgen um 19 Uhr: Blumen."),
        ("erinner mich in zehn Minuten an den Ofen", "remind_me", "In 10 Minuten: Ofen."),
        (
            "erinner mich werktags um sieben an die Tabletten",
            "remind_me",
            "Erinnerung, werktags um 7 Uhr: Tabletten.",
        ),
        (
            "welche Erinnerungen habe ich",
            "list_reminders",
            "3 Erinnerungen: 15 Uhr 10 Ofen, werktags um 7 Uhr Tabletten und morgen um 19 Uhr Blumen.",
        ),
        ("lösch die Erinnerung an die Blumen", "cancel_reminder", "Gelöscht: morgen um 19 Uhr Blumen."),
        (UNDO, "Wieder da: morgen um 19 Uhr Blumen."),
        (
            "erinner mich daran Milch zu kaufen wenn ich nach Hause komme",
            "remind_at_place",
            "Ich weiß noch nicht, wo dein Zuhause ist; sag dort: hier ist mein Zuhause.",
        ),
        AT_HOME,
        ("hier ist mein Zuhause", "save_known_place", "Hier ist ab jetzt dein Zuhause."),
        (
            "erinner mich daran Milch zu kaufen wenn ich nach Hause komme",
            "remind_at_place",
            "Dort bist du gerade; wenn du das nächste Mal nach Hause kommst: Milch kaufen.",
        ),
        (
            "erinnere mich daran abzuschließen wenn ich von zu Hause gehe",
            "remind_on_leaving",
            "Beim Weggehen von zu Hause: abschließen. Aber keins deiner Geräte sagt mir, wo du bist; gib auf einem den Standort frei.",
        ),
        ("welche Orte kennst du", "list_places", "Ich kenne einen Ort: Zuhause."),
        ("vergiss wo zu Hause ist", "forget_place", "Wo du wohnst, habe ich vergessen."),
        (UNDO, "Zuhause kenne ich wieder."),
    ],
    "zh": [
        ("五点提醒我给艾达打电话", "remind_me", "下午5点提醒你给艾达打电话。"),
        (UNDO, "那个提醒取消了。"),
        ("明天晚上提醒我浇花", "remind_me", "明天晚上7点提醒你浇花。"),
        ("十分钟后提醒我关火", "remind_me", "10分钟后提醒你关火。"),
        ("每天晚上九点提醒我吃药", "remind_me", "每天晚上9点提醒你吃药。"),
        ("我有什么提醒", "list_reminders", "3个提醒：下午3点10分关火、每天晚上9点吃药和明天晚上7点浇花。"),
        ("取消浇花的提醒", "cancel_reminder", "取消了：明天晚上7点浇花。"),
        (UNDO, "恢复了：明天晚上7点浇花。"),
        ("我到家的时候提醒我买牛奶", "remind_at_place", "我还不知道家在哪儿，到了那里请说：记住这里是家。"),
        AT_HOME,
        ("这里是我家", "save_known_place", "记住了，这里是家。"),
        ("我到家的时候提醒我买牛奶", "remind_at_place", "你现在就在那儿，下次到家的时候提醒：买牛奶。"),
        (
            "离开家的时候提醒我锁门",
            "remind_on_leaving",
            "你离开家的时候提醒：锁门。不过现在没有设备告诉我位置，请在一台设备上打开定位。",
        ),
        ("你知道哪些地方", "list_places", "我知道1个地方：家。"),
        ("忘掉家的位置", "forget_place", "家的位置忘掉了。"),
        (UNDO, "家的位置又记起来了。"),
    ],
}


@pytest.mark.parametrize("language", DIALOGUES)
def test_dialogue(language: str) -> None:
    hold(language, "reminders", DIALOGUES[language])


def test_in_quiet_hours_it_is_said_when_it_will_be_told() -> None:
    async def work(diary: Diary) -> None:
        diary.talk.control.quiet = QuietHours(begin="22:00", end="07:00")
        answer = await diary.talk.say_in_loop("remind me to sleep at eleven pm")
        assert answer.endswith("Those are quiet hours, so I'll say it tomorrow at 7 AM.")

    converse("en", work)


@pytest.mark.parametrize("text", ["this is great", "this is Anna", "remember that I like tea"])
def test_what_names_no_place_saves_none(text: str) -> None:
    match = reflexes().match(text, "en")
    assert match is None or match.skill != "reminders"
