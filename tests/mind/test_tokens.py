"""Text is cut into comparable tokens, and the original words can be had back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lorgnette.mind.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("What's the TIME?", ("whats", "the", "time")),
        ("what’s, up", ("whats", "up")),
        ("7pm at 19:30", ("7", "pm", "at", "19:30")),
        ("8 a.m. sharp.", ("8", "am", "sharp")),
        ("twenty-five", ("twenty", "five")),
        ("1,5 Stunden", ("1,5", "stunden")),
        ("Straße", ("strasse",)),
        ("设一个5分钟的timer", ("设", "一", "个", "5", "分", "钟", "的", "timer")),
        ("６：３０", ("6:30",)),
        ("40%", ("40", "%")),
        ("…!?", ()),
        ("", ()),
    ],
)
def test_tokens(text: str, words: tuple[str, ...]) -> None:
    assert tokenize(text).words == words


def test_the_original_words_come_back() -> None:
    tokens = tokenize("Note: the Key's under THE pot!")
    assert tokens.said(1, 6) == "the Key's under THE pot"
    assert tokens.said(2, 2) == ""


@given(st.text(max_size=80))
def test_any_text_is_cut_without_a_hitch(text: str) -> None:
    tokens = tokenize(text)
    assert len(tokens.words) == len(tokens.spans)
    for word, (begin, end) in zip(tokens.words, tokens.spans, strict=True):
        assert word
        assert 0 <= begin < end <= len(tokens.text)
