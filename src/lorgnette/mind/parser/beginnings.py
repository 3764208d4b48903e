"""With which words a value of a kind can begin, so that readers aren't asked at every token."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from lorgnette.mind.grammar import SlotParser
from lorgnette.mind.parser.spans import KINDS
from lorgnette.mind.tokens import Tokens, tokenize
from lorgnette.sdk.language import Language
from lorgnette.sdk.measures import currency_words

_MOST: Final = 8192
_NUMBER: Final = "#"


class Beginnings:
    """Says which kinds can begin with a word; what it found out about a word it keeps."""

    def __init__(self, pack: Language, readers: Mapping[str, SlotParser]) -> None:
        self._numbers = [readers[kind] for kind in ("decimal", "number", "ordinal") if kind in readers]
        self._number_words = _strings(pack.numbers)
        self._first = _by_kind(pack)
        self._kept: dict[str, tuple[str, ...]] = {}

    def kinds(self, word: str) -> tuple[str, ...]:
        """Kinds that a value beginning with this word may have."""
        if word[0].isdigit():
            return KINDS
        found = self._kept.get(word)
        if found is None:
            if len(self._kept) >= _MOST:
                self._kept.clear()
            number = word in self._number_words or self._reads(word)
            found = tuple(
                kind
                for kind in KINDS
                if word in self._first[kind] or (number and _NUMBER in self._first[kind])
            )
            self._kept[word] = found
        return found

    def _reads(self, word: str) -> bool:
        tokens = Tokens(word, (word,), ((0, len(word)),))
        return any(reader(tokens, 0) for reader in self._numbers)


def _by_kind(pack: Language) -> dict[str, frozenset[str]]:
    currencies = frozenset(_heads(currency_words(pack.code)))
    days = frozenset(_heads(_all(pack.date.get("weekdays", ()))))
    months = frozenset(_heads(_all(pack.date.get("months", ()))))
    plurals = frozenset(_heads(pack.recurrence.get("plural_weekdays", ())))
    monthdays = _first(pack.date["monthday"], {}) | {_NUMBER}
    cores = _first(_said(pack.time["cores"]), {})
    parts = _first(_said(pack.time["parts"]), {})
    return {
        "recurrence": _first(_said(pack.recurrence["forms"]), {"weekdays": days, "weekdays_plural": plurals}),
        "duration": _first(_said(pack.duration["terms"]), {}),
        "money": _first(_said(pack.money.get("forms", ())), {"currency": currencies}),
        "quantity": frozenset({_NUMBER}),
        "date": _first(_said(pack.date["forms"]), {"weekday": days, "month": months, "monthday": monthdays}),
        "time": _first(pack.time["frames"], {"core": cores, "part": parts}),
        "percent": _first(pack.numbers["percent"], {}),
        "expression": _first(_said(pack.arithmetic.get("prefix", ())), {}) | {_NUMBER},
        "decimal": frozenset({_NUMBER}),
        "number": frozenset({_NUMBER}),
    }


def _said(forms: Iterable[Mapping[str, Any]]) -> list[str]:
    found: list[str] = []
    for form in forms:
        say = form["say"]
        found += [say] if isinstance(say, str) else say
    return found


def _all(several: Iterable[Iterable[str]]) -> Iterable[str]:
    return (one for group in several for one in group)


def _heads(texts: Iterable[str]) -> Iterable[str]:
    return (words[0] for words in (tokenize(text).words for text in texts) if words)


def _strings(table: Any) -> frozenset[str]:
    """First tokens of every string in a table of number words, keys and values alike."""
    if isinstance(table, str):
        return frozenset(_heads([table.partition("{")[0]]))
    found: set[str] = set()
    if isinstance(table, Mapping):
        found.update(_heads(table))
        table = table.values()
    elif not isinstance(table, list | tuple):
        return frozenset()
    for one in table:
        found |= _strings(one)
    return frozenset(found)


def _first(templates: Iterable[str], slots: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """First tokens of templates; `slots`: those of slots, a number where there are none."""
    from hassil.parse_expression import parse_sentence

    found: set[str] = set()
    for template in templates:
        found |= _heads_of(parse_sentence(template).expression, slots)[0]
    return frozenset(found)


def _heads_of(expression: Any, slots: Mapping[str, frozenset[str]]) -> tuple[frozenset[str], bool]:
    """(first tokens, whether it can be empty)."""
    from hassil.expression import Alternative, ListReference, Permutation, TextChunk

    if isinstance(expression, TextChunk):
        words = tokenize(expression.text).words
        return frozenset(words[:1]), not words
    if isinstance(expression, ListReference):
        return slots.get(expression.slot_name, frozenset({_NUMBER})), False
    several = [_heads_of(item, slots) for item in expression.items]
    if isinstance(expression, Alternative | Permutation):
        heads = frozenset(word for one, _ in several for word in one)
        ends = any if isinstance(expression, Alternative) else all
        return heads, ends(empty for _, empty in several)
    found: frozenset[str] = frozenset()
    for heads, empty in several:
        found |= heads
        if not empty:
            return found, False
    return found, True
