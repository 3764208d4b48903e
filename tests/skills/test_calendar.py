"""The calendar in three languages, over the real services."""

import pytest
from tests.skills.diary import UNDO, Diary, Row, converse, hold

from lorgnette.core.taint import Source

DIALOGUES: dict[str, list[Row]] = {
    "en": [
        ("what's on my calendar today", "agenda", "Nothing is on today."),
        ("what's on tomorrow", "agenda", "One thing tomorrow: 10 AM Sprint."),
        (
            "add a concert on Saturday at eight",
            "add_event",
            "Concert, Saturday at 8 PM: it's in the calendar.",
        ),
        ("what's on this weekend", "agenda", "One thing at the weekend: Saturday at 8 PM concert."),
        (UNDO, "Concert is out of the calendar again."),
        (
            "add a concert on Saturday at eight",
            "add_event",
            "Concert, Saturday at 8 PM: it's in the calendar.",
        ),
        (
            "add lunch with Ben to my calendar tomorrow at noon",
            "add_event",
            "Lunch with Ben, tomorrow at 12 PM: it's in the calendar.",
        ),
        ("what's my next appointment", "next_event", "Next: tomorrow at 10 AM Sprint."),
        ("am I free tomorrow at three", "is_free", "You are free tomorrow at 3 PM."),
        ("am I free tomorrow at ten", "is_free", "There's 10 AM Sprint then."),
        ("am I free on Saturday", "is_free", "There's 8 PM concert Saturday."),
        ("am I free on Sunday", "is_free", "Nothing is on Sunday."),
        (
            "add yoga tomorrow at ten for two hours",
            "add_event",
            "Yoga, tomorrow at 10 AM: it's in the calendar. But Sprint is on then, too.",
        ),
        (
            "put mum's birthday in my calendar on the 12th of December",
            "add_event",
            "Mum's birthday, Saturday, December 12: it's in the calendar, all day.",
        ),
        ("delete the concert appointment", "delete_event", "Taken out: Saturday at 8 PM concert."),
        (UNDO, "Concert is back in the calendar."),
        ("delete the unicorn appointment", "delete_event", "I find no such thing in the calendar."),
        ("what's on next week", "agenda", "Nothing is on next week."),
    ],
    "de": [
        ("was steht heute im Kalender", "agenda", "Heute steht nichts an."),
        ("was habe ich morgen vor", "agenda", "Morgen ein Termin: 10 Uhr Sprint."),
        (
            "trag am Samstag um acht ein Konzert ein",
            "add_event",
            "Konzert, Samstag um 20 Uhr: steht im Kalender.",
        ),
        (UNDO, "Konzert ist wieder aus dem Kalender."),
        (
            "trag am Samstag um acht ein Konzert ein",
            "add_event",
            "Konzert, Samstag um 20 Uhr: steht im Kalender.",
        ),
        (
            "trag morgen um zwölf Zahnarzt in den Kalender ein",
            "add_event",
            "Zahnarzt, morgen um 12 Uhr: steht im Kalender.",
        ),
        ("was ist mein nächster Termin", "next_event", "Als Nächstes: morgen um 10 Uhr Sprint."),
        ("bin ich morgen um drei frei", "is_free", "Morgen um 15 Uhr hast du Zeit."),
        ("bin ich morgen um zehn frei", "is_free", "Da steht 10 Uhr Sprint an."),
        ("habe ich am Samstag Zeit", "is_free", "Samstag steht 20 Uhr Konzert an."),
        ("lösch den Termin beim Zahnarzt", "delete_event", "Gestrichen: morgen um 12 Uhr Zahnarzt."),
        (UNDO, "Zahnarzt steht wieder im Kalender."),
        ("was ist am Wochenende los", "agenda", "Am Wochenende ein Termin: Samstag um 20 Uhr Konzert."),
        ("was steht nächste Woche an", "agenda", "Nächste Woche steht nichts an."),
    ],
    "zh": [
        ("今天有什么安排", "agenda", "今天没有安排。"),
        ("明天有什么安排", "agenda", "明天有1个安排：上午10点Sprint。"),
        ("添加周六晚上八点的音乐会", "add_event", "星期六晚上8点音乐会，加到日历了。"),
        (UNDO, "音乐会又从日历里删掉了。"),
        ("添加周六晚上八点的音乐会", "add_event", "星期六晚上8点音乐会，加到日历了。"),
        ("在日历里加明天中午十二点的午饭", "add_event", "明天中午12点午饭，加到日历了。"),
        ("接下来我有什么安排", "next_event", "接下来是明天上午10点Sprint。"),
        ("我明天下午三点有空吗", "is_free", "明天下午3点有空。"),
        ("我明天上午十点有空吗", "is_free", "那时有上午10点Sprint。"),
        ("我周六有时间吗", "is_free", "星期六有晚上8点音乐会。"),
        ("把音乐会从日历里删掉", "delete_event", "删掉了：星期六晚上8点音乐会。"),
        (UNDO, "音乐会又回到日历了。"),
        ("周末有什么安排", "agenda", "周末有1个安排：星期六晚上8点音乐会。"),
        ("下周有什么安排", "agenda", "下周没有安排。"),
    ],
}


@pytest.mark.parametrize("language", DIALOGUES)
def test_dialogue(language: str) -> None:
    hold(language, "calendar", DIALOGUES[language])


def test_what_others_may_have_written_is_marked_and_what_the_wearer_said_is_not() -> None:
    async def work(diary: Diary) -> None:
        await diary.talk.say_in_loop("what's on tomorrow")
        assert diary.talk.done.taint == {Source("calendar", "iCalendar")}
        await diary.talk.say_in_loop("add a concert on Saturday at eight")
        assert diary.talk.done.taint == frozenset()
        await diary.talk.say_in_loop("what's on this weekend")
        assert diary.talk.done.taint == frozenset()

    converse("en", work)
