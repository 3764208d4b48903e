"""The smart home in three languages."""

from typing import Any

import msgspec
import pytest
from tests.skills.memory import UNDO, Row, Talk, hold

from lorgnette.sdk.home import Home, Thing
from lorgnette.services.home import HouseholdHome

THINGS = [
    Thing(id="light.kitchen", name="Kitchen light", kind="light", area="Küche", state="off", level=40.0),
    Thing(id="light.hall", name="Flurlampe", kind="light", area="客厅", state="on"),
    Thing(id="climate.living", name="Heating", kind="climate", state="heat", level=20.0, measured=19.5),
    Thing(id="lock.door", name="Front door", kind="guarded", state="unlocked"),
]


class MemoryAssistant:
    """Home Assistant in a list."""

    def __init__(self) -> None:
        self.kept = list(THINGS)
        self.calls: list[tuple[str, str, dict[str, Any]]] = []

    async def things(self) -> list[Thing]:
        return self.kept

    async def call(self, service: str, thing: Thing, **data: Any) -> None:
        self.calls.append((service, thing.id, data))
        state = {"turn_on": "on", "turn_off": "off"}.get(service, thing.state)
        self.kept = [
            msgspec.structs.replace(one, state=state) if one.id == thing.id else one for one in self.kept
        ]


DIALOGUES: dict[str, list[Row]] = {
    "en": [
        ("turn on the kitchen light", "turn_on", {"what": "the kitchen light"}, "Kitchen light on."),
        (UNDO, "As it was."),
        ("switch the kitchen light off", "turn_off", {"what": "the kitchen light"}, "Kitchen light off."),
        (
            "dim the kitchen light to 30 percent",
            "set_brightness",
            {"what": "the kitchen light", "level": 30},
            "Kitchen light at 30 percent.",
        ),
        ("set the temperature to 21 degrees", "set_temperature", {"degrees": 21.0}, "Heating at 21 degrees."),
        ("is the front door locked", "home_state", {"what": "the front door"}, "Front door is not locked."),
        (
            "open the front door",
            "turn_on",
            {"what": "the front door"},
            "Locks, gates and alarms I leave to you.",
        ),
        ("turn off all lights", "lights_off", {}, "Kitchen light and Flurlampe off."),
        (
            "turn on the unicorn",
            "turn_on",
            {"what": "the unicorn"},
            "I know nothing called the unicorn at home.",
        ),
    ],
    "de": [
        ("mach das Küchenlicht an", "turn_on", {"what": "das Küchenlicht"}, "Kitchen light an."),
        (UNDO, "Wieder wie vorher."),
        ("schalte die Flurlampe aus", "turn_off", {"what": "die Flurlampe"}, "Flurlampe aus."),
        ("stell die Heizung auf 21 Grad", "set_temperature", {"degrees": 21.0}, "Heating auf 21 Grad."),
        ("ist die Flurlampe an", "home_state", {"what": "die Flurlampe"}, "Flurlampe ist aus."),
    ],
    "zh": [
        ("打开客厅的灯", "turn_on", {"what": "客厅的灯"}, "Flurlampe开了。"),
        ("把客厅的灯关掉", "turn_off", {"what": "客厅的灯"}, "Flurlampe关了。"),
        (UNDO, "恢复原样了。"),
        ("温度调到21度", "set_temperature", {"degrees": 21.0}, "Heating调到21度。"),
    ],
}


@pytest.mark.parametrize("language", DIALOGUES)
def test_the_house_does_as_it_is_told(language: str) -> None:
    talk = Talk(language)
    talk.services[Home] = HouseholdHome(MemoryAssistant())  # type: ignore[arg-type]
    hold(talk, "home", DIALOGUES[language])


def test_without_a_home_one_sentence_says_how_to_get_one() -> None:
    talk = Talk()
    talk.services[Home] = HouseholdHome(None)
    assert talk.say("turn on the light").startswith("No smart home is set up yet;")


def test_undo_puts_each_light_back_as_it_was() -> None:
    talk, assistant = Talk(), MemoryAssistant()
    talk.services[Home] = HouseholdHome(assistant)  # type: ignore[arg-type]
    talk.say("turn on all lights")
    talk.undo()
    assert assistant.calls[2:] == [("turn_off", "light.kitchen", {}), ("turn_on", "light.hall", {})]
