"""What holds for any text in any language."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lorgnette.render.speakable import speakable
from lorgnette.render.speakable_rules import words

LANGUAGES = ("en", "de", "zh", "fr", "en-GB", "de_CH", "zh-Hans-CN", "xx", "", "not a language!")
SPICY = st.text(
    alphabet=st.sampled_from(
        "0123456789.,:/-–+()€$¥%°²½ '\"*_`#|>[]<&;@~=\n\t kmhKgpaM元年月点二三第AbcZ😀\u200d\u202e\ufe0f"
    ),
    max_size=60,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.one_of(st.text(max_size=80), SPICY), language=st.sampled_from(LANGUAGES))
@example(text="\ud800 lone surrogate \x00", language="en")
@example(text="99.99.9999 25:61 1/0 0/0 31/02/0000 ٣٫٥ ²", language="de")
@example(text="30.02.2026 2026-02-31 1900/13/45", language="fr")
def test_no_text_makes_it_raise(text: str, language: str) -> None:
    said = speakable(text, language)
    said.encode()
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202e\U0001f600]", said)


@settings(max_examples=200, deadline=None)
@given(
    parts=st.lists(
        st.sampled_from(words("hello there the weather is fine today in Zürich and schön")), min_size=1
    ),
    end=st.sampled_from(["", ".", "!", "?"]),
    language=st.sampled_from(("en", "de", "zh")),
)
def test_plain_sentences_stay_as_they_are(parts: list[str], end: str, language: str) -> None:
    sentence = " ".join(parts) + end
    assert speakable(sentence, language) == sentence


@pytest.mark.parametrize(
    "text",
    [
        "1" * 10_000, "1.1" * 4_000, "1," * 5_000, "€" * 9_000, "*a_ " * 2_500, "[" * 10_000, "<" * 10_000,
        "a@" * 5_000, "a." * 5_000, "- " * 5_000, "`" * 9_999, "1-" * 5_000, "(1) " * 2_500, "&amp;" * 2_000,
        "http://" * 1_400, "1 " * 5_000, "0" * 9_999 + " 1", "> " * 5_000, "|a" * 4_000, "😀\u200d" * 4_000,
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "de", "zh"])
def test_hostile_text_takes_bounded_time(text: str, language: str) -> None:
    begin = time.process_time()
    speakable(text, language)
    assert time.process_time() - begin < 2.0


def test_an_unknown_language_is_said_by_the_common_rules() -> None:
    assert speakable("5 km", "fr") == "cinq kilomètres"
    assert speakable("3,50 €", "fr") == "trois virgule cinq zéro euros"


def test_decimals_stay_digits_where_no_rule_says_them_rightly() -> None:
    assert speakable("3,14", "pl") == "3,14"
    assert speakable("3,14", "es") == "tres coma uno cuatro"


PACK = """
from lorgnette.render.speakable_cldr import CldrRules


class Pirate(CldrRules):
    signs = {"&": "an'"}

    def __init__(self, language):
        super().__init__("en")

    def cardinal(self, number):
        return f"{super().cardinal(number)}, arr"
"""


def test_a_fourth_language_comes_as_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pirate_pack.py").write_text(PACK)
    (tmp_path / "pirate_pack-1.dist-info").mkdir()
    entries = "[lorgnette.speakable]\nqpi = pirate_pack:Pirate\nqbr = pirate_pack:Missing\n"
    (tmp_path / "pirate_pack-1.dist-info" / "entry_points.txt").write_text(entries)
    (tmp_path / "pirate_pack-1.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: pirate-pack\nVersion: 1\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    assert speakable("3 & 4", "qpi") == "three, arr an' four, arr"
    assert speakable("3 & 4", "qbr") == speakable("3 & 4", "xx")
