"""What is done with an utterance that no sentence fits: do it, propose it, think about it, or nothing."""

from dataclasses import dataclass
from typing import Final, Literal

from lorgnette.mind.agreement import BROAD
from lorgnette.mind.parser.guess import Guess
from lorgnette.sdk.skill import Effect

DO: Final = 0.98
"""Calibrated probability from which the parser's guess is done at once, if its effect allows that."""
PROPOSE: Final = 0.5
"""… and from which it is offered: "Did you mean …?"."""

Decision = Literal["do", "propose", "route", "none"]
"""do it · ask first · let the model think · nothing is understood."""

ALLOWED: Final[frozenset[Effect]] = frozenset({"read", "act"})
"""Effects of what may be done on a guess; everything else needs a sentence of the grammar, or a yes."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """A decision and, in a few words, why."""

    decision: Decision
    why: str


def decide(guess: Guess | None, *, model: bool = False) -> Understanding:  # noqa: PLR0911
    """What to do with the parser's guess. `model`: one is there that can think instead of asking back."""
    middle: Decision = "route" if model else "propose"
    otherwise: Decision = "route" if model else "none"
    if guess is None:
        return Understanding(otherwise, "no installed tool is likely")
    against = _against(guess)
    if against:
        return Understanding(otherwise, against)
    effect = guess.registered.tool.effect
    if effect not in ALLOWED:
        return Understanding(middle, f"the effect {effect} is never done on a guess")
    if guess.registered.tool.name.startswith(BROAD):
        return Understanding(middle, "what takes away much is never done on a guess")
    if guess.held:
        return Understanding(middle, f"never done on a guess ({guess.held})")
    if guess.confidence < DO:
        return Understanding(middle, f"{guess.confidence:.3f} is below {DO}")
    asks = f"; {guess.missing[0]} is asked for" if guess.missing else ""
    return Understanding("do", f"{guess.confidence:.3f} is {DO} or more{asks}")


def _against(guess: Guess) -> str:
    """Why a guess isn't even worth a question; "" if it is."""
    if guess.registered.tool.final:
        return "what can't be undone is done by its own sentences only"
    if guess.held and guess.held != "negation":
        return f"it is no order ({guess.held})"
    if guess.confidence < PROPOSE:
        return f"{guess.confidence:.3f} is below {PROPOSE}"
    if guess.missing and (guess.confidence < DO or guess.registered.tool.effect not in ALLOWED):
        return f"{guess.missing[0]} is missing"
    return ""
