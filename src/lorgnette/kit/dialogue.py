"""Dialogues as data: what a user says, and what is expected of it, in several languages at once."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

import msgspec

from lorgnette.core.errors import SkillError
from lorgnette.core.forms import Form
from lorgnette.kit.talk import NOON

type Words = str | dict[str, str]
"""The same in every language, or language → words."""
type Some = str | list[str] | dict[str, str | list[str]]

USUAL: Final[tuple[Form, ...]] = ("everyday", "ar", "text-hud")
_UNITS: Final = {"s": 1, "sec": 1, "min": 60, "h": 3600, "d": 86_400}
_SPAN: Final = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(s|sec|min|h|d)\s*")


class Turn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One step, and what is expected of it: `user` says something, or time passes, or the last act is undone.

    `wait`: how long, as "10 min". Of what isn't written here, only this is looked at: that a sentence is
    understood, that nothing fails, and that what is shown is said where there is no display.
    """

    user: Words = ""
    wait: str = ""
    undo: bool = False
    says: Words | None = None
    """The very words."""
    contains: Some | None = None
    """Words that are among them."""
    like: Words | None = None
    """A regular expression that all of them fit."""
    tool: str = ""
    """`roll`, or `dice.roll`."""
    arguments: dict[str, Any] | None = None
    """All arguments of the call, as `say` prints them: ten minutes are "PT10M"."""
    scene: str | bool | None = None
    """`"Card"`: what is shown; true: something; false: nothing."""
    shows: Some | None = None
    """Words on the display, where there is one."""
    asks: bool | None = None
    """Whether the hub waits for an answer."""
    undoable: bool | None = None
    outcome: str = "done"
    """`done`, `failed`, `not_understood`, `proposed`."""


class Dialogue(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Held once in each language and on each form of device, each time from the start."""

    name: str
    turn: Annotated[list[Turn], msgspec.Meta(min_length=1)]
    languages: list[str] = []
    forms: tuple[Form, ...] = USUAL
    now: datetime = NOON
    """When it begins; without an offset: in Berlin."""

    def __post_init__(self) -> None:
        """Every step is one, and has words in every language."""
        if self.now.tzinfo is None:
            self.now = self.now.replace(tzinfo=ZoneInfo("Europe/Berlin"))
        if not self.languages:
            tables = [turn.user for turn in self.turn if isinstance(turn.user, dict)]
            self.languages = list(tables[0]) if tables else ["en"]
        for number, turn in enumerate(self.turn, 1):
            if sum((bool(turn.user), bool(turn.wait), turn.undo)) != 1:
                raise ValueError(f"turn {number} has one of user, wait and undo")
            if turn.wait:
                seconds_of(turn.wait)
            for field in ("user", "says", "contains", "like", "shows"):
                value = getattr(turn, field)
                missing = set(self.languages) - value.keys() if isinstance(value, dict) else ()
                if missing:
                    raise ValueError(f"turn {number}: {field} has no words in {', '.join(sorted(missing))}")

    def ways(self) -> Iterator[tuple[str, Form]]:
        """(language, form) in which it is held."""
        for language in self.languages:
            for form in self.forms:
                yield language, form


class _File(msgspec.Struct, forbid_unknown_fields=True):
    dialogue: list[Dialogue]


def read_dialogues(file: Path) -> list[Dialogue]:
    """Those of a TOML file. `SkillError` says what isn't right in it."""
    try:
        return msgspec.convert(tomllib.loads(file.read_text("utf-8")), _File).dialogue
    except (msgspec.ValidationError, ValueError, OSError) as error:
        raise SkillError(f"{file}: {error}") from None


def dialogues_of(path: Path) -> list[Path]:
    """The files of a skill's dialogues: `test_*.toml` in its folder, or beside its file."""
    if path.is_dir():
        return sorted(path.rglob("test_*.toml"))
    beside = path.with_name(f"test_{path.stem}.toml")
    return [beside] if beside.is_file() else []


def seconds_of(text: str) -> float:
    """`"1 h 30 min"` → 5400. Raises `ValueError`."""
    parts = _SPAN.findall(text)
    if not parts or _SPAN.sub("", text):
        raise ValueError(f"{text!r} is no span of time; write 30 s, 10 min, 2 h or 1 d")
    return sum(float(number) * _UNITS[unit] for number, unit in parts)


def words_in(words: Any, language: str) -> list[str]:
    """What is expected in one language."""
    found = words.get(language, ()) if isinstance(words, Mapping) else words
    return [found] if isinstance(found, str) else list(found or ())
