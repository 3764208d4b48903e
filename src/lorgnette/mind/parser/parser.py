"""One language's parser: from an utterance to the likeliest tool, its slots and a calibrated confidence."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from lorgnette.mind.agreement import Opinion
from lorgnette.mind.grammar import SlotParser
from lorgnette.mind.parser.arguments import Filled, Slot, fill, slots_of
from lorgnette.mind.parser.beginnings import Beginnings
from lorgnette.mind.parser.features import MOST, intent_features, known_bucket, marked
from lorgnette.mind.parser.guess import Guess
from lorgnette.mind.parser.spans import KINDS, Span, apart, find_spans
from lorgnette.mind.parser.weights import Weights
from lorgnette.mind.parser.words import words_for
from lorgnette.mind.tokens import Tokens
from lorgnette.sdk.language import language_of
from lorgnette.sdk.registry import RegisteredTool
from lorgnette.sdk.schema import kind_of

TRIED: Final = 4
"""Tools whose slots are looked for, one after the other."""
LEAST: Final = 0.02
"""A likeliest tool below this is none."""
RANKED: Final = 12
"""How many of the likeliest tools a guess names."""


class Readers(Protocol):
    """What the parser takes from the language's grammar."""

    def parser(self, hint: Any) -> SlotParser | None:
        """The reader of a parameter's type."""

    @property
    def readers(self) -> Mapping[str, SlotParser]:
        """The readers by kind."""


