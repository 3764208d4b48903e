"""A grammar of sentence templates: one network of words and slots, searched token by token.

Templates are in hassil's notation and parsed by it. The search is its own: slots are parsed by functions
(durations, times), every way through is scored by how many tokens it explains word by word, and the best one
wins. That settles where a free text ends ("some jazz *by* miles davis") and keeps a search well under a
millisecond whatever the number of templates.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import permutations
from typing import Any, NamedTuple, cast

from lorgnette.mind.templates import expression_of
from lorgnette.mind.tokens import Tokens, tokenize, words_of

SlotParser = Callable[[Tokens, int], Sequence[tuple[int, Any]]]
"""(end, value) of each way to read a slot that begins at a token."""


class Loose(NamedTuple):
    """A value that any words would have been: it counts as free text."""

    value: Any


WORD, SLOT, SILENT = 10, 9, -1
"""What a token is worth as a word of the template, as a part of a slot, and what a slot without words costs.
A token of free text is worth nothing."""


@dataclass(slots=True, eq=False)
class _Node:
    """A point between two tokens.

    `leaves`: templates that may end here; `also`: what follows there, follows here too (until `_join`).
    """

    words: dict[str, list["_Node"]] = field(default_factory=dict)
    slots: list[tuple[str, SlotParser | None, "_Node"]] = field(default_factory=list)
    leaves: list[int] = field(default_factory=list)
    also: list["_Node"] = field(default_factory=list)


type _Point = tuple[_Node, str]
"""Where a template's laying has got to: a node, and the letters of a word that isn't finished there."""


class _Span(NamedTuple):
    begin: int
    end: int


class _State(NamedTuple):
    """How a node was reached. `path`: the slots so far, linked backwards; `free`: tokens of free text."""

    score: int
    free: int
    open: bool
    path: Any


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read tokens: whose template, its slots, where it ends, how many tokens are free text.

    `open`: ends in free text, so that it may go on.
    """

    owner: Any
    slots: Mapping[str, Any]
    end: int
    score: int
    free: int
    open: bool


class Grammar:
    """Templates and what they stand for."""

    def __init__(self) -> None:
        self._root = _Node()
        self._owners: list[Any] = []
        self._laid = True
        self._shared: set[_Node] = set()

    def add(self, template: str, slots: Mapping[str, SlotParser | None], owner: Any) -> None:
        """Add a template; `slots` gives each slot's parser, None for free text. Raises `ValueError`."""
        leaf = len(self._owners)
        self._owners.append(owner)
        for node in _Builder(slots, self._shared).ends(template, self._root):
            node.leaves.append(leaf)
        self._laid = False

    def join(self) -> None:
        """Make the network ready to search, now and not at the first search."""
        if not self._laid:
            _join(self._root)
            self._laid = True

    def best(self, tokens: Tokens, silent: frozenset[str] = frozenset()) -> Reading | None:
        """The best reading of all the tokens. `silent`: free-text slots that may have no words."""
        whole = [
            reading
            for reading in self.readings(tokens, 0, silent, whole=True)
            if reading.end == len(tokens.words)
        ]
        return max(whole, key=lambda reading: reading.score, default=None)

    def readings(  # noqa: C901, PLR0912 — the one loop that must be fast
        self,
        tokens: Tokens,
        begin: int = 0,
        silent: frozenset[str] = frozenset(),
        *,
        whole: bool = False,
    ) -> Iterator[Reading]:
        """The best reading for each template and each end, from token `begin` on.

        `whole`: what ends before the last token isn't needed, so that not all of it is found.
        """
        self.join()
        words = tokens.words
        count = len(words)
        waves: list[dict[_Node, _State] | None] = [None] * (count - begin + 1)
        waves[0] = {self._root: _State(0, 0, False, None)}
        last = 0  # the furthest wave that was reached: beyond it nothing is left to do
        for at, wave in enumerate(waves):
            if at > last:
                break
            if wave is None:
                continue
            position = begin + at
            if silent:
                _skip(wave, silent)
            word = words[position] if position < count else ""
            for node, state in wave.items():
                for leaf in node.leaves:
                    yield self._reading(tokens, leaf, position, state)
                if not word:
                    continue
                score, free, _, path = state
                targets = node.words.get(word)
                if targets:
                    last = max(last, at + 1)
                    ahead = waves[at + 1]
                    if ahead is None:
                        ahead = waves[at + 1] = {}
                    step = _State(score + WORD, free, False, path)
                    for target in targets:
                        _reach(ahead, target, step)
                for name, parser, target in node.slots:
                    if parser is None:
                        for end in _ends(words, position, target, whole=whole):
                            last = max(last, end - begin)
                            ahead = waves[end - begin]
                            if ahead is None:
                                ahead = waves[end - begin] = {}
                            _reach_free(ahead, target, state, name, _Span(position, end))
                    else:
                        for end, step in _taken(state, name, parser, tokens, position):
                            last = max(last, end - begin)
                            ahead = waves[end - begin]
                            if ahead is None:
                                ahead = waves[end - begin] = {}
                            _reach(ahead, target, step)

    def _reading(self, tokens: Tokens, leaf: int, end: int, state: _State) -> Reading:
        slots: dict[str, Any] = {}
        path = state.path
        while path is not None:
            path, name, value = path
            slots[name] = tokens.said(*value) if isinstance(value, _Span) else value
        return Reading(self._owners[leaf], slots, end, state.score, state.free, state.open)


