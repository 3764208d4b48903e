"""The conversation itself."""

import pytest
from tests.skills.memory import UNDO, Row, Talk, hold

DIALOGUES: dict[str, list[Row]] = {
    "en": [
        ("say that again", "repeat", {}, "I haven't said anything yet."),
        ("stop", "stop", {}, "It's quiet already."),
        ("slower", "slower", {}, "I'll speak more slowly."),
        (UNDO, "I'll speak as before."),
        ("faster", "faster", {}, "I'll speak faster."),
        ("speak normally", "normal_speed", {}, "I'll speak as usual."),
        (UNDO, "I'll speak as before."),
        ("never mind", "never_mind", {}, "All right."),
        ("thank you", "thanks", {}, "You're welcome."),
        ("yes", "yes", {}, "All right."),
        ("no", "no", {}, "All right."),
    ],
    "de": [
        ("sag das noch einmal", "repeat", {}, "Ich habe noch nichts gesagt."),
        ("stopp", "stop", {}, "Es ist schon still."),
        ("sprich langsamer", "slower", {}, "Ich spreche langsamer."),
        (UNDO, "Ich spreche wieder wie vorher."),
        ("schneller", "faster", {}, "Ich spreche schneller."),
        ("sprich wieder normal", "normal_speed", {}, "Ich spreche wie gewohnt."),
        ("vergiss es", "never_mind", {}, "Gut."),
        ("danke", "thanks", {}, "Gern."),
        ("ja", "yes", {}, "Gut."),
        ("nein", "no", {}, "Gut."),
    ],
    "zh": [
        ("再说一遍", "repeat", {}, "我还没说过什么。"),
        ("停", "stop", {}, "现在没有声音。"),
        ("说慢一点", "slower", {}, "我说慢一点。"),
        (UNDO, "我照原来的速度说。"),
        ("说快一点", "faster", {}, "我说快一点。"),
        ("恢复正常语速", "normal_speed", {}, "我按平常的速度说。"),
        ("算了", "never_mind", {}, "好的。"),
        ("谢谢", "thanks", {}, "不客气。"),
        ("是的", "yes", {}, "好的。"),
        ("不要", "no", {}, "好的。"),
    ],
}


@pytest.mark.parametrize("language", DIALOGUES)
def test_the_dialogue_about_control_holds(language: str) -> None:
    talk = Talk(language)
    hold(talk, "control", DIALOGUES[language])


def test_undo_that_takes_back_one_act_after_the_other() -> None:
    talk = Talk()
    talk.say("set a timer for five minutes")
    talk.say("turn it up")
    assert talk.say("undo that") == ""  # the undo's own sentence is said by the session
    assert talk.control.said == ["50 percent."]
    talk.say("undo that")
    assert talk.control.said[1:] == ["Timer cancelled."]
    assert talk.say("undo that") == "There's nothing to undo."


def test_stop_is_silent_where_something_sounded() -> None:
    talk = Talk()
    talk.control.sounds = True
    assert talk.say("stop") == ""


def test_the_last_answer_is_said_again() -> None:
    talk = Talk()
    talk.say("what time is it")
    assert talk.say("say that again") == "It's 3 PM."
