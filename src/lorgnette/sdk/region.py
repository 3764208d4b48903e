"""Which country's habits a wearer has, as far as language and time zone tell."""

from functools import cache
from typing import Final

from lorgnette.core.people import Wearer

_FAHRENHEIT: Final = frozenset(
    {"US", "AS", "BS", "BZ", "FM", "GU", "KY", "LR", "MH", "MP", "PR", "PW", "UM", "VI"}
)
"""CLDR's territories whose weather is in Fahrenheit."""


def territory_of(wearer: Wearer) -> str:
    """ISO 3166 code: of the language ("en-GB"), else of the time zone; empty where neither tells."""
    for part in wearer.language.split("-")[1:]:
        if len(part) == 2 and part.isalpha():
            return part.upper()
    return _of_zone(wearer.zone)


def fahrenheit(wearer: Wearer) -> bool:
    """Whether they are used to degrees Fahrenheit."""
    return territory_of(wearer) in _FAHRENHEIT


@cache
def _of_zone(zone: str) -> str:
    from babel.core import get_global

    aliases = get_global("zone_aliases")
    found = get_global("zone_territories").get(aliases.get(zone, zone), "")
    return found if len(found) == 2 and found != "ZZ" else ""  # ZZ: the zone is no country's
