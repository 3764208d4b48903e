"""How memory reads a language: a page of words each, as data."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from lorgnette.sdk.language import FALLBACK, primary

FOLDER: Final = Path(__file__).parent / "words"


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of `words/<language>.toml`, folded; what they are for is said there."""

    stop: frozenset[str]
    endings: tuple[str, ...]
    links: tuple[str, ...]
    definite: tuple[str, ...]
    indefinite: tuple[str, ...]
    negations: frozenset[str]
    self: tuple[str, ...]
    places: tuple[str, ...]
    times: frozenset[str]
    where: tuple[str, ...]
    secrets: re.Pattern[str]
    sealed: re.Pattern[str]
    digits: frozenset[str]
    conjunctions: frozenset[str]
    verb_last: bool


def wording_of(language: str) -> Wording:
    """Of a BCP 47 tag; English where there is no page for it."""
    code = primary(language)
    return _read(code if code in known() else FALLBACK)


@cache
def known() -> frozenset[str]:
    """Languages with a page."""
    return frozenset(file.stem for file in FOLDER.glob("*.toml"))


@cache
def _read(code: str) -> Wording:
    table = tomllib.loads((FOLDER / f"{code}.toml").read_text("utf-8"))
    words = {
        name: tuple(value.split())
        for name, value in table.items()
        if name not in {"secrets", "sealed"} and isinstance(value, str)
    }
    return Wording(
        stop=frozenset(words["stop"]),
        endings=tuple(table["endings"]),
        links=words["links"],
        definite=words["definite"],
        indefinite=words["indefinite"],
        negations=frozenset(words["negations"]),
        self=words["self"],
        places=words["places"],
        times=frozenset(words["times"]),
        where=words["where"],
        secrets=re.compile(rf"(?<!\w)(?:{table['secrets']})(?!\w)" if code != "zh" else table["secrets"]),
        sealed=re.compile(table["sealed"]),
        digits=frozenset(words["digits"]),
        conjunctions=frozenset(words["conjunctions"]),
        verb_last=bool(table["verb_last"]),
    )
