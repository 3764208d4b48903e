"""A tool's parameters for a model: JSON schema out, checked Python values back."""

import json
import re
import types
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from lorgnette.core.errors import LorgnetteError
from lorgnette.core.money import Money
from lorgnette.sdk import measures
from lorgnette.sdk.kinds import (
    Currency,
    Expression,
    Free,
    Kind,
    OneOf,
    Ordinal,
    Percent,
    PersonName,
    PlaceName,
    Quantity,
    Recurrence,
    Unit,
)
from lorgnette.sdk.skill import Parameter, Tool

MOST_TEXT = 4000
_ISO_DURATION = re.compile(
    r"P(?:(?P<weeks>[\d.]+)W)?(?:(?P<days>[\d.]+)D)?"
    r"(?:T(?:(?P<hours>[\d.]+)H)?(?:(?P<minutes>[\d.]+)M)?(?:(?P<seconds>[\d.]+)S)?)?",
)


class ArgumentError(LorgnetteError):
    """A model's arguments don't fit; the message tells the model what to correct."""

    phrase = "error-arguments"


def kind_of(hint: Any) -> tuple[Kind, Any, OneOf | None]:
    """(kind, bare type, words it may be said in) of a parameter's type."""
    one_of: OneOf | None = None
    if get_origin(hint) is Annotated:
        hint, *marks = get_args(hint)
        one_of = next((mark for mark in marks if isinstance(mark, OneOf)), None)
        if any(isinstance(mark, Free) for mark in marks):
            return "text", str, None
    if get_origin(hint) in {Union, types.UnionType}:
        inner = [part for part in get_args(hint) if part is not types.NoneType]
        kind, bare, words = kind_of(inner[0])
        return kind, bare, one_of or words
    if get_origin(hint) is Literal or one_of is not None:
        return "choice", hint, one_of
    if get_origin(hint) is list:
        return "list", hint, None
    for base, kind in _KINDS:
        if isinstance(hint, type) and issubclass(hint, base):
            return kind, hint, None
    raise TypeError(f"{hint!r} is no type that a tool's parameter may have")


def is_name(hint: Any) -> bool:
    """Whether a parameter's text only names something (`FreeName`)."""
    return get_origin(hint) is Annotated and any(isinstance(m, Free) and m.name for m in get_args(hint)[1:])


_KINDS: tuple[tuple[type, Kind], ...] = (
    (Percent, "percent"),
    (Ordinal, "ordinal"),
    (Recurrence, "recurrence"),
    (Unit, "unit"),
    (Quantity, "quantity"),
    (Currency, "currency"),
    (Money, "money"),
    (Expression, "expression"),
    (PlaceName, "place"),
    (PersonName, "person"),
    (timedelta, "duration"),
    (datetime, "datetime"),
    (date, "date"),
    (time, "time"),
    (bool, "boolean"),
    (int, "number"),
    (float, "decimal"),
    (str, "text"),
)

_SCHEMAS: Mapping[Kind, Mapping[str, Any]] = {
    "duration": {"type": "string", "description": "ISO 8601 duration, e.g. PT5M30S"},
    "time": {"type": "string", "description": "24-hour local time, HH:MM"},
    "date": {"type": "string", "description": "local date, YYYY-MM-DD"},
    "datetime": {"type": "string", "description": "local date and time, YYYY-MM-DDTHH:MM"},
    "recurrence": {
        "type": "string",
        "description": "RFC 5545 RRULE, e.g. FREQ=WEEKLY;BYDAY=MO; empty = once",
    },
    "ordinal": {"type": "integer", "description": "place in the list: 1 = the first, -1 = the last"},
    "unit": {"type": "string", "description": "unit of measure, e.g. kilometer, fahrenheit, cup"},
    "quantity": {"type": "string", "description": "amount and unit, e.g. 2.5 kilometer"},
    "currency": {"type": "string", "description": "ISO 4217 code, e.g. EUR"},
    "money": {"type": "string", "description": "amount and ISO 4217 code, e.g. 12.50 EUR"},
    "expression": {
        "type": "string",
        "description": "arithmetic in digits, + - * / ^, parentheses and sqrt(), e.g. 12 * (4 + 1)",
    },
    "place": {"type": "string", "description": "name of a place"},
    "person": {"type": "string", "description": "name of a person, as the wearer calls them"},
    "number": {"type": "integer"},
    "percent": {"type": "integer", "minimum": 0, "maximum": 100},
    "decimal": {"type": "number"},
    "boolean": {"type": "boolean"},
    "text": {"type": "string"},
}


