import pickle
import random

import pytest

from lorgnette.engines.asr.english import RULES
from lorgnette.engines.asr.grammar import PHONE_WORDS, Phrase, compile_grammar, written


def accepts(grammar, sentence: str) -> bool:
    path = grammar.network.follow(sentence.split())
    return path is not None and path[-1] in grammar.network.finals


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("duration", "five minutes and thirty seconds"),
        ("duration", "an hour and a half"),
        ("duration", "one minute"),
        ("duration", "two hours ten minutes"),
        ("duration", "half an hour"),
        ("time", "half past seven"),
        ("time", "seven thirty p.m."),
        ("time", "quarter to eight"),
        ("time", "six o'clock in the morning"),
        ("time", "eighteen thirty"),
        ("percent", "twenty five percent"),
        ("number", "three hundred and twelve"),
        ("date", "the third of may"),
        ("date", "next friday"),
        ("weekday", "sunday"),
        ("ordinal", "second"),
    ],
)
def test_slots_hold_what_people_say(kind, said):
    grammar = compile_grammar([Phrase("for {it}", {"it": kind})])
    assert not grammar.skipped
    assert accepts(grammar, f"for {said}")


def test_nonsense_is_in_no_slot():
    grammar = compile_grammar(["timer for {duration}", "alarm at {time}"])
    for sentence in (
        "timer for one minutes",
        "timer for five",
        "alarm at seventy",
        "timer for half past two",
    ):
        assert not accepts(grammar, sentence)


def test_a_slot_goes_by_its_declared_kind_then_by_its_name_else_it_is_free_text():
    grammar = compile_grammar(
        [
            Phrase("add {more}", {"more": "duration"}),
            "volume {level}",
            Phrase("on {list}", {"list": ("tea",)}),
            "note {x}",
        ]
    )
    assert accepts(grammar, "add one minute")
    assert accepts(grammar, "volume ten percent")
    assert accepts(grammar, "on tea")
    assert not accepts(grammar, "on coffee")
    assert accepts(grammar, "note _B _AE")
    assert set(grammar.network.spans.values()) == {"x"}


def test_what_cannot_be_said_is_left_out_and_told():
    grammar = compile_grammar(
        [
            "stop",
            "设一个计时器",
            "{text}",
            "turn (on|设)",
            "say <nothing>",
            "(",
            Phrase("x {y}", {"y": "odd"}),
        ]
    )
    assert accepts(grammar, "stop")
    assert accepts(grammar, "turn on")
    whys = dict(grammar.skipped)
    assert whys["{text}"] == "no word to hear it by"
    assert "can't pronounce" in whys["设一个计时器"]
    assert whys["say <nothing>"] == "no rule <nothing>"
    assert whys["x {y}"] == "no kind 'odd'"
    assert "(" in whys


def test_a_bare_slot_of_a_known_kind_is_a_sentence():
    assert accepts(compile_grammar(["{duration}"]), "five minutes")


def test_another_language_has_no_grammar():
    grammar = compile_grammar(["stell einen timer"], language="de-DE")
    assert grammar.network.arcs == ()
    assert grammar.skipped == (("stell einen timer", "no model for de"),)


def test_every_word_of_a_grammar_has_a_pronunciation():
    grammar = compile_grammar([f"x {{{kind}}}" for kind in RULES] + ["note {text}"])
    assert {word for _, _, word in grammar.network.arcs} == set(grammar.lexicon)
    assert set(PHONE_WORDS) <= set(grammar.lexicon)


def test_a_grammar_is_plain_data():
    grammar = compile_grammar(["set a timer for {duration}", "note {text}"])
    assert pickle.loads(pickle.dumps(grammar)) == grammar


def test_the_order_of_sentences_changes_nothing():
    sentences = ["set a timer for {duration}", "stop", "alarm at {time}", "note {text}", "stop it"]
    first = compile_grammar(sentences)
    random.Random(1).shuffle(sentences)
    again = compile_grammar(sentences)
    assert (len(first.network.arcs), first.network.states) == (len(again.network.arcs), again.network.states)


def test_many_ways_to_say_it_compile_fast_and_small():
    head = "(set|get|have|create|make|give me|i want) [a|the|another|a new] (timer|alarm) [for|of|at]"
    grammar = compile_grammar([f"{head} {{duration}} [please]" for _ in range(50)])
    assert len(grammar.network.arcs) < 1000


def test_the_text_is_what_the_reflexes_read():
    assert written(["wake", "me", "at(2)", "seven", "p.m."]) == "wake me at seven pm"
    assert written(["note", "_B", "_AE"]) == "note"
