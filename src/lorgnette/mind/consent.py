"""What consent an effect needs: whose wish it is, whose words are around, who stands there, and with what.

DESIGN §6 as one pure function. Consent grows with the effect, and words of others never count as a wish.
"""

from collections.abc import Iterable
from typing import Final, Literal

from lorgnette.core.people import Role
from lorgnette.sdk.skill import Effect

Asker = Literal["reflex", "model", "errand", "agent"]
"""reflex: a sentence of the wearer's, matched by plain code · model: a chat model, for the wearer's request ·
errand: a goal that runs while nobody is there to ask · agent: a program elsewhere, through its token."""

Verdict = Literal["do", "ask", "confirm", "refuse"]
"""ask: a yes is needed · confirm: a touch or the PIN."""

TOUCHED: Final = frozenset({"touch", "button"})
"""Inputs of a device by which somebody who wears it confirms."""


def decide(
    effect: Effect,
    asker: Asker,
    *,
    tainted: bool = False,
    own: bool = False,
    ruled: bool = False,
    role: Role = "owner",
    shared: bool = False,
    inputs: Iterable[str] = (),
    pin: bool = False,
) -> Verdict:
    """What must come before a tool with this effect runs.

    `tainted`: words of others are in the context that chose the call; `own`: of a *query*, that all that
    leaves is in the wearer's words of this request; `ruled`: of a *reach_out*, that a standing rule covers
    it, or the consent given when the errand was. `inputs`, `pin`: what the wearer's devices have, and whether
    the wearer has a PIN.
    """
    others = tainted or asker == "agent"
    guest = role == "guest" or shared
    match effect:
        case "read":
            return "do"
        case "query":
            return "do" if asker == "reflex" or not others or own else _asked(asker)
        case "act":
            return "do" if asker == "reflex" or not others else _asked(asker)
        case "reach_out":
            if guest:
                return "refuse"
            return "do" if ruled and not others else _asked(asker)
        case "spend":
            touched = not TOUCHED.isdisjoint(inputs) or pin
            return "confirm" if touched and not guest and asker in {"reflex", "model"} else "refuse"


def _asked(asker: Asker) -> Verdict:
    """A question, where somebody is there to hear it."""
    return "refuse" if asker == "errand" else "ask"
