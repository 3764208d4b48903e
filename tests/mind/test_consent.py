"""Consent: every effect, asker, taint, form, input and role has one verdict, and the table says which."""

from itertools import product
from typing import get_args

import pytest

from lorgnette.core.forms import Capabilities, Form
from lorgnette.core.people import Role
from lorgnette.mind.consent import Asker, Verdict, decide
from lorgnette.sdk.skill import Effect

ASKERS: tuple[Asker, ...] = ("reflex", "model", "errand", "agent")

TABLE: dict[tuple[Effect, str], tuple[Verdict, Verdict, Verdict, Verdict]] = {
    # what, in which context: reflex, model, errand, agent
    ("read", "clean"): ("do", "do", "do", "do"),
    ("read", "tainted"): ("do", "do", "do", "do"),
    ("query", "clean"): ("do", "do", "do", "ask"),
    ("query", "tainted"): ("do", "ask", "refuse", "ask"),
    ("query", "own words"): ("do", "do", "do", "do"),
    ("act", "clean"): ("do", "do", "do", "ask"),
    ("act", "tainted"): ("do", "ask", "refuse", "ask"),
    ("reach_out", "clean"): ("ask", "ask", "refuse", "ask"),
    ("reach_out", "tainted"): ("ask", "ask", "refuse", "ask"),
    ("reach_out", "ruled"): ("do", "do", "do", "ask"),
    ("reach_out", "ruled and tainted"): ("ask", "ask", "refuse", "ask"),
    ("reach_out", "guest"): ("refuse", "refuse", "refuse", "refuse"),
    ("spend", "touch"): ("confirm", "confirm", "refuse", "refuse"),
    ("spend", "nothing to touch"): ("refuse", "refuse", "refuse", "refuse"),
    ("spend", "guest"): ("refuse", "refuse", "refuse", "refuse"),
}


def row(
    effect: Effect, *, tainted: bool, own: bool, ruled: bool, guest: bool, touch: bool
) -> tuple[Effect, str]:
    """Which row of the table a combination belongs to."""
    if effect == "query" and own:
        return effect, "own words"
    if effect in {"reach_out", "spend"} and guest:
        return effect, "guest"
    if effect == "spend":
        return effect, "touch" if touch else "nothing to touch"
    if effect == "reach_out" and ruled:
        return effect, "ruled and tainted" if tainted else "ruled"
    return effect, "tainted" if tainted else "clean"


FORMS: tuple[Form, ...] = ("everyday", "ar", "text-hud", "phone", "audio")
INPUTS = ((), ("text",), ("nod",), ("touch",), ("button", "text"))


@pytest.mark.parametrize("effect", get_args(Effect))
def test_every_combination_has_the_verdict_of_the_table(effect: Effect) -> None:
    seen = 0
    for asker, tainted, own, ruled in product(ASKERS, *[(False, True)] * 3):
        for role, shared, form, inputs, pin in product(
            get_args(Role), (False, True), FORMS, INPUTS, (False, True)
        ):
            device = Capabilities(form=form, inputs=inputs)
            verdict = decide(
                effect,
                asker,
                tainted=tainted,
                own=own,
                ruled=ruled,
                role=role,
                shared=shared,
                inputs=device.inputs,
                pin=pin,
            )
            touch = pin or bool({"touch", "button"} & set(inputs))
            guest = shared or role == "guest"
            where = row(effect, tainted=tainted, own=own, ruled=ruled, guest=guest, touch=touch)
            assert verdict == TABLE[where][ASKERS.index(asker)], (where, asker, form, inputs, role)
            seen += 1
    assert seen == 4 * 8 * 3 * 2 * 5 * 5 * 2


def test_nothing_is_spent_unasked_whatever_is_said() -> None:
    for asker, tainted, own, ruled, pin in product(ASKERS, *[(False, True)] * 4):
        verdict = decide(
            "spend", asker, tainted=tainted, own=own, ruled=ruled, inputs=("touch",), pin=pin, role="owner"
        )
        assert verdict in {"confirm", "refuse"}


def test_words_of_others_never_make_anything_easier() -> None:
    order: tuple[Verdict, ...] = ("do", "ask", "confirm", "refuse")
    for effect, asker, own, ruled in product(get_args(Effect), ASKERS, *[(False, True)] * 2):
        clean = decide(effect, asker, own=own, ruled=ruled, inputs=("touch",))
        tainted = decide(effect, asker, tainted=True, own=own, ruled=ruled, inputs=("touch",))
        assert order.index(tainted) >= order.index(clean)
