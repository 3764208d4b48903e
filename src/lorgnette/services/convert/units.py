"""Units into each other: exact factors, temperatures, consumption, and whose cup is meant; pure."""

import tomllib
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from math import floor, isfinite, log10
from pathlib import Path
from typing import Final

from lorgnette.core.errors import SkillError
from lorgnette.sdk.kinds import Quantity, Unit

_IMPERIAL: Final = frozenset({"GB", "IE", "IM", "JE", "GG", "MT"})
_AMERICAN: Final = frozenset({"US", "PR", "GU", "VI", "AS", "MP", "LR", ""})
"""Whose cups, spoons and gallons they are where nobody's language tells."""
_BRITISH: Final = {
    f"volume-{name}": f"volume-{name}-imperial" for name in ("gallon", "quart", "pint", "fluid-ounce")
}
_METRIC: Final = {"volume-cup": Fraction(1, 4), "volume-tablespoon": Fraction(15, 1000)} | {
    "volume-teaspoon": Fraction(5, 1000)
}
_METRIC_HORSE: Final = Fraction("735.49875")
"""75 kilograms by a metre each second: what continents but North America call a horsepower."""
_AUSTRALIAN_SPOON: Final = Fraction(20, 1000)
_PER_100_KM: Final = {
    "consumption-mile-per-gallon": Fraction("378541.1784") / Fraction("1609.344"),
    "consumption-mile-per-gallon-imperial": Fraction("454609") / Fraction("1609.344"),
}
"""Litres per 100 km, times miles per gallon."""
_KELVIN: Final = Fraction("273.15")


def convert(value: Quantity, to: Unit, territory: str = "") -> Quantity:
    """The same in another unit, rounded as people say it. `SkillError` where there is no way."""
    if not isfinite(value.amount) or abs(value.amount) > 1e30:
        raise SkillError("out of bounds", phrase="convert-too-large")
    amount, unit = Fraction(str(value.amount)), value.unit
    if unit.dimension != to.dimension:
        raise _no_way(unit, to)
    if unit.dimension == "temperature":
        unit, to = _scales(unit, to, territory)
        return Quantity(_round_temperature(_temperature(amount, unit, to)), to)
    if unit.dimension == "consumption":
        return Quantity(rounded(_consumption(amount, unit, to)), to)
    return Quantity(rounded(amount * _factor(unit, territory) / _factor(to, territory)), to)


def rounded(exact: Fraction) -> float:
    """To three digits below a hundred, four below a thousand, then to the whole; short ones stay exact."""
    value = float(exact)
    size = abs(value)
    if not value or (round(value, 4) == value and size < 1e6):
        return value
    if size >= 1000:
        return float(round(value))
    digits = (4 if size >= 100 else 3) - 1 - floor(log10(size))
    return round(value, digits)


def _factor(unit: Unit, territory: str) -> Fraction:
    """How much of the base it is."""
    name: str = unit
    if territory in _IMPERIAL:
        name = _BRITISH.get(name, name)
    if territory not in _AMERICAN and name in _METRIC:
        australian = name == "volume-tablespoon" and territory == "AU"
        return _AUSTRALIAN_SPOON if australian else _METRIC[name]
    if name == "power-horsepower" and territory not in _AMERICAN | _IMPERIAL | {"CA"}:
        return _METRIC_HORSE
    found = _factors().get(name)
    if found is None:
        raise SkillError(f"no factor for {unit}", phrase="convert-unknown", unit=unit)
    return found


def _scales(unit: Unit, to: Unit, territory: str) -> tuple[Unit, Unit]:
    """Bare degrees are the scale that is asked about least: the other one, else the wearer's own."""
    celsius, fahrenheit = Unit("temperature-celsius"), Unit("temperature-fahrenheit")
    other = {fahrenheit: celsius, celsius: fahrenheit}
    own = fahrenheit if territory in _AMERICAN - {""} else celsius
    if unit.name == "generic":
        unit = other.get(to, own)
    if to.name == "generic":
        to = other.get(unit, own)
    return unit, to


def _temperature(amount: Fraction, unit: Unit, to: Unit) -> Fraction:
    if unit.name == "fahrenheit":
        amount = (amount - 32) * 5 / 9
    elif unit.name == "kelvin":
        amount -= _KELVIN
    if amount < -_KELVIN:
        raise SkillError("below absolute zero", phrase="convert-too-cold")
    if to.name == "fahrenheit":
        return amount * 9 / 5 + 32
    return amount + _KELVIN if to.name == "kelvin" else amount


def _round_temperature(exact: Fraction) -> float:
    return round(float(exact), 1) + 0.0


def _consumption(amount: Fraction, unit: Unit, to: Unit) -> Fraction:
    if amount <= 0:
        raise SkillError("no consumption", phrase="convert-too-large")
    litres = _PER_100_KM[unit] / amount if unit in _PER_100_KM else amount * _metric_consumption(unit)
    return _PER_100_KM[to] / litres if to in _PER_100_KM else litres / _metric_consumption(to)


def _metric_consumption(unit: Unit) -> Fraction:
    if unit.name == "liter-per-kilometer":
        return Fraction(100)
    if unit.name == "liter-per-100-kilometer":
        return Fraction(1)
    raise SkillError(f"no factor for {unit}", phrase="convert-unknown", unit=unit)


def _no_way(unit: Unit, to: Unit) -> SkillError:
    return SkillError(f"{unit} isn't {to}", phrase="convert-no-way", unit=unit, to=to)


@cache
def _factors() -> Mapping[str, Fraction]:
    tables = tomllib.loads((Path(__file__).parent / "factors.toml").read_text("utf-8"))
    return {
        f"{dimension}-{name}": _fraction(text)
        for dimension, units in tables.items()
        for name, text in units.items()
    }


def _fraction(text: str) -> Fraction:
    above, _, below = text.partition("/")
    return Fraction(above) / Fraction(below or "1")
