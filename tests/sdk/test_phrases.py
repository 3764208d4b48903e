"""Phrases come from Fluent files, in the wearer's language or in English."""

import logging
from pathlib import Path

import pytest

from lorgnette.sdk import Percent, Phrase
from lorgnette.sdk.phrases import Phrases


@pytest.fixture
def phrases(tmp_path: Path) -> Phrases:
    (tmp_path / "en.ftl").write_text(
        "both = { $n ->\n    [one] one thing\n   *[other] { $n } things\n}\n"
        "only-english = Only here, { $level }.\n"
        "outer = All: { $parts }.\npart = <{ $name }>\n"
        "polite = { $formal ->\n    [true] Sir\n   *[false] friend\n}\n",
        "utf-8",
    )
    (tmp_path / "de.ftl").write_text(
        "both = { $n ->\n    [one] ein Ding\n   *[other] { $n } Dinge\n}\n", "utf-8"
    )
    return Phrases("example", tmp_path)


def test_numbers_choose_the_plural(phrases: Phrases) -> None:
    assert phrases.format("both", {"n": 1}, "en") == "one thing"
    assert phrases.format("both", {"n": 3}, "de") == "3 Dinge"


def test_a_region_is_its_language(phrases: Phrases) -> None:
    assert phrases.format("both", {"n": 1}, "de-CH") == "ein Ding"


def test_what_is_missing_is_said_in_english_with_a_warning(
    phrases: Phrases, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert phrases.format("only-english", {"level": Percent(4)}, "de") == "Only here, 4 percent."
    assert "only-english" in caplog.text


def test_a_key_that_nobody_has_is_said_as_it_is(phrases: Phrases) -> None:
    assert phrases.format("nowhere", {}, "zh") == "nowhere"
    assert not phrases.has("nowhere", "zh")
    assert phrases.has("only-english", "zh")


def test_a_missing_value_does_not_break_the_sentence(phrases: Phrases) -> None:
    assert "things" in phrases.format("both", {}, "en")


def test_a_phrase_may_be_the_value_of_another(phrases: Phrases) -> None:
    parts = [Phrase("part", name="a"), Phrase("part", name="b")]
    assert phrases.format("outer", {"parts": parts}, "en") == "All: <a> and <b>."


def test_a_phrase_may_ask_for_the_formal_address(phrases: Phrases) -> None:
    assert phrases.format("polite", {}, "en") == "friend"
    assert phrases.format("polite", {}, "en", formal=True) == "Sir"
