"""A deterministic word network: the smallest automaton that accepts a grammar's sentences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Network:
    """Arcs `(from, to, word)`; state 0 begins. `spans`: states inside a free text → the slot's name."""

    states: int
    finals: frozenset[int]
    arcs: tuple[tuple[int, int, str], ...]
    spans: Mapping[int, str] = field(default_factory=dict)

    def follow(self, words: Iterable[str]) -> list[int] | None:
        """The states that the words lead through, the first included; None if they aren't in the grammar."""
        steps = {(begin, word): end for begin, end, word in self.arcs}
        path = [0]
        for word in words:
            there = steps.get((path[-1], word))
            if there is None:
                return None
            path.append(there)
        return path

    def without(self, words: Iterable[str]) -> "Network":
        """The same network less one sentence: what would have been heard instead?"""
        sentence = tuple(words)
        path = self.follow(sentence)
        if path is None:
            return self
        twin = [self.states + step for step in range(len(path))]
        leaving: dict[int, list[tuple[int, str]]] = {}
        for begin, end, word in self.arcs:
            leaving.setdefault(begin, []).append((end, word))
        arcs = list(self.arcs)
        for step, state in enumerate(path):
            following = sentence[step] if step < len(sentence) else None
            arcs += [
                (twin[step], twin[step + 1] if word == following else end, word)
                for end, word in leaving.get(state, ())
            ]
        finals = {twin[step] for step, state in enumerate(path[:-1]) if state in self.finals}
        spans = {twin[step]: self.spans[state] for step, state in enumerate(path) if state in self.spans}
        # The beginning has to be state 0: swap the old one and its twin.
        swap = {0: twin[0], twin[0]: 0}
        return Network(
            states=self.states + len(path),
            finals=frozenset(swap.get(state, state) for state in self.finals | finals),
            arcs=tuple((swap.get(a, a), swap.get(b, b), word) for a, b, word in arcs),
            spans={swap.get(state, state): name for state, name in {**self.spans, **spans}.items()},
        )


class Nfa:
    """Collects ways, with free moves, and makes the network of them. State 0 begins."""

    def __init__(self, states: int = 1) -> None:
        self._arcs: list[list[tuple[str | None, int]]] = [[] for _ in range(states)]
        self._finals: set[int] = set()
        self._spans: dict[int, str] = {}
        self._shared: dict[str, int] = {}

    def state(self) -> int:
        self._arcs.append([])
        return len(self._arcs) - 1

    def arc(self, begin: int, word: str | None, end: int) -> None:
        self._arcs[begin].append((word, end))

    def finish(self, state: int) -> None:
        """A sentence may end here."""
        self._finals.add(state)

    def insert(self, begin: int, network: Network, end: int) -> None:
        """A copy of a network as one step."""
        offset = len(self._arcs)
        self._arcs.extend([] for _ in range(network.states))
        self.arc(begin, None, offset)
        for a, b, word in network.arcs:
            self.arc(offset + a, word, offset + b)
        for state in network.finals:
            self.arc(offset + state, None, end)

    def loop(self, begin: int, labels: Iterable[str], end: int, span: str, *, shared: bool) -> None:
        """One or more of the labels; the state in between is marked. shared: every such loop is the same."""
        there = self._shared.get(span) if shared else None
        if there is None:
            there = self.state()
            self._spans[there] = span
            self._arcs[there] = [*((label, there) for label in labels), (None, end)]
            if shared:
                self._shared[span] = there
        self._arcs[begin].extend((label, there) for label in labels)

    def network(self) -> Network:
        return _smallest(*self._deterministic())

    def _deterministic(self) -> tuple[list[dict[str, int]], set[int], dict[int, str]]:
        closures = [self._closure(state) for state in range(len(self._arcs))]
        steps_of = [[(word, end) for word, end in arcs if word is not None] for arcs in self._arcs]
        begin = closures[0]
        numbers = {begin: 0}
        order = [begin]
        steps: list[dict[str, int]] = []
        for subset in order:
            targets: dict[str, set[int]] = {}
            for state in subset:
                for word, end in steps_of[state]:
                    targets.setdefault(word, set()).update(closures[end])
            row = {}
            for word, ends in targets.items():
                key = frozenset(ends)
                if key not in numbers:
                    numbers[key] = len(order)
                    order.append(key)
                row[word] = numbers[key]
            steps.append(row)
        finals = {number for subset, number in numbers.items() if self._finals & subset}
        spans = {}
        for subset, number in numbers.items():
            names = sorted(self._spans[state] for state in subset & self._spans.keys())
            if names:
                spans[number] = names[0]
        return steps, finals, spans

    def _closure(self, state: int) -> frozenset[int]:
        """States that free moves lead to, less those that only move freely on."""
        found = {state}
        waiting = [state]
        while waiting:
            for word, end in self._arcs[waiting.pop()]:
                if word is None and end not in found:
                    found.add(end)
                    waiting.append(end)
        return frozenset(
            each
            for each in found
            if each in self._finals
            or each in self._spans
            or any(word is not None for word, _ in self._arcs[each])
        )


def _smallest(steps: list[dict[str, int]], finals: set[int], spans: dict[int, str]) -> Network:
    """Merge states that nothing tells apart (Moore's refinement), and number them from the beginning."""
    block = [(state in finals, spans.get(state, "")) for state in range(len(steps))]
    names: dict[object, int] = {}
    group = [names.setdefault(key, len(names)) for key in block]
    while True:
        names = {}
        refined = [
            names.setdefault(
                (group[state], tuple(sorted((w, group[end]) for w, end in row.items()))), len(names)
            )
            for state, row in enumerate(steps)
        ]
        if len(names) == len(set(group)):
            break
        group = refined
    numbers: dict[int, int] = {}
    for state in range(len(steps)):  # in order of discovery: the beginning comes first
        numbers.setdefault(group[state], len(numbers))
    arcs = {
        (numbers[group[state]], numbers[group[end]], word)
        for state, row in enumerate(steps)
        for word, end in row.items()
    }
    return Network(
        states=len(numbers),
        finals=frozenset(numbers[group[state]] for state in finals),
        arcs=tuple(sorted(arcs)),
        spans={numbers[group[state]]: name for state, name in spans.items()},
    )
