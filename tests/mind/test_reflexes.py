"""Reflexes: sentences of the built-in skills, and what they leave alone."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.skills.memory import reflexes, registry

from lorgnette.engines.asr.english import RULES
from lorgnette.mind.reflexes import LanguageGrammar
from lorgnette.mind.slots import Slots
from lorgnette.mind.tokens import tokenize
from lorgnette.sdk import languages
from lorgnette.sdk.language import language_of, read_language

NOW = datetime(2026, 11, 5, 15, 0, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("language", "text", "call"),
    [
        ("en", "Could you please set a timer for, uh, five minutes?", "timers.set_timer"),
        ("en", "hey, what's the time now please", "clock.tell_time"),
        ("de", "Kannst du mir bitte mal einen Timer auf fünf Minuten stellen?", "timers.set_timer"),
        ("de", "äh, wie spät ist es denn", None),
        ("zh", "请你帮我设一个五分钟的计时器，谢谢", "timers.set_timer"),
        ("zh", "嗯，那个，现在几点了？", "clock.tell_time"),
        ("en", "what is the meaning of life", None),
        ("en", "", None),
        ("en", "please", None),
        ("xx", "set a timer for five minutes", None),
    ],
)
def test_politeness_and_hesitation_change_nothing(language: str, text: str, call: str | None) -> None:
    match = reflexes().match(text, language, now=NOW)
    assert (f"{match.skill}.{match.tool}" if match else None) == call


def test_tomorrow_is_a_date_and_a_part_of_the_day_settles_the_hour() -> None:
    match = reflexes().match("set an alarm for seven tomorrow evening", "en", now=NOW)
    assert match is not None
    assert match.arguments == {"at": time(19, 0), "day": date(2026, 11, 6)}


def test_a_sentence_that_ends_in_free_text_may_go_on() -> None:
    whole = reflexes().match("add milk to the shopping list", "en")
    going_on = reflexes().match("take a note that the key", "en")
    assert whole is not None
    assert not whole.open
    assert going_on is not None
    assert going_on.open
    assert going_on.confidence < whole.confidence < 1


def test_what_only_names_something_is_whole_and_may_be_joined() -> None:
    whole = reflexes().match("turn on the light in the kitchen", "en")
    assert whole is not None
    assert not whole.open
    said = "turn off the light and remind me to lock up at ten"
    assert [one.tool for one in reflexes().several(said, "en")] == ["turn_off", "remind_me"]
    said = "remind me to turn off the light and lock up"  # a text may hold more of itself
    assert reflexes().several(said, "en") == ()


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "how many days until Christmas", date(2026, 12, 25)),
        ("de", "wie viele Tage sind es noch bis Silvester", date(2026, 12, 31)),
        ("zh", "离圣诞节还有几天", date(2026, 12, 25)),
        ("zh", "明晚天气怎么样", date(2026, 11, 6)),
    ],
)
def test_days_have_names(language: str, text: str, day: date) -> None:
    match = reflexes().match(text, language, now=NOW)
    assert match is not None
    assert match.arguments["day"] == day


def test_a_slot_that_was_heard_without_words_is_empty() -> None:
    match = reflexes().match("add to the shopping list", "en", silent=frozenset({"item"}))
    assert match is not None
    assert match.arguments == {"item": "", "list": "shopping"}


@pytest.mark.parametrize(
    "text",
    [
        "setz dich auf die Bank",
        "bestell mir eine Pizza Margherita",
        "ruf meine Mutter an",
        "spiel Musik im Wohnzimmer",
        "wie hoch ist der Eiffelturm",
        "übersetze guten Morgen ins Französische",
        "ich bin heute ziemlich müde",
    ],
)
def test_other_peoples_sentences_are_left_alone(text: str) -> None:
    assert reflexes().match(text, "de") is None


def test_sentences_for_a_recogniser_name_the_kind_of_every_slot() -> None:
    sentences = reflexes().sentences("en")
    kinds = {kind if isinstance(kind, str) else "words" for _, slots in sentences for kind in slots.values()}
    assert kinds == {"duration", "time", "date", "percent", "number", "text", "words"}
    assert len(sentences) < len(reflexes().sentences("en", all=True)) / 3
    shopping = next(slots["list"] for template, slots in sentences if "list" in slots)
    assert "shopping" in shopping
    assert all(f"{{{name}}}" in template for template, slots in sentences for name in slots)


@pytest.mark.parametrize("kind", ["duration", "time", "date", "number", "percent"])
def test_what_the_english_recogniser_can_hear_is_understood(kind: str) -> None:
    """Samples of its number grammar, every rule at least once, are read by the slot of the same name."""
    from hassil.parse_expression import parse_sentence
    from hassil.sample import sample_expression

    rules = {name: parse_sentence("(" + "|".join(says) + ")") for name, says in RULES.items()}
    slots = Slots(language_of("en"))
    said = sorted(
        {" ".join(text.split()) for text in sample_expression(rules[kind].expression, expansion_rules=rules)}
    )
    missed = []
    for text in said[:: max(1, len(said) // 400)]:
        tokens = tokenize(text)
        if not any(end == len(tokens.words) for end, _ in getattr(slots, kind)(tokens, 0)):
            missed.append(text)
    assert not missed, missed[:20]


@given(st.sampled_from(["en", "de", "zh"]), st.text(max_size=60))
def test_any_text_matches_or_not_but_never_breaks(language: str, text: str) -> None:
    reflexes().match(text, language, now=NOW)


def test_a_fourth_language_is_data_alone(tmp_path: Path) -> None:
    table = (languages.DE / "language.toml").read_text("utf-8").replace('code = "de"', 'code = "nl"')
    table = table.replace("(minute|minuten|min|m)", "(minuut|minuten)").replace(
        '"bitte", ', '"alsjeblieft", '
    )
    (tmp_path / "language.toml").write_text(table, "utf-8")
    (tmp_path / "sentences.toml").write_text(
        '[clock]\ntell_time = ["hoe laat is het"]\n'
        '[timers]\nset_timer = ["<zet> een timer op {duration}"]\n'
        '[timers.words]\nzet = "(zet|start)"\n',
        "utf-8",
    )
    dutch = LanguageGrammar(read_language(tmp_path), registry())
    match = dutch.match("Alsjeblieft, zet een timer op vijfentwintig minuten", NOW.date())
    assert match is not None
    assert (match.skill, match.tool, match.arguments) == (
        "timers",
        "set_timer",
        {"duration": timedelta(minutes=25)},
    )
    assert dutch.match("hoe laat is het", NOW.date())


def test_a_very_long_text_is_no_command() -> None:
    assert reflexes().match("add milk and " * 500 + " to the shopping list", "en") is None


def test_a_duration_in_words_and_in_digits_is_the_same() -> None:
    spoken = reflexes().match("set a timer for one hour and eight minutes", "en")
    typed = reflexes().match("set a timer for 1 hour 8 minutes", "en")
    assert spoken is not None
    assert typed is not None
    assert spoken.arguments == typed.arguments == {"duration": timedelta(minutes=68)}
