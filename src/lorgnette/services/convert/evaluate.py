"""Arithmetic, worked out by a small parser of its own: nothing is executed, and everything is bounded."""

import re
from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DecimalException,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from typing import Final

from lorgnette.core.errors import SkillError

LONGEST: Final = 200
DEEPEST: Final = 30
DIGITS: Final = 40
LARGEST: Final = 400
"""Decimal exponent of the largest result; of the smallest it is minus that."""
LARGEST_EXPONENT: Final = 1000
_TOKEN: Final = re.compile(r"\s*(\d+(?:\.\d*)?|\.\d+|sqrt|\*\*|[-+*/^()])")


def evaluate(expression: str) -> Decimal:
    """What it comes to. `SkillError` for what isn't arithmetic, divides by zero or grows too large."""
    if len(expression) > LONGEST:
        raise SkillError("too long", phrase="calculate-too-long")
    tokens, at = [], 0
    text = expression.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _nonsense()
        tokens.append(match[1])
        at = match.end()
    sums = _Sums(tokens)
    try:
        found = sums.whole()
    except (DivisionByZero, ZeroDivisionError):
        raise SkillError("division by zero", phrase="calculate-by-zero") from None
    except Overflow:
        raise _too_large() from None
    except (InvalidOperation, DecimalException):
        raise _nonsense() from None
    return found


class _Sums:
    """Recursive descent: sum > product > sign > power > number, root, parentheses."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self._context = Context(
            prec=DIGITS,
            rounding=ROUND_HALF_EVEN,
            Emin=-LARGEST,
            Emax=LARGEST,
            traps=[DivisionByZero, Overflow, InvalidOperation],
        )

    def whole(self) -> Decimal:
        """All of it."""
        found = self._sum()
        if self._at != len(self._tokens):
            raise _nonsense()
        return found

    def _next(self, *wanted: str) -> str:
        """The next token if it is one of these; empty if not."""
        if self._at < len(self._tokens) and self._tokens[self._at] in wanted:
            self._at += 1
            return self._tokens[self._at - 1]
        return ""

    def _sum(self) -> Decimal:
        found = self._product()
        while sign := self._next("+", "-"):
            more = self._product()
            found = self._context.add(found, more) if sign == "+" else self._context.subtract(found, more)
        return found

    def _product(self) -> Decimal:
        found = self._signed()
        while sign := self._next("*", "/"):
            more = self._signed()
            if sign == "/" and not more:
                raise ZeroDivisionError
            found = self._context.multiply(found, more) if sign == "*" else self._context.divide(found, more)
        return found

    def _signed(self) -> Decimal:
        self._deeper()
        try:
            if self._next("-"):
                return -self._signed()
            return self._signed() if self._next("+") else self._power()
        finally:
            self._depth -= 1

    def _power(self) -> Decimal:
        base = self._atom()
        if not self._next("^", "**"):
            return base
        exponent = self._signed()  # 2^3^2 is 2^(3^2)
        if abs(exponent) > LARGEST_EXPONENT:
            raise _too_large()
        if not base and exponent < 0:
            raise ZeroDivisionError
        if not base and not exponent:
            return Decimal(1)
        if base < 0 and exponent != exponent.to_integral_value():
            raise SkillError("root of a negative number", phrase="calculate-no-root")
        return self._context.power(base, exponent)

    def _atom(self) -> Decimal:
        if self._next("sqrt"):
            inner = self._atom()
            if inner < 0:
                raise SkillError("root of a negative number", phrase="calculate-no-root")
            return self._context.sqrt(inner)
        if self._next("("):
            self._deeper()
            found = self._sum()
            self._depth -= 1
            if not self._next(")"):
                raise _nonsense()
            return found
        if self._at >= len(self._tokens) or (
            not self._tokens[self._at][0].isdigit() and self._tokens[self._at][0] != "."
        ):
            raise _nonsense()
        self._at += 1
        return self._context.create_decimal(self._tokens[self._at - 1])

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise SkillError("too deep", phrase="calculate-too-long")


def _nonsense() -> SkillError:
    return SkillError("no arithmetic", phrase="calculate-nonsense")


def _too_large() -> SkillError:
    return SkillError("too large", phrase="calculate-too-large")
