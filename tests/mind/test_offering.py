"""Which tools a model is told of."""

import json
from pathlib import Path

import pytest
from tests.skills.memory import Talk, registry

from lorgnette.mind.offering import LEAST, MOST, Offering, most_for, words_of

UTTERANCES = Path(__file__).parent / "utterances"


def names(text: str, language: str = "en", most: int = MOST, **more: object) -> list[str]:
    talk = Talk(language)
    for key, value in more.items():
        setattr(talk, key, value)
    return [one.name for one in Offering(registry(), lambda: most)(talk.request(text))]


@pytest.mark.parametrize(
    ("text", "language", "tool"),
    [
        ("could you perhaps wake me up around seven", "en", "set_alarm"),
        ("ich bräuchte mal einen Timer für die Eier", "de", "set_timer"),
        ("牛奶喝完了，帮我加到购物清单上吧", "zh", "add_to_list"),
    ],
)
def test_what_is_asked_for_is_among_the_few(text: str, language: str, tool: str) -> None:
    found = names(text, language)
    assert tool in found
    assert len(found) == MOST


def test_they_stand_in_one_order_so_that_the_same_choice_is_the_same_prompt() -> None:
    every = list(registry().tools)
    found = names("wake me at seven", most=12)
    assert found == sorted(found, key=every.index)


def test_where_there_are_few_all_are_offered() -> None:
    offered = [one.name for one in registry().tools.values() if one.tool.offered]
    assert names("hello", most=len(offered)) == offered


def test_what_was_spoken_of_before_counts() -> None:
    history = (("set an alarm for seven", "Alarm set for seven."),)
    assert "set_alarm" in names("no, at eight", most=10, history=history)


def test_the_time_can_always_be_asked_for() -> None:
    assert "tell_time" in names("牛奶", "zh", most=LEAST)


@pytest.mark.parametrize(("window", "most"), [(0, MOST), (32_768, MOST), (4096, 17), (1024, LEAST)])
def test_a_small_window_gets_fewer(window: int, most: int) -> None:
    assert most_for(window) == most


@pytest.mark.parametrize(("language", "least"), [("de", 0.8), ("zh", 0.8)])
def test_of_what_people_say_the_right_tool_is_mostly_among_them(language: str, least: float) -> None:
    lines = (UTTERANCES / f"{language}.jsonl").read_text("utf-8").splitlines()
    by_name = {one.tool.name: one.name for one in registry().tools.values() if one.tool.offered}
    offering, talk, hits = Offering(registry()), Talk(language), []
    for row in map(json.loads, lines):
        if row["tool"] in by_name:
            found = {one.name for one in offering(talk.request(row["text"]))}
            hits.append(by_name[row["tool"]] in found)
    assert sum(hits) / len(hits) >= least


def test_words_are_compared_without_endings_and_accents() -> None:
    assert words_of("Wecker für Übermorgen") == ["wecke", "fur", "uberm"]
    assert words_of("购物清单") == ["购物", "物清", "清单"]