class Parser:
    """Reads utterances in one language with its `Weights`, for the tools that are installed."""

    def __init__(
        self, weights: Weights, language: str, tools: Mapping[str, RegisteredTool], readers: Readers
    ) -> None:
        self._weights = weights
        self._words = words_for(language)
        self._readers = readers
        self._by_kind = readers.readers
        known: dict[str, RegisteredTool] = {}
        for registered in tools.values():
            if registered.tool.offered and not registered.tool.final:
                known.setdefault(registered.tool.name, registered)
        self._tools: list[RegisteredTool | None] = [known.get(label) for label in weights.labels]
        self._mine = np.array([tool is not None for tool in self._tools])
        self._kinds = [_kinds(tool) for tool in self._tools]
        self._last: tuple[Tokens, list[Span], list[Span], NDArray[np.float32]] | None = None
        self._slots: dict[int, tuple[Slot, ...]] = {}
        self._beginnings = Beginnings(language_of(language), self._by_kind)

    @property
    def tools(self) -> frozenset[str]:
        """Own names of the installed tools that the model knows."""
        return frozenset(tool.tool.name for tool in self._tools if tool is not None)

    def spans(self, tokens: Tokens) -> list[Span]:
        """Every value with a type in an utterance, overlapping ones, too."""
        return find_spans(tokens, self._by_kind, self._beginnings.kinds)

    def scores(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Probability of each label for marked words (see `marked`), before calibration."""
        weights = self._weights
        buckets = intent_features(words, len(weights.intents))
        raw = weights.intents[buckets].sum(axis=0, dtype=np.int32) * weights.scale
        raw = raw / np.float32(np.sqrt(len(buckets))) + weights.bias
        raw -= raw.max()
        np.exp(raw, out=raw)
        probabilities: NDArray[np.float32] = raw / raw.sum()
        return probabilities

    def guess(self, tokens: Tokens) -> Guess | None:
        """What tokens (without politeness and hesitation) mean; None where no installed tool is likely."""
        if not tokens.words or len(tokens.words) > MOST:
            return None
        every, kept, scores = self._seen(tokens)
        order = np.argsort(-scores * self._mine, kind="stable")[:RANKED]
        if scores[order[0]] < LEAST:
            return None
        typed = _typed(tokens, kept)
        scores = scores.copy()
        top, filled, mass = self._fitting(order, scores, tokens, every, typed)
        registered = self._tools[top]
        if registered is None or filled is None:
            return None
        scores[top] = mass
        signs = self._signs(top, scores, tokens, kept, filled)
        weights = self._weights.calibration
        logit = float(np.dot(weights[:-1], signs) + weights[-1])
        return Guess(
            registered=registered,
            slots=filled.slots,
            confidence=round(float(1 / (1 + np.exp(-logit))), 4),
            ranked=tuple(
                (tool.name, round(float(scores[at]), 4))
                for at in order
                if (tool := self._tools[at]) is not None
            ),
            missing=tuple(filled.missing),
            held=self._words.held(tokens.words),
            signs=tuple(float(sign) for sign in signs),
            spans=tuple((span.kind, tokens.said(span.begin, span.end)) for span in kept)
            + tuple(filled.spans),
        )

    def _fitting(
        self,
        order: NDArray[np.intp],
        scores: NDArray[np.float32],
        tokens: Tokens,
        spans: Sequence[Span],
        typed: Sequence[str],
    ) -> tuple[int, Filled | None, float]:
        """The likeliest tool that has all it needs, else the likeliest; with the share of those it replaces.

        "What time is it" has no city: then it isn't the time elsewhere, however much that looks like it.
        """
        first: tuple[int, Filled] | None = None
        passed: list[int] = []
        for at in (int(one) for one in order[:TRIED]):
            registered = self._tools[at]
            if registered is None or scores[at] < scores[order[0]] * 0.1:
                break
            filled = fill(registered, self._slots_of(at), tokens, spans, typed, self._weights, self._words)
            if not filled.missing:
                mass = float(scores[at]) + sum(float(scores[one]) for one in passed)
                for one in passed:
                    scores[one] = 0
                return at, filled, mass
            first = first or (at, filled)
            passed.append(at)
        if first is None:
            return int(order[0]), None, 0.0
        return first[0], first[1], float(scores[first[0]])

    def _slots_of(self, label: int) -> tuple[Slot, ...]:
        slots = self._slots.get(label)
        if slots is None:
            registered = self._tools[label]
            slots = slots_of(registered, self._readers.parser) if registered is not None else ()
            self._slots[label] = slots
        return slots

    def _seen(self, tokens: Tokens) -> tuple[list[Span], list[Span], NDArray[np.float32]]:
        """All values, those apart, and the scores; of the last utterance they are kept: one asks twice."""
        last = self._last
        if last is None or last[0] is not tokens:
            every = self.spans(tokens)
            kept = apart(every)
            last = self._last = (tokens, every, kept, self.scores(marked(tokens.words, kept)))
        return last[1], last[2], last[3]

    def held(self, tokens: Tokens) -> str:
        """Why an utterance is no order; "" where nothing says so."""
        return self._words.held(tokens.words)

    def opinion(self, tokens: Tokens, tool: str) -> Opinion | None:
        """How likely a tool (its own name) is, and what else; None where the model doesn't know it."""
        if tool not in self._weights.labels:
            return None
        at, scores = self._weights.labels.index(tool), self._seen(tokens)[2]
        first, second = (int(one) for one in np.argpartition(-scores, 1)[:2])
        rival = second if first == at else first
        return Opinion(float(scores[at]), self._weights.labels[rival], float(scores[rival]))

    def _signs(
        self,
        top: int,
        scores: NDArray[np.float32],
        tokens: Tokens,
        kept: Sequence[Span],
        filled: Filled,
    ) -> NDArray[np.float64]:
        """What the confidence is made of; `SIGNS` names them."""
        first = float(scores[top])
        others = scores.copy()
        others[top] = 0
        second = float(others.max())
        foreign = float(scores[~self._mine].sum())
        covered = {at for span in kept for at in range(span.begin, span.end)} | filled.used
        outside = [word for at, word in enumerate(tokens.words) if at not in covered]
        strange = sum(not self._is_known(word, top) for word in outside)
        idle = sum(
            span.kind not in self._kinds[top] and filled.used.isdisjoint(range(span.begin, span.end))
            for span in kept
        )
        return np.array(
            [
                np.log(max(first, 1e-4) / max(1 - first, 1e-4)),
                np.log(max(first, 1e-4) / max(second, 1e-4)),
                foreign,
                min(strange, 5),
                strange / max(1, len(outside)),
                len(outside) <= 1,
                min(idle, 2),
                min(len(filled.missing), 1),
                min(len(tokens.words), 20) / 10,
            ]
        )

    def _is_known(self, word: str, label: int) -> bool:
        return bool(self._weights.known[known_bucket(word), label >> 3] & (128 >> (label & 7)))


SIGNS: Final = ("odds", "margin", "foreign", "strange", "strange share", "short", "idle", "missing", "length")


def _typed(tokens: Tokens, kept: Sequence[Span]) -> list[str]:
    marks = [""] * len(tokens.words)
    for span in kept:
        for at in range(span.begin, span.end):
            marks[at] = span.kind
    return marks


def _kinds(registered: RegisteredTool | None) -> frozenset[str]:
    if registered is None:
        return frozenset()
    kinds = {kind_of(parameter.kind)[0] for parameter in registered.tool.parameters}
    if "percent" in kinds or "decimal" in kinds:
        kinds.add("number")
    if "number" in kinds:
        kinds.add("decimal")
    return frozenset(str(kind) for kind in kinds if kind in KINDS)
