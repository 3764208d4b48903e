import pytest

from lorgnette.engines.asr.template import Graph, Rule, Slot, TemplateError, read, said


def sentences(template):
    def ways(graph: Graph, place: int):
        if place == graph.end:
            yield ()
            return
        for token, there in graph.moves[place]:
            name = {Slot: "{%s}", Rule: "<%s>"}.get(type(token), "%s") % getattr(token, "name", token)
            for rest in ways(graph, there):
                yield (name, *rest) if name else rest

    graph = read(template)
    return {" ".join(way) for way in ways(graph, 0)}


def test_optionals_and_alternatives_are_spread_out():
    assert sentences("[please] (pause|stop) the timer") == {
        "pause the timer",
        "stop the timer",
        "please pause the timer",
        "please stop the timer",
    }


def test_words_glued_from_parts_are_whole_words():
    assert sentences("timer[s]") == {"timer", "timers"}
    assert sentences("what('s| is) it") == {"what's it", "what is it"}


def test_slots_rules_permutations_and_ranges_are_kept():
    assert sentences("set {level:volume} to <2_9>") == {"set {volume} to <2_9>"}
    assert sentences("(on;now)") == {"on now", "now on"}
    assert sentences("to {10..12:level}%") == {"to ten percent", "to eleven percent", "to twelve percent"}


def test_an_optional_slot_takes_its_spaces_along():
    assert sentences("the [{label}] timer") == {"the timer", "the {label} timer"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("TV on, now!", "tv on now"),
        ("at 75 %", "at seventy five percent"),
        ("what’s 5+5", "what's five plus five"),
        ("7 a.m.", "seven a.m."),
    ],
)
def test_text_becomes_the_words_one_says(text, words):
    assert " ".join(said(text)) == words


@pytest.mark.parametrize("template", ["(", "[a", "{", "a)"])
def test_a_broken_template_is_a_template_error(template):
    with pytest.raises(TemplateError):
        read(template)


def test_a_template_without_end_is_refused_and_not_spread_out():
    with pytest.raises(TemplateError, match="characters"):
        read("(" + ";".join("abcdefgh") + ")")
