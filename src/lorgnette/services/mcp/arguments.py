"""A tool's parameters: the schema that a model sees, in plain words of nobody's, and arguments checked by it.

A schema comes from a server that may be anybody's. `plain` resolves what it refers to within itself, up to a
number of nodes, and leaves out what could keep this process busy (patterns) or lead elsewhere. What a model
sees has no sentence of the server's in it (descriptions, titles, examples, defaults), only names and shapes.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from lorgnette.core.errors import LorgnetteError
from lorgnette.sdk.schema import ArgumentError
from lorgnette.services.mcp.pinned import Unusable

MOST_NODES: Final = 2_000
LONGEST_ARGUMENTS: Final = 16_384
"""Bytes of JSON."""
MOST_ENUM: Final = 64

_LISTS: Final = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_SCHEMAS: Final = frozenset({"items", "additionalProperties", "not", "contains", "propertyNames"})
_PLAIN: Final = frozenset(
    {
        "type", "enum", "const", "required", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
        "multipleOf", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "minProperties",
        "maxProperties",
    }
)  # fmt: skip
_SEEN: Final = frozenset({"type", "enum", "const", "required", "minimum", "maximum", "minItems", "maxItems"})
_WORD: Final = re.compile(r"[\w.:/+-]{1,40}")
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,47}")


class _Budget:
    """Counts nodes: references that double at every step end here."""

    def __init__(self) -> None:
        self.left = MOST_NODES

    def take(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Unusable("its schema has too many parts")


def plain(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema without references and patterns. `Unusable` where it refers to itself or elsewhere."""
    found = _plain(schema, schema, _Budget(), ())
    return found if isinstance(found, dict) else {"type": "object"}


def _plain(node: Any, root: Mapping[str, Any], budget: _Budget, within: tuple[str, ...]) -> Any:
    budget.take()
    if isinstance(node, bool):
        return node
    if not isinstance(node, Mapping):
        raise Unusable("its schema isn't one")
    if "$ref" in node:
        return _referred(node, root, budget, within)
    kept: dict[str, Any] = {}
    for key, value in node.items():
        if key in _PLAIN:
            kept[key] = value
        elif key == "properties" and isinstance(value, Mapping):
            kept[key] = {name: _plain(inner, root, budget, within) for name, inner in value.items()}
        elif key in _LISTS and isinstance(value, Sequence):
            kept[key] = [_plain(inner, root, budget, within) for inner in value]
        elif key in _SCHEMAS:
            kept[key] = _plain(value, root, budget, within)
    return kept


def _referred(
    node: Mapping[str, Any], root: Mapping[str, Any], budget: _Budget, within: tuple[str, ...]
) -> Any:
    place = node["$ref"]
    if not isinstance(place, str) or not place.startswith("#") or place in within:
        raise Unusable("its schema refers to itself or elsewhere")
    rest = {key: value for key, value in node.items() if key != "$ref"}
    found = _plain(_at(root, place), root, budget, (*within, place))
    if not rest or not isinstance(found, dict):
        return found
    return {"allOf": [found, _plain(rest, root, budget, within)]}


def _at(root: Mapping[str, Any], place: str) -> Any:
    node: Any = root
    for part in place.removeprefix("#").split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if not isinstance(node, Mapping) or key not in node:
            raise Unusable("its schema refers to what isn't there")
        node = node[key]
    return node


def for_model(schema: Mapping[str, Any]) -> dict[str, Any]:
    """What a model sees of a plain schema: names, types, choices. No sentence fits into that."""
    if not isinstance(schema, Mapping):
        return {}
    seen: dict[str, Any] = {key: value for key, value in schema.items() if key in _SEEN - {"enum", "const"}}
    choices = schema.get("enum", [schema["const"]] if "const" in schema else None)
    if isinstance(choices, list) and len(choices) <= MOST_ENUM and all(_choice(one) for one in choices):
        seen["enum"] = choices
    properties = schema.get("properties")
    if isinstance(properties, Mapping):
        named = {name: for_model(inner) for name, inner in properties.items() if _NAME.fullmatch(name)}
        seen["properties"] = named
        seen["required"] = [name for name in schema.get("required", ()) if name in named]
    if isinstance(schema.get("items"), Mapping):
        seen["items"] = for_model(schema["items"])
    for key in ("anyOf", "oneOf", "allOf"):
        if isinstance(schema.get(key), list):
            seen[key] = [for_model(inner) for inner in schema[key]]
    return seen


def _choice(one: Any) -> bool:
    if isinstance(one, str):
        return bool(_WORD.fullmatch(one))
    return one is None or isinstance(one, bool | int | float)


def read(schema: Mapping[str, Any], given: str) -> dict[str, Any]:
    """A model's JSON text as arguments that fit a plain schema. `ArgumentError` says what to correct."""
    if len(given.encode()) > LONGEST_ARGUMENTS:
        raise ArgumentError(f"the arguments have more than {LONGEST_ARGUMENTS} bytes")
    try:
        arguments = msgspec.json.decode(given or "{}")
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        raise ArgumentError("the arguments are no JSON") from None
    if not isinstance(arguments, dict):
        raise ArgumentError("the arguments are no object")
    check(schema, arguments)
    return arguments


def check(schema: Mapping[str, Any], arguments: Mapping[str, Any]) -> None:
    """`ArgumentError` with the first thing that doesn't fit."""
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError, best_match

    try:
        error = best_match(Draft202012Validator(schema).iter_errors(arguments))
    except (SchemaError, RecursionError, TypeError, ValueError) as broken:
        raise LorgnetteError(f"the schema can't be checked by: {type(broken).__name__}") from None
    if error is not None:
        where = "".join(f"[{part!r}]" for part in error.absolute_path)
        raise ArgumentError(f"arguments{where}: {error.message[:300]}")
