"""Which things are meant by what somebody says: by name, by kind, by room. Pure."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from lorgnette.core.errors import NotFound, SkillError
from lorgnette.sdk.home import Device, Thing
from lorgnette.sdk.language import primary

ALIKE: Final = 78.0
"""Of 100: how much a name must resemble what was said."""
CLEAR: Final = 4.0
_COMPOUNDING: Final = frozenset({"de"})
ASKED: Final = 3


def meant(what: str, things: Sequence[Thing], language: str) -> list[Thing]:
    """The ones. `NotFound`, or `SkillError` with `names` where it could be several and one is meant."""
    words = _words(primary(language))
    every, said = _taken(what, words["all"], language)
    _, said = _taken(said, words["small"], language)
    kind, rest = _kind(said, words, language)
    by_name = _alike(said, things, named=True) if said and not every else []
    exact = [thing for thing in by_name if _joined(thing.name) == _joined(said)]
    if len(exact) == 1:
        return exact
    if by_name and not (kind and not rest):
        return by_name if len(by_name) == 1 else _one(by_name)
    if kind:
        pool = [thing for thing in things if thing.kind == kind]
        if rest:
            pool = _in_room(rest, pool)
        plural = every or bool(rest) or _is_plural(said, words, language)
        if pool:
            return pool if plural or len(pool) == 1 else _one(pool)
    if every and not said:
        return [thing for thing in things if thing.kind == "light"]
    raise NotFound(f"nothing at home is called {what!r}", phrase="error-home-unknown", what=what.strip())


def _one(found: Sequence[Thing]) -> list[Thing]:
    names = list(dict.fromkeys(thing.name for thing in found))[:ASKED]
    raise SkillError("it may be this or that", phrase="error-home-which", names=names)


def _alike(said: str, things: Iterable[Thing], *, named: bool) -> list[Thing]:
    """Those whose name, or else whose room, sounds like it; none far behind the best."""
    scored = []
    for thing in things:
        if named:
            texts = [thing.name, f"{thing.area} {thing.name}", f"{thing.name} {thing.area}"]
        else:
            texts = [thing.area]
        score = max(_like(said, text) for text in texts)
        if score >= ALIKE:
            scored.append((score, thing))
    best = max((score for score, _ in scored), default=0.0)
    return [thing for score, thing in scored if best - score <= CLEAR]


def _like(said: str, text: str) -> float:
    from rapidfuzz import fuzz

    one, other = _joined(said), _joined(text)
    return fuzz.ratio(one, other) if one and other else 0.0


def _joined(text: str) -> str:
    """Compounds are written with blanks and without."""
    return "".join(text.casefold().split())


def _in_room(rest: str, pool: Sequence[Thing]) -> list[Thing]:
    in_area = _alike(rest, [thing for thing in pool if thing.area], named=False)
    return in_area or [thing for thing in pool if _joined(rest) in _joined(thing.name)]


def _kind(said: str, words: Mapping[str, Sequence[str]], language: str) -> tuple[Device | None, str]:
    """The kind that is named, and what else was said."""
    for name, names in words.items():
        if name not in {"all", "small"}:
            found, rest = _taken(said, names, language)
            if not found and primary(language) in _COMPOUNDING:
                found, rest = _compound(said, names)
            if found:
                return name, rest  # type: ignore[return-value]
    return None, said


def _compound(said: str, names: Iterable[str]) -> tuple[bool, str]:
    """A kind at the end of a word: "Küchenlicht" is the light, and "küchen" the room."""
    for word in said.split():
        name = next((name for name in names if word.endswith(name) and len(word) > len(name) + 1), None)
        if name is not None:
            return True, said.replace(word, word.removesuffix(name)).strip()
    return False, said


def _is_plural(said: str, words: Mapping[str, Sequence[str]], language: str) -> bool:
    return primary(language) != "zh" and any(
        word in said.casefold().split()
        for word in words.get("light", ())[1:]
        if word.endswith(("s", "er", "n"))
    )


def _taken(said: str, words: Iterable[str], language: str) -> tuple[bool, str]:
    """Whether one of the words is there, and the text without them."""
    if primary(language) == "zh":
        rest = said
        for word in sorted(words, key=len, reverse=True):
            rest = rest.replace(word, "")
        return rest != said, rest.strip()
    wanted = set(words)
    kept = [word for word in said.casefold().split() if word not in wanted]
    return len(kept) != len(said.split()), " ".join(kept)


@cache
def _words(language: str) -> Mapping[str, Sequence[str]]:
    table = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))
    return table.get(language) or table["en"]  # type: ignore[no-any-return]
