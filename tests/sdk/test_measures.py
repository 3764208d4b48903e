"""What a model writes for units, money, ordinals and arithmetic is checked, and goes out as it came in."""

from typing import Any

import pytest

from lorgnette.core.money import Money
from lorgnette.sdk import Currency, Expression, Ordinal, PersonName, PlaceName, Quantity, Unit
from lorgnette.sdk.schema import ArgumentError, plain_value, read_value


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        (Unit, "kilometer", Unit("length-kilometer")),
        (Unit, "length-kilometer", Unit("length-kilometer")),
        (Unit, "Fahrenheit", Unit("temperature-fahrenheit")),
        (Quantity, "2.5 cups", Quantity(2.5, Unit("volume-cup"))),
        (Currency, "eur", Currency("EUR")),
        (Currency, "Swiss francs", Currency("CHF")),
        (Money, "12.50 EUR", Money(1250, "EUR")),
        (Money, "100 JPY", Money(100, "JPY")),
        (Ordinal, -1, Ordinal(-1)),
        (Expression, "12 * (4 + 1)", Expression("12 * (4 + 1)")),
        (PlaceName, " Paris ", PlaceName("Paris")),
        (PersonName, "Anna", PersonName("Anna")),
    ],
)
def test_values_are_read_and_read_again_as_they_were_written(kind: Any, given: Any, value: Any) -> None:
    assert read_value(kind, given) == value
    assert read_value(kind, plain_value(value)) == value


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (Unit, "smoot of doom"),
        (Quantity, "many cups"),
        (Currency, "doubloons"),
        (Money, "12.50"),
        (Money, "1e300 EUR"),
        (Ordinal, 0),
        (Expression, "__import__('os')"),
        (Expression, "()"),
        (PlaceName, ""),
    ],
)
def test_what_does_not_fit_is_refused(kind: Any, given: Any) -> None:
    with pytest.raises(ArgumentError):
        read_value(kind, given)