def tool_schema(tool: Tool, name: str = "") -> dict[str, Any]:
    """OpenAI's function object of a tool, under `name` where two skills share the tool's own."""
    properties = {parameter.name: _schema(parameter) for parameter in tool.parameters}
    return {
        "type": "function",
        "function": {
            "name": name or tool.name,
            "description": tool.doc,
            "parameters": {
                "type": "object",
                "properties": properties,
                "required": [parameter.name for parameter in tool.parameters if parameter.required],
                "additionalProperties": False,
            },
        },
    }


def _schema(parameter: Parameter) -> dict[str, Any]:
    schema = _of(parameter.kind)
    said = ". ".join(part for part in (parameter.doc, schema.get("description", "")) if part)
    return {**schema, "description": said} if said else schema


def _of(hint: Any) -> dict[str, Any]:
    kind, bare, words = kind_of(hint)
    if kind == "choice":
        values = get_args(bare) if get_origin(bare) is Literal else None
        if values is None and words is not None and not words.open and len(words.of("en")) <= 40:
            values = tuple(dict.fromkeys(words.of("en").values()))
        return {"type": "string", "enum": list(values)} if values else {"type": "string"}
    if kind == "list":
        return {"type": "array", "items": _of(get_args(bare)[0]), "maxItems": 50}
    return dict(_SCHEMAS[kind])


def read_arguments(tool: Tool, given: str | Mapping[str, Any]) -> dict[str, Any]:
    """Python values of a model's arguments (JSON text or object). Raises `ArgumentError`."""
    if isinstance(given, str):
        try:
            given = json.loads(given or "{}")
        except ValueError as error:
            raise ArgumentError(f"the arguments are no JSON: {error}") from None
    if not isinstance(given, Mapping):
        raise ArgumentError("the arguments must be a JSON object")
    known = {parameter.name: parameter for parameter in tool.parameters}
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise ArgumentError(f"unknown argument {unknown[0]!r}; there are: {', '.join(known) or 'none'}")
    values = {}
    for name, parameter in known.items():
        value = given.get(name)
        if value is None or (value == "" and not parameter.required):
            if parameter.required:
                raise ArgumentError(f"argument {name!r} is missing")
            continue
        values[name] = read_value(parameter.kind, value, name)
    return values


def read_value(hint: Any, value: Any, name: str = "value") -> Any:
    """One checked value. Raises `ArgumentError`."""
    kind, bare, words = kind_of(hint)
    try:
        if kind == "choice":
            return _choice(bare, words, value)
        if kind == "list":
            if not isinstance(value, list) or len(value) > 50:
                raise ValueError("a list of at most 50 is needed")
            return [read_value(get_args(bare)[0], item, name) for item in value]
        return _READERS[kind](value)
    except (ValueError, TypeError, OverflowError) as error:
        wanted = _of(hint).get("description") or _of(hint)["type"]
        raise ArgumentError(f"argument {name!r}: {value!r} doesn't fit ({error}); wanted: {wanted}") from None


def _choice(bare: Any, words: OneOf | None, value: Any) -> str:
    if not isinstance(value, str) or len(value) > 200:
        raise ValueError("a short string is needed")
    allowed = (
        get_args(bare) if get_origin(bare) is Literal else tuple(words.of("en").values()) if words else ()
    )
    for choice in allowed:
        if str(choice).casefold() == value.casefold():
            return str(choice)
    if words is not None:
        said = {word.casefold(): meant for word, meant in words.of("en").items()}
        if value.casefold() in said:
            return said[value.casefold()]
        if words.open:
            return value
    raise ValueError("not one of " + ", ".join(str(choice) for choice in allowed[:40]))


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError("an integer is needed")
    number = float(value)
    if number != int(number):
        raise ValueError("an integer is needed")
    return int(number)


def _percent(value: Any) -> Percent:
    number = _number(value.rstrip("% ") if isinstance(value, str) else value)
    if not 0 <= number <= 100:
        raise ValueError("it must be 0 to 100")
    return Percent(number)


def _decimal(value: Any) -> float:
    number = float(value)
    if isinstance(value, bool) or not abs(number) < 1e300:
        raise ValueError("a number is needed")
    return number


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).lower() in {"true", "false"}:
        return str(value).lower() == "true"
    raise ValueError("true or false is needed")


