"""Units into each other: exactly, said well, and as the wearer's country means them."""

from fractions import Fraction

import pytest

from lorgnette.core.errors import SkillError
from lorgnette.core.people import Wearer
from lorgnette.sdk.kinds import Quantity, Unit
from lorgnette.sdk.measures import unit_words
from lorgnette.sdk.region import fahrenheit, territory_of
from lorgnette.services.convert.units import convert, rounded


@pytest.mark.parametrize(
    ("amount", "unit", "to", "found"),
    [
        (5, "length-mile", "length-kilometer", 8.05),
        (100, "length-kilometer", "length-mile", 62.1),
        (1, "length-inch", "length-centimeter", 2.54),
        (1, "length-mile", "length-foot", 5280),
        (6, "length-foot", "length-centimeter", 182.88),
        (180, "length-centimeter", "length-foot", 5.91),
        (1, "mass-kilogram", "mass-pound", 2.2),
        (3, "mass-jin", "mass-kilogram", 1.5),
        (5, "length-li", "length-kilometer", 2.5),
        (1, "area-mu", "area-square-meter", 666.7),
        (70, "temperature-fahrenheit", "temperature-celsius", 21.1),
        (-40, "temperature-celsius", "temperature-fahrenheit", -40),
        (0, "temperature-kelvin", "temperature-celsius", -273.1),
        (100, "speed-kilometer-per-hour", "speed-mile-per-hour", 62.1),
        (30, "consumption-mile-per-gallon", "consumption-liter-per-100-kilometer", 7.84),
        (5, "consumption-liter-per-100-kilometer", "consumption-mile-per-gallon-imperial", 56.5),
        (1, "digital-gigabyte", "digital-megabyte", 1000),
        (2, "duration-hour", "duration-minute", 120),
        (12_345, "length-meter", "length-mile", 7.67),
        (0.001, "length-millimeter", "length-mile", 6.21e-10),
    ],
)
def test_one_unit_becomes_another(amount: float, unit: str, to: str, found: float) -> None:
    assert convert(Quantity(amount, Unit(unit)), Unit(to)) == Quantity(found, Unit(to))


@pytest.mark.parametrize(
    ("unit", "territory", "litres"),
    [
        ("volume-gallon", "US", 3.79),
        ("volume-gallon", "GB", 4.55),
        ("volume-gallon", "DE", 3.79),
        ("volume-gallon-imperial", "US", 4.55),
        ("volume-pint", "GB", 0.568),
        ("volume-pint", "US", 0.473),
        ("volume-cup", "US", 0.237),
        ("volume-cup", "AU", 0.25),
        ("volume-cup", "CN", 0.25),
        ("volume-cup", "", 0.237),
        ("volume-tablespoon", "AU", 0.02),
        ("volume-tablespoon", "DE", 0.015),
        ("volume-tablespoon", "US", 0.0148),
    ],
)
def test_cups_and_gallons_are_those_of_the_wearers_country(unit: str, territory: str, litres: float) -> None:
    assert convert(Quantity(1, Unit(unit)), Unit("volume-liter"), territory).amount == litres


@pytest.mark.parametrize(
    ("unit", "to", "territory", "found"),
    [
        ("generic", "celsius", "DE", 21.1),
        ("generic", "fahrenheit", "US", 158),
        ("generic", "kelvin", "DE", 343.1),
        ("generic", "kelvin", "US", 294.3),
        ("fahrenheit", "generic", "US", 21.1),
    ],
)
def test_bare_degrees_are_of_the_scale_that_makes_sense(
    unit: str, to: str, territory: str, found: float
) -> None:
    value = Quantity(70, Unit(f"temperature-{unit}"))
    assert convert(value, Unit(f"temperature-{to}"), territory).amount == found


@pytest.mark.parametrize(
    ("amount", "unit", "to", "phrase"),
    [
        (1, "length-mile", "mass-kilogram", "convert-no-way"),
        (-500, "temperature-celsius", "temperature-kelvin", "convert-too-cold"),
        (1, "speed-beaufort", "speed-knot", "convert-unknown"),
        (float("inf"), "length-mile", "length-meter", "convert-too-large"),
        (float("nan"), "length-mile", "length-meter", "convert-too-large"),
        (1e300, "length-mile", "length-meter", "convert-too-large"),
        (0, "consumption-mile-per-gallon", "consumption-liter-per-100-kilometer", "convert-too-large"),
    ],
)
def test_what_cannot_be_converted_says_why(amount: float, unit: str, to: str, phrase: str) -> None:
    with pytest.raises(SkillError) as why:
        convert(Quantity(amount, Unit(unit)), Unit(to))
    assert why.value.phrase == phrase


def test_there_and_back_is_the_same_for_every_unit_that_somebody_names() -> None:
    units = {unit for code in ("en", "de", "zh") for unit in unit_words(code).values()}
    known = 0
    for unit in sorted(units - {"temperature-generic"}):
        try:
            base = convert(Quantity(1000, unit), unit)
        except SkillError:
            continue
        known += 1
        assert base.amount == pytest.approx(1000, rel=1e-9), unit
    assert known >= 130


def test_results_are_rounded_as_people_say_them() -> None:
    assert [rounded(Fraction(text)) for text in ("8.04672", "160.9344", "1609.344", "1.875", "0.0254")] == [
        8.05,
        160.9344,
        1609.344,
        1.875,
        0.0254,
    ]
    assert rounded(Fraction(1, 3)) == 0.333
    assert rounded(Fraction(2_000_000, 3)) == 666_667
    assert rounded(Fraction(0)) == 0


@pytest.mark.parametrize(
    ("language", "zone", "territory"),
    [
        ("en-GB", "America/New_York", "GB"),
        ("en", "America/New_York", "US"),
        ("en", "Europe/Berlin", "DE"),
        ("zh-Hans-CN", "UTC", "CN"),
        ("en", "UTC", ""),
        ("en", "Asia/Kolkata", "IN"),
        ("en", "Nowhere/Else", ""),
    ],
)
def test_the_country_is_the_languages_else_the_time_zones(language: str, zone: str, territory: str) -> None:
    wearer = Wearer(id="w", name="Ada", language=language, zone=zone)
    assert territory_of(wearer) == territory
    assert fahrenheit(wearer) is (territory == "US")
