"""Numbers as they are said, in digits or in words; the words come from Unicode's spell-out rules."""

import re
from collections.abc import Iterable, Iterator, Mapping

from lorgnette.mind.tokens import Tokens, tokenize
from lorgnette.sdk.language import Language

type Words = tuple[str, ...]

_SKIP = re.compile(r"days|financial|year")
_VALUES = (*range(100), *range(100, 1000, 100), *range(1000, 10_000, 1000), 10_000)
_HALVES = range(1, 21)
_DECIMAL = re.compile(r"\d+[.,]\d{1,2}")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")


class Numbers:
    """Reads numbers at a token. Every method gives (end, value) of each way to read one."""

    def __init__(self, pack: Language) -> None:
        table = pack.numbers
        self._joiners = {tokenize(word).words for word in table.get("joiners", ())}
        self._points = {tokenize(word).words for word in table.get("point", ())}
        self._cardinals: dict[Words, int] = {}
        self._ordinals: dict[Words, int] = {}
        self._fractions: dict[Words, float] = {
            tokenize(word).words: value for word, value in table.get("fractions", {}).items()
        }
        also = table.get("also", {})
        for value, words, ordinals in _spelled(pack.code):
            for text in words:
                for variant in (text, *also.get(text, ())):
                    self._cardinals.setdefault(tokenize(variant).words, value)
                if value in _HALVES and "half_suffix" in table:
                    self._fractions[tokenize(text + table["half_suffix"]).words] = value + 0.5
            for text in ordinals:
                self._ordinals.setdefault(tokenize(text).words, value)
        for text, value in table.get("cardinals", {}).items():
            self._cardinals[tokenize(text).words] = value
        for text, value in table.get("ordinals", {}).items():
            self._ordinals[tokenize(text).words] = value
        self._longest = max(map(len, self._cardinals), default=0)
        self._glued = {
            words[0]: value for words, value in self._cardinals.items() if len(words) == 1 and value >= 100
        }

    def cardinal(self, tokens: Tokens, begin: int) -> list[tuple[int, int]]:
        """Whole numbers: "45", "forty-five", "zweihundertfünf", "一百零五"."""
        word = tokens.words[begin]
        if word.isdecimal():
            return [(begin + 1, int(word))] if len(word) <= 9 else []
        if _THOUSANDS.fullmatch(word):
            return [(begin + 1, int(re.sub(r"[.,]", "", word)))]
        found = dict(self._plain(tokens.words, begin))
        for end, value in list(found.items()):
            found.update(self._sums(tokens.words, end, value))
        glued = self._unglue(word)
        if glued is not None:
            found.setdefault(begin + 1, glued)
        return list(found.items())

    def decimal(self, tokens: Tokens, begin: int) -> list[tuple[int, float]]:
        """Whole numbers, fractions in digits ("1.5", "1,5") or words ("one point five", "anderthalb")."""
        word = tokens.words[begin]
        if _DECIMAL.fullmatch(word):
            return [(begin + 1, float(word.replace(",", ".")))]
        found: dict[int, float] = dict(self.cardinal(tokens, begin))
        for end, whole in list(found.items()):
            for point in self._points:
                behind = end + len(point)
                if tokens.words[end:behind] == point and behind < len(tokens.words):
                    for last, digit in self.cardinal(tokens, behind):
                        if digit < 10:
                            found[last] = whole + digit / 10
        found.update(_ends(self._fractions, tokens.words, begin))
        return list(found.items())

    def ordinal(self, tokens: Tokens, begin: int) -> list[tuple[int, int]]:
        """As in "third", "dritten", "第三"."""
        return [(end, int(value)) for end, value in _ends(self._ordinals, tokens.words, begin)]

    def _plain(self, words: Words, begin: int) -> Iterator[tuple[int, int]]:
        for end in range(begin + 1, min(begin + self._longest, len(words)) + 1):
            value = self._cardinals.get(words[begin:end])
            if value is not None:
                yield end, value

    def _sums(self, words: Words, end: int, value: int) -> Iterator[tuple[int, int]]:
        """What may follow hundreds and thousands: "two thousand | five hundred | and six"."""
        step = 1000 if value % 1000 == 0 else 100 if value % 100 == 0 else 0
        if not value or not step:
            return
        for joiner in ((), *self._joiners):
            behind = end + len(joiner)
            if words[end:behind] != joiner or behind >= len(words):
                continue
            for last, more in self._plain(words, behind):
                if 0 < more < step:
                    yield last, value + more
                    yield from self._sums(words, last, value + more)

    def _unglue(self, word: str) -> int | None:
        """Languages that write it in one: "zweihundertfünf", "tausendeinhundert"."""
        for length in range(len(word) - 1, 3, -1):
            value = self._glued.get(word[:length])
            if value is None:
                continue
            rest = word[length:]
            for joiner in ("", *("".join(joiner) for joiner in self._joiners)):
                if not rest.startswith(joiner):
                    continue
                tail = rest.removeprefix(joiner)
                more = self._cardinals.get((tail,)) or self._unglue(tail)
                if more is not None and 0 < more < (1000 if value % 1000 == 0 else 100):
                    return value + more
        return None


def _ends[V](table: Mapping[Words, V], words: Words, begin: int) -> Iterator[tuple[int, V]]:
    for end in range(begin + 1, min(begin + 6, len(words)) + 1):
        value = table.get(words[begin:end])
        if value is not None:
            yield end, value


def _spelled(code: str) -> Iterator[tuple[int, Iterable[str], Iterable[str]]]:
    """(value, cardinal words, ordinal words) of a language; nothing where Unicode has no rules for it."""
    from unicode_rbnf import RbnfEngine
    from unicode_rbnf.engine import FormatPurpose

    if code not in RbnfEngine.get_supported_languages():
        return
    engine = RbnfEngine.for_language(code)
    for value in _VALUES:
        cardinals = engine.format_number(value).text_by_ruleset
        ordinals: Mapping[str, str] = {}
        if 0 < value <= 31:
            ordinals = engine.format_number(value, purpose=FormatPurpose.ORDINAL).text_by_ruleset
        yield (
            value,
            dict.fromkeys(text for name, text in cardinals.items() if not _SKIP.search(name)),
            dict.fromkeys(ordinals.values()),
        )