def _ordinal(value: Any) -> Ordinal:
    number = _number(value)
    if not number or abs(number) > 10_000:
        raise ValueError("1 is the first, -1 the last")
    return Ordinal(number)


def _quantity(value: Any) -> Quantity:
    amount, _, unit = str(value).strip().partition(" ")
    return Quantity(_decimal(amount), measures.unit(unit))


def _money(value: Any) -> Money:
    amount, _, code = str(value).strip().partition(" ")
    if not abs(_decimal(amount)) < 1e12:
        raise ValueError("that is too much")
    return Money.of(amount, measures.currency(code))


def _expression(value: Any) -> Expression:
    text = str(value).strip()
    if not re.fullmatch(r"(?:sqrt|[\d.+\-*/^() ]){1,200}", text) or not re.search(r"\d", text):
        raise ValueError("only digits, + - * / ^, parentheses and sqrt()")
    return Expression(text)


def _name(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value.strip()) <= 200:
        raise ValueError("a name is needed")
    return value.strip()


def _text(value: Any) -> str:
    if not isinstance(value, str | int | float):
        raise TypeError("a string is needed")
    return str(value)[:MOST_TEXT]


def _duration(value: Any) -> timedelta:
    if isinstance(value, bool):
        raise TypeError("a duration is needed")
    if isinstance(value, int | float) or re.fullmatch(r"\d+(\.\d+)?", str(value)):
        found = timedelta(seconds=float(value))
    else:
        match = _ISO_DURATION.fullmatch(str(value).upper())
        parts = {unit: float(n) for unit, n in match.groupdict().items() if n} if match else {}
        if not parts:
            raise ValueError("no ISO 8601 duration")
        found = timedelta(**parts)
    if not timedelta(0) < found <= timedelta(days=366):
        raise ValueError("it must be between 0 and a year")
    return found


def _time(value: Any) -> time:
    found = time.fromisoformat(str(value))
    return found.replace(tzinfo=None, microsecond=0)


def _recurrence(value: Any) -> Recurrence:
    rule = str(value).strip().upper().removeprefix("RRULE:")
    parts = [part.partition("=") for part in rule.split(";")]
    if rule and (not all(k and v for k, _, v in parts) or parts[0][0] != "FREQ"):
        raise ValueError("no RRULE that begins with FREQ")
    return Recurrence(rule)


_READERS: Mapping[Kind, Any] = {
    "duration": _duration,
    "time": _time,
    "date": lambda value: date.fromisoformat(str(value)),
    "datetime": lambda value: datetime.fromisoformat(str(value)),
    "recurrence": _recurrence,
    "ordinal": _ordinal,
    "unit": lambda value: measures.unit(str(value)),
    "quantity": _quantity,
    "currency": lambda value: measures.currency(str(value)),
    "money": _money,
    "expression": _expression,
    "place": lambda value: PlaceName(_name(value)),
    "person": lambda value: PersonName(_name(value)),
    "number": _number,
    "percent": _percent,
    "decimal": _decimal,
    "boolean": _boolean,
    "text": _text,
}


def plain_value(value: Any) -> Any:
    """A value as JSON has it, in the form that `read_value` takes back."""
    if isinstance(value, list | tuple):
        return [plain_value(item) for item in value]
    if isinstance(value, bool):
        return value
    for kind, plain in _PLAIN:
        if isinstance(value, kind):
            return plain(value)
    return value


def iso_duration(value: timedelta) -> str:
    """As in "PT1H5M"; fractions of a second are rounded away."""
    left = round(value.total_seconds())
    hours, left = divmod(left, 3600)
    minutes, seconds = divmod(left, 60)
    parts = ((hours, "H"), (minutes, "M"), (seconds, "S"))
    return "PT" + ("".join(f"{count}{unit}" for count, unit in parts if count) or "0S")


_PLAIN: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (timedelta, iso_duration),
    (datetime, lambda value: value.isoformat(timespec="minutes")),
    (date, date.isoformat),
    (time, lambda value: value.isoformat(timespec="minutes")),
    (Quantity, lambda value: f"{value.amount:g} {value.unit}"),
    (Money, lambda value: f"{value.amount} {value.currency}"),
    (int, int),
    (str, str),
)
