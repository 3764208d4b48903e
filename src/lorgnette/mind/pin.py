"""A PIN among words: found so that it can be taken out before anybody keeps or shows them."""

from functools import cache
from typing import Final, NamedTuple

from lorgnette.mind.numbers import Numbers
from lorgnette.mind.tokens import Tokens, tokenize
from lorgnette.sdk.language import language_of

SHORTEST, LONGEST = 4, 8
MASK: Final = "••••"
_ALSO: Final = {"o": "0", "oh": "0", "zwo": "2", "幺": "1", "〇": "0", "两": "2"}
"""Ways to say a digit that are no number words."""


class Found(NamedTuple):
    """`digits`: all that were said; `alone`: nothing was said beside them and the word PIN."""

    digits: str
    alone: bool


def pin_in(text: str, language: str) -> Found:
    """The digits in words, spoken or written: "one two, thirty-four", "1234", "我的密码是一二三四"."""
    tokens = tokenize(text)
    around = _around(language_of(language).code)
    digits, at, others = "", 0, 0
    while at < len(tokens.words):
        end, said = _digits(tokens, at, language_of(language).code)
        if said:
            digits, at = digits + said, end
            continue
        others += tokens.words[at] not in around
        at += 1
    return Found(digits, alone=bool(digits) and not others)


def _digits(tokens: Tokens, at: int, code: str) -> tuple[int, str]:
    word = tokens.words[at]
    if word[0].isdecimal():
        return at + 1, "".join(str(int(sign)) for sign in word if sign.isdecimal())
    if word in _ALSO:
        return at + 1, _ALSO[word]
    read = [(end, value) for end, value in _numbers(code).cardinal(tokens, at) if 0 <= value < 100]
    if not read:
        return at, ""
    end, value = max(read)
    return end, str(value)


@cache
def _numbers(code: str) -> Numbers:
    return Numbers(language_of(code))


@cache
def _around(code: str) -> frozenset[str]:
    """Words that may stand beside a PIN."""
    return frozenset(
        word for text in language_of(code).conversation.get("pin_words", ()) for word in tokenize(text).words
    )
