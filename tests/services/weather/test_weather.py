"""The weather service asks Open-Meteo as its documentation says, and seldom."""

import asyncio

import pytest
from tests.engines.server import serving
from tests.services.weather.answers import BERLIN, NOWHERE, forecast
from tests.services.web.server import Web

from lorgnette.config import Secret
from lorgnette.core.clock import ManualClock
from lorgnette.core.errors import LorgnetteError, NotFound, SkillError
from lorgnette.doctor import services
from lorgnette.sdk.weather import Spot
from lorgnette.services.weather import WeatherSection, WeatherService
from lorgnette.services.weather.openmeteo import sky
from lorgnette.services.web import Unanswered

HERE = Spot(latitude=52.524371, longitude=13.410538)


def service(web: Web, clock: ManualClock | None = None, **more) -> WeatherService:
    section = WeatherSection(enabled=True, url=web.root, places_url=f"{web.root}/", **more)
    return WeatherService(section, (clock or ManualClock()).steady)


def test_what_is_asked_is_what_the_documentation_names_and_the_place_is_vague(loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            weather = service(web)
            web.then_json(BERLIN)
            web.then_json(forecast())
            spot = await weather.find(" berlin ", "de")
            assert (spot.name, spot.latitude, spot.country) == ("Berlin", 52.52437, "Deutschland")
            outlook = await weather.outlook(spot)
            assert web.paths == ["/v1/search", "/v1/forecast"]
            assert web.requests[0]["query"] == {
                "name": "berlin",
                "count": "5",
                "language": "de",
                "format": "json",
            }
            asked = web.requests[1]["query"]
            assert (asked["latitude"], asked["longitude"]) == ("52.52", "13.41")
            assert asked["timezone"] == "auto"
            assert "apikey" not in asked
            assert (outlook.temperature, outlook.feels, outlook.sky, outlook.dark) == (
                9.4,
                8.1,
                "cloudy",
                False,
            )
            assert outlook.at.isoformat() == "2026-11-05T15:00:00+01:00"
            assert len(outlook.days) == 16
            assert len(outlook.left_of(outlook.at.date())) == 9
            assert outlook.by == "Open-Meteo.com"
            await weather.close()

    loop_run(work())


def test_the_same_place_is_asked_for_once_in_ten_minutes_whoever_asks(loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            clock = ManualClock()
            weather = service(web, clock)
            web.then_json(forecast())
            await weather.outlook(HERE)
            near = Spot(name="Mitte", latitude=52.5201, longitude=13.4099)
            assert (await weather.for_wearer("b").outlook(near)).spot.name == "Mitte"
            assert len(web.requests) == 1
            clock.advance(601)
            await weather.outlook(HERE)
            assert len(web.requests) == 2
            await weather.close()

    loop_run(work())


def test_a_customers_key_goes_along_and_is_in_no_message(loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            weather = service(web, key=Secret("s3cret"))
            web.then_json({"error": True, "reason": "no"}, status=400)
            with pytest.raises(LorgnetteError) as refused:
                await weather.outlook(HERE)
            assert web.requests[0]["query"]["apikey"] == "s3cret"
            assert "s3cret" not in refused.value.detail
            assert refused.value.phrase == "error-service-refused"
            await weather.close()

    loop_run(work())


def test_until_it_is_switched_on_nobody_is_asked(loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            off = WeatherService(WeatherSection(url=web.root, places_url=web.root), ManualClock().steady)
            for asking in (off.find("Berlin", "de"), off.outlook(HERE)):
                with pytest.raises(SkillError):
                    await asking
            assert not web.requests
            assert not list(services({WeatherSection: off.section}))
            await off.close()

    loop_run(work())
    on = list(services({WeatherSection: WeatherSection(enabled=True)}))
    assert [(one.engine, one.host, one.contents) for one in on] == [
        ("weather", "api.open-meteo.com", ("place",)),
        ("weather", "geocoding-api.open-meteo.com", ("question",)),
    ]


def test_a_place_that_nobody_knows_is_said_to_be_unknown(loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            weather = service(web)
            web.then_json(NOWHERE)
            with pytest.raises(NotFound) as unknown:
                await weather.find("Atlantis", "en")
            assert unknown.value.values == {"place": "Atlantis"}
            await weather.close()

    loop_run(work())


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"current": None},
        {"current": {"time": "never", "temperature_2m": 1}},
        {"current": {"time": "2026-11-05T15:00", "temperature_2m": "warm"}},
        {"current": {"time": "2026-11-05T15:00", "temperature_2m": 1}, "utc_offset_seconds": 1e12},
        {"current": {"time": "2026-11-05T15:00", "temperature_2m": 1}, "daily": {"time": ["x"]}, "days": 1},
        [],
    ],
    ids=range(7),
)
def test_an_answer_that_is_none_is_one_error(answer: object, loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            weather = service(web)
            web.then_json(answer)
            try:
                outlook = await weather.outlook(HERE)
            except Unanswered:
                pass
            else:
                assert not outlook.days  # rows without a temperature are left out
            await weather.close()

    loop_run(work())


def test_gaps_in_the_columns_are_gaps_and_not_zeros(loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            weather = service(web)
            answer = forecast(days=2)
            answer["daily"]["precipitation_probability_max"] = [None, None]
            answer["daily"]["temperature_2m_max"][1] = None
            del answer["hourly"]["precipitation_probability"]
            web.then_json(answer)
            outlook = await weather.outlook(HERE)
            assert [day.chance for day in outlook.days] == [None]
            assert {hour.chance for hour in outlook.hours} == {None}
            await weather.close()

    loop_run(work())


def test_a_hundred_askers_at_once_are_answered(loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            weather = service(web)
            web.then_json(forecast())
            spots = [Spot(latitude=at / 10, longitude=1.0) for at in range(40)]
            found = await asyncio.gather(*(weather.outlook(spot) for spot in spots))
            assert len(found) == 40
            await weather.close()

    loop_run(work())


def test_each_code_of_the_wmo_that_it_documents_has_a_sky() -> None:
    codes = [
        0,
        1,
        2,
        3,
        45,
        48,
        51,
        53,
        55,
        56,
        57,
        61,
        63,
        65,
        66,
        67,
        71,
        73,
        75,
        77,
        80,
        81,
        82,
        85,
        86,
        95,
    ]
    assert "unknown" not in {sky(code) for code in (*codes, 96, 99)}
    assert sky(4) == sky(None) == "unknown"
