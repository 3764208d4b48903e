"""Wake words as text → the tokens of a keyword-spotting model: BPE pieces, pinyin, characters or phones.

A model's `tokens.txt` tells which it has. BPE pieces are numbered in the order of their merges, so that they
can be joined as the model's own tokenizer would, without it. Where words are phones there is a lexicon.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from lorgnette.core.errors import EngineError

_CJK = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+")
_START = "▁"


class Keywords:
    """A model's tokens; `spelt` gives those of a wake word. EngineError where the model lacks one."""

    def __init__(self, tokens: Path) -> None:
        self._numbers: dict[str, int] = {}
        for line in tokens.read_text("utf-8").splitlines():
            name, _, number = line.strip().rpartition(" ")
            if name and number.isdecimal():
                self._numbers[name] = int(number)
        self._phones = _lexicon(tokens.parent)
        letters = "".join(name for name in self._numbers if not name.startswith("<"))
        self._upper = re.search(r"[a-z]", letters) is None

    def spelt(self, text: str) -> list[str]:
        found = [token for word in _WORD.findall(text) for token in self._word(word)]
        if not found:
            raise EngineError(f"{text!r} is no wake word: it has no letters")
        for token in found:
            if token not in self._numbers:
                raise EngineError(f"this model can't wait for {text!r}: it has no token {token!r}")
        return found

    def _word(self, word: str) -> Iterator[str]:
        if _CJK.match(word):
            yield from [word] if word in self._numbers else _pinyin(word)
            return
        plain = re.sub(r"[^\w']", "", word)
        if self._phones:
            phones = self._phones.get(plain.upper())
            if phones is None:
                raise EngineError(f"this model can't wait for {word!r}: its lexicon doesn't have it")
            yield from phones
        elif plain:
            yield from self._pieces(plain.upper() if self._upper else plain.lower())

    def _pieces(self, word: str) -> list[str]:
        """Joined pair by pair, the pair that was learnt first first."""
        if _START + word in self._numbers:
            return [_START + word]
        parts = [_START, *word]
        while True:
            joined = [self._numbers.get(left + right, -1) for left, right in pairwise(parts)]
            known = [(number, at) for at, number in enumerate(joined) if number >= 0]
            if not known:
                return parts
            at = min(known)[1]
            parts[at : at + 2] = [parts[at] + parts[at + 1]]


def _pinyin(character: str) -> list[str]:
    """Initial and final with its tone: 小 → x iǎo."""
    from pypinyin import Style, pinyin
    from pypinyin.contrib.tone_convert import to_finals_tone, to_initials

    whole = pinyin(character, style=Style.TONE)[0][0]
    initial, final = to_initials(whole, strict=False), to_finals_tone(whole, strict=False)
    return [part for part in (initial, final) if part] or [whole]


def _lexicon(folder: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.phone")):
        for line in path.read_text("utf-8").splitlines():
            word, *phones = line.split()
            if phones:
                found.setdefault(word.upper(), phones)
    return found
