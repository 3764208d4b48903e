"""One setting's value: from TOML or text to its type, and the type in words."""

import tomllib
from typing import Any, get_args

import msgspec
from msgspec import inspect

from lorgnette.config.secret import Secret

_YES = frozenset({"true", "yes", "on", "1"})
_NO = frozenset({"false", "no", "off", "0"})


def from_toml(value: Any, kind: Any) -> Any:
    """ValueError if `value` isn't of `kind`; its message says what was expected."""
    try:
        return msgspec.convert(value, kind, dec_hook=_secret)
    except (msgspec.ValidationError, OverflowError) as error:
        raise ValueError(f"must be {in_words(kind)}") from error


def from_text(text: str, kind: Any) -> Any:
    """As typed on a command line or in the environment: lists by commas, true or yes or on."""
    shape = _shape(kind)
    if _is_text(shape):
        return from_toml(text, kind)
    if isinstance(shape, inspect.BoolType):
        lowered = text.strip().lower()
        if lowered in _YES | _NO:
            return lowered in _YES
        raise ValueError(f"must be {in_words(kind)}")
    value: Any = text.strip()
    if value.startswith(("[", "{")):
        try:
            value = tomllib.loads(f"value = {value}")["value"]
        except tomllib.TOMLDecodeError as error:
            raise ValueError(f"must be {in_words(kind)}") from error
        return from_toml(value, kind)
    if isinstance(shape, inspect.VarTupleType | inspect.ListType):
        value = [part.strip() for part in value.split(",") if part.strip()]
        return from_toml([from_text(part, _inner(kind)) for part in value], kind)
    try:
        return msgspec.convert(value, kind, strict=False, dec_hook=_secret)
    except (msgspec.ValidationError, OverflowError) as error:
        raise ValueError(f"must be {in_words(kind)}") from error


def to_toml(value: Any) -> Any:
    """As TOML holds it."""
    if isinstance(value, Secret):
        return value.said
    return msgspec.to_builtins(
        value, enc_hook=lambda other: other.said if isinstance(other, Secret) else str(other)
    )


def shown(value: Any) -> str:
    """As a person reads it, without secrets."""
    if isinstance(value, Secret):
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return ", ".join(shown(item) for item in value)
    return str(value)


def description(kind: Any) -> str:
    """What the field's `Meta(description=…)` says."""
    found = inspect.type_info(kind)
    schema = found.extra_json_schema if isinstance(found, inspect.Metadata) else None
    return str((schema or {}).get("description", ""))


def in_words(kind: Any) -> str:
    """A type as the end of "must be …"; a field's `Meta(extra={"words": …})` says it better."""
    found = inspect.type_info(kind)
    if isinstance(found, inspect.Metadata) and found.extra and "words" in found.extra:
        return str(found.extra["words"])
    return _words(found)


def _words(shape: inspect.Type) -> str:  # noqa: C901, PLR0911 — one line a type
    match shape:
        case inspect.Metadata():
            return _words(shape.type)
        case inspect.BoolType():
            return "true or false"
        case inspect.IntType() | inspect.FloatType():
            noun = "a whole number" if isinstance(shape, inspect.IntType) else "a number"
            return noun + _range(shape)
        case inspect.StrType():
            return (
                "text"
                + (f" of at most {shape.max_length} characters" if shape.max_length else "")
                + (f" like {shape.pattern}" if shape.pattern else "")
            )
        case inspect.LiteralType():
            return "one of " + ", ".join(str(value) for value in shape.values)
        case inspect.VarTupleType() | inspect.ListType():
            return f"a list of {_words(shape.item_type)}"
        case inspect.DictType():
            return f"a table of {_words(shape.value_type)}"
        case inspect.CustomType() if shape.cls is Secret:
            return "a secret as env:NAME or file:/path"
        case inspect.UnionType():
            return " or ".join(_words(part) for part in shape.types if not isinstance(part, inspect.NoneType))
        case inspect.StructType():
            return "a table with " + ", ".join(field.encode_name for field in shape.fields)
    return type(shape).__name__.removesuffix("Type").lower()


def _range(shape: inspect.IntType | inspect.FloatType) -> str:
    low = (
        f" from {shape.ge:g}"
        if shape.ge is not None
        else f" above {shape.gt:g}"
        if shape.gt is not None
        else ""
    )
    high = (
        f" to {shape.le:g}"
        if shape.le is not None
        else f" below {shape.lt:g}"
        if shape.lt is not None
        else ""
    )
    return low + high


def _shape(kind: Any) -> inspect.Type:
    found = inspect.type_info(kind)
    return found.type if isinstance(found, inspect.Metadata) else found


def _is_text(shape: inspect.Type) -> bool:
    match shape:
        case inspect.StrType() | inspect.CustomType():
            return True
        case inspect.LiteralType():
            return all(isinstance(value, str) for value in shape.values)
    return False


def _inner(kind: Any) -> Any:
    """The type of a list's items."""
    arguments = get_args(kind)
    if arguments and hasattr(kind, "__metadata__"):
        return _inner(arguments[0])
    return arguments[0] if arguments else str


def _secret(kind: type, value: Any) -> Any:
    if kind is Secret and isinstance(value, str):
        return Secret(value)
    raise msgspec.ValidationError(f"Expected `{kind.__name__}`")
