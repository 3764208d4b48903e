"""Prints docs/protocol.md from the code: what a maker of a device needs to know, and nothing twice.

`--schema` prints the JSON Schema instead.
"""

import inspect
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from string import Template
from typing import Any, Literal, Union, get_args, get_origin

import msgspec

from lorgnette.core import forms, scenes
from lorgnette.gateways.native import frames, messages
from lorgnette.gateways.native.examples import FROM_DEVICE, FROM_HUB

INTRODUCTION = Path(__file__).with_name("introduction.md")
BOUNDS = {
    "subprotocol": messages.SUBPROTOCOL,
    "events": messages.MAX_EVENTS_QUEUED,
    "resume": messages.RESUME_SECONDS,
    "text": messages.MAX_TEXT_BYTES // 1024,
    "binary": messages.MAX_BINARY_BYTES // 1024 // 1024,
}
NAMED = {get_args(scenes.Scene): "scene", get_args(scenes.Anchor): "anchor"}
PLAIN = {"str": "string", "int": "integer", "float": "number", "bool": "true or false", "NoneType": "nothing"}


def manual() -> str:
    """The whole document."""
    parts = [
        Template(INTRODUCTION.read_text("utf-8")).substitute(BOUNDS),
        "## Media frames\n",
        inspect.getdoc(frames) or "",
        "",
    ]
    parts += ["## From the device\n", *_messages(FROM_DEVICE), "## From the hub\n", *_messages(FROM_HUB)]
    parts += ["## What a device says of itself\n"]
    named = (forms.Capabilities, forms.Microphone, forms.Speaker, forms.Camera, forms.Display)
    parts += [_section(kind, kind.__name__) for kind in named]
    parts += ["## Scenes\n", inspect.getdoc(scenes) or "", ""]
    parts += [_section(kind, f"`kind: {_tag(kind)}`") for kind in get_args(scenes.Scene)]
    parts += ["### Anchors\n"]
    parts += [_section(kind, f"`at: {_tag(kind)}`") for kind in get_args(scenes.Anchor)]
    return "\n".join(parts)


def schema() -> dict[str, Any]:
    """JSON Schema of both directions."""
    (device, hub), shared = msgspec.json.schema_components(
        (messages.DeviceMessage, messages.HubMessage), ref_template="#/$defs/{name}"
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Lorgnette native protocol, version 1",
        "$defs": {**shared, "FromDevice": device, "FromHub": hub},
        "anyOf": [{"$ref": "#/$defs/FromDevice"}, {"$ref": "#/$defs/FromHub"}],
    }


def _messages(examples: tuple[Any, ...]) -> Iterator[str]:
    for example in examples:
        yield _section(type(example), f"`{_tag(type(example))}`")
        yield f"```json\n{msgspec.json.encode(example).decode()}\n```\n"


def _tag(kind: type[Any]) -> str:
    return str(kind.__struct_config__.tag)


def _section(kind: type[Any], title: str) -> str:
    lines = [f"### {title}\n", inspect.getdoc(kind) or "", ""]
    fields = msgspec.structs.fields(kind)
    if fields:
        lines += ["| field | type | default |", "| --- | --- | --- |"]
        lines += [f"| `{field.encode_name}` | {_type(field.type)} | {_default(field)} |" for field in fields]
        lines += [""]
    return "\n".join(lines)


def _type(hint: Any) -> str:
    """A type as a maker reads it."""
    arguments = get_args(hint)
    if hasattr(hint, "__metadata__"):
        text = _type(arguments[0]) + _bounds(hint.__metadata__[0])
    elif arguments in NAMED:
        text = NAMED[arguments]
    elif get_origin(hint) in (Union, types.UnionType):
        text = " or ".join(_type(one) for one in arguments)
    elif get_origin(hint) is Literal:
        text = ", ".join(f"`{one}`" for one in arguments)
    elif get_origin(hint) in (tuple, list):
        text = "list of " + ", ".join(_type(one) for one in arguments if one is not Ellipsis)
    else:
        name = getattr(get_origin(hint) or hint, "__name__", str(hint))
        text = PLAIN.get(name, name)
    return text


def _bounds(meta: Any) -> str:
    names = ("ge", "le", "min_length", "max_length")
    bounds = [f"{name} {value}" for name in names if (value := getattr(meta, name, None)) is not None]
    return f" ({', '.join(bounds)})" if bounds else ""


def _default(field: Any) -> str:
    if field.required:
        return "required"
    value = field.default if field.default is not msgspec.NODEFAULT else field.default_factory()
    return "`" + msgspec.json.encode(value).decode().replace("|", "\\|") + "`"


if __name__ == "__main__":
    if "--schema" in sys.argv:
        print(msgspec.json.format(msgspec.json.encode(schema()), indent=1).decode())  # noqa: T201
    else:
        print(manual())  # noqa: T201
