"""What is remembered and forgotten, in three languages."""

import pytest
from tests.skills.memory import Row, Talk, hold

DIALOGUES: dict[str, list[Row]] = {
    "en": [
        ("what do you know about me", "what_is_kept", {}, "I keep 3 things you said and one note."),
        ("forget the last thing I said", "forget_last", {}, "Forgotten."),
        ("forget what I said today", "forget_today", {}, "2 things since midnight. Forget them for good?"),
        ("no", "forget_today", {"sure": False}, "All right, I forget nothing."),
        ("forget what I said today", "forget_today", {}, "2 things since midnight. Forget them for good?"),
        ("yes", "forget_today", {"sure": True}, "Forgotten."),
        ("forget everything I ever said", "forget_conversations", {}, "There's nothing to forget."),
        ("what do you remember about me", "what_is_kept", {}, "I keep nothing of you."),
        ("yes", "yes", {}, "All right."),
    ],
    "de": [
        (
            "was weißt du über mich",
            "what_is_kept",
            {},
            "Ich habe 3 Sätze von dir und eine Notiz gespeichert.",
        ),
        ("vergiss, was ich zuletzt gesagt habe", "forget_last", {}, "Vergessen."),
        (
            "vergiss, was ich heute gesagt habe",
            "forget_today",
            {},
            "2 Sätze seit Mitternacht. Endgültig vergessen?",
        ),
        ("nein", "forget_today", {"sure": False}, "Gut, ich vergesse nichts."),
        (
            "vergiss alles, was ich je gesagt habe",
            "forget_conversations",
            {},
            "2 Sätze von dir. Endgültig vergessen?",
        ),
        ("ja bitte", "forget_conversations", {"sure": True}, "Vergessen."),
        ("was hast du über mich gespeichert", "what_is_kept", {}, "Ich habe nichts von dir gespeichert."),
    ],
    "zh": [
        ("你保存了我的什么", "what_is_kept", {}, "我保存着你说过的3句话和1条笔记。"),
        ("忘掉我刚才说的话", "forget_last", {}, "已经忘掉了。"),
        ("忘掉我今天说的话", "forget_today", {}, "你今天说过2句话，要彻底忘掉吗？"),
        ("不要", "forget_today", {"sure": False}, "好的，什么都没忘。"),
        ("删除所有对话", "forget_conversations", {}, "你一共说过2句话，要彻底忘掉吗？"),
        ("确定", "forget_conversations", {"sure": True}, "已经忘掉了。"),
        ("忘掉我今天说的话", "forget_today", {}, "没有什么可忘的。"),
    ],
}


@pytest.mark.parametrize("language", DIALOGUES)
def test_the_dialogue_about_memory_holds(language: str) -> None:
    talk = Talk(language)
    for row in DIALOGUES[language]:
        skill = "control" if row[1] == "yes" else "memory"
        hold(talk, skill, [row])


def test_today_begins_at_midnight_where_the_wearer_is() -> None:
    talk = Talk("en")
    talk.say("forget what I said today")
    talk.say("yes")
    assert talk.memory.since == [talk.request("").now.replace(hour=0).timestamp()]


def test_a_yes_after_half_a_minute_agrees_to_nothing() -> None:
    talk = Talk("en")
    talk.say("forget everything I said")
    talk.clock.advance(31)
    assert talk.say("yes") == "All right."
    assert talk.memory.count == 3