def _ends(words: Sequence[str], at: int, target: _Node, *, whole: bool) -> Iterable[int]:
    """Where a free text that begins at a token may end; `whole`: only where the sentence can go on or end."""
    if not whole or target.slots:
        return range(at + 1, len(words) + 1)
    following = target.words
    ends = [end for end in range(at + 1, len(words)) if words[end] in following]
    if target.leaves:
        ends.append(len(words))
    return ends


def _taken(
    state: _State, name: str, parser: SlotParser, tokens: Tokens, at: int
) -> Sequence[tuple[int, _State]]:
    """Where a slot that begins at a token may end, and how that is reached."""
    found = read_once(tokens, parser, at)
    if not found:
        return ()
    score, free, _, path = state
    return [
        (end, _State(score, free + end - at, False, (path, name, value.value)))
        if isinstance(value, Loose)
        else (end, _State(score + SLOT * (end - at), free, False, (path, name, value)))
        for end, value in found
    ]


def read_once(tokens: Tokens, parser: SlotParser, at: int) -> Sequence[tuple[int, Any]]:
    """What a reader finds at a token; asked once for each."""
    key = (parser, at)
    found = tokens.memo.get(key)
    if found is None:
        found = tokens.memo[key] = parser(tokens, at)
    return cast("Sequence[tuple[int, Any]]", found)


def _reach(wave: dict[_Node, _State], node: _Node, state: _State) -> bool:
    known = wave.get(node)
    if known is not None and (known[0] > state[0] or (known[0] == state[0] and known[1] <= state[1])):
        return False
    wave[node] = state
    return True


def _reach_free(wave: dict[_Node, _State], node: _Node, state: _State, name: str, span: _Span) -> None:
    """Reach what lies behind a free text."""
    score, free = state[0], state[1] + span[1] - span[0]
    known = wave.get(node)
    if known is None or known[0] < score or (known[0] == score and known[1] > free):
        wave[node] = _State(score, free, True, (state[3], name, span))


def _skip(wave: dict[_Node, _State], silent: frozenset[str]) -> None:
    """Reach what lies behind a free-text slot whose words are not known."""
    queue = list(wave.items())
    for node, state in queue:
        for name, parser, target in node.slots:
            if parser is None and name in silent:
                skipped = _State(state.score + SILENT, state.free, True, (state.path, name, ""))
                if _reach(wave, target, skipped):
                    queue.append((target, skipped))


