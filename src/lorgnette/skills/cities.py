"""Cities whose time one may ask for: those that name a time zone, and large ones that don't."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from zoneinfo import available_timezones

_AREAS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
_MORE = Path(__file__).parent / "phrases" / "clock" / "cities.toml"


@cache
def cities(language: str) -> Mapping[str, str]:
    """City name in a language (and in English) → IANA zone."""
    from babel import Locale

    names = Locale.parse(language).time_zones
    english = Locale.parse("en").time_zones
    found: dict[str, str] = {}
    for zone in sorted(available_timezones()):
        if zone.partition("/")[0] not in _AREAS:
            continue
        plain = zone.rpartition("/")[2].replace("_", " ")
        for name in (plain, english.get(zone, {}).get("city"), names.get(zone, {}).get("city")):
            if name:
                found[str(name)] = zone
    for zone, here in _more().values():
        for code in ("en", language):
            if code in here:
                found[here[code]] = zone
    return found


@cache
def city_name(zone: str, language: str) -> str:
    """What a zone's city is called."""
    from babel import Locale

    city = Locale.parse(language).time_zones.get(zone, {}).get("city")
    return str(city or zone.rpartition("/")[2].replace("_", " "))


@cache
def _more() -> Mapping[str, tuple[str, Mapping[str, str]]]:
    table = tomllib.loads(_MORE.read_text("utf-8"))
    return {key: (entry["zone"], entry) for key, entry in table.items()}
