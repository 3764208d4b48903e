"""The weather in three languages."""

import asyncio
from typing import Any

import pytest
from tests.engines.server import serving
from tests.services.weather.answers import BERLIN, NOWHERE, forecast
from tests.services.web.server import Web
from tests.skills.elsewhere import Step, hold_elsewhere
from tests.skills.memory import Talk

from lorgnette.core.errors import SkillError
from lorgnette.core.taint import Source
from lorgnette.sdk import Card, ListScene
from lorgnette.sdk.places import Place, Places, Whereabouts
from lorgnette.sdk.weather import Weather
from lorgnette.services.weather import WeatherSection, WeatherService


class MemoryPlaces:
    """`Places` that knows where the wearer is, or doesn't."""

    def __init__(self, here: bool = True, home: bool = False) -> None:
        self.known = here
        self.home = home

    async def here(self) -> Whereabouts:
        if not self.known:
            raise SkillError("nobody knows", phrase="place-unknown-here")
        return Whereabouts(latitude=52.5, longitude=13.4)

    async def all(self) -> list[Place]:
        return [Place(id="p", name="home", latitude=48.1, longitude=11.6)] if self.home else []


def with_weather(talk: Talk, answers: list[object], places: Any = None, **section: Any):
    def prepare(web: Web):
        for answer in answers:
            web.then_json(answer)
        settings = WeatherSection(enabled=True, url=web.root, places_url=web.root, **section)
        service = WeatherService(settings, talk.clock.steady)
        talk.services[Weather] = service.for_wearer("w")
        talk.services[Places] = places or MemoryPlaces()
        talk.web = web
        return service.close

    return prepare


RAIN_TOMORROW = forecast(wet={1: [15, 16, 17]})

DIALOGUES: dict[str, list[Step]] = {
    "en": [
        ("what's the weather like", "weather", {}, "9 degrees, sun and clouds; up to 12 degrees today."),
        ("how's the weather tomorrow", "weather", {"day": "2026-11-06"}, "Tomorrow: rain, up to 13 degrees."),
        (
            "will it rain tomorrow",
            "will_it_rain",
            {"day": "2026-11-06"},
            "Yes, rain tomorrow, from about 3 PM; 80 percent.",
        ),
        ("do i need an umbrella", "will_it_rain", {}, "No, it stays dry today."),
        ("how cold is it outside", "temperature", {}, "9 degrees now."),
        (
            "how warm will it be on Saturday",
            "temperature",
            {"day": "2026-11-07"},
            "Saturday: minus 1 to 14 degrees.",
        ),
        (
            "what's the weather on december 24",
            "weather",
            {"day": "2026-12-24"},
            "That's too far ahead; I see about two weeks.",
        ),
        (
            "what's the weather like yesterday",
            "weather",
            {"day": "2026-11-04"},
            "That's over; I only know the weather to come.",
        ),
    ],
    "de": [
        ("wie ist das Wetter", "weather", {}, "9 Grad, Sonne und Wolken; heute bis 12 Grad."),
        ("wie wird das Wetter morgen", "weather", {"day": "2026-11-06"}, "Morgen: Regen, bis 13 Grad."),
        (
            "regnet es morgen",
            "will_it_rain",
            {"day": "2026-11-06"},
            "Ja, morgen regnet es, etwa ab 15 Uhr; 80 Prozent.",
        ),
        ("brauche ich einen Schirm", "will_it_rain", {}, "Nein, heute bleibt es trocken."),
        ("wie kalt ist es draußen", "temperature", {}, "Gerade 9 Grad."),
        (
            "wie warm wird es am Samstag",
            "temperature",
            {"day": "2026-11-07"},
            "Samstag: minus 1 bis 14 Grad.",
        ),
    ],
    "zh": [
        ("今天天气怎么样", "weather", {}, "现在9度，多云，今天最高12度。"),
        ("明天天气怎么样", "weather", {"day": "2026-11-06"}, "明天有雨，最高13度。"),
        (
            "明天会下雨吗",
            "will_it_rain",
            {"day": "2026-11-06"},
            "会，明天大概下午3点开始下雨，概率百分之80。",
        ),
        ("要带伞吗", "will_it_rain", {}, "不会，今天没有雨。"),
        ("外面几度", "temperature", {}, "现在9度。"),
        ("星期六多少度", "temperature", {"day": "2026-11-07"}, "星期六零下1到14度。"),
    ],
}

PLACES: dict[str, list[Step]] = {
    "en": [
        (
            "what's the weather in Berlin tomorrow",
            "weather",
            {"day": "2026-11-06", "place": "Berlin"},
            "Tomorrow in Berlin: rain, up to 13 degrees.",
        ),
        ("is it going to rain in berlin", "will_it_rain", {"place": "berlin"}, "No, Berlin stays dry today."),
    ],
    "de": [
        (
            "wie wird das Wetter morgen in Berlin",
            "weather",
            {"day": "2026-11-06", "place": "Berlin"},
            "Morgen in Berlin: Regen, bis 13 Grad.",
        ),
        ("wie warm ist es in Berlin", "temperature", {"place": "Berlin"}, "In Berlin gerade 9 Grad."),
    ],
    "zh": [
        (
            "北京明天天气怎么样",
            "weather",
            {"day": "2026-11-06", "place": "北京"},
            "Berlin明天有雨，最高13度。",  # the server's name for it
        ),
        ("北京现在几度", "temperature", {"place": "北京"}, "Berlin现在9度。"),
    ],
}


