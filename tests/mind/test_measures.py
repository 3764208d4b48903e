"""Ordinals, units, currencies, sums, arithmetic and names are read as people say them, and said back."""

from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from lorgnette.core.money import Money
from lorgnette.mind.grammar import Loose
from lorgnette.mind.slots import Slots
from lorgnette.mind.tokens import tokenize
from lorgnette.sdk import Currency, Expression, Ordinal, Quantity, Unit
from lorgnette.sdk.language import language_of
from lorgnette.sdk.saying import say_value


@cache
def slots(language: str) -> Slots:
    return Slots(language_of(language))


def every(language: str, kind: str, text: str) -> list[Any]:
    """Every reading of all of the text."""
    tokens, of = tokenize(text), slots(language)
    read = getattr(of, kind, None) or getattr(of.measures, kind)
    return [value for end, value in read(tokens, 0) if end == len(tokens.words)]


def names(language: str, kind: str, text: str) -> str:
    """The longest name at the beginning of the text."""
    found = getattr(slots(language).measures, kind)(tokenize(text), 0)
    assert all(isinstance(value, Loose) for _, value in found)
    return found[-1][1].value if found else ""


DECIMALS = {
    "en": {
        "two and a half": 2.5,
        "3 1/2": 3.5,
        "3½": 3.5,
        "½": 0.5,
        "one point two five": 1.25,
        "point five": 0.5,
        "three quarters": 0.75,
        "two thirds": 2 / 3,
        "minus four": -4,
        "-4": -4,
        "1,500.75": 1500.75,
        "3.14159": 3.14159,
        "twenty thousand": 20_000,
        "one hundred fifty thousand": 150_000,
        "3.5 million": 3_500_000,
        "a dozen": 12,
    },
    "de": {
        "zwei und ein halb": 2.5,
        "dreieinhalb": 3.5,
        "drei komma eins vier": 3.14,
        "drei Viertel": 0.75,
        "ein halbes": 0.5,
        "minus vier": -4,
        "1.234,5": 1234.5,
        "zwanzigtausend": 20_000,
        "zwölftausenddreihundertvierundzwanzig": 12_324,
        "zweihundertfünfzigtausend": 250_000,
        "anderthalb Millionen": 1_500_000,
    },
    "zh": {
        "一点二五": 1.25,
        "两个半": 2.5,
        "半": 0.5,
        "四分之三": 0.75,
        "三又二分之一": 3.5,
        "零下五": -5,
        "两千五": 2500,
        "两千零五": 2005,
        "一百二": 120,
        "一百二十三": 123,
        "一万二": 12_000,
        "二十万五千": 205_000,
        "3.5万": 35_000,
        "一亿": 100_000_000,
    },
}


@pytest.mark.parametrize("language", DECIMALS)
def test_numbers_with_fractions_and_many_digits(language: str) -> None:
    for text, value in DECIMALS[language].items():
        assert any(abs(found - value) < 1e-9 for found in every(language, "decimal", text)), text


@pytest.mark.parametrize(
    ("language", "texts", "place", "said"),
    [
        ("en", ("third", "the third one", "3rd", "number three"), 3, "third"),
        ("en", ("the last one", "last"), -1, "last"),
        ("en", ("the second to last one",), -2, "second to last"),
        ("de", ("der dritte", "die dritte", "dritten", "Nummer drei"), 3, "dritte"),
        ("de", ("das letzte", "die letzte"), -1, "letzte"),
        ("zh", ("第三个", "第三", "第3个", "那第三个"), 3, "第三"),
        ("zh", ("最后一个",), -1, "最后一个"),
    ],
)
def test_a_place_in_a_row(language: str, texts: tuple[str, ...], place: int, said: str) -> None:
    for text in texts:
        assert place in every(language, "ordinal", text), text
    assert say_value(Ordinal(place), language_of(language)) == said


