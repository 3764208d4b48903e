"""Text cut into the tokens that the grammar compares: words, numbers, and single Han characters."""

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

_HAN = "\u3005\u3007\u3400-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(
    rf"\d+(?:[.:,]\d+)*"  # 5, 1.5, 19:30
    rf"|°(?:\s?[CFcf]\b)?"  # 20 °C
    rf"|[$€£¥₩₹₽₺₪₫₴฿]"
    rf"|[{_HAN}]"  # one Han character
    rf"|(?:[^\W\d_{_HAN}]\.){{2,}}"  # p.m.
    rf"|[^\W\d_{_HAN}](?:[^\W\d_{_HAN}]|['’ʼ](?=\w))*"  # a word
    r"|%"
)
_FRACTION = re.compile(r"(?<=\d)(?=[¼½¾⅐-⅞])")
_SILENT = str.maketrans(dict.fromkeys("’'ʼ.\N{SOFT HYPHEN}"))


@dataclass(frozen=True, slots=True)
class Tokens:
    """`words`: normalised tokens; `spans`: where each stands in `text` (composed by NFKC)."""

    text: str
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    memo: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    """What was read at a position, so that it is read once."""

    def said(self, begin: int, end: int) -> str:
        """The original text of tokens `begin` to `end` (exclusive)."""
        return self.text[self.spans[begin][0] : self.spans[end - 1][1]] if begin < end else ""

    def cut(self, begin: int, end: int, without: Container[int] = ()) -> "Tokens":
        """Tokens `begin` to `end` (exclusive), less those at the positions `without`."""
        keep = [index for index in range(begin, end) if index not in without]
        return Tokens(self.text, tuple(self.words[i] for i in keep), tuple(self.spans[i] for i in keep))


@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[str, ...]:
    """The tokens alone; templates repeat the same few words."""
    return tokenize(text).words


def fold(word: str) -> str:
    """How words are compared: caseless, without apostrophes ("what's" = "whats") and the stops of "p.m."."""
    return word if word[0].isdigit() else word.casefold().translate(_SILENT)


def tokenize(text: str) -> Tokens:
    """Cut text into tokens; punctuation separates and vanishes."""
    if not text.isascii():
        text = _FRACTION.sub(" ", text)
    text = unicodedata.normalize("NFKC", text).replace("\N{SOFT HYPHEN}", "")
    folded = ((fold(match[0]), match.span()) for match in _TOKEN.finditer(text))
    found = [(word, span) for word, span in folded if word]  # an apostrophe alone is no word
    return Tokens(text, tuple(word for word, _ in found), tuple(span for _, span in found))
