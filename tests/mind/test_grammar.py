"""Templates and how text is read by them."""

import pytest

from lorgnette.mind.grammar import Grammar, Loose, SlotParser
from lorgnette.mind.tokens import Tokens, tokenize


def digits(tokens: Tokens, begin: int) -> list[tuple[int, int]]:
    word = tokens.words[begin]
    return [(begin + 1, int(word))] if word.isdecimal() else []


def grammar(*templates: str) -> Grammar:
    made = Grammar()
    slots: dict[str, SlotParser | None] = {"n": digits, "what": None, "who": None}
    for template in templates:
        made.add(template, slots, template)
    return made


def read(made: Grammar, text: str, *silent: str) -> tuple[str, dict[str, object]] | None:
    reading = made.best(tokenize(text), frozenset(silent))
    return (reading.owner, dict(reading.slots)) if reading else None


def test_options_and_alternatives() -> None:
    made = grammar("(set|start) [a|the] timer")
    for text in ("set timer", "start a timer", "set the timer"):
        assert read(made, text)
    for text in ("set a the timer", "timer", "set", "set a timer now"):
        assert not read(made, text)


def test_letters_may_be_optional_inside_a_word() -> None:
    made = grammar("[all] timer[s] (off|out)")
    for text in ("timer off", "timers out", "all timers off"):
        assert read(made, text)
    assert not read(made, "timer s off")


def test_han_characters_need_no_spaces() -> None:
    made = grammar("(设|定)[一]个{n}分钟的(计时|定时)器")
    assert read(made, "设一个5分钟的计时器") == ("(设|定)[一]个{n}分钟的(计时|定时)器", {"n": 5})
    assert read(made, "定个 5 分钟 的 定时器")


def test_permutations_come_in_any_order() -> None:
    made = grammar("(now;please) go")
    assert read(made, "now please go")
    assert read(made, "please now go")
    assert not read(made, "now go")


def test_free_text_ends_where_the_most_words_of_a_sentence_explain_the_rest() -> None:
    made = grammar("play {what} [by {who}]", "play {what} by {who}")
    found = read(made, "play some jazz by miles davis")
    assert found is not None
    assert found[1] == {"what": "some jazz", "who": "miles davis"}


def test_words_beat_slots_and_slots_beat_free_text() -> None:
    made = grammar("note {what}", "note {n}", "note seven")
    assert read(made, "note 7") == ("note {n}", {"n": 7})
    assert read(made, "note seven") == ("note seven", {})
    assert read(made, "Note Seven Up") == ("note {what}", {"what": "Seven Up"})


def test_free_text_needs_a_word_unless_it_was_heard_without() -> None:
    made = grammar("add {what} to the list")
    assert not read(made, "add to the list")
    assert read(made, "add to the list", "what") == ("add {what} to the list", {"what": ""})
    assert not read(made, "add to the list", "who")


def test_a_loose_value_counts_as_free_text() -> None:
    made = Grammar()
    made.add("the {name} list", {"name": lambda tokens, at: [(at + 1, Loose(tokens.words[at]))]}, 1)
    made.add("the red list", {}, 2)
    reading = made.best(tokenize("the red list"))
    assert reading is not None
    assert reading.owner == 2
    other = made.best(tokenize("the blue list"))
    assert other is not None
    assert (other.owner, other.slots, other.free) == (1, {"name": "blue"}, 1)


def test_readings_begin_anywhere_and_may_end_early() -> None:
    made = grammar("go", "go home")
    ends = sorted(reading.end for reading in made.readings(tokenize("please go home now"), 1))
    assert ends == [2, 3]


@pytest.mark.parametrize("template", ["[all]", "{nobody} came", "(a|b", ""])
def test_a_bad_template_is_refused(template: str) -> None:
    with pytest.raises(ValueError, match=r"template|slot|empty"):
        grammar(template)


def test_many_options_stay_small() -> None:
    made = grammar(" ".join("[a|b|c|d]" for _ in range(30)) + " end")
    assert read(made, "a b c d end")
