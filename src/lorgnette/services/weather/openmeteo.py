"""Open-Meteo's wire: parameters and answers of its forecast and its geocoding, as documented.

https://open-meteo.com/en/docs and https://open-meteo.com/en/docs/geocoding-api
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Any, Final

import msgspec

from lorgnette.sdk.weather import DayWeather, Hour, Outlook, Sky, Spot

FORECAST: Final = "/v1/forecast"
SEARCH: Final = "/v1/search"
BY: Final = "Open-Meteo.com"
DAYS: Final = 16
"""The most that it gives."""

_CODES: Final[Mapping[Sky, tuple[int, ...]]] = {
    "clear": (0,),
    "fair": (1,),
    "cloudy": (2,),
    "overcast": (3,),
    "fog": (45, 48),
    "drizzle": (51, 53, 55),
    "freezing": (56, 57, 66, 67),
    "rain": (61, 63),
    "downpour": (65, 82),
    "showers": (80, 81),
    "snow": (71, 73, 75, 77, 85, 86),
    "thunder": (95,),
    "hail": (96, 99),
}
"""The WMO's codes of weather (table 4677) that it uses."""
_SKIES: Final[Mapping[int, Sky]] = {code: sky for sky, codes in _CODES.items() for code in codes}


def sky(code: float | None) -> Sky:
    """What a code of the WMO means."""
    return "unknown" if code is None else _SKIES.get(int(code), "unknown")


def forecast_query(spot: Spot) -> dict[str, Any]:
    """Parameters of a forecast; the place is told to two decimals, about a kilometre."""
    return {
        "latitude": f"{spot.latitude:.2f}",
        "longitude": f"{spot.longitude:.2f}",
        "current": "temperature_2m,apparent_temperature,weather_code,is_day",
        "hourly": "temperature_2m,weather_code,precipitation_probability,precipitation",
        "daily": "weather_code,temperature_2m_max,temperature_2m_min,"
        "precipitation_probability_max,precipitation_sum",
        "timezone": "auto",
        "forecast_days": DAYS,
    }


def search_query(name: str, language: str) -> dict[str, Any]:
    """Parameters of a search for a place."""
    return {"name": name, "count": 5, "language": language, "format": "json"}


class Place(msgspec.Struct):
    """One hit of a search."""

    name: str
    latitude: float
    longitude: float
    country: str = ""
    country_code: str = ""
    population: float = 0.0


class Places(msgspec.Struct):
    """Answer of a search. Without hits there is no `results`."""

    results: list[Place] = []


class Current(msgspec.Struct):
    """The weather now."""

    time: str
    temperature_2m: float
    apparent_temperature: float | None = None
    weather_code: float | None = None
    is_day: int = 1


class Hourly(msgspec.Struct):
    """A column each, of equal length; what a model doesn't know is null."""

    time: list[str] = []
    temperature_2m: list[float | None] = []
    weather_code: list[float | None] = []
    precipitation_probability: list[float | None] = []
    precipitation: list[float | None] = []


class Daily(msgspec.Struct):
    """A column each, of equal length."""

    time: list[str] = []
    weather_code: list[float | None] = []
    temperature_2m_max: list[float | None] = []
    temperature_2m_min: list[float | None] = []
    precipitation_probability_max: list[float | None] = []
    precipitation_sum: list[float | None] = []


class Forecast(msgspec.Struct):
    """Answer of a forecast; times are local, without offset."""

    current: Current
    utc_offset_seconds: float = 0
    hourly: Hourly = msgspec.field(default_factory=Hourly)
    daily: Daily = msgspec.field(default_factory=Daily)


def outlook(spot: Spot, answer: Forecast) -> Outlook:
    """As skills have it. ValueError for times that are none."""
    zone = timezone(timedelta(seconds=round(answer.utc_offset_seconds)))
    now, daily, hourly = answer.current, answer.daily, answer.hourly
    days = [
        DayWeather(
            day=date.fromisoformat(at),
            sky=sky(code),
            low=low,
            high=high,
            chance=_percent(chance),
            rain=rain or 0.0,
        )
        for at, code, low, high, chance, rain in _rows(
            daily.time,
            daily.weather_code,
            daily.temperature_2m_min,
            daily.temperature_2m_max,
            daily.precipitation_probability_max,
            daily.precipitation_sum,
        )
        if low is not None and high is not None
    ]
    hours = [
        Hour(
            at=datetime.fromisoformat(at).replace(tzinfo=zone),
            temperature=warmth,
            sky=sky(code),
            chance=_percent(chance),
            rain=rain or 0.0,
        )
        for at, code, warmth, chance, rain in _rows(
            hourly.time,
            hourly.weather_code,
            hourly.temperature_2m,
            hourly.precipitation_probability,
            hourly.precipitation,
        )
        if warmth is not None
    ]
    feels = now.apparent_temperature
    return Outlook(
        spot=spot,
        at=datetime.fromisoformat(now.time).replace(tzinfo=zone),
        temperature=now.temperature_2m,
        feels=now.temperature_2m if feels is None else feels,
        sky=sky(now.weather_code),
        dark=not now.is_day,
        days=days,
        hours=hours,
        by=BY,
    )


def _percent(value: float | None) -> int | None:
    return None if value is None else min(100, max(0, round(value)))


def _rows(first: Sequence[str], *columns: Sequence[Any]) -> Iterable[tuple[Any, ...]]:
    """Row by row; a column that is missing or short is None there."""
    for at, key in enumerate(first):
        yield key, *(column[at] if at < len(column) else None for column in columns)