UNITS = {
    "en": {
        "kilometres": "length-kilometer",
        "°F": "temperature-fahrenheit",
        "degrees Celsius": "temperature-celsius",
        "cups": "volume-cup",
        "stone": "mass-stone",
        "km/h": "speed-kilometer-per-hour",
        "fluid ounces": "volume-fluid-ounce",
        "square feet": "area-square-foot",
    },
    "de": {
        "Kilometern": "length-kilometer",
        "Grad Fahrenheit": "temperature-fahrenheit",
        "Tassen": "volume-cup-metric",
        "Fuß": "length-foot",
        "Pfund": "mass-pound-metric",
        "Kilometer pro Stunde": "speed-kilometer-per-hour",
        "Quadratmeter": "area-square-meter",
    },
    "zh": {
        "公里": "length-kilometer",
        "里": "length-li",
        "斤": "mass-jin",
        "华氏度": "temperature-fahrenheit",
        "杯": "volume-cup",
        "平方米": "area-square-meter",
    },
}


@pytest.mark.parametrize("language", UNITS)
def test_units_by_the_names_people_use(language: str) -> None:
    for text, unit in UNITS[language].items():
        assert every(language, "unit", text) == [Unit(unit)], text
        assert "-" not in str(say_value(Unit(unit), language_of(language)))


@pytest.mark.parametrize(
    ("language", "text", "value", "said"),
    [
        ("en", "two and a half cups", Quantity(2.5, Unit("volume-cup")), "2.5 cups"),
        ("en", "one mile", Quantity(1, Unit("length-mile")), "1 mile"),
        ("en", "20 °C", Quantity(20, Unit("temperature-celsius")), "20 degrees Celsius"),
        ("de", "anderthalb Liter", Quantity(1.5, Unit("volume-liter")), "1,5 Liter"),
        ("zh", "五公里", Quantity(5, Unit("length-kilometer")), "5公里"),
        ("zh", "半斤", Quantity(0.5, Unit("mass-jin")), "0.5斤"),
    ],
)
def test_so_much_of_a_unit(language: str, text: str, value: Quantity, said: str) -> None:
    assert value in every(language, "quantity", text)
    assert say_value(value, language_of(language)) == said


@pytest.mark.parametrize(
    ("language", "texts", "code", "said"),
    [
        ("en", ("euros", "€", "EUR"), "EUR", "euros"),
        ("en", ("swiss francs", "francs"), "CHF", "Swiss francs"),
        ("en", ("bucks", "dollars", "$"), "USD", "US dollars"),
        ("de", ("Franken", "Schweizer Franken", "CHF"), "CHF", "Schweizer Franken"),
        ("de", ("US-Dollar", "Dollar"), "USD", "US-Dollar"),
        ("zh", ("块钱", "人民币", "¥", "元"), "CNY", "元"),
        ("zh", ("美元", "美金"), "USD", "美元"),
    ],
)
def test_currencies(language: str, texts: tuple[str, ...], code: str, said: str) -> None:
    for text in texts:
        assert every(language, "currency", text) == [code], text
    assert say_value(Currency(code), language_of(language)) == said


@pytest.mark.parametrize(
    ("language", "text", "amount", "code", "said"),
    [
        ("en", "$5", "5", "USD", "5 US dollars"),
        ("en", "a dollar", "1", "USD", "1 US dollar"),
        ("en", "twelve euros fifty", "12.50", "EUR", "12.50 euros"),
        ("en", "5 pounds and 20 pence", "5.20", "GBP", "5.20 British pounds"),
        ("en", "a hundred yen", "100", "JPY", "100 Japanese yen"),
        ("de", "zwölf Euro fünfzig", "12.50", "EUR", "12,50 Euro"),
        ("de", "3,99 €", "3.99", "EUR", "3,99 Euro"),
        ("de", "fünfzig Rappen", "0.50", "CHF", "0,50 Schweizer Franken"),
        ("zh", "三块五", "3.50", "CNY", "3.50元"),
        ("zh", "20块钱", "20", "CNY", "20元"),
        ("zh", "五毛", "0.50", "CNY", "0.50元"),
        ("zh", "十二欧元", "12", "EUR", "12欧元"),
    ],
)
def test_sums_of_money(language: str, text: str, amount: str, code: str, said: str) -> None:
    found = every(language, "money", text)
    assert found
    assert all(one == Money.of(Decimal(amount), code) for one in found)
    assert say_value(found[0], language_of(language)) == said


