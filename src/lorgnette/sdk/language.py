"""A language pack: a folder of data that makes the hub speak and understand one more language.

    <folder>/language.toml          how numbers, durations, times and dates are said and understood
    <folder>/phrases/<skill>.ftl    Fluent phrases of skills that don't bring this language themselves
    <folder>/sentences.toml         [skill] tool = ["sentence template", …] likewise

Packs are found by the entry point group `lorgnette.languages`; each entry point is the folder's `Path`.
"""

import logging
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

GROUP = "lorgnette.languages"
FALLBACK = "en"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """One pack, read. The tables are those of its `language.toml`."""

    code: str
    name: str
    direction: str
    folder: Path
    normalise: Mapping[str, Any]
    numbers: Mapping[str, Any]
    duration: Mapping[str, Any]
    time: Mapping[str, Any]
    date: Mapping[str, Any]
    recurrence: Mapping[str, Any]
    say: Mapping[str, Any]
    conversation: Mapping[str, Any] = field(default_factory=dict)
    """`yes`, `no`, `backchannels`: what such answers sound like; `open_words`, `open_endings`: on these a
    sentence can't end."""
    ordinals: Mapping[str, Any] = field(default_factory=dict)
    """`forms`: sayings of a place in a row; `last`, how the last is said."""
    units: Mapping[str, Any] = field(default_factory=dict)
    """`words`: names beside Unicode's; `skip`: those of Unicode's that mean something else; `said`."""
    money: Mapping[str, Any] = field(default_factory=dict)
    """`words`, `skip` likewise for currencies; `forms`: sayings of an amount."""
    arithmetic: Mapping[str, Any] = field(default_factory=dict)
    """`binary`, `prefix`, `postfix`: how operators are said; `said`: what they sound like."""
    follow_up: Mapping[str, Any] = field(default_factory=dict)
    """How one goes on: `also`, `correct`, `again`, `again_with`, `pick`; `prepositions` before a value."""
    names: Mapping[str, Any] = field(default_factory=dict)
    """`stops`: words at which a name of a place or person is over."""
    sentences: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)

    def phrases(self, skill: str) -> Path:
        """The file of phrases that the pack brings for a skill, whether or not it exists."""
        return self.folder / "phrases" / f"{skill}.ftl"


def read_language(folder: Path) -> Language:
    """Read a pack. Raises `OSError`, `KeyError` or `ValueError` where it is broken."""
    data = tomllib.loads((folder / "language.toml").read_text("utf-8"))
    extra = folder / "sentences.toml"
    sentences = tomllib.loads(extra.read_text("utf-8")) if extra.is_file() else {}
    return Language(
        code=data["code"],
        name=data["name"],
        direction=data.get("direction", "ltr"),
        folder=folder,
        normalise=data["normalise"],
        numbers=data["numbers"],
        duration=data["duration"],
        time=data["time"],
        date=data["date"],
        recurrence=data["recurrence"],
        say=data["say"],
        conversation=data.get("conversation", {}),
        ordinals=data.get("ordinals", {}),
        units=data.get("units", {}),
        money=data.get("money", {}),
        arithmetic=data.get("arithmetic", {}),
        names=data.get("names", {}),
        follow_up=data.get("follow_up", {}),
        sentences=sentences,
    )


def read_languages(folders: Iterable[tuple[str, Any]]) -> dict[str, Language]:
    """Packs by code; a broken one is left out with a message."""
    found: dict[str, Language] = {}
    for name, load in folders:
        try:
            pack = read_language(load())
        except Exception:
            log.exception("language pack %s is broken and switched off", name)
        else:
            found[pack.code] = pack
    return found


@cache
def languages() -> Mapping[str, Language]:
    """Every installed pack by its primary language subtag. Read once."""
    from importlib.metadata import entry_points

    return read_languages((point.name, point.load) for point in entry_points(group=GROUP))


def primary(language: str) -> str:
    """The primary subtag of a BCP 47 tag: `zh-Hans-CN` → `zh`."""
    return language.partition("-")[0].lower()


def language_of(code: str) -> Language:
    """The pack for a BCP 47 tag, English where there is none."""
    known = languages()
    return known.get(primary(code)) or known[FALLBACK]
