"""Readers of ordinals, units, currencies, amounts of them, sums of money and names of places and persons."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from lorgnette.core.money import Money, places
from lorgnette.mind.arithmetic import Arithmetic
from lorgnette.mind.grammar import Grammar, Loose, SlotParser
from lorgnette.mind.numbers import Numbers
from lorgnette.mind.tokens import Tokens, tokenize
from lorgnette.sdk.kinds import Ordinal, PersonName, PlaceName, Quantity
from lorgnette.sdk.language import Language
from lorgnette.sdk.measures import currency_words, unit_words

LONGEST_PLACE: Final = 5
LONGEST_PERSON: Final = 4
_HAN: Final = "\u2e80"
"""From here on a token is one character and a name has more of them."""

type _Found = list[tuple[int, Any]]


class Measures:
    """One language's; each table is made when it is first needed."""

    def __init__(self, pack: Language, numbers: Numbers) -> None:
        self._pack = pack
        self._numbers = numbers

    def ordinal(self, tokens: Tokens, begin: int) -> _Found:
        """An `Ordinal`: "the third one", "der letzte", "第三个"."""
        found: dict[int, Ordinal] = {}
        for reading in self._ordinals.readings(tokens, begin):
            value = reading.owner.get("place") or next(iter(reading.slots.values()), 0)
            if value:
                found[reading.end] = Ordinal(value)
        for end, value in self._numbers.ordinal(tokens, begin):
            found.setdefault(end, Ordinal(value))
        return list(found.items())

    def unit(self, tokens: Tokens, begin: int) -> _Found:
        """A `Unit`."""
        return list(self._units(tokens, begin))

    def quantity(self, tokens: Tokens, begin: int) -> _Found:
        """A `Quantity`: "two and a half cups"."""
        return [
            (end, Quantity(amount, unit))
            for behind, amount in self._numbers.decimal(tokens, begin)
            if behind < len(tokens.words)
            for end, unit in self._units(tokens, behind)
        ]

    def currency(self, tokens: Tokens, begin: int) -> _Found:
        """A `Currency`."""
        return list(self._currencies(tokens, begin))

    def money(self, tokens: Tokens, begin: int) -> _Found:
        """`Money`: "twelve euros fifty", "$5", "三块五"."""
        found = []
        for reading in self._sums.readings(tokens, begin):
            form, slots = reading.owner, reading.slots
            code = slots.get("currency") or form["currency"]
            amount = slots.get("amount", form.get("amount", 0)) + slots.get("digit", 0) / 10
            amount += slots.get("minor", 0) / 10 ** places(code) + form.get("plus", 0)
            if abs(amount) < 1e12:
                found.append((reading.end, Money.of(round(amount, 4), code)))
        return found

    def expression(self, tokens: Tokens, begin: int) -> _Found:
        """An `Expression` of at least one operation: a number alone asks for nothing."""
        return list(self._arithmetic.read(tokens, begin))

    def place(self, tokens: Tokens, begin: int) -> _Found:
        """A `PlaceName`: words up to one that can't belong to a name."""
        return self._name(tokens, begin, LONGEST_PLACE, PlaceName)

    def person(self, tokens: Tokens, begin: int) -> _Found:
        """A `PersonName`."""
        return self._name(tokens, begin, LONGEST_PERSON, PersonName)

    def _name(self, tokens: Tokens, begin: int, most: int, kind: type[str]) -> _Found:
        words, stops = tokens.words, self._stops
        found: _Found = []
        length = 0.0
        for end in range(begin, len(words)):
            if any(words[end : end + len(stop)] == stop for stop in stops.get(words[end], ())):
                break
            length += 0.5 if words[end][0] >= _HAN else 1
            if length > most:
                break
            found.append((end + 1, Loose(kind(tokens.said(begin, end + 1)))))
        return found

    @cached_property
    def _stops(self) -> Mapping[str, Sequence[tuple[str, ...]]]:
        """By their first word."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for words in (tokenize(word).words for word in self._pack.names.get("stops", ())):
            found.setdefault(words[0], []).append(words)
        return found

    @cached_property
    def _ordinals(self) -> Grammar:
        slots = {"ordinal": self._numbers.ordinal, "n": self._numbers.cardinal}
        return _grammar(self._pack.ordinals.get("forms", ()), slots)

    @cached_property
    def _units(self) -> SlotParser:
        return _choice(unit_words(self._pack.code))

    @cached_property
    def _currencies(self) -> SlotParser:
        return _choice(currency_words(self._pack.code))

    @cached_property
    def _sums(self) -> Grammar:
        slots: Mapping[str, SlotParser] = {
            "amount": self._numbers.decimal,
            "currency": self._currencies,
            "minor": _below(self._numbers, 100),
            "digit": _below(self._numbers, 10),
        }
        return _grammar(self._pack.money.get("forms", ()), slots)

    @cached_property
    def _arithmetic(self) -> Arithmetic:
        return Arithmetic(self._pack, self._numbers)


def _below(numbers: Numbers, most: int) -> SlotParser:
    def read(tokens: Tokens, begin: int) -> _Found:
        return [(end, value) for end, value in numbers.cardinal(tokens, begin) if 0 < value < most]

    return read


def _grammar(forms: Sequence[Mapping[str, Any]], slots: Mapping[str, SlotParser]) -> Grammar:
    grammar = Grammar()
    for form in forms:
        grammar.add(form["say"], slots, form)
    grammar.join()
    return grammar


def _choice(words: Mapping[str, Any]) -> SlotParser:
    table: dict[tuple[str, ...], Any] = {}
    for said, value in words.items():
        table.setdefault(tokenize(said).words, value)
    table.pop((), None)
    longest = max(map(len, table), default=0)

    def read(tokens: Tokens, begin: int) -> _Found:
        words = tokens.words
        ends = range(begin + 1, min(begin + longest, len(words)) + 1)
        return [(end, table[words[begin:end]]) for end in ends if words[begin:end] in table]

    return read