def _join(root: _Node) -> None:
    """Copy into each node what it has through `also`, so that the search needn't follow that."""
    seen, queue = {root}, [root]
    for node in queue:
        behind, also = {node}, list(node.also)
        for other in also:
            if other in behind:
                continue
            behind.add(other)
            also += other.also
            for word, targets in other.words.items():
                node.words[word] = list(dict.fromkeys((*node.words.get(word, ()), *targets)))
            node.slots += [slot for slot in other.slots if slot not in node.slots]
            node.leaves += [leaf for leaf in other.leaves if leaf not in node.leaves]
        node.also = []
        following = [target for targets in node.words.values() for target in targets]
        for target in (*following, *(target for _, _, target in node.slots)):
            if target not in seen:
                seen.add(target)
                queue.append(target)


class _Builder:
    """Lays one template's expression into the network.

    A point of the way is a node and the letters of a word that isn't finished there: "timer[s]" goes on with
    "timer" or "timers", each a word of its own. Points that wait for the same letters become one.
    """

    def __init__(self, slots: Mapping[str, SlotParser | None], shared: set[_Node]) -> None:
        self._slots = slots
        self._shared = shared

    def ends(self, template: str, root: _Node) -> list[_Node]:
        """The nodes at which the template may end."""
        from hassil.parser import ParseError

        try:
            expression = expression_of(template)
            points = self._walk(expression, [(root, "")])
        except (ParseError, AssertionError) as error:
            raise ValueError(f"{template!r} is no sentence template: {error}") from error
        except KeyError as error:
            raise ValueError(f"{template!r} has a slot {error} that is no parameter") from error
        ends = [self._lay(node, letters) for node, letters in points]
        if root in ends:
            raise ValueError(f"{template!r} can be empty")
        return ends

    def _walk(self, expression: Any, points: list[_Point]) -> list[_Point]:
        from hassil.expression import Alternative, ListReference, Permutation, TextChunk

        if isinstance(expression, TextChunk):
            return _merged([self._text(node, letters + expression.text) for node, letters in points])
        if isinstance(expression, ListReference):
            name, parser = expression.slot_name, self._slots[expression.slot_name]
            nodes = list(dict.fromkeys(self._lay(node, letters) for node, letters in points))
            if len(nodes) == 1:  # then nothing else leads to the target, and other templates may share it
                for known, other, target in nodes[0].slots:
                    if known == name and other == parser and target in self._shared:
                        return [(target, "")]
            target = _Node()
            if len(nodes) == 1:
                self._shared.add(target)
            for node in nodes:
                node.slots.append((name, parser, target))
            return [(target, "")]
        if isinstance(expression, Alternative):
            branches = [self._walk(item, points) for item in expression.items]
            return _merged([point for branch in branches for point in branch])
        if isinstance(expression, Permutation):
            branches = [self._sequence(order, points) for order in permutations(expression.items)]
            return _merged([point for branch in branches for point in branch])
        return self._sequence(expression.items, points)

    def _sequence(self, items: Iterable[Any], points: list[_Point]) -> list[_Point]:
        for item in items:
            points = self._walk(item, points)
        return points

    def _text(self, node: _Node, text: str) -> tuple[_Node, str]:
        """Lay the finished words of `text`; an unfinished one is handed on."""
        finished, letters = _cut(text)
        return self._lay(node, finished), letters

    @staticmethod
    def _lay(node: _Node, text: str) -> _Node:
        for word in words_of(text):
            targets = node.words.setdefault(word, [])
            if not targets:
                targets.append(_Node())
            node = targets[0]
        return node


@lru_cache(maxsize=8192)
def _cut(text: str) -> tuple[str, str]:
    """The finished words of a piece of a template, and the letters of the one that isn't."""
    tokens = tokenize(text)
    if not tokens.words or text[-1].isspace() or (len(tokens.words[-1]) == 1 and tokens.words[-1] > "\u3000"):
        return text, ""
    begin = tokens.spans[-1][0]
    return text[:begin], text[begin:]


def _merged(points: list[_Point]) -> list[_Point]:
    groups: dict[str, dict[_Node, None]] = {}
    for node, letters in points:
        groups.setdefault(letters, {})[node] = None
    merged = []
    for letters, nodes in groups.items():
        if len(nodes) == 1:
            merged.append((next(iter(nodes)), letters))
            continue
        joint = _Node()
        for node in nodes:
            node.also.append(joint)
        merged.append((joint, letters))
    return merged
