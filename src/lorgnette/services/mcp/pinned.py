"""What a server says of a tool, bounded and pinned: whoever approved it knows it again by its hash."""

import difflib
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

import msgspec

from lorgnette.core.errors import LorgnetteError
from lorgnette.sdk.skill import Effect

LONGEST_NAME: Final = 64
LONGEST_DESCRIPTION: Final = 1_000
LONGEST_SCHEMA: Final = 32_768
"""Bytes of JSON."""
DEEPEST: Final = 24
MOST_TOOLS: Final = 128
"""Of one server; more are left out with a line in the log."""

_NAME: Final = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_KEPT: Final = {"\n", "\t"}

Hint = Literal["reads", "destroys", "changes", "unknown"]


class Unusable(LorgnetteError):
    """A tool is described in a way that nobody could approve."""

    phrase = "error-outside-unusable"


class Definition(msgspec.Struct, frozen=True, kw_only=True):
    """A tool as its server describes it. `hint`: what the server says it does, which proves nothing."""

    name: str
    description: str = ""
    schema: Mapping[str, Any] = {}
    hint: Hint = "unknown"

    @property
    def digest(self) -> str:
        """Of everything that an approver saw: name, description, schema, in whatever order it is listed."""
        seen = json.dumps([self.name, self.description, self.schema], sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(seen.encode()).hexdigest()

    @property
    def proposed(self) -> Effect:
        """The effect that is proposed: a server's word makes it a query at best, and without one it sends."""
        return "query" if self.hint == "reads" else "act" if self.hint == "changes" else "reach_out"


def definition(
    name: str, description: str | None, schema: Any, annotations: Mapping[str, Any] | None = None
) -> Definition:
    """From what the server sent. `Unusable` where a name, a size or a depth is out of bounds."""
    if not _NAME.fullmatch(name):
        raise Unusable(f"a tool is called {shown(name, 80)!r}, which is no name")
    if not isinstance(schema, Mapping) or schema.get("type", "object") != "object":
        raise Unusable(f"{name} takes no object")
    try:
        size = len(json.dumps(schema, allow_nan=False))
    except (ValueError, RecursionError, TypeError) as error:
        raise Unusable(f"{name}'s schema is no JSON: {type(error).__name__}") from None
    if size > LONGEST_SCHEMA:
        raise Unusable(f"{name}'s schema has {size} bytes; {LONGEST_SCHEMA} are read")
    if depth(schema) > DEEPEST:
        raise Unusable(f"{name}'s schema is nested deeper than {DEEPEST}")
    return Definition(
        name=name,
        description=shown(description or "", LONGEST_DESCRIPTION, lines=True),
        schema=schema,
        hint=_hint(annotations or {}),
    )


def _hint(annotations: Mapping[str, Any]) -> Hint:
    if annotations.get("readOnlyHint") is True:
        return "reads"
    if annotations.get("destructiveHint") is True:
        return "destroys"
    return "changes" if annotations.get("destructiveHint") is False else "unknown"


def shown(text: str, longest: int, *, lines: bool = False) -> str:
    """Others' words as they may be shown: nothing invisible in them, nothing that turns writing round."""
    kept = "".join(
        letter
        if (lines and letter in _KEPT) or unicodedata.category(letter)[0] not in "CZ" or letter == " "
        else " "
        for letter in text[: longest * 4]
    )
    kept = kept.strip() if lines else " ".join(kept.split())
    return kept if len(kept) <= longest else f"{kept[: longest - 1]}…"


def depth(value: Any) -> int:
    """How deep it is nested; read step by step, so that no depth ends this program."""
    deepest, waiting = 0, [(value, 1)]
    while waiting:
        one, at = waiting.pop()
        deepest = max(deepest, at)
        if at > DEEPEST:
            return at
        if isinstance(one, Mapping):
            waiting.extend((inner, at + 1) for inner in one.values())
        elif isinstance(one, list | tuple):
            waiting.extend((inner, at + 1) for inner in one)
    return deepest


def difference(before: Definition, now: Definition) -> Iterator[str]:
    """What an approver has to look at, line by line, as `diff -u` shows it."""
    yield from difflib.unified_diff(_lines(before), _lines(now), "approved", "now", lineterm="", n=1)


def _lines(one: Definition) -> list[str]:
    schema = json.dumps(one.schema, indent=1, sort_keys=True, ensure_ascii=False)
    safe = [shown(line, 400) for line in schema.splitlines()]
    return [f"name: {one.name}", *(f"says: {line}" for line in one.description.splitlines()), *safe]
