"""Whether all that a call would tell the outside is in the wearer's own words of this request."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final, get_origin

from lorgnette.mind.tokens import tokenize
from lorgnette.sdk.registry import RegisteredTool
from lorgnette.sdk.schema import kind_of

NEAR: Final = timedelta(days=7)
"""A day as near as this is said in many ways ("the day after tomorrow"), and tells little."""

ADDRESS: Final = frozenset({"http", "https", "www"})
"""What stands before a host that was named."""

QUIET: Final = frozenset(" \t\n.,;:?!'\"’“”„()/-，。？！、：；")
"""Marks that may stand between the words."""


def own_words(registered: RegisteredTool, arguments: Mapping[str, Any], said: str, now: datetime) -> bool:
    """True if every word and number of the arguments was said; which choice of a few was made tells nothing.

    A word said once may leave once, in the letters it was said in, and nothing but common marks between:
    what can't carry a message can't carry a secret.
    """
    spoken = Counter(word.casefold() for word in _words(said))
    letters = set(_words(said))
    declared = frozenset(_declared(registered.schema()))
    for parameter in registered.tool.parameters:
        value = arguments.get(parameter.name)
        if value is None or value == parameter.default or _closed(parameter.kind):
            continue
        for text in _texts(value, now, declared):
            if not _quiet(text):
                return False
            for word in _words(text):
                if word.casefold() in ADDRESS:
                    continue
                spoken[word.casefold()] -= 1
                if spoken[word.casefold()] < 0 or not _same_letters(word, letters):
                    return False
    return True


def _texts(value: Any, now: datetime, declared: frozenset[str]) -> Iterator[str]:
    """What a value would tell, as text; a flag and a name that was declared tell nothing."""
    match value:
        case bool():
            return
        case list() | tuple():
            for item in value:
                yield from _texts(item, now, declared)
        case Mapping():
            for key, item in value.items():
                yield from () if key in declared else (str(key),)
                yield from _texts(item, now, declared)
        case date() | time() | timedelta():
            yield from _moment(value, now)
        case float():
            yield f"{value:g}"
        case _:
            amount = getattr(value, "amount", None)  # of a quantity or of money; the unit is one of a few
            yield str(value) if amount is None else f"{float(amount):g}"


def _moment(value: date | time | timedelta, now: datetime) -> Iterator[str]:
    """Its numbers; a near day tells nothing."""
    match value:
        case timedelta():
            yield f"{value.total_seconds():g}"
        case time():
            yield f"{value.hour} {value.minute}" if value.minute else str(value.hour)
        case datetime():
            yield from (*_moment(value.date(), now), *_moment(value.time(), now))
        case _ if not timedelta(0) <= value - now.date() <= NEAR:
            yield f"{value.day} {value.month} {value.year}"


def _declared(schema: Any) -> Iterator[str]:
    """Every name of a property in a schema: it was there before anybody could have a secret."""
    if isinstance(schema, Mapping):
        properties = schema.get("properties")
        if isinstance(properties, Mapping):
            yield from (str(name) for name in properties)
        for part in schema.values():
            yield from _declared(part)
    elif isinstance(schema, list | tuple):
        for part in schema:
            yield from _declared(part)


def _words(text: str) -> list[str]:
    tokens = tokenize(text)
    return [tokens.said(at, at + 1) for at in range(len(tokens.words))]


def _same_letters(word: str, said: set[str]) -> bool:
    forms = {form for one in said for form in (one, one.lower(), one.capitalize(), one.upper())}
    return word in forms


def _quiet(text: str) -> bool:
    """No signs but letters, digits and a few common marks, and not many of those in a row."""
    marks = [sign for sign in text if not sign.isalnum()]
    words = len(_words(text))
    return all(sign in QUIET for sign in marks) and len(marks) <= 2 * words + 2


def _closed(kind: Any) -> bool:
    """One of a few values that the tool or a standard names."""
    name, bare, words = kind_of(kind)
    if name in {"unit", "currency"}:
        return True
    if name != "choice":
        return False
    return get_origin(bare) is not None if words is None else not words.open
