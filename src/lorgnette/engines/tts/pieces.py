"""Long sentences in pieces, for voices that make one at once: they are heard sooner and stopped sooner.

Cuts fall behind punctuation, where a speaker draws breath; between words only where there is none for long.
"""

import re
from collections.abc import Iterator
from typing import Final

FIRST: Final = 48
LONGEST: Final = 80
"""Letters of a piece: some three and five seconds of speech. A Chinese character counts as three."""
_SHORTEST: Final = 12
_BREATH = re.compile(r"(?<=[,;:.!?…–—])\s+|(?<=[，；：、。！？])")
_SPACE = re.compile(r"\s+")
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")


def pieces(text: str, first: int = FIRST, longest: int = LONGEST) -> Iterator[str]:
    """`text` in its order; empty pieces are left out."""
    limit, piece = first, ""
    for clause in _clauses(text, longest):
        joint = "" if not piece or _WIDE.match(piece[-1]) else " "
        whole = piece + joint + clause
        if piece and _size(whole) > limit and min(_size(piece), _size(clause)) >= _SHORTEST:
            yield piece
            limit, piece = longest, clause
        else:
            piece = whole
    if piece:
        yield piece


def _clauses(text: str, longest: int) -> Iterator[str]:
    for clause in _BREATH.split(text.strip()):
        if not clause:
            continue
        if _size(clause) <= longest * 2:
            yield clause.strip()
        else:
            yield from _words(clause, longest)


def _words(clause: str, longest: int) -> Iterator[str]:
    """A clause without an end in sight, cut between words or, in a script without spaces, anywhere."""
    part = ""
    for word in _SPACE.split(clause):
        for at in range(0, max(1, len(word)), longest):
            bit = word[at : at + longest]
            if part and _size(part) + _size(bit) > longest:
                yield part
                part = bit
            else:
                part = f"{part} {bit}" if part and at == 0 else part + bit
    if part:
        yield part


def _size(text: str) -> int:
    return len(text) + 2 * len(_WIDE.findall(text))
