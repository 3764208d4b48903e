"""Lines that fit."""

from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from lorgnette.render.characters import cells
from lorgnette.render.wrapping import cut, wrap


def test_words_stay_whole() -> None:
    assert wrap("the quick brown fox", 9, len) == ["the quick", "brown fox"]


def test_a_word_longer_than_a_line_is_hyphenated() -> None:
    assert wrap("Donaudampfschiff", 8, len) == ["Donauda-", "mpfschi-", "ff"]


def test_too_many_lines_end_with_an_ellipsis() -> None:
    assert wrap("one two three four five", 8, len, 2) == ["one two", "three…"]
    assert cut("one, two", 6, len) == "one…"


def test_opening_brackets_go_with_what_follows() -> None:
    assert wrap("我们走吧（好吗）", 10, cells) == ["我们走吧", "（好吗）"]


def test_no_width_at_all_holds_nothing_and_comes_back() -> None:
    assert wrap("some words", -3, len) == []
    assert wrap("some words", 0, len, 2) == []
    assert cut("some words", -3, len) == ""


@settings(max_examples=300, deadline=None)
@given(
    text=st.text(alphabet="ab ,.我，。（）“”-…é", max_size=60),
    width=st.integers(4, 20),
    most=st.integers(0, 3),
)
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, width: int, most: int) -> None:
    measure = partial(cells, language="en")
    lines = wrap(text, width, measure, most)
    assert all(measure(line) <= width for line in lines)
    if most:
        assert len(lines) <= most
    else:
        assert "".join(lines).replace(" ", "").replace("-", "") == "".join(text.split()).replace("-", "")
