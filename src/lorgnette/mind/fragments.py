"""What a fragment ("tomorrow", "in Paris", "ten minutes") can mean as arguments of a tool that was called."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, Final

from lorgnette.mind.grammar import Loose, SlotParser
from lorgnette.mind.slots import Day
from lorgnette.mind.tokens import Tokens
from lorgnette.sdk.kinds import HalfDay, Percent, Quantity

type Parsers = Mapping[str, SlotParser]
"""A tool's parameters that have a reader of their own, and it."""

LONGEST: Final = 12
MOST_READINGS: Final = 200
_UNITS: Final = (604_800, 86_400, 3600, 60, 1)


@dataclass(frozen=True, slots=True)
class Fragment:
    """`values`: parameters and what they are now; `sure`: every word has a meaning, none is just a name."""

    values: Mapping[str, Any]
    sure: bool


def read(
    tokens: Tokens,
    parsers: Parsers,
    number: SlotParser,
    prepositions: Sequence[tuple[str, ...]],
    before: Mapping[str, Any],
    today: date,
) -> Fragment | None:
    """The tokens as values of parameters, each at most once, all of them read; None if that can't be.

    What was given `before` is likelier to be meant than what wasn't; a bare number has the unit said before.
    """
    if not 0 < len(tokens.words) <= LONGEST:
        return None
    best: tuple[tuple[int, int, int], Fragment] | None = None
    for count, (values, loose) in enumerate(_readings(tokens, 0, parsers, prepositions)):
        settled = {name: _settled(value, before.get(name), today) for name, value in values.items()}
        if count >= MOST_READINGS:
            break
        if not settled or None in settled.values():
            continue
        rank = (loose, -len(set(settled) & set(before)), len(settled))
        if best is None or rank < best[0]:
            best = rank, Fragment(settled, sure=not loose)
    bare = None if best is not None and best[1].sure else _same_unit(tokens, number, prepositions, before)
    return bare or (best[1] if best else None)


def _readings(
    tokens: Tokens, at: int, parsers: Parsers, prepositions: Sequence[tuple[str, ...]]
) -> Iterator[tuple[dict[str, Any], int]]:
    """(values, tokens that only name something) of each way to read all the tokens from here on."""
    if at == len(tokens.words):
        yield {}, 0
        return
    for start in _behind(tokens, at, prepositions):
        for name, parser in parsers.items():
            for end, value in parser(tokens, start):
                rest = {other: reader for other, reader in parsers.items() if other != name}
                loose = end - start if isinstance(value, Loose) else 0
                plain = value.value if isinstance(value, Loose) else value
                for values, more in _readings(tokens, end, rest, prepositions):
                    yield {name: plain, **values}, loose + more


def _behind(tokens: Tokens, at: int, prepositions: Sequence[tuple[str, ...]]) -> list[int]:
    """Here, and behind one or two prepositions that stand here."""
    found = [at]
    for start in found:
        for words in prepositions:
            end = start + len(words)
            if tokens.words[start:end] == words and end < len(tokens.words) and end not in found:
                found.append(end)
    return found[:4]


def _settled(value: Any, before: Any, today: date) -> Any:
    """A day as its date, and eight in the evening where it was seven in the evening."""
    if isinstance(value, Day):
        return value.on(today)
    evening = isinstance(before, time) and not isinstance(before, HalfDay) and before.hour >= 12
    if isinstance(value, HalfDay) and evening and value.hour < 12:
        return time(value.hour + 12, value.minute)
    return value


def _same_unit(
    tokens: Tokens, number: SlotParser, prepositions: Sequence[tuple[str, ...]], before: Mapping[str, Any]
) -> Fragment | None:
    """After "ten minutes" a bare "eight" is eight minutes."""
    for start in _behind(tokens, 0, prepositions):
        for end, value in number(tokens, start):
            if end != len(tokens.words):
                continue
            for name, old in before.items():
                new = _scaled(old, value)
                if new is not None:
                    return Fragment({name: new}, sure=True)
    return None


def _scaled(old: Any, value: float) -> Any:
    if isinstance(old, Percent):
        return Percent(value) if 0 <= value <= 100 and value == int(value) else None
    if isinstance(old, timedelta) and value > 0:
        seconds = abs(old.total_seconds())
        unit = next((size for size in _UNITS if seconds >= size and seconds % size == 0), 1)
        return timedelta(seconds=value * unit)
    if isinstance(old, Quantity):
        return Quantity(value, old.unit)
    return None
