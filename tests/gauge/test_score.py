"""What counts as wrong in three languages."""

import pytest

from lorgnette.gauge.score import errors, measure_of, plain, share


@pytest.mark.parametrize(
    ("language", "said", "heard"),
    [
        ("en", "Set a timer for 5 minutes.", "set a timer for five minutes"),
        ("en", "It's twenty-five past", "its 25 past"),
        ("de", "Stell den Wecker auf 7 Uhr!", "stell den wecker auf sieben uhr"),
        ("de", "Die Straße heißt „Am Öhr“", "die strasse heisst am öhr"),
        ("zh", "设一个５分钟的计时器。", "设 一个 五 分钟 的 计时器"),
        ("zh", "现在几点？", "现在几点"),
    ],
)
def test_case_punctuation_and_figures_are_no_errors(language: str, said: str, heard: str) -> None:
    assert errors(said, heard, language)[0] == 0


def test_words_and_characters_are_counted() -> None:
    assert errors("set a timer", "set the timer now", "en") == (2, 3)
    assert errors("现在几点", "现在一点", "zh") == (1, 4)
    assert errors("anything", "", "en") == (1, 1)
    assert errors("", "made up", "en") == (2, 0)
    assert (measure_of("zh"), measure_of("de")) == ("CER", "WER")
    assert plain("Hello，World", "en") == ["hello", "world"]


def test_a_share_is_of_all_words_together() -> None:
    assert share([(1, 2), (0, 8)]) == 0.1
    assert share([(3, 0)]) is None
    assert share([]) is None
