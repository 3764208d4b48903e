"""Units, money and arithmetic in three languages."""

from datetime import UTC, datetime

import pytest
from tests.services.convert.answers import ECB
from tests.services.web.server import Web
from tests.skills.elsewhere import Step, hold_elsewhere
from tests.skills.memory import Row, Talk, hold

from lorgnette.sdk import Card
from lorgnette.sdk.convert import Reckoning
from lorgnette.services.convert import ConvertSection, ConvertService

DIALOGUES: dict[str, list[Row]] = {
    "en": [
        (
            "how many kilometers is 5 miles",
            "convert_units",
            {"to": "length-kilometer", "quantity": "5 length-mile"},
            "5 miles is 8.05 kilometers.",
        ),
        (
            "what's 70 degrees in celsius",
            "convert_units",
            {"to": "temperature-celsius", "quantity": "70 temperature-generic"},
            "70 degrees Fahrenheit is 21.1 degrees Celsius.",
        ),
        (
            "how many feet are in a mile",
            "convert_units",
            {"to": "length-foot", "unit": "length-mile"},
            "1 mile is 5,280 feet.",
        ),
        ("what is 12 times 4 plus 1", "calculate", {"expression": "12 * 4 + 1"}, "49."),
        ("what's 15 percent of 80", "calculate", {"expression": "15 / 100 * 80"}, "12."),
        ("what is 1000 times 1234", "calculate", {"expression": "1000 * 1234"}, "1,234,000."),
        ("10 divided by 3", "calculate", {"expression": "10 / 3"}, "About 3.3333."),
        (
            "9^9^9",
            "calculate",
            {"expression": "9 ^ 9 ^ 9"},
            "That's more than I can count; try smaller numbers.",
        ),
        ("2^64", "calculate", {"expression": "2 ^ 64"}, "About 1.8447 times 10 to the 19."),
        (
            "18% tip on 42 euros",
            "percent_of",
            {"percent": 18, "money": "42.00 EUR"},
            "7.56 euros; 49.56 euros altogether.",
        ),
        ("5 divided by 0", "calculate", {"expression": "5 / 0"}, "Nothing can be divided by zero."),
    ],
    "de": [
        (
            "wie viele Kilometer sind 5 Meilen",
            "convert_units",
            {"to": "length-kilometer", "quantity": "5 length-mile"},
            "5 Meilen sind 8,05 Kilometer.",
        ),
        (
            "wie viel sind 70 Fahrenheit in Celsius",
            "convert_units",
            {"to": "temperature-celsius", "quantity": "70 temperature-fahrenheit"},
            "70 Grad Fahrenheit sind 21,1 Grad Celsius.",
        ),
        ("was ist 12 mal 4 plus 1", "calculate", {"expression": "12 * 4 + 1"}, "49."),
        ("was ist 1000 mal 1234", "calculate", {"expression": "1000 * 1234"}, "1.234.000."),
        ("was ist 10 geteilt durch 4", "calculate", {"expression": "10 / 4"}, "2,5."),
        (
            "18 Prozent Trinkgeld auf 42 Euro",
            "percent_of",
            {"percent": 18, "money": "42.00 EUR"},
            "7,56 Euro; zusammen 49,56 Euro.",
        ),
    ],
    "zh": [
        (
            "5英里是多少公里",
            "convert_units",
            {"to": "length-kilometer", "quantity": "5 length-mile"},
            "5英里等于8.05公里。",
        ),
        (
            "三斤是多少公斤",
            "convert_units",
            {"to": "mass-kilogram", "quantity": "3 mass-jin"},
            "3斤等于1.5公斤。",
        ),
        ("十二乘以四等于多少", "calculate", {"expression": "12 * 4"}, "48。"),
        ("300乘以500", "calculate", {"expression": "300 * 500"}, "15万。"),
        ("12345乘以1", "calculate", {"expression": "12345 * 1"}, "12,345。"),
        (
            "42欧元的百分之18",
            "percent_of",
            {"percent": 18, "money": "42.00 EUR"},
            "7.56欧元，一共49.56欧元。",
        ),
    ],
}

MONEY: dict[str, list[Step]] = {
    "en": [
        (
            "how much is 20 dollars in euros",
            "convert_money",
            {"to": "EUR", "money": "20.00 USD"},
            "20 US dollars is about 16 euros.",
        ),
        (
            "what's the exchange rate from the euro to the dollar",
            "convert_money",
            {"to": "USD", "currency": "EUR"},
            "1 euro is about 1.25 US dollars.",
        ),
    ],
    "de": [
        (
            "wie viel Euro sind 20 Dollar",
            "convert_money",
            {"to": "EUR", "money": "20.00 USD"},
            "20 US-Dollar sind etwa 16 Euro.",
        ),
    ],
    "zh": [
        (
            "20美元是多少人民币",
            "convert_money",
            {"to": "CNY", "money": "20.00 USD"},
            "20美元大约是128元。",
        ),
    ],
}
OFF = {
    "en": (
        "20 dollars in euros",
        "I may not fetch exchange rates yet; it's switched on in the hub's settings, under convert.",
    ),
    "de": (
        "20 Dollar in Euro",
        "Wechselkurse darf ich noch nicht holen; das geht in den Einstellungen des Hubs, unter convert.",
    ),
    "zh": ("20美元换成多少欧元", "我还不能查汇率，可以在主机设置的convert里打开。"),
}


@pytest.mark.parametrize("language", DIALOGUES)
def test_the_dialogue_about_numbers_holds_without_a_network(language: str) -> None:
    talk = Talk(language)
    talk.services[Reckoning] = ConvertService(ConvertSection(), None, talk.clock.now)
    hold(talk, "convert", DIALOGUES[language])


def with_rates(talk: Talk):
    def prepare(web: Web):
        web.page("/daily.xml", ECB, "text/xml")
        section = ConvertSection(rates=True, rates_url=f"{web.root}/daily.xml")
        service = ConvertService(section, None, talk.clock.now)
        talk.services[Reckoning] = service
        return service.close

    return prepare


@pytest.mark.parametrize("language", MONEY)
def test_money_is_exchanged_and_the_day_of_the_rate_is_shown(language: str) -> None:
    talk = Talk(language)
    hold_elsewhere(talk, "convert", with_rates(talk), MONEY[language])
    (scene,) = talk.displays.values()
    assert isinstance(scene, Card)
    assert scene.lines


def test_a_rate_of_last_week_is_said_with_its_day() -> None:
    talk = Talk(now=datetime(2026, 11, 9, 15, tzinfo=UTC))
    rows: list[Step] = [
        (
            "how much is 20 dollars in euros",
            "convert_money",
            {"to": "EUR", "money": "20.00 USD"},
            "20 US dollars was about 16 euros on Wednesday, November 4; I have no newer rate.",
        )
    ]
    hold_elsewhere(talk, "convert", with_rates(talk), rows)


@pytest.mark.parametrize("language", OFF)
def test_until_rates_may_be_fetched_one_sentence_says_where(language: str) -> None:
    talk = Talk(language)
    talk.services[Reckoning] = ConvertService(ConvertSection(), None, talk.clock.now)
    said, answer = OFF[language]
    assert talk.say(said) == answer


def test_a_british_pint_is_larger_than_an_american_one() -> None:
    for language, answer in (("en-GB", "1 pint is 0.568 liters."), ("en-US", "1 pint is 0.473 liters.")):
        talk = Talk(language)
        talk.services[Reckoning] = ConvertService(ConvertSection(), None, talk.clock.now)
        assert talk.say("what is a pint in liters") == answer