EXPRESSIONS = {
    "en": {
        "twelve times four plus one": ("12 * 4 + 1", "12 times 4 plus 1"),
        "12*4+1 =": ("12 * 4 + 1", "12 times 4 plus 1"),
        "(3+4)×2": ("(3 + 4) * 2", "(3 plus 4) times 2"),
        "2*(3-(4/2))": ("2 * (3 - (4 / 2))", "2 times (3 minus (4 divided by 2))"),
        "the square root of 16": ("sqrt(16)", "the square root of 16"),
        "√16": ("sqrt(16)", "the square root of 16"),
        "20 percent of 50": ("20 / 100 * 50", "20 percent of 50"),
        "half of 50": ("0.5 * 50", "0.5 times 50"),
        "twelve squared": ("12 ^ 2", "12 to the power of 2"),
        "minus three plus five": ("-3 + 5", "minus 3 plus 5"),
        "twenty-five minus three": ("25 - 3", "25 minus 3"),
        "5-3": ("5 - 3", "5 minus 3"),
        "two and a half times four": ("2.5 * 4", "2.5 times 4"),
    },
    "de": {
        "zwölf mal vier plus eins": ("12 * 4 + 1", "12 mal 4 plus 1"),
        "hundert geteilt durch drei": ("100 / 3", "100 geteilt durch 3"),
        "12 : 4": ("12 / 4", "12 geteilt durch 4"),
        "die Wurzel aus 16 plus 2": ("sqrt(16) + 2", "die Wurzel aus 16 plus 2"),
        "20 Prozent von 50": ("20 / 100 * 50", "20 Prozent von 50"),
        "die Hälfte von 50": ("0.5 * 50", "0,5 mal 50"),
        "zwei hoch zehn": ("2 ^ 10", "2 hoch 10"),
    },
    "zh": {
        "十二乘以四加一": ("12 * 4 + 1", "12乘以4加1"),
        "一百除以三": ("100 / 3", "100除以3"),
        "五十的百分之二十": ("50 * 20 / 100", "50的百分之20"),
        "十六的平方根": ("sqrt(16)", "根号 16"),
        "二的十次方": ("2 ^ 10", "2的10次方"),
        "五十的一半": ("50 * 0.5", "50乘以0.5"),
    },
}


@pytest.mark.parametrize("language", EXPRESSIONS)
def test_arithmetic_as_it_is_said_and_typed(language: str) -> None:
    for text, (expression, said) in EXPRESSIONS[language].items():
        assert every(language, "expression", text) == [Expression(expression)], text
        assert say_value(Expression(expression), language_of(language)) == said


@pytest.mark.parametrize("text", ["12", "12 times", "plus", "(3+4", "3+4)*2", "12 fish 4", ""])
def test_what_is_no_arithmetic(text: str) -> None:
    assert text == "" or every("en", "expression", text) == []


def test_a_very_long_sum_ends_in_time() -> None:
    text = " plus ".join(["twenty five point two"] * 200)
    found = slots("en").measures.expression(tokenize(text), 0)
    assert 0 < len(found) < 500


@pytest.mark.parametrize(
    ("language", "kind", "text", "name"),
    [
        ("en", "place", "New York tomorrow", "New York"),
        ("en", "place", "San Francisco this weekend", "San Francisco"),
        ("en", "person", "Anna Maria about the party", "Anna Maria"),
        ("de", "place", "Frankfurt am Main morgen", "Frankfurt am Main"),
        ("zh", "place", "北京明天", "北京"),
        ("zh", "person", "小明的", "小明"),
        ("en", "place", "tomorrow", ""),
    ],
)
def test_a_name_ends_at_a_word_that_cannot_belong_to_it(
    language: str, kind: str, text: str, name: str
) -> None:
    assert names(language, kind, text) == name
