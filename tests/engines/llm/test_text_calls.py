"""Calls that a model writes into its text are found however the text is cut up, and nothing else is."""

import json
import random

import pytest

from lorgnette.core.errors import EngineError
from lorgnette.engines.llm.text_calls import TextCalls

TOOLS = [
    {
        "type": "function",
        "function": {
            "name": "add",
            "parameters": {
                "properties": {
                    "text": {"type": "string"},
                    "count": {"type": "integer"},
                    "urgent": {"type": "boolean"},
                    "tags": {"type": "array"},
                }
            },
        },
    }
]


def read(text: str, *, pieces: int = 0, seed: int = 0, tools=TOOLS) -> tuple[str, list[tuple[str, object]]]:
    """What is said, and the calls with their arguments read."""
    parser, said = TextCalls(tools), ""
    cuts = sorted(random.Random(seed).sample(range(1, len(text)), min(pieces, len(text) - 1)))
    for begin, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        said += parser.push(text[begin:end])
    rest, calls = parser.end()
    return said + rest, [(call.name, json.loads(call.arguments)) for call in calls]


JSON_CALL = '<tool_call>\n{"name": "add", "arguments": {"text": "牛奶", "count": 2}}\n</tool_call>'
XML_CALL = (
    "<function=add>\n<parameter=text>\nmilk\nand bread\n</parameter>\n<parameter=count>\n2\n</parameter>\n"
    "<parameter=urgent>\nTrue\n</parameter>\n</function>"
)
XML_GIVES = {"text": "milk\nand bread", "count": 2, "urgent": True}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        (JSON_CALL, {"text": "牛奶", "count": 2}),
        (XML_CALL, XML_GIVES),
        (f"<tool_call>\n{XML_CALL}\n</tool_call>", XML_GIVES),
    ],
    ids=["json", "function", "function in its wrapper"],
)
def test_both_shapes_are_read_however_they_are_cut_up(text: str, arguments: object, seed: int) -> None:
    said, calls = read(f"One moment. {text}", pieces=1 + seed * 7, seed=seed)
    assert said.strip() == "One moment."
    assert calls == [("add", arguments)]


def test_several_calls_in_one_answer_are_read_in_order() -> None:
    more = (
        '<tool_call>{"name": "add", "arguments": {}}\n{"name": "add", "arguments": {"count": 3}}</tool_call>'
    )
    said, calls = read(f"{JSON_CALL}\n{XML_CALL}\n{more}")
    assert not said.strip()
    assert [arguments.get("count") for _, arguments in calls] == [2, 2, None, 3]


def test_an_end_mark_within_an_argument_ends_nothing() -> None:
    text = '<tool_call>{"name": "add", "arguments": {"text": "write </tool_call> here"}}</tool_call>'
    assert read(text, pieces=20) == ("", [("add", {"text": "write </tool_call> here"})])


def test_an_end_mark_without_a_beginning_is_not_said() -> None:
    assert read(f"{XML_CALL}\n</tool_call>\nDone.", pieces=30)[0].split() == ["Done."]


def test_a_call_whose_end_mark_is_missing_counts() -> None:
    assert read(JSON_CALL.removesuffix("\n</tool_call>"))[1] == [("add", {"text": "牛奶", "count": 2})]
    assert read(XML_CALL.removesuffix("</function>"))[1] == [("add", XML_GIVES)]


@pytest.mark.parametrize(
    "text", ['<tool_call>{"name": "add", "argum', "<tool_call>", "<tool_call>[1, 2]</tool_call>"]
)
def test_a_call_that_ends_in_the_middle_is_a_fault_that_may_be_tried_again(text: str) -> None:
    with pytest.raises(EngineError) as caught:
        read(text)
    assert caught.value.retryable


@pytest.mark.parametrize(
    "text", ["a < b and c > d", "<tool", "<functional>", "5 <", "x <function y", "</tool_call>"]
)
def test_what_is_no_call_is_said(text: str) -> None:
    assert read(text, pieces=4) == (text, [])


def test_without_tools_offered_nothing_is_a_call() -> None:
    assert read(JSON_CALL, pieces=9, tools=()) == (JSON_CALL, [])


def test_text_is_not_held_back_longer_than_it_must() -> None:
    parser = TextCalls(TOOLS)
    assert parser.push("It is 3 <") == "It is 3 "
    assert parser.push(" 4.") == "< 4."


def test_an_endless_call_ends() -> None:
    parser = TextCalls(TOOLS)
    with pytest.raises(EngineError, match="endless"):
        parser.push("<tool_call>" + "x" * 300_000)


def test_calls_without_end_end() -> None:
    with pytest.raises(EngineError, match="more than 64"):
        read('<tool_call>{"name": "add"}</tool_call>' * 70)
