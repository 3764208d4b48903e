"""Numbers are read back from the words that Unicode's rules spell them in."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unicode_rbnf import RbnfEngine

from lorgnette.mind.numbers import Numbers
from lorgnette.mind.tokens import tokenize
from lorgnette.sdk.language import language_of


@cache
def numbers(language: str) -> Numbers:
    return Numbers(language_of(language))


@cache
def engine(language: str) -> RbnfEngine:
    return RbnfEngine.for_language(language)


def whole(language: str, text: str) -> set[float]:
    """Every reading of all of the text."""
    tokens = tokenize(text)
    return {value for end, value in numbers(language).decimal(tokens, 0) if end == len(tokens.words)}


@given(st.sampled_from(["en", "de", "zh"]), st.integers(0, 9999))
def test_what_is_spelled_out_is_read_back(language: str, value: int) -> None:
    assert value in whole(language, engine(language).format_number(value).text), value


@given(st.sampled_from(["en", "de", "zh"]), st.integers(0, 999_999_999))
def test_digits_are_numbers(language: str, value: int) -> None:
    assert whole(language, str(value)) == {value}


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "a hundred and five", 105),
        ("en", "one thousand two hundred and thirty four", 1234),
        ("en", "1,500", 1500),
        ("en", "two point five", 2.5),
        ("de", "anderthalb", 1.5),
        ("de", "zweieinhalb", 2.5),
        ("de", "einer", 1),
        ("de", "zwo", 2),
        ("de", "1,5", 1.5),
        ("de", "eintausendzweihundertfünf", 1205),
        ("zh", "两百", 200),
        ("zh", "一百零五", 105),
        ("zh", "一点五", 1.5),
    ],
)
def test_how_people_say_them(language: str, text: str, value: float) -> None:
    assert value in whole(language, text)


@pytest.mark.parametrize(("language", "text"), [("en", "and five"), ("de", "hundertein und"), ("zh", "零点")])
def test_what_is_no_number(language: str, text: str) -> None:
    assert not whole(language, text)


def test_ordinals() -> None:
    for language, text in (("en", "twenty first"), ("de", "einundzwanzigsten"), ("zh", "第二十一")):
        tokens = tokenize(text)
        assert (len(tokens.words), 21) in numbers(language).ordinal(tokens, 0)
