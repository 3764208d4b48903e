"""The shipped model on utterances that no sentence of the grammar fits."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from lorgnette.mind.guessing import Guessing
from lorgnette.mind.match import Match
from lorgnette.mind.reflexes import Reflexes
from lorgnette.sdk.registry import SkillRegistry, load_skills

UTTERANCES = Path(__file__).parents[1] / "utterances"


@pytest.fixture(scope="module")
def registry() -> SkillRegistry:
    return load_skills()


@pytest.fixture(scope="module")
def guessing(registry) -> Guessing:
    return Guessing(registry, Reflexes(registry))


@pytest.mark.parametrize(
    ("text", "language", "tool"),
    [
        ("uh could you like give me a ten minute timer for the pasta", "en", "set_timer"),
        ("i really cant hear you could you go up a bit", "en", "louder"),
        ("mach mal bitte nen timer für die nudeln so zehn minuten", "de", "set_timer"),
        ("ähm wie viel saft hat denn der akku noch so", "de", "tell_battery"),
        ("那个帮我计个时吧煮面条要十分钟", "zh", "set_timer"),
    ],
)
def test_what_people_say_is_done_or_proposed(guessing, text, language, tool) -> None:
    found = guessing.understand(text, language)
    assert found.decision in {"do", "propose"}
    assert found.match is not None
    assert found.match.tool == tool


def test_a_value_is_found_anywhere_in_the_sentence(guessing) -> None:
    found = guessing.understand("mach mal bitte nen timer für die nudeln so zehn minuten", "de")
    assert found.match is not None
    assert found.match.arguments["duration"] == timedelta(minutes=10)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("don't set a timer for ten minutes", "en"),
        ("he told me to set an alarm for seven", "en"),
        ("what happens if i set a timer for an hour", "en"),
        ("er hat gesagt stell den wecker auf sieben", "de"),
        ("stell bloß keinen wecker auf sieben", "de"),
        ("他说设一个十分钟的计时器", "zh"),
        ("别设七点的闹钟", "zh"),
        ("what is a timer", "en"),
        ("who was the first president of france", "en"),
        ("wer hat eigentlich die glühbirne erfunden", "de"),
        ("给我讲一个睡前故事", "zh"),
    ],
)
def test_what_is_no_order_is_not_done(guessing, text, language) -> None:
    assert guessing.understand(text, language).decision != "do"


def test_nobody_is_guessed_at_in_a_language_without_a_model(guessing) -> None:
    assert guessing.guess("quelle heure est-il", "fr") is None


def test_every_label_of_the_model_is_an_installed_tool_or_a_domain(guessing, registry) -> None:
    names = {one.tool.name for one in registry.tools.values() if one.tool.offered and not one.tool.final}
    for language in ("en", "de", "zh"):
        known = guessing.knows(language)
        assert known <= names
        assert len(known) >= 0.9 * len(names), f"run make train: unknown are {sorted(names - known)}"


def test_the_likeliest_tools_are_named_for_a_model(guessing) -> None:
    names = guessing.ranked("weck mich doch bitte morgen früh so gegen sieben", "de")
    assert names[0] == "set_alarm"
    assert 1 <= len(names) <= 12


def test_a_proposal_is_put_in_the_words_of_the_skill(guessing) -> None:
    found = guessing.understand("don't let the timer go on like that please pause", "en")
    assert found.decision != "do" or found.match is not None
    for text in ("uh could you like give me a ten minute timer for the pasta",):
        found = guessing.parsed(text, "en")
        if found.decision == "propose":
            assert "ten minute" in found.sentence


def test_a_doubted_sentence_is_not_done(guessing) -> None:
    match = Match("notes", "take_note", {"text": "x"}, confidence=0.6)
    assert guessing.doubts(match, "play some music by the beatles please", "en")
    assert not guessing.doubts(Match("notes", "unknown_tool", {}, confidence=0.6), "play music", "en")


@pytest.mark.parametrize("language", ["de", "zh"])
def test_half_of_what_people_say_is_understood_and_strangers_are_left_alone(guessing, language) -> None:
    lines = (UTTERANCES / f"{language}.jsonl").read_text("utf-8").splitlines()[::5]
    met = wanted = strangers = wrongly = 0
    for row in map(json.loads, lines):
        found = guessing.understand(row["text"], language)
        acts = found.decision == "do"
        if not row["tool"]:
            strangers += 1
            wrongly += acts
            continue
        wanted += 1
        tool = found.match.tool if found.match else ""
        met += tool == row["tool"] and found.decision in {"do", "propose"}
    assert met >= 0.5 * wanted
    assert wrongly <= 0.1 * strangers
