"""What is done with a guess: by its confidence, by the effect of its tool, by what speaks against it."""

from dataclasses import replace

import pytest

from lorgnette.mind.parser import Guess
from lorgnette.mind.understanding import DO, PROPOSE, decide
from lorgnette.sdk.registry import RegisteredTool, SkillRegistry, load_skills


@pytest.fixture(scope="module")
def registry() -> SkillRegistry:
    return load_skills()


def guess(registered: RegisteredTool, confidence: float) -> Guess:
    return Guess(registered, {}, confidence, ())


@pytest.mark.parametrize(
    ("effect", "confidence", "decision", "with_a_model"),
    [
        ("read", DO, "do", "do"),
        ("act", DO, "do", "do"),
        ("act", DO - 0.01, "propose", "route"),
        ("act", PROPOSE - 0.01, "none", "route"),
        ("query", 1.0, "propose", "route"),
        ("reach_out", 1.0, "propose", "route"),
        ("spend", 1.0, "propose", "route"),
    ],
)
def test_each_effect_needs_its_confidence(registry, effect, confidence, decision, with_a_model) -> None:
    base = registry.find("timers", "cancel_timer")
    one = guess(replace(base, tool=replace(base.tool, effect=effect)), confidence)
    assert decide(one).decision == decision
    assert decide(one, model=True).decision == with_a_model


def test_a_final_tool_is_never_guessed(registry) -> None:
    base = registry.find("timers", "cancel_timer")
    one = guess(replace(base, tool=replace(base.tool, final=True)), 1.0)
    assert decide(one).decision == "none"


def test_what_is_held_or_incomplete_is_not_done(registry) -> None:
    one = guess(registry.find("timers", "cancel_timer"), 1.0)
    assert decide(replace(one, held="reported")).decision == "none"
    assert decide(replace(one, held="negation")).decision == "propose"
    assert decide(replace(one, missing=("duration",))).decision == "do"  # then it is asked for
    assert decide(replace(one, missing=("duration",), confidence=DO - 0.01)).decision == "none"
    assert decide(None).decision == "none"
    assert decide(None, model=True).decision == "route"