@pytest.mark.parametrize("language", DIALOGUES)
def test_the_dialogue_about_the_weather_holds(language: str) -> None:
    talk = Talk(language)
    hold_elsewhere(talk, "weather", with_weather(talk, [RAIN_TOMORROW]), DIALOGUES[language])
    assert len(talk.web.requests) == 1  # all of it from one answer


@pytest.mark.parametrize("language", PLACES)
def test_the_weather_elsewhere_is_said_with_the_place(language: str) -> None:
    talk = Talk(language)
    hold_elsewhere(talk, "weather", with_weather(talk, [BERLIN, RAIN_TOMORROW]), PLACES[language])
    assert talk.web.paths == ["/v1/search", "/v1/forecast"]
    assert talk.done.taint == frozenset({Source("tool", "weather")})


NOT_SET_UP = {
    "en": (
        "will it rain",
        "I may not ask for the weather yet; it's switched on in the hub's settings, under weather.",
    ),
    "de": (
        "regnet es",
        "Nach dem Wetter darf ich noch nicht fragen; das geht in den Einstellungen des Hubs, unter weather.",
    ),
    "zh": ("会下雨吗", "我还不能查天气，可以在主机设置的weather里打开。"),
}


@pytest.mark.parametrize("language", NOT_SET_UP)
def test_until_it_is_switched_on_one_sentence_says_where(language: str) -> None:
    talk = Talk(language)
    service = WeatherService(WeatherSection(), talk.clock.steady)
    talk.services[Weather] = service.for_wearer("w")
    talk.services[Places] = MemoryPlaces()
    said, answer = NOT_SET_UP[language]
    assert talk.say(said) == answer


@pytest.mark.parametrize(
    ("language", "said"), [("en", "will it rain"), ("de", "regnet es"), ("zh", "会下雨吗")]
)
@pytest.mark.parametrize("status", [429, 500, 403])
def test_a_server_that_fails_is_one_sentence_in_every_language(language: str, said: str, status: int) -> None:
    talk = Talk(language)

    async def work() -> str:
        async with serving(Web()) as web:
            close = with_weather(talk, [])(web)
            web.then_json({"error": True, "reason": "x"}, status=status, retry_after="60")
            said_back = await talk.say_in_loop(said)
            await close()
            return said_back

    answer = asyncio.run(work())
    assert answer[-1] in ".。"
    assert talk.outcome.kind == "failed"


def test_somewhere_unknown_is_asked_for_and_the_answer_taken() -> None:
    talk = Talk()
    rows: list[Step] = [
        ("will it rain", "will_it_rain", {}, "For which place? None of your devices tells me where you are."),
        ("Berlin", "will_it_rain", {"place": "Berlin"}, "No, Berlin stays dry today."),
    ]
    prepare = with_weather(talk, [BERLIN, RAIN_TOMORROW], MemoryPlaces(here=False))
    hold_elsewhere(talk, "weather", prepare, rows)


def test_home_is_the_wearers_own_first_and_then_the_settings() -> None:
    talk = Talk()
    rows: list[Step] = [("how cold is it", "temperature", {}, "9 degrees now.")]
    prepare = with_weather(talk, [RAIN_TOMORROW], MemoryPlaces(here=False, home=True), home="Berlin")
    hold_elsewhere(talk, "weather", prepare, rows)
    assert talk.web.requests[0]["query"]["latitude"] == "48.10"
    talk = Talk()
    rows = [("how cold is it", "temperature", {}, "9 degrees in Berlin now.")]
    hold_elsewhere(
        talk,
        "weather",
        with_weather(talk, [BERLIN, RAIN_TOMORROW], MemoryPlaces(here=False), home="Berlin"),
        rows,
    )


def test_a_place_that_nobody_knows_is_said_so() -> None:
    talk = Talk()
    rows: list[Step] = [
        (
            "what's the weather in Atlantis",
            "weather",
            {"place": "Atlantis"},
            "I know no place called Atlantis; please say it another way.",
        )
    ]
    hold_elsewhere(talk, "weather", with_weather(talk, [NOWHERE]), rows)


def test_when_it_rains_it_is_said_when_it_stops_and_shown_hour_by_hour() -> None:
    talk = Talk()
    answer = forecast(code=61, wet={0: [15, 16]})
    rows: list[Step] = [
        ("is it raining", "will_it_rain", {}, "There's rain now; it should stop around 5 PM.")
    ]
    hold_elsewhere(talk, "weather", with_weather(talk, [answer]), rows)
    (scene,) = talk.displays.values()
    assert scene == ListScene(title="Today", items=("15:00  80 %", "16:00  80 %", "Open-Meteo.com"), ttl=10.0)


def test_americans_are_told_in_fahrenheit_and_it_feels_colder() -> None:
    talk = Talk("en-US")
    answer = forecast(temperature=-1.0, feels=-6.4)
    rows: list[Step] = [("what's the temperature", "temperature", {}, "30 degrees now; it feels like 20.")]
    hold_elsewhere(talk, "weather", with_weather(talk, [answer]), rows)
    (scene,) = talk.displays.values()
    assert scene == Card(
        title="Today",
        value="30°",
        lines=("Sun and clouds", "27° – 54°  Rain 10 %", "Open-Meteo.com"),
        ttl=10.0,
    )
