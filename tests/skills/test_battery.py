"""What is left in the batteries."""

import pytest
from tests.skills.memory import Row, Talk, hold

DIALOGUES: dict[str, list[Row]] = {
    "en": [
        ("how's the battery", "tell_battery", {}, "Phone charging at 15 percent and Glasses 80 percent."),
        (
            "how much battery is left",
            "tell_battery",
            {},
            "Phone charging at 15 percent and Glasses 80 percent.",
        ),
    ],
    "de": [
        ("wie voll ist der Akku", "tell_battery", {}, "Phone lädt bei 15 Prozent und Glasses 80 Prozent."),
    ],
    "zh": [
        ("还剩多少电", "tell_battery", {}, "Phone充电中百分之15和Glasses百分之80。"),
    ],
}


def prepare(talk: Talk) -> None:
    talk.control.batteries = (("Glasses", 0.8, False), ("Phone", 0.15, True))


@pytest.mark.parametrize("language", DIALOGUES)
def test_the_dialogue_about_battery_holds(language: str) -> None:
    talk = Talk(language)
    prepare(talk)
    hold(talk, "battery", DIALOGUES[language])


def test_one_device_needs_no_name_and_none_says_what_to_do() -> None:
    talk = Talk()
    talk.control.batteries = (("Glasses", 0.19, False),)
    assert talk.say("battery level") == "19 percent left."
    assert talk.displays["battery:tell_battery"].tone == "ask"
    talk.control.batteries = (("Glasses", 0.5, True),)
    assert talk.say("battery level") == "50 percent, and charging."
    talk.control.batteries = ()
    assert talk.say("battery level").startswith("Your devices don't tell me")
