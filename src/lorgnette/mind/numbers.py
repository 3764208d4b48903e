"""Numbers as they are said, in digits or in words; the words come from Unicode's spell-out rules."""

import re
from collections.abc import Iterable, Iterator, Mapping

from lorgnette.mind.tokens import Tokens, tokenize
from lorgnette.sdk.language import Language

type Words = tuple[str, ...]

_SKIP = re.compile(r"days|financial|year")
_VALUES = (*range(100), *range(100, 1000, 100), *range(1000, 10_000, 1000), 10_000)
_HALVES = range(1, 21)
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_MINUS = "-\N{MINUS SIGN}\N{EN DASH}"
_SLASH = "/\N{FRACTION SLASH}"
MOST = 10**15
_KEPT = 8192


class Numbers:
    """Reads numbers at a token. Every method gives (end, value) of each way to read one."""

    def __init__(self, pack: Language) -> None:
        table = pack.numbers
        self._joiners = {tokenize(word).words for word in table.get("joiners", ())}
        self._points = {tokenize(word).words for word in table.get("point", ())}
        self._cardinals: dict[Words, int] = {}
        self._ordinals: dict[Words, int] = {}
        self._minus = [tokenize(word).words for word in table.get("minus", ())]
        self._scales: dict[Words, int] = {
            tokenize(word).words: value for word, value in table.get("scales", {}).items()
        }
        self._parts = {tokenize(word).words: value for word, value in table.get("parts", {}).items()}
        self._fractions: dict[Words, float] = {
            tokenize(word).words: value for word, value in table.get("fractions", {}).items()
        }
        self._fraction_joiners = [tokenize(word).words for word in table.get("fraction_joiners", ())]
        self._half_behind = [tokenize(word).words for word in table.get("half_behind", ())]
        self._over = tokenize(table.get("over", "")).words
        self._short_tail = table.get("short_tail", False)
        self._comma = decimal_sign(pack.code)
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
        self._plain_words: set[str] = set()  # words that are no numbers written in one
        self._glued = {
            words[0]: value for words, value in self._cardinals.items() if len(words) == 1 and value >= 100
        }

    def cardinal(self, tokens: Tokens, begin: int) -> list[tuple[int, int]]:
        """Whole numbers: "45", "forty-five", "zweihundertfünf", "一百零五", "two million"."""
        key = (self, "cardinal", begin)
        read: list[tuple[int, int]] | None = tokens.memo.get(key)
        if read is None:
            read = tokens.memo[key] = self._cardinal(tokens, begin)
        return read

    def _cardinal(self, tokens: Tokens, begin: int) -> list[tuple[int, int]]:
        word = tokens.words[begin]
        found: dict[int, int] = {}
        if word[0].isdecimal():
            value = self._digits(word)
            if value is None or value != int(value) or not _grouped(word):
                return []
            found[begin + 1] = int(value)
        else:
            self._spoken(tokens.words, begin, MOST, found)
            if word not in self._plain_words:
                glued = self._unglue(word)
                if glued is not None:
                    found.setdefault(begin + 1, glued)
                elif len(self._plain_words) < _KEPT:
                    self._plain_words.add(word)
            if not found:
                return []
        for end, value in list(found.items()):
            self._scaled(tokens.words, end, value, MOST, found)
        return [(end, value) for end, value in found.items() if value < MOST]

    def decimal(self, tokens: Tokens, begin: int) -> list[tuple[int, float]]:
        """Whole numbers and fractions, in digits ("1.5", "3 1/2", "-4") or words ("anderthalb", "一点五")."""
        key = (self, "decimal", begin)
        read: list[tuple[int, float]] | None = tokens.memo.get(key)
        if read is None:
            read = tokens.memo[key] = self._decimal(tokens, begin)
        return read

    def _decimal(self, tokens: Tokens, begin: int) -> list[tuple[int, float]]:
        found: dict[int, float] = {}
        for minus in self._minus:
            behind = begin + len(minus)
            if tokens.words[begin:behind] == minus and behind < len(tokens.words):
                found.update((end, -value) for end, value in self._unsigned(tokens, behind).items())
        sign = -1 if _negative(tokens, begin) else 1
        for end, value in self._unsigned(tokens, begin).items():
            found.setdefault(end, sign * value)
        return list(found.items())

    def _unsigned(self, tokens: Tokens, begin: int) -> dict[int, float]:
        word = tokens.words[begin]
        found: dict[int, float] = dict(self.cardinal(tokens, begin))
        if word[0].isdecimal() and (value := self._digits(word)) is not None:
            found[begin + 1] = value
        for end, whole in [(begin, 0.0), *found.items()]:
            found.update(self._behind_point(tokens, end, whole))
        for end, share in self._shares(tokens, begin):
            found.setdefault(end, share)
        for end, whole in list(found.items()):
            if whole == int(whole):
                found.update(self._and_a_share(tokens, end, whole))
        for end, value in list(found.items()):
            for last, scale in _ends(self._scales, tokens.words, end):
                if value != int(value) or last not in found:
                    found[last] = value * scale
        return {end: value for end, value in found.items() if value < MOST}

    def _and_a_share(self, tokens: Tokens, end: int, whole: float) -> Iterator[tuple[int, float]]:
        """Three | and a half, 3 | 1/2, 两 | 个半."""
        words = tokens.words
        for joiner in ((), *self._fraction_joiners):
            behind = end + len(joiner)
            if words[end:behind] == joiner and behind < len(words):
                for last, share in self._shares(tokens, behind):
                    if joiner or (written(tokens, behind) and _apart(tokens, behind)):
                        yield last, whole + share
        for half in self._half_behind:
            if words[end : end + len(half)] == half:
                yield end + len(half), whole + 0.5

    def _shares(self, tokens: Tokens, begin: int) -> Iterator[tuple[int, float]]:
        """Less than a whole, or close to it: "half", "three quarters", "1/2", "四分之三"."""
        words = tokens.words
        yield from _ends(self._fractions, words, begin)
        if written(tokens, begin):
            above, below = int(words[begin]), int(words[begin + 1])
            if below:
                yield begin + 2, above / below
        if self._parts or self._over:
            for end, number in self.cardinal(tokens, begin):
                yield from ((last, number / part) for last, part in _ends(self._parts, words, end))
                behind = end + len(self._over)
                if self._over and words[end:behind] == self._over and behind < len(words) and number:
                    yield from ((last, above / number) for last, above in self.cardinal(tokens, behind))

    def _behind_point(self, tokens: Tokens, end: int, whole: float) -> dict[int, float]:
        """Digits that are said one by one after the point, or all at once: "three point one four"."""
        found: dict[int, float] = {}
        if whole != int(whole):
            return found
        for point in self._points:
            behind = end + len(point)
            if tokens.words[end:behind] != point or behind >= len(tokens.words):
                continue
            queue = [(behind, "")]
            for at, said in queue:
                if at >= len(tokens.words) or len(said) > 8:
                    continue
                for last, digits in self._digits_said(tokens, at):
                    found[last] = float(f"{int(whole)}.{said}{digits}")
                    if len(digits) == 1:
                        queue.append((last, said + digits))
        return found

    def _digits_said(self, tokens: Tokens, at: int) -> Iterator[tuple[int, str]]:
        if tokens.words[at].isdecimal():
            yield at + 1, tokens.words[at]
            return
        for end, value in self._plain(tokens.words, at):
            if value < 100:
                yield end, str(value)

    def _digits(self, word: str) -> float | None:
        """What a token of digits means: "1,500.75", "1.500,75".

        A sign before three digits groups them unless this language writes it before decimals.
        """
        if not _DIGITS.fullmatch(word) or len(word) > 24:
            return None
        if word.isdecimal():
            return int(word) if len(word) <= 15 else None
        signs = [sign for sign in word if sign in ".,"]
        last = word.rpartition(signs[-1])[2]
        if len(set(signs)) == 2 and signs.count(signs[-1]) == 1:
            point = signs[-1]
        elif len(signs) == 1 and (len(last) != 3 or signs[0] == self._comma):
            point = signs[0]
        elif len(set(signs)) == 1 and _grouped(word):
            point = ""
        else:
            return None
        grouped, _, rest = word.rpartition(point) if point else (word, "", "")
        return float(re.sub(r"[.,]", "", grouped) + (f".{rest}" if rest else ""))

    def _spoken(self, words: Words, begin: int, below: int, found: dict[int, int]) -> None:
        for end, value in self._plain(words, begin):
            if value < below:
                found[end] = value
                found.update((last, total) for last, total in self._sums(words, end, value) if total < below)

    def _scaled(self, words: Words, end: int, value: int, below: int, found: dict[int, int]) -> None:
        """Twenty | thousand | and six hundred; 二十 | 万 | 五千."""
        for last, scale in _ends(self._scales, words, end):
            total = value * scale
            if not 0 < value < scale * 1000 or scale >= below:
                continue
            found[last] = total
            for joiner in ((), *self._joiners):
                behind = last + len(joiner)
                if words[last:behind] != joiner or behind >= len(words):
                    continue
                rest: dict[int, int] = {}
                if words[behind].isdecimal():
                    rest[behind + 1] = int(words[behind])
                self._spoken(words, behind, scale, rest)
                if self._short_tail and not joiner and 0 < rest.get(behind + 1, 0) < 10:
                    rest[behind + 1] *= scale // 10
                for stop, more in list(rest.items()):
                    self._scaled(words, stop, more, scale, rest)
                found.update((stop, total + more) for stop, more in rest.items() if 0 < more < scale)

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
        tailed = False
        if self._short_tail and end < len(words):
            digit = self._cardinals.get(words[end : end + 1])
            if digit is not None and 0 < digit < 10 and not words[end].isdecimal():
                yield end + 1, value + digit * _unit(value) // 10
                tailed = True
        for joiner in ((), *self._joiners):
            behind = end + len(joiner)
            if words[end:behind] != joiner or behind >= len(words):
                continue
            for last, more in self._plain(words, behind):
                if 0 < more < step and not (tailed and not joiner and more < 10):
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
        for (scale, *others), size in self._scales.items():
            count, found, rest = word.partition(scale)
            if others or not found or not count:
                continue
            value = self._cardinals.get((count,)) or self._unglue(count)
            more = (self._cardinals.get((rest,)) or self._unglue(rest)) if rest else 0
            if value is not None and value < size and more is not None and more < size:
                return int(value * size + more)
        return None


