import pytest
from hypothesis import given
from hypothesis import strategies as st

from lorgnette.engines.llm.thoughts import ThoughtFilter


def said(text: str, cuts: list[int], *, unopened: bool = False, whole: bool = True) -> str:
    sieve, found, at = ThoughtFilter(unopened=unopened), "", 0
    for n in range(len(text)):
        if at >= len(text):
            break
        size = cuts[n % len(cuts)]
        found += sieve.push(text[at : at + size])
        at += size
    return found + sieve.end(whole=whole)


@given(st.lists(st.integers(1, 9), min_size=1))
@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("<think>a < b</think>\n\nYes, 3 < 4.", "Yes, 3 < 4."),
        ("<think>\n\n</think>\n\nYes.", "Yes."),
        ("One. <think>hm</think>Two.", "One. Two."),
        ("It is <thin ice>.", "It is <thin ice>."),
        ("<think>never ended", ""),
        ("", ""),
    ],
)
def test_thoughts_are_left_out_however_they_are_split(text, spoken, cuts):
    assert said(text, cuts) == spoken


@given(st.lists(st.integers(1, 9), min_size=1))
@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("hm, a < b\n</think>\n\nYes, 3 < 4.", "Yes, 3 < 4."),
        ("<think>hm</think>Yes.", "Yes."),
        ("hm</think>One. <think>hm</think>Two.", "One. Two."),
        ("Yes, without a thought.", "Yes, without a thought."),
    ],
)
def test_a_thought_that_begins_without_a_mark_ends_at_its_own(text, spoken, cuts):
    assert said(text, cuts, unopened=True) == spoken


def test_a_thought_that_was_cut_short_is_not_the_answer():
    assert said("hm, let me see", [3], unopened=True, whole=False) == ""


def test_where_the_server_keeps_thoughts_apart_the_text_streams():
    sieve = ThoughtFilter(unopened=True)
    sieve.apart()
    assert [sieve.push("Yes"), sieve.push(", and"), sieve.end()] == ["Yes", ", and", ""]
