"""What one can say."""

import pytest
from tests.skills.memory import Row, Talk, hold

DIALOGUES: dict[str, list[Row]] = {
    "en": [
        (
            "what can you do",
            "what_can_you_do",
            {},
            (
                "Say, for example: “Add milk and eggs to the shopping list”, “Note: the spare "
                "key is under the pot” and “Set a timer for five minutes”."
            ),
        ),
    ],
    "de": [
        (
            "was kannst du",
            "what_can_you_do",
            {},
            (
                "Sag zum Beispiel: „Setz Milch und Eier auf die Einkaufsliste“, „Notiere: Der "
                "Ersatzschlüssel liegt unter dem Topf“ und „Stell einen Timer auf fünf Minuten“."
            ),
        ),
    ],
    "zh": [
        (
            "你会做什么",
            "what_can_you_do",
            {},
            "比如可以说：“把牛奶和鸡蛋加到购物清单”、“记一下，备用钥匙在花盆下面”和“设一个五分钟的计时器”。",
        ),
    ],
}


@pytest.mark.parametrize("language", DIALOGUES)
def test_the_dialogue_about_help_holds(language: str) -> None:
    talk = Talk(language)
    hold(talk, "help", DIALOGUES[language])


def test_never_more_than_three_examples_are_said_and_all_are_shown() -> None:
    talk = Talk()
    talk.say("help")
    assert len(talk.displays["help:what_can_you_do"].items) >= 6
