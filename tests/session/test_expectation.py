"""A pressed button makes a command likelier; it never makes one less likely."""

from hypothesis import given
from hypothesis import strategies as st

from lorgnette.engines.protocols import Recognition
from lorgnette.session.expectation import expected

RANK = {"reject": 0, "confirm": 1, "accept": 2}


def heard(confidence: float, decision: str, text: str = "set a timer") -> Recognition:
    return Recognition(text, "en", confidence, decision)


def test_a_borderline_command_after_a_press_is_done_and_a_faint_one_is_asked() -> None:
    assert expected(heard(0.4, "confirm")).decision == "accept"
    assert expected(heard(0.08, "reject")).decision == "confirm"
    assert expected(heard(0.01, "reject")).decision == "reject"


def test_words_that_were_not_heard_stay_unheard() -> None:
    assert expected(heard(0.4, "reject", text="")).decision == "reject"


@given(st.floats(-1, 2), st.sampled_from(sorted(RANK)))
def test_nothing_is_lost_by_pressing(confidence, decision) -> None:
    before = heard(confidence, decision)
    after = expected(before)
    assert after.text == before.text
    assert 0 <= after.confidence <= 1 or after is before
    if decision == "accept":
        assert after.decision == "accept"
