"""How loud the hub speaks; it begins at half."""

import pytest
from tests.skills.memory import UNDO, Row, Talk, hold

DIALOGUES: dict[str, list[Row]] = {
    "en": [
        ("turn it up", "louder", {}, "65 percent."),
        (UNDO, "50 percent."),
        ("volume four", "set_volume", {"level": 4}, "40 percent."),
        ("volume to 40 percent", "set_volume", {"level": 40}, "40 percent."),
        ("set the volume to 100 percent", "set_volume", {"level": 100}, "100 percent."),
        ("louder", "louder", {}, "That's as loud as it goes."),
        ("mute", "mute", {}, "Muted."),
        (UNDO, "100 percent."),
        ("mute", "mute", {}, "Muted."),
        ("unmute", "unmute", {}, "50 percent."),
        ("what's the volume", "tell_volume", {}, "The volume is at 50 percent."),
        ("turn the volume down by 20 percent", "quieter", {"by": 20}, "30 percent."),
        ("as loud as possible", "loudest", {}, "100 percent."),
        ("quieter", "quieter", {}, "85 percent."),
    ],
    "de": [
        ("mach lauter", "louder", {}, "65 Prozent."),
        (UNDO, "50 Prozent."),
        ("Lautstärke vier", "set_volume", {"level": 4}, "40 Prozent."),
        ("Lautstärke auf 40 Prozent", "set_volume", {"level": 40}, "40 Prozent."),
        ("stumm", "mute", {}, "Stumm."),
        ("ton wieder an", "unmute", {}, "50 Prozent."),
        ("wie laut bist du", "tell_volume", {}, "Die Lautstärke ist bei 50 Prozent."),
        ("mach es um 20 Prozent leiser", "quieter", {"by": 20}, "30 Prozent."),
        ("volle Lautstärke", "loudest", {}, "100 Prozent."),
        ("sprich leiser", "quieter", {}, "85 Prozent."),
    ],
    "zh": [
        ("大声点", "louder", {}, "音量百分之65。"),
        (UNDO, "音量百分之50。"),
        ("音量四", "set_volume", {"level": 4}, "音量百分之40。"),
        ("音量调到百分之四十", "set_volume", {"level": 40}, "音量百分之40。"),
        ("静音", "mute", {}, "静音了。"),
        ("取消静音", "unmute", {}, "音量百分之50。"),
        ("现在音量多少", "tell_volume", {}, "现在音量百分之50。"),
        ("音量降低百分之二十", "quieter", {"by": 20}, "音量百分之30。"),
        ("音量开到最大", "loudest", {}, "音量百分之100。"),
        ("小声一点", "quieter", {}, "音量百分之85。"),
    ],
}


@pytest.mark.parametrize("language", DIALOGUES)
def test_the_dialogue_about_volume_holds(language: str) -> None:
    talk = Talk(language)
    hold(talk, "volume", DIALOGUES[language])
