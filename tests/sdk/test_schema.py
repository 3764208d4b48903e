"""A tool's parameters for a model, there and back."""

from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal

import pytest

from lorgnette.sdk import ONCE, Context, FreeText, OneOf, Percent, Recurrence, Reply, Skill, tool
from lorgnette.sdk.schema import ArgumentError, kind_of, plain_value, read_arguments, tool_schema

Colour = Annotated[str, OneOf({"en": {"red": "r", "crimson": "r", "green": "g"}})]


class Example(Skill):
    """Everything a tool may take."""

    @tool(effect="read")
    async def everything(  # noqa: PLR0917
        self,
        ctx: Context,
        duration: timedelta,
        at: time,
        day: date,
        moment: datetime,
        level: Percent,
        count: int,
        size: float,
        loud: bool,
        mode: Literal["fast", "slow"],
        colour: Colour,
        words: list[str],
        repeat: Recurrence = ONCE,
        label: FreeText = "",
        more: int | None = None,
    ) -> Reply:
        """Take everything. duration: how long; label: its name."""
        return Reply("done")


TOOL = Example.tools()[0]
GOOD: dict[str, Any] = {
    "duration": "PT1H5M",
    "at": "07:30",
    "day": "2026-05-03",
    "moment": "2026-05-03T07:30",
    "level": 40,
    "count": 3,
    "size": 1.5,
    "loud": True,
    "mode": "fast",
    "colour": "r",
    "words": ["a", "b"],
}


def test_the_schema_is_openais() -> None:
    schema = tool_schema(TOOL, "example_everything")["function"]
    assert schema["name"] == "example_everything"
    assert schema["description"] == "Take everything"
    parameters = schema["parameters"]
    assert parameters["additionalProperties"] is False
    assert "label" not in parameters["required"]
    assert "more" not in parameters["required"]
    assert parameters["properties"]["duration"]["description"].startswith("how long. ISO 8601")
    assert parameters["properties"]["mode"]["enum"] == ["fast", "slow"]
    assert parameters["properties"]["colour"]["enum"] == ["r", "g"]
    assert parameters["properties"]["words"]["items"] == {"type": "string"}


def test_good_arguments_become_python_values() -> None:
    values = read_arguments(TOOL, {**GOOD, "repeat": "RRULE:FREQ=DAILY", "label": "tea", "more": None})
    assert values["duration"] == timedelta(hours=1, minutes=5)
    assert values["at"] == time(7, 30)
    assert values["level"] == Percent(40)
    assert values["repeat"] == "FREQ=DAILY"
    assert values["label"] == "tea"
    assert "more" not in values


def test_plain_values_are_read_back() -> None:
    values = read_arguments(TOOL, GOOD)
    assert read_arguments(TOOL, {name: plain_value(value) for name, value in values.items()}) == values


def test_a_duration_may_be_seconds_and_words_of_a_choice_count() -> None:
    values = read_arguments(TOOL, {**GOOD, "duration": 90, "colour": "crimson", "mode": "SLOW"})
    assert values["duration"] == timedelta(seconds=90)
    assert values["colour"] == "r"
    assert values["mode"] == "slow"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("duration", "five minutes"),
        ("duration", "PT"),
        ("duration", -5),
        ("duration", "PT99999999H"),
        ("duration", True),
        ("at", "25:00"),
        ("day", "tomorrow"),
        ("moment", "then"),
        ("level", 101),
        ("level", "much"),
        ("count", 1.5),
        ("count", True),
        ("count", [1]),
        ("size", "nan"),
        ("size", "inf"),
        ("loud", "perhaps"),
        ("mode", "sideways"),
        ("mode", {"a": 1}),
        ("colour", "blue"),
        ("words", "a"),
        ("words", [{}]),
        ("repeat", "every day"),
        ("label", {"text": "x"}),
        ("more", "many"),
    ],
)
def test_bad_arguments_are_explained_to_the_model(name: str, value: Any) -> None:
    with pytest.raises(ArgumentError) as error:
        read_arguments(TOOL, {**GOOD, name: value})
    assert name in error.value.detail


@pytest.mark.parametrize("given", ["{", "[]", "null", '"x"', '{"duration": '])
def test_what_is_no_json_object_is_explained(given: str) -> None:
    with pytest.raises(ArgumentError):
        read_arguments(TOOL, given)


def test_missing_and_unknown_arguments_are_named() -> None:
    with pytest.raises(ArgumentError, match="'at' is missing"):
        read_arguments(TOOL, {name: value for name, value in GOOD.items() if name != "at"})
    with pytest.raises(ArgumentError, match="unknown argument 'colur'"):
        read_arguments(TOOL, {**GOOD, "colur": "r"})


def test_a_type_that_no_parameter_may_have_is_refused() -> None:
    with pytest.raises(TypeError):
        kind_of(dict)
