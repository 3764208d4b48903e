"""Sentence templates in hassil's notation, as a small graph of words, slots and rules."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import permutations
from typing import Any

from lorgnette.engines.asr.english import SYMBOLS, number_words

MOST_STATES = 20_000
"""Characters that one template may have when it is spread out; more is an error of its author."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A `{name}` of a template. `list_name` differs where the template says `{list:name}`."""

    name: str
    list_name: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A `<name>` of a template."""

    name: str


Token = str | Slot | Rule
_SPACE = " "


class TemplateError(ValueError):
    """A template that can't be spoken; the text says why."""


@dataclass(slots=True)
class Graph:
    """Moves `(token, to)` from each state; state 0 begins, `end` ends. Every way through is a sentence."""

    moves: list[list[tuple[Token, int]]]
    end: int

    def tokens(self) -> Iterator[Token]:
        for moves in self.moves:
            for token, _ in moves:
                yield token


def read(template: str) -> Graph:
    """The graph of a template. Words may be glued from parts ("timer[s]"), so it is spelled out first."""
    from hassil.parse_expression import parse_sentence
    from hassil.parser import ParseError

    try:
        expression = parse_sentence(template).expression
    except (ParseError, ValueError, AssertionError) as error:
        raise TemplateError(f"not a sentence template: {error}") from error
    letters = _Letters()
    end = letters.add(expression, 0)
    return letters.words(end)


def said(text: str) -> list[str]:
    """Text as the words that one speaks: lower case, digits and signs in words."""
    text = text.lower().replace("’", "'")
    for sign, name in SYMBOLS.items():
        text = text.replace(sign, name)
    text = re.sub(r"\d{1,4}", lambda digits: f" {number_words(int(digits[0]))} ", text)
    words = [word.strip(',;:!?"()') for word in text.split()]
    return [word if re.fullmatch(r"(\w\.)+", word) else word.rstrip(".") for word in words if word.strip(".")]


@dataclass(slots=True)
class _Letters:
    """The template by characters; a space parts words, None is a free move."""

    moves: list[list[tuple[str | Slot | Rule | None, int]]] = field(default_factory=lambda: [[]])

    def state(self) -> int:
        if len(self.moves) >= MOST_STATES:
            raise TemplateError(f"has more than {MOST_STATES} characters when spread out")
        self.moves.append([])
        return len(self.moves) - 1

    def add(self, expression: Any, begin: int) -> int:
        """Add an expression at a state; the state after it."""
        from hassil.expression import Alternative, ListReference, Permutation, RuleReference, TextChunk

        if isinstance(expression, TextChunk):
            return self.text(expression.text, begin)
        if isinstance(expression, ListReference):
            return self.reference(expression, begin)
        if isinstance(expression, RuleReference):
            return self.move(begin, Rule(expression.rule_name))
        if isinstance(expression, Alternative):
            return self.join([self.add(item, begin) for item in expression.items])
        if isinstance(expression, Permutation):
            return self.join([self.sequence(order, begin) for order in permutations(expression.items)])
        return self.sequence(expression.items, begin)

    def sequence(self, items: Any, begin: int) -> int:
        for item in items:
            begin = self.add(item, begin)
        return begin

    def text(self, text: str, begin: int) -> int:
        for letter in text:
            begin = self.move(begin, letter)
        return begin

    def reference(self, reference: Any, begin: int) -> int:
        numbers = reference.get_inline_range()
        if numbers is None:
            return self.move(begin, Slot(name=reference.slot_name, list_name=reference.list_name))
        first, last, step = numbers
        values = range(first, last + 1, step)
        return self.join([self.text(f" {number_words(value)} ", begin) for value in values])

    def move(self, begin: int, token: str | Slot | Rule | None) -> int:
        end = self.state()
        self.moves[begin].append((token, end))
        return end

    def join(self, ends: list[int]) -> int:
        end = self.state()
        for each in ends:
            self.moves[each].append((None, end))
        return end

    def words(self, end: int) -> Graph:
        """The same by words: from each place where a word may begin, every word that can be spelled there."""
        numbers = {0: 0}
        graph = Graph([[]], -1)
        waiting = [0]

        def number(place: int) -> int:
            if place not in numbers:
                numbers[place] = len(graph.moves)
                graph.moves.append([])
                waiting.append(place)
            return numbers[place]

        graph.end = number(end)
        while waiting:
            place = waiting.pop()
            if place == end:
                continue
            here = numbers[place]
            for token, there in dict.fromkeys(self._spelled(place, end)):
                if isinstance(token, str):
                    _chain(graph, here, said(token), number(there))
                else:
                    graph.moves[here].append((token, number(there)))
        return graph

    def _spelled(self, place: int, end: int) -> Iterator[tuple[Token, int]]:
        """Words (or "" where only spaces and free moves lead there), slots and rules from a place."""
        waiting: list[tuple[str, int]] = [("", place)]
        seen = set(waiting)
        while waiting:
            word, state = waiting.pop()
            if state == end:
                yield word, end
                continue
            for token, there in self.moves[state]:
                if token is None or (token == _SPACE and not word):
                    following = (word, there)
                elif token == _SPACE:
                    yield word, there
                    continue
                elif isinstance(token, str):
                    following = (word + token, there)
                elif word:
                    yield word, state
                    continue
                else:
                    yield token, there
                    continue
                if following not in seen:
                    seen.add(following)
                    waiting.append(following)


def _chain(graph: Graph, begin: int, words: list[str], end: int) -> None:
    """A way for one word, for several ("75" is two), or for none ("…")."""
    for word in words[:-1]:
        graph.moves.append([])
        graph.moves[begin].append((word, len(graph.moves) - 1))
        begin = len(graph.moves) - 1
    graph.moves[begin].append((words[-1] if words else "", end))
