"""Language packs are data: a fourth language touches no code."""

import logging
from pathlib import Path

import pytest

from lorgnette.sdk import languages as built_in
from lorgnette.sdk.language import language_of, languages, read_language, read_languages


def test_the_three_languages_are_installed() -> None:
    assert {"en", "de", "zh"} <= set(languages())


def test_an_unknown_language_is_answered_in_english() -> None:
    assert language_of("xx").code == "en"
    assert language_of("zh-Hans-CN").code == "zh"


def test_a_broken_pack_is_left_out_with_a_message(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        found = read_languages([("nowhere", lambda: tmp_path), ("de", lambda: built_in.DE)])
    assert list(found) == ["de"]
    assert "nowhere" in caplog.text


def test_a_pack_may_bring_sentences_and_phrases_for_skills(tmp_path: Path) -> None:
    table = (built_in.EN / "language.toml").read_text("utf-8").replace('code = "en"', 'code = "nl"')
    (tmp_path / "language.toml").write_text(table, "utf-8")
    (tmp_path / "sentences.toml").write_text('[clock]\ntell_time = ["hoe laat is het"]\n', "utf-8")
    pack = read_language(tmp_path)
    assert pack.sentences["clock"]["tell_time"] == ["hoe laat is het"]
    assert pack.phrases("clock") == tmp_path / "phrases" / "clock.ftl"


@pytest.mark.parametrize("code", ["en", "de", "zh"])
def test_packs_have_all_tables(code: str) -> None:
    english, pack = language_of("en"), language_of(code)
    for table in ("normalise", "numbers", "duration", "time", "date", "recurrence"):
        assert set(getattr(english, table)) - set(getattr(pack, table)) <= {
            "digits_open",
            "also",
            "parts",
            "plural_weekdays",
            "heard",
        }
    for table in ("ordinals", "units", "money", "arithmetic", "names"):
        assert set(getattr(english, table)) <= set(getattr(pack, table)), table
    assert set(english.say) - set(pack.say) <= {"ampm"}
    assert {"yes", "no", "backchannels"} <= set(pack.conversation)
