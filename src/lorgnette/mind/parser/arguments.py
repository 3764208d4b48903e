"""A tool's parameters filled from an utterance: typed values first, then known words, then free text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from lorgnette.mind.grammar import Loose, SlotParser, read_once
from lorgnette.mind.parser.spans import KINDS, Span
from lorgnette.mind.parser.tagger import find_text
from lorgnette.mind.parser.weights import Weights
from lorgnette.mind.parser.words import Words
from lorgnette.mind.tokens import Tokens
from lorgnette.sdk.kinds import Kind, OneOf
from lorgnette.sdk.registry import RegisteredTool
from lorgnette.sdk.schema import kind_of
from lorgnette.sdk.skill import Parameter

ParserOf = Callable[[Any], SlotParser | None]
"""The grammar's reader of a parameter's type; None for free text."""

_ORDER: Final = {kind: index for index, kind in enumerate((*KINDS, "choice"))}


@dataclass(slots=True)
class Filled:
    """`slots` by parameter, `missing` required ones, `used`: the tokens that they took."""

    slots: dict[str, Any]
    missing: list[str]
    used: set[int]
    spans: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Slot:
    """A parameter with what its type says, found out once."""

    parameter: Parameter
    kind: Kind
    bare: Any
    choice: OneOf | None
    parser: SlotParser | None


def slots_of(registered: RegisteredTool, parser_of: ParserOf) -> tuple[Slot, ...]:
    """A tool's parameters in the order in which they are filled."""
    slots = []
    for parameter in registered.tool.parameters:
        kind, bare, choice = kind_of(parameter.kind)
        slots.append(Slot(parameter, kind, bare, choice, parser_of(parameter.kind)))
    return tuple(sorted(slots, key=lambda one: _ORDER.get(one.kind, len(_ORDER))))


def fill(
    registered: RegisteredTool,
    slots: Sequence[Slot],
    tokens: Tokens,
    spans: Sequence[Span],
    typed: Sequence[str],
    weights: Weights,
    words: Words,
) -> Filled:
    """Fill what can be filled. `typed`: the mark of the value in which each token stands."""
    filled = Filled({}, [], set(), [])
    for slot in slots:
        parameter, kind, bare, choice, parser = slot.parameter, slot.kind, slot.bare, slot.choice, slot.parser
        if kind in {"text", "place", "person"}:
            found = _text(parameter, registered, tokens, typed, weights, filled)
            if found is not None and kind != "text":
                found = (found[0], found[1], bare(found[2]))
        elif kind == "list":
            found = None
        elif kind in KINDS:
            found = _typed(parameter, kind, tokens, spans, words, filled)
        else:
            found = _read(tokens, parser, filled) if parser is not None and kind != "boolean" else None
            if found is None and choice is not None and choice.open:
                found = _open(parameter, registered, tokens, typed, weights, filled, choice, words.code)
        if found is None:
            if parameter.required:
                filled.missing.append(parameter.name)
            continue
        begin, end, value = found
        filled.slots[parameter.name] = value
        filled.used.update(range(begin, end))
        filled.spans.append((parameter.name, tokens.said(begin, end)))
    return filled


type _Found = tuple[int, int, Any] | None


def _typed(
    parameter: Parameter, kind: str, tokens: Tokens, spans: Sequence[Span], words: Words, filled: Filled
) -> _Found:
    """The longest value of the kind, the first of equal ones; a bare number only where it is announced."""
    best: Span | None = None
    for span in spans:
        if span.kind != kind and not (kind == "percent" and span.kind == "number" and parameter.required):
            continue
        if not filled.used.isdisjoint(range(span.begin, span.end)):
            continue
        if span.bare and not words.announces(tokens.words, span.begin):
            continue
        if best is None or (span.kind == kind, span.end - span.begin) > (
            best.kind == kind,
            best.end - best.begin,
        ):
            best = span
    if best is None:
        return None
    value = best.value
    if best.kind != kind:
        if not 0 <= value <= 100:
            return None
        value = words.percent(value)
    return best.begin, best.end, value


def _read(tokens: Tokens, parser: SlotParser, filled: Filled) -> _Found:
    """The longest of known words, of equal ones the last."""
    best: _Found = None
    for at in range(len(tokens.words)):
        for end, value in read_once(tokens, parser, at):
            if isinstance(value, Loose) or not filled.used.isdisjoint(range(at, end)):
                continue
            if best is None or end - at >= best[1] - best[0]:
                best = (at, end, value)
    return best


def _text(
    parameter: Parameter,
    registered: RegisteredTool,
    tokens: Tokens,
    typed: Sequence[str],
    weights: Weights,
    filled: Filled,
) -> _Found:
    free = [at not in filled.used for at in range(len(tokens.words))]
    key = f"{registered.tool.name}.{parameter.name}"
    found = find_text(weights, tokens.words, typed, key, free)
    return (*found, tokens.said(*found)) if found else None


def _open(
    parameter: Parameter,
    registered: RegisteredTool,
    tokens: Tokens,
    typed: Sequence[str],
    weights: Weights,
    filled: Filled,
    choice: OneOf,
    code: str,
) -> _Found:
    found = _text(parameter, registered, tokens, typed, weights, filled)
    if found is None or found[1] - found[0] > 4 or not choice.takes(found[2], code):
        return None
    return found
