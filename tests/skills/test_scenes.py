"""What is shown is in the wearer's language, short, and goes away by itself or by its owner."""

import pytest
from tests.skills.memory import Talk

from lorgnette.sdk import Card, ListScene, Progress


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        ("en", "add milk to the shopping list", "Shopping list"),
        ("de", "setz Milch auf die Einkaufsliste", "Einkaufsliste"),
        ("zh", "把牛奶加到购物清单", "购物清单"),
    ],
)
def test_a_list_is_headed_by_its_name(language: str, text: str, title: str) -> None:
    talk = Talk(language)
    talk.say(text)
    scene = talk.displays["list:shopping"]
    assert isinstance(scene, ListScene)
    assert scene.title == title
    assert len(scene.items) == 1


def test_struck_items_are_shown_struck() -> None:
    talk = Talk()
    talk.say("add milk and eggs to the shopping list")
    talk.say("check off eggs")
    assert talk.displays["list:shopping"].done == (1,)


def test_a_timer_is_shown_as_time_that_runs_and_taken_away_when_cancelled() -> None:
    talk = Talk()
    talk.say("set a tea timer for five minutes")
    scene = talk.displays["timer:i1"]
    assert isinstance(scene, Progress)
    assert (scene.title, scene.total, scene.due) == ("tea", 300.0, talk.clock.now().timestamp() + 300)
    talk.say("pause the tea timer")
    assert (talk.displays["timer:i1"].due, talk.displays["timer:i1"].left) == (0.0, 300.0)
    talk.say("cancel the tea timer")
    assert talk.displays["timer:i1"] is None


def test_dates_and_sounds_are_shown_in_words() -> None:
    talk = Talk("de")
    talk.say("welches Datum ist heute")
    scene = talk.displays["clock:tell_date"]
    assert isinstance(scene, Card)
    assert scene.value == "Donnerstag, 5. November"
    talk.audio, talk.slots = bytes(3 * 32_000), {"text": (0.0, 3.0)}
    talk.say("mach eine Notiz")
    assert talk.displays["notes:take_note"].lines == ("Notiz 1, 3 Sekunden Ton",)


def test_a_long_list_is_cut() -> None:
    talk = Talk()
    for number in range(20):
        talk.say(f"add thing{number} to the shopping list")
    assert len(talk.displays["list:shopping"].items) == 12