def decimal_sign(code: str) -> str:
    """What a language writes before decimals."""
    from babel import UnknownLocaleError
    from babel.numbers import get_decimal_symbol

    try:
        return str(get_decimal_symbol(code))
    except UnknownLocaleError:
        return "."


def _unit(value: int) -> int:
    """The last power of ten that a number names: 100 of 300, 1000 of 2000."""
    unit = 1
    while value % (unit * 10) == 0:
        unit *= 10
    return unit


def _grouped(word: str) -> bool:
    """Digits without decimals: all of them, or in groups of three."""
    first, *groups = re.split(r"[.,]", word)
    return all(len(group) == 3 for group in groups) and (not groups or 0 < len(first) <= 3)


def written(tokens: Tokens, begin: int) -> bool:
    """Whether "1/2" is written here."""
    if begin + 1 >= len(tokens.words):
        return False
    above, below = tokens.words[begin : begin + 2]
    between = tokens.text[tokens.spans[begin][1] : tokens.spans[begin + 1][0]].strip()
    return above.isdecimal() and below.isdecimal() and len(between) == 1 and between in _SLASH


def _apart(tokens: Tokens, at: int) -> bool:
    """Whether nothing but space stands before a token."""
    return not tokens.text[tokens.spans[at - 1][1] : tokens.spans[at][0]].strip()


def _negative(tokens: Tokens, begin: int) -> bool:
    """Whether a minus stands before this token, and not a dash between two."""
    at = tokens.spans[begin][0]
    before = tokens.text[max(0, at - 2) : at]
    return (
        before[-1:] in tuple(_MINUS)
        and tokens.words[begin][0].isdecimal()
        and before[:-1].strip() in ("", "(")
    )


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
