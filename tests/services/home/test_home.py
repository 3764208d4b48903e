"""The smart home against Home Assistant's documented answers, on a real port."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest
from tests.engines.server import nobody, serving
from tests.services.home.assistant_double import TOKEN, AssistantDouble

from lorgnette.core.errors import LorgnetteError, NotFound, SkillError
from lorgnette.sdk.home import Thing
from lorgnette.services.home import HomeAssistant, HouseholdHome, meant


@contextlib.asynccontextmanager
async def house(double: AssistantDouble, token: str = TOKEN) -> AsyncIterator[HouseholdHome]:
    async with serving(double):
        assistant = HomeAssistant(double.url.removesuffix("/v1"), token)
        try:
            yield HouseholdHome(assistant)
        finally:
            await assistant.aclose()


@pytest.mark.parametrize(
    ("what", "language", "names"),
    [
        ("the ceiling light", "en", ["Ceiling light"]),
        ("the kitchen lights", "en", ["Ceiling light", "Counter"]),
        ("lights in the kitchen", "en", ["Ceiling light", "Counter"]),
        ("all lights", "en", ["Ceiling light", "Counter", "Flurlampe"]),
        ("die Flurlampe", "de", ["Flurlampe"]),
        ("das Flurlicht", "de", ["Flurlampe"]),
        ("alle lampen", "de", ["Ceiling light", "Counter", "Flurlampe"]),
        ("the desk fan", "en", ["Desk fan"]),
        ("the heating", "en", ["Living room heating"]),
        ("die heizung", "de", ["Living room heating"]),
        ("暖气", "zh", ["Living room heating"]),
        ("所有的灯", "zh", ["Ceiling light", "Counter", "Flurlampe"]),
    ],
)
def test_things_are_found_as_people_name_them(what: str, language: str, names: list[str]) -> None:
    async def scene() -> list[str]:
        async with house(AssistantDouble()) as home:
            return [thing.name for thing in await home.find(what, language)]

    assert asyncio.run(scene()) == names


def test_what_could_be_several_is_asked_about_and_what_is_not_there_said() -> None:
    things = [Thing(id="light.a", name="Left", kind="light"), Thing(id="light.b", name="Right", kind="light")]
    with pytest.raises(SkillError) as which:
        meant("the light", things, "en")
    assert which.value.values == {"names": ["Left", "Right"]}
    with pytest.raises(NotFound):
        meant("the unicorn", things, "en")
    assert meant("left", things, "en") == things[:1]


def test_switching_goes_by_the_thing_s_own_services_and_comes_back() -> None:
    async def scene() -> None:
        double = AssistantDouble()
        async with house(double) as home:
            lights = await home.find("kitchen lights", "en")
            await home.switch(lights, on=False)
            await home.restore(lights)
            (blind,) = await home.find("the blind", "en")
            await home.switch([blind], on=True)
            await home.restore([blind])
            (heating,) = await home.find("the heating", "en")
            await home.heat([heating], 22.5)
            await home.restore([heating])
        assert double.calls == [
            ("light.turn_off", {"entity_id": "light.ceiling"}),
            ("light.turn_off", {"entity_id": "light.counter"}),
            ("light.turn_off", {"entity_id": "light.ceiling"}),
            ("light.turn_on", {"entity_id": "light.counter", "brightness_pct": 40}),
            ("cover.open_cover", {"entity_id": "cover.blind"}),
            ("cover.close_cover", {"entity_id": "cover.blind"}),
            ("climate.set_temperature", {"entity_id": "climate.living", "temperature": 22.5}),
            ("climate.set_temperature", {"entity_id": "climate.living", "temperature": 20.0}),
        ]

    asyncio.run(scene())


@pytest.mark.parametrize("what", ["the front door", "the garage"])
def test_what_lets_somebody_in_is_looked_at_and_never_moved(what: str) -> None:
    async def scene() -> None:
        double = AssistantDouble()
        async with house(double) as home:
            assert (await home.find(what, "en"))[0].kind == "guarded"
            with pytest.raises(SkillError) as guarded:
                await home.find(what, "en", ("light", "switch", "cover"))
            assert guarded.value.phrase == "error-home-guarded"
        assert not double.calls

    asyncio.run(scene())


def test_what_goes_wrong_is_one_honest_sentence() -> None:
    async def phrase(double: AssistantDouble, token: str = TOKEN) -> str:
        async with house(double, token) as home:
            with pytest.raises(LorgnetteError) as wrong:
                await home.find("the light", "en")
            assert token not in wrong.value.detail
            return wrong.value.phrase

    async def scene() -> None:
        assert await phrase(AssistantDouble(), "wrong-token") == "error-home-token"
        broken = AssistantDouble()
        broken.broken = 500
        assert await phrase(broken) == "error-home-away"
        away = HomeAssistant(f"http://127.0.0.1:{nobody()}", TOKEN)
        with pytest.raises(SkillError) as gone:
            await HouseholdHome(away).find("the light", "en")
        assert gone.value.phrase == "error-home-away"
        await away.aclose()
        with pytest.raises(SkillError) as unset:
            await HouseholdHome(None).find("the light", "en")
        assert unset.value.phrase == "error-home-unset"

    asyncio.run(scene())
