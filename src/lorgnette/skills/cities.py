"""Cities whose time one may ask for: those that name a time zone, and large ones that don't.

A city goes by its English name in arguments, whatever it was called.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

_AREAS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
_MORE = Path(__file__).parent / "phrases" / "clock" / "cities.toml"

# fmt: off
HEARD = frozenset({
    "Amsterdam", "Athens", "Beijing", "Berlin", "Boston", "Brussels", "Chicago", "Delhi",
    "Dubai", "Dublin", "Frankfurt", "Geneva", "Hamburg", "Hong Kong", "Istanbul", "Lisbon",
    "London", "Los Angeles", "Madrid", "Melbourne", "Moscow", "Mumbai", "Munich", "New York",
    "Paris", "Prague", "Rome", "San Francisco", "Seattle", "Seoul", "Shanghai", "Singapore",
    "Stockholm", "Sydney", "Tokyo", "Toronto", "Vienna", "Warsaw", "Washington", "Zurich",
})
# fmt: on
"""English names of those that a recogniser with a grammar listens for."""


def cities(language: str) -> Mapping[str, str]:
    """What a city is called in a language, and in English → its English name."""
    called = _called(language)
    return {name: city for city, own in called.items() for name in (city, own)}


def city_name(city: str, language: str) -> str:
    """What a city is called in a language."""
    return _called(language).get(city, city)


@cache
def zones() -> Mapping[str, str]:
    """English name → IANA zone."""
    english = _locale_cities("en")
    found = {}
    for zone in sorted(available_timezones()):
        if zone.partition("/")[0] in _AREAS:
            found[english.get(zone) or zone.rpartition("/")[2].replace("_", " ")] = zone
    return found | {city["en"]: city["zone"] for city in _more()}


@cache
def _called(language: str) -> Mapping[str, str]:
    own = _locale_cities(language)
    found = {city: own.get(zone, city) for city, zone in zones().items()}
    return found | {city["en"]: city.get(language, city["en"]) for city in _more()}


def _locale_cities(language: str) -> Mapping[str, str]:
    """IANA zone → its city, where the locale data names it."""
    from babel import Locale

    return {
        zone: str(names["city"])
        for zone, names in Locale.parse(language).time_zones.items()
        if "city" in names
    }


@cache
def _more() -> tuple[Mapping[str, Any], ...]:
    return tuple(tomllib.loads(_MORE.read_text("utf-8")).values())
