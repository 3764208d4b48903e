"""What is sent fits into the window, and what belongs together stays together."""

import json
import logging
from typing import Any

import pytest

from lorgnette.agent.context import SHORT, Message, TooSmall, Window, fit, rounds
from lorgnette.agent.tokens import Tokens
from lorgnette.engines.llm.tokens import IMAGE, raw, written

SYSTEM: Message = {"role": "system", "content": "You are brief."}


def asked(text: str) -> Message:
    return {"role": "user", "content": text}


def said(text: str) -> Message:
    return {"role": "assistant", "content": text}


def called(id: str, result: str) -> list[Message]:
    call = {"id": id, "type": "function", "function": {"name": "look", "arguments": "{}"}}
    return [
        {"role": "assistant", "content": "", "tool_calls": [call]},
        {"role": "tool", "tool_call_id": id, "content": result},
    ]


def sound(messages: list[Message]) -> bool:
    """Every result has its call right before it, and every call its results."""
    waiting: set[str] = set()
    for message in messages:
        if message["role"] == "tool":
            if message["tool_call_id"] not in waiting:
                return False
            waiting.remove(message["tool_call_id"])
            continue
        if waiting:
            return False
        waiting = {call["id"] for call in message.get("tool_calls", ())}
    return not waiting


def test_what_fits_is_sent_as_it_is() -> None:
    messages = [SYSTEM, asked("hello")]
    fitted = fit(messages, [], Window(1000, 100), Tokens())
    assert fitted.messages is messages
    assert not fitted.cut


def test_old_results_are_shortened_before_anything_is_dropped() -> None:
    messages = [SYSTEM, asked("a"), *called("1", "x" * 3000), said("ok"), asked("b"), *called("2", "y" * 600)]
    fitted = fit(messages, [], Window(1200, 100), Tokens())
    assert [one["role"] for one in fitted.messages] == [one["role"] for one in messages]
    assert len(fitted.messages[3]["content"]) < SHORT + 20
    assert fitted.messages[-1]["content"] == "y" * 600
    assert len(messages[3]["content"]) == 3000  # the trajectory keeps it


def test_then_whole_exchanges_go_the_oldest_first_and_what_is_asked_stays() -> None:
    messages = [SYSTEM]
    for number in range(20):
        messages += [asked(f"question {number} " + "q" * 300), said("a" * 300)]
    messages.append(asked("and now?"))
    fitted = fit(messages, [], Window(1500, 100), Tokens())
    assert fitted.messages[0] == SYSTEM
    assert fitted.messages[-1] == asked("and now?")
    assert fitted.messages[1]["role"] == "user"
    assert fitted.dropped[0]["content"].startswith("question 0 ")
    assert [*fitted.dropped, *fitted.messages[1:]] == messages[1:]
    assert Tokens().of(fitted.messages) <= 1400 * 0.75 + 1


def test_calls_and_their_results_are_never_parted() -> None:
    messages = [SYSTEM, asked("go on")]
    for number in range(40):
        messages += called(str(number), "r" * (50 * (number % 7)))
    for size in range(300, 3000, 90):
        try:
            fitted = fit(messages, [], Window(size, 64), Tokens())
        except TooSmall:
            continue
        assert sound(fitted.messages), size
        assert asked("go on") in fitted.messages
        assert fitted.messages[-1]["tool_call_id"] == "39"
        assert Tokens().of(fitted.messages) <= size - 64


def test_the_last_results_are_shortened_at_last() -> None:
    messages = [SYSTEM, asked("what is there?"), *called("1", "z" * 20_000)]
    fitted = fit(messages, [], Window(1000, 100), Tokens())
    assert sound(fitted.messages)
    assert Tokens().of(fitted.messages) <= 900


def test_tools_that_take_half_of_the_window_are_left_out_from_the_end() -> None:
    tools: list[dict[str, Any]] = [
        {"type": "function", "function": {"name": f"tool_{n}", "description": "d" * 300}} for n in range(30)
    ]
    fitted = fit([SYSTEM, asked("hello")], tools, Window(2000, 200), Tokens())
    assert 0 < len(fitted.tools) < 30
    assert list(fitted.tools) == tools[: len(fitted.tools)]


def test_what_can_never_fit_is_said() -> None:
    with pytest.raises(TooSmall) as caught:
        fit([SYSTEM, asked("x" * 9000)], [], Window(1000, 100), Tokens())
    assert caught.value.phrase == "error-model-window"
    assert not caught.value.retryable


def test_what_was_cut_leaves_room_so_that_the_next_call_isnt_cut_again() -> None:
    messages = [SYSTEM, *[asked("q" * 200) for _ in range(40)]]
    once = fit(messages, [], Window(1500, 100), Tokens()).messages
    assert not fit([*once, said("a short answer"), asked("go on")], [], Window(1500, 100), Tokens()).cut


def test_pictures_of_a_tool_belong_to_its_call() -> None:
    shown = {"role": "user", "name": "pictures", "content": [{"type": "image_url", "image_url": {}}]}
    parts = rounds([asked("what is this?"), *called("1", "here"), shown, said("a cup")])
    assert [len(part) for part in parts] == [1, 3, 1]


def test_tokens_are_rather_too_many() -> None:
    assert written("a" * 300) == 100
    assert written("今天天气怎么样") == 7
    assert (
        raw([{"role": "user", "content": [{"type": "image_url"}, {"type": "text", "text": "abc"}]}]) > IMAGE
    )


def test_the_servers_count_corrects_the_estimate() -> None:
    tokens = Tokens()
    messages = [asked("x" * 3000)]
    tokens.learn(counted=2000, estimated=1000)
    assert tokens.of(messages) >= 2000
    for _ in range(40):
        tokens.learn(counted=800, estimated=1000)
    assert 780 <= tokens.of(messages) <= 900


def test_a_server_that_cuts_what_it_is_sent_teaches_nothing(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, "lorgnette.agent.tokens")
    tokens = Tokens()
    tokens.learn(counted=4096, estimated=20_000)
    tokens.learn(counted=4096, estimated=20_000)
    assert tokens.of([asked("x" * 3000)]) == raw([asked("x" * 3000)])
    assert caplog.text.count("set model.window") == 1


def test_messages_stay_json() -> None:
    messages = [SYSTEM, asked("a"), *called("1", "x" * 5000), asked("b")]
    json.dumps(fit(messages, [], Window(400, 64), Tokens()).messages)
