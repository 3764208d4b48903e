"""Several requests in one sentence: cut where a joiner or a comma stands, if every part means something."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

from lorgnette.mind.match import Match
from lorgnette.mind.tokens import Tokens

LONGEST: Final = 48
"""Tokens up to which a sentence is cut."""
MOST: Final = 3
MOST_CUTS: Final = 6
_MARKS: Final = frozenset(",.;!?，。；！？、")

type Cut = tuple[int, int]
"""Where one request ends, and where the next one begins."""


def split(
    tokens: Tokens,
    joiners: Sequence[tuple[str, ...]],
    meant: Callable[[str], Match | None],
    likewise: Callable[[Match, str], Match | None],
) -> tuple[Match, ...]:
    """Two or three requests; empty if it isn't so. The fewest cuts win.

    `meant`: what a sentence asks for; `likewise`: what a fragment asks for behind a request ("at seven |
    and at eight"). Free text ends a sentence: nothing is cut behind it, since what follows may be more of it.
    """
    if not 1 < len(tokens.words) <= LONGEST:
        return ()
    cuts = _cuts(tokens, joiners)
    known = cache(meant)
    return _parts(tokens, cuts, 0, None, MOST, known, likewise) if 0 < len(cuts) <= MOST_CUTS else ()


def _cuts(tokens: Tokens, joiners: Sequence[tuple[str, ...]]) -> list[Cut]:
    words, found = tokens.words, {}
    for at in range(1, len(words)):
        between = tokens.text[tokens.spans[at - 1][1] : tokens.spans[at][0]]
        marked = not _MARKS.isdisjoint(between)
        behind = max((at + len(one) for one in joiners if words[at : at + len(one)] == one), default=at)
        if behind < len(words) and (behind > at or marked):
            found[at] = behind
    return list(found.items())


def _parts(
    tokens: Tokens,
    cuts: Sequence[Cut],
    begin: int,
    before: Match | None,
    most: int,
    meant: Callable[[str], Match | None],
    likewise: Callable[[Match, str], Match | None],
) -> tuple[Match, ...]:
    def one(end: int) -> Match | None:
        said = tokens.said(begin, end)
        return meant(said) or (likewise(before, said) if before is not None else None)

    if before is not None and (last := one(len(tokens.words))) is not None:
        return (last,)
    if most <= 1:
        return ()
    for end, behind in cuts:
        if end <= begin:
            continue
        first = one(end)
        if first is not None and not first.open:
            rest = _parts(tokens, cuts, behind, first, most - 1, meant, likewise)
            if rest:
                return (first, *rest)
    return ()
