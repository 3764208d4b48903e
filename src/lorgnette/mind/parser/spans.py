"""Values with a type wherever they stand in an utterance: durations, times, dates, numbers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from lorgnette.mind.grammar import Loose, SlotParser, read_once
from lorgnette.mind.tokens import Tokens
from lorgnette.sdk.kinds import BarePercent

KINDS: Final = (
    "recurrence",
    "duration",
    "money",
    "quantity",
    "date",
    "time",
    "percent",
    "expression",
    "decimal",
    "number",
)
"""What is looked for; of two values of the same length the first kind wins."""
_BARE: Final = frozenset(("time", "duration", "date", "expression"))


@dataclass(frozen=True, slots=True)
class Span:
    """A value of a kind and the tokens that say it. `bare`: a number alone, which could be anything."""

    kind: str
    begin: int
    end: int
    value: Any
    bare: bool = False


def find_spans(
    tokens: Tokens, readers: Mapping[str, SlotParser], kinds: Callable[[str], Iterable[str]]
) -> list[Span]:
    """The longest value of each kind at each token. `kinds`: those that can begin with a word."""
    found: list[Span] = []
    for at, word in enumerate(tokens.words):
        for kind in kinds(word):
            best: tuple[int, Any] | None = None
            for end, value in read_once(tokens, readers[kind], at):
                if isinstance(value, Loose | BarePercent):
                    continue
                if best is None or end > best[0]:
                    best = (end, value)
            if best is not None:
                found.append(Span(kind, at, best[0], best[1]))
    numbers = {(span.begin, span.end) for span in found if span.kind in {"number", "decimal"}}
    return [
        replace(span, bare=True) if span.kind in _BARE and (span.begin, span.end) in numbers else span
        for span in found
    ]


def apart(spans: list[Span]) -> list[Span]:
    """Those that don't overlap, the longest first; in the order of the utterance. Bare times are numbers."""
    order = sorted(
        (span for span in spans if not span.bare),
        key=lambda span: (span.begin - span.end, KINDS.index(span.kind), span.begin),
    )
    taken: set[int] = set()
    kept = []
    for span in order:
        covered = range(span.begin, span.end)
        if taken.isdisjoint(covered):
            taken.update(covered)
            kept.append(span)
    return sorted(kept, key=lambda span: span.begin)
