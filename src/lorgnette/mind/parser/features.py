"""Features of an utterance: words and letters in a row, hashed into buckets."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from lorgnette.mind.parser.spans import Span

BUCKETS: Final = {"en": 1 << 14, "de": 1 << 14, "zh": 1 << 14}
"""Feature buckets of a language's intents."""
KNOWN_BUCKETS: Final = 1 << 12
TAG_BUCKETS: Final = 1 << 14
MOST: Final = 48
"""Tokens that are looked at."""
_MARK: Final = {
    "recurrence": "<R>",
    "duration": "<D>",
    "date": "<A>",
    "time": "<T>",
    "percent": "<P>",
    "money": "<M>",
    "quantity": "<Q>",
    "expression": "<E>",
    "decimal": "<N>",
    "number": "<N>",
}


def marked(words: Sequence[str], spans: Sequence[Span]) -> list[str]:
    """The words with every value replaced by a mark of its kind."""
    out: list[str] = []
    at = 0
    for span in spans:
        out += words[at : span.begin]
        out.append(_MARK[span.kind])
        at = span.end
    out += words[at:]
    return out[:MOST]


def is_han(word: str) -> bool:
    """Whether a token is one Han character."""
    return len(word) == 1 and "\u3400" <= word <= "\u9fff"


def _features(words: Sequence[str]) -> Iterator[str]:
    row = ["^", *words, "$"]
    yield from row
    for a, b in pairwise(row):
        yield f"{a} {b}"
    for a, _, c in zip(row, row[1:], row[2:], strict=False):
        yield f"{a} _ {c}"
    for a, b, c in zip(row, row[1:], row[2:], strict=False):
        yield f"{a} {b} {c}"
    for word in words:
        if len(word) > 2 and word[0] != "<" and not word[0].isdigit():
            padded = f"#{word}#"
            for size in (3, 4):
                for at in range(len(padded) - size + 1):
                    yield padded[at : at + size]


def intent_features(words: Sequence[str], buckets: int) -> NDArray[np.intp]:
    """Buckets of an utterance's features, each once."""
    found = {crc32(feature.encode()) % buckets for feature in _features(words)}
    return np.fromiter(found, dtype=np.intp, count=len(found))


def known_bucket(word: str) -> int:
    """Where `Weights.known` has a word."""
    return crc32(word.encode()) % KNOWN_BUCKETS


def tag_features(words: Sequence[str], typed: Sequence[str], key: str) -> list[list[int]]:
    """Per token the buckets by which it is judged to be free text of the parameter `key` ("tool.name").

    `typed`: the mark of the value in which each token stands, "" outside.
    """
    row = ["", "^", *words, "$", ""]
    kinds = ["", "", *typed, "", ""]
    out = []
    for at in range(2, len(row) - 2):
        left, word, right = row[at - 1], row[at], row[at + 1]
        local = (
            word,
            f"-{left}",
            f"+{right}",
            f"-{left} {word}",
            f"{word} +{right}",
            f"--{row[at - 2]} {left}",
            f"++{right} {row[at + 2]}",
            f"#{word[-3:]}",
            f"?{kinds[at]}{kinds[at - 1]}{kinds[at + 1]}",
        )
        out.append(
            [crc32(f"{key}|{feature}".encode()) % TAG_BUCKETS for feature in (*local, "")]
            + [crc32(feature.encode()) % TAG_BUCKETS for feature in local]
        )
    return out
