"""Arithmetic as it is said or typed, read into one normalised expression: "twelve times four" is "12 * 4"."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from lorgnette.mind.grammar import Grammar
from lorgnette.mind.numbers import Numbers, written
from lorgnette.mind.tokens import Tokens
from lorgnette.sdk.kinds import Expression
from lorgnette.sdk.language import Language

MOST_STATES: Final = 400
MOST_TOKENS: Final = 60
_SIGNS: Final = {
    **dict.fromkeys("+\N{FULLWIDTH PLUS SIGN}", "+"),
    **dict.fromkeys("-\N{MINUS SIGN}\N{EN DASH}", "-"),
    **dict.fromkeys("*\N{MULTIPLICATION SIGN}\N{MIDDLE DOT}\N{DOT OPERATOR}", "*"),
    **dict.fromkeys("/\N{DIVISION SIGN}:\N{FRACTION SLASH}", "/"),
    "^": "^",
    "(": "(",
    ")": ")",
    "\N{SQUARE ROOT}": "sqrt",
}


class _Reached(NamedTuple):
    """A part of a sum: what is written so far, where the last operand begins in it, and open parentheses."""

    end: int
    text: str
    operand: str
    depth: int
    steps: int
    fraction: bool


class Arithmetic:
    """A language's reader of expressions."""

    def __init__(self, pack: Language, numbers: Numbers) -> None:
        table = pack.arithmetic
        self._numbers = numbers
        slots = {"n": numbers.cardinal}
        self._binary = _grammar(table.get("binary", ()), slots)
        self._prefix = _grammar(table.get("prefix", ()), slots)
        self._postfix = _grammar(table.get("postfix", ()), slots)

    def read(self, tokens: Tokens, begin: int) -> list[tuple[int, Expression]]:
        """(end, expression) of each way to read at least one operation here."""
        found: dict[int, Expression] = {}
        queue = [*self._operands(tokens, begin, _Reached(begin, "", "", 0, 0, False), first=True)]
        seen = set(queue)
        for state in queue:
            if len(queue) > MOST_STATES:
                break
            end = state.end
            closed = _closed(tokens, state)
            if state.steps and closed is not None:
                found.setdefault(end, Expression(closed))
            if end >= len(tokens.words) or end - begin >= MOST_TOKENS:
                continue
            for more in self._goes_on(tokens, state):
                if more not in seen:
                    seen.add(more)
                    queue.append(more)
        return list(found.items())

    def _goes_on(self, tokens: Tokens, state: _Reached) -> Iterator[_Reached]:
        signs = _between(tokens, state.end)
        if signs is None:
            return
        while signs and signs[0] == ")" and state.depth:
            state = state._replace(text=state.text + ")", operand="", depth=state.depth - 1)
            signs = signs[1:]
        if not signs:
            yield from self._postfixed(tokens, state)
            yield from self._joined(tokens, state)
        elif signs[0] in "+-*/^":
            further = state._replace(text=f"{state.text} {signs[0]} ", steps=state.steps + 1)
            yield from self._operands(tokens, state.end, further, signs[1:])

    def _postfixed(self, tokens: Tokens, state: _Reached) -> Iterator[_Reached]:
        """What may stand behind an operand: "squared"."""
        if not state.operand:
            return
        for reading in self._postfix.readings(tokens, state.end):
            wrap = reading.owner["wrap"].replace("{n}", str(reading.slots.get("n", "")))
            operand = wrap.format(state.operand)
            text = state.text.removesuffix(state.operand) + operand
            yield state._replace(end=reading.end, text=text, operand=operand, steps=state.steps + 1)

    def _joined(self, tokens: Tokens, state: _Reached) -> Iterator[_Reached]:
        """An operator and the next operand: "times four"."""
        for reading in self._binary.readings(tokens, state.end):
            form = reading.owner
            if form.get("fraction") and not state.fraction:
                continue
            further = state._replace(text=f"{state.text} {form['op']} ", steps=state.steps + 1)
            for reached in self._operands(tokens, reading.end, further):
                if form.get("after"):
                    yield reached._replace(text=f"{reached.text} {form['after']}", operand="")
                elif reached.fraction or not form.get("fraction_behind"):
                    yield reached

    def _operands(
        self, tokens: Tokens, at: int, state: _Reached, signs: str | None = None, *, first: bool = False
    ) -> Iterator[_Reached]:
        """A number, with what stands before it. `signs`: what is left of the signs before this token."""
        if at >= len(tokens.words):
            return
        if signs is None:
            signs = _leading(tokens, at) if first else _between(tokens, at) or ""
        root, match = "{}", re.fullmatch(r"((?:[(]|-(?=[(]))*)(-?)(sqrt)?", signs)
        if match is None:
            return
        text, depth = state.text + match[1], state.depth + match[1].count("(")
        if match[3]:
            root = "sqrt({})"
        for reading in self._prefix.readings(tokens, at):
            for inner in self._operands(tokens, reading.end, state._replace(text="", depth=0, operand="")):
                wrapped = reading.owner["wrap"].format(inner.text)
                share = reading.owner["wrap"].endswith("100")
                yield _Reached(inner.end, text + match[2] + wrapped, wrapped, depth, state.steps + 1, share)
        for end, value in self._numbers.decimal(tokens, at):
            if end == at + 2 and written(tokens, at):  # "1/2" is a division here
                continue
            number = root.format(_plain(abs(value)))
            minus = "-" if value < 0 or match[2] else ""
            steps = state.steps + bool(match[3])
            yield _Reached(end, text + minus + number, number, depth, steps, 0 < value < 1)


def _grammar(forms: Any, slots: Mapping[str, Any]) -> Grammar:
    grammar = Grammar()
    for form in forms:
        grammar.add(form["say"], slots, form)
    grammar.join()
    return grammar


def _leading(tokens: Tokens, at: int) -> str:
    """Signs right before the first number: "(", "-", "√"."""
    start = tokens.spans[at - 1][1] if at else 0
    text = tokens.text[start : tokens.spans[at][0]]
    match = re.search(r"[(√\N{MINUS SIGN}-]*\s*$", text)
    return "".join(_SIGNS.get(sign, "") for sign in (match[0] if match else ""))


def _closed(tokens: Tokens, state: _Reached) -> str | None:
    """The text with the parentheses that close behind its last token; None where one stays open."""
    text = state.text
    if state.depth:
        stop = tokens.spans[state.end][0] if state.end < len(tokens.words) else len(tokens.text)
        behind = tokens.text[tokens.spans[state.end - 1][1] : stop].lstrip()
        closing = len(behind) - len(behind.lstrip(")"))
        if closing < state.depth:
            return None
        text += ")" * state.depth
    return text


def _between(tokens: Tokens, at: int) -> str | None:
    """The signs between a token and the one before; None where something else stands there.

    ASCII hyphens inside "twenty-five" separate words of a number, so letters on both sides make it none.
    """
    if at == 0 or at >= len(tokens.words):
        return ""
    before, behind = tokens.spans[at - 1][1], tokens.spans[at][0]
    text = tokens.text[before:behind]
    if text == "-" and (tokens.text[before - 1].isalpha() or tokens.text[behind].isalpha()):
        return ""
    found = "".join(_SIGNS.get(sign, "" if sign.isspace() else "?") for sign in text)
    return None if "?" in found else found


def _plain(value: float) -> str:
    """Digits without an exponent."""
    if value == int(value):
        return str(int(value))
    return f"{value:.12f}".rstrip("0")
