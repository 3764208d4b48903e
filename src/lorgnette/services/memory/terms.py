"""The terms by which a fact is found: words without endings, numbers, Han characters alone and in pairs."""

import re
from collections.abc import Iterator
from typing import Final

from lorgnette.services.memory.wording import Wording
from lorgnette.services.notes.folding import fold

SHORTEST: Final = 3
"""Letters that an ending leaves."""
MOST: Final = 200
"""Terms of one text; more say nothing more."""
_HAN: Final = "\u3005\u3007\u3400-\u9fff\uf900-\ufaff"
_PIECE: Final = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}](?:[^\W_{_HAN}]|['’ʼ](?=[^\W_{_HAN}]))*")
_SILENT: Final = str.maketrans(dict.fromkeys("’'ʼ"))


def words(text: str) -> list[str]:
    """Folded: words and numbers of letters, runs of Han characters; apostrophes are dropped."""
    return [match[0].translate(_SILENT) for match in _PIECE.finditer(fold(text))]


def is_han(word: str) -> bool:
    """Whether it is Han characters, of which each has a meaning."""
    return re.match(rf"[{_HAN}]", word) is not None


def terms(text: str, wording: Wording) -> list[str]:
    """In their order, each once, without the words that say nothing."""
    found: dict[str, None] = {}
    for word in words(text):
        for term in _terms(word, wording):
            found[term] = None
    return list(found)[:MOST]


def weight(term: str) -> float:
    """What a term says: a single Han character little, a pair of them as much as a word."""
    return 0.25 if len(term) == 1 and is_han(term) else 1.0


def _terms(word: str, wording: Wording) -> Iterator[str]:
    if not is_han(word):
        if word not in wording.stop:
            yield stem(word, wording)
        return
    kept = [character not in wording.stop for character in word]
    for at, character in enumerate(word):
        if kept[at]:
            yield character
        if at + 1 < len(word) and kept[at] and kept[at + 1]:
            yield word[at : at + 2]


def stem(word: str, wording: Wording) -> str:
    """Without its endings: "keys" and "key", "liegen" and "liege" are one. No linguistics, but the same."""
    if word[0].isdigit():
        return word
    shorter = True
    while shorter:
        shorter = False
        for ending in wording.endings:
            if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
                word, shorter = word[: -len(ending)], True
                break
    return word
