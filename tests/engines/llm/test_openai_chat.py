import asyncio
import json
import logging
import time
from contextlib import aclosing

import pytest
from tests.engines.llm.double import ChatDouble, chunk, fragment
from tests.engines.server import nobody, serving

from lorgnette.core.errors import ConfigError, EngineError
from lorgnette.engines.llm.openai_chat import OpenAIChat
from lorgnette.engines.protocols import ChatDelta, ToolRequest, Usage

HELLO = [{"role": "user", "content": "hello"}]
KEY = "sk-very-secret-1234567890"


def talk(loop_run, prepare, tools=(), **settings):
    """The deltas of one answer to `HELLO`, and the double."""

    async def run():
        async with serving(ChatDouble()) as double:
            prepare(double)
            model = OpenAIChat(double.url, "qwen", KEY, **settings)
            try:
                return [delta async for delta in model.stream(HELLO, tools)], double, model.health()
            finally:
                await model.aclose()

    return loop_run(run())


def fails(loop_run, prepare, **settings) -> EngineError:
    with pytest.raises(EngineError) as caught:
        talk(loop_run, prepare, **settings)
    assert KEY not in str(caught.value)
    return caught.value


def test_text_streams_as_it_comes(loop_run):
    deltas, double, health = talk(
        loop_run,
        lambda d: d.then(
            chunk({"role": "assistant"}),
            chunk({"content": "Gu"}),
            chunk({"content": "ten Tag"}),
            chunk({}, "stop"),
        ),
    )
    assert deltas == [ChatDelta("Gu"), ChatDelta("ten Tag"), ChatDelta(finish="stop")]
    assert double.requests == [{"model": "qwen", "messages": HELLO, "stream": True}]
    assert double.headers[0]["authorization"] == f"Bearer {KEY}"
    assert health.done == 1
    assert health.state == "ready"


def test_tool_calls_are_assembled_from_fragments_of_several_calls(loop_run):
    tools = [{"type": "function", "function": {"name": "set_timer", "parameters": {}}}]
    deltas, double, _ = talk(
        loop_run,
        lambda d: d.then(
            chunk({"content": "One moment."}),
            fragment(0, "", "call_a", "set_timer"),
            fragment(0, '{"dura'),
            fragment(1, "", "call_b", "time"),
            fragment(0, 'tion": "五分钟"}'),
            chunk({}, "tool_calls"),
        ),
        tools,
    )
    assert deltas[0].text == "One moment."
    assert deltas[-1].finish == "tool_calls"
    assert deltas[-1].tools == (
        ToolRequest("call_a", "set_timer", '{"duration": "五分钟"}'),
        ToolRequest("call_b", "time", "{}"),
    )
    assert double.requests[0]["tools"] == tools


def test_malformed_arguments_reach_the_caller_as_they_are(loop_run):
    deltas, _, _ = talk(loop_run, lambda d: d.then(fragment(0, '{"a": ', "x", "f"), chunk({}, "tool_calls")))
    assert deltas[-1].tools == (ToolRequest("x", "f", '{"a":'),)


def test_a_server_that_does_not_stream_is_understood(loop_run):
    message = {
        "role": "assistant",
        "content": "Hi",
        "tool_calls": [{"id": "1", "function": {"name": "f", "arguments": {"n": 1}}}],
    }
    deltas, _, _ = talk(
        loop_run, lambda d: d.then_json({"choices": [{"message": message, "finish_reason": "tool_calls"}]})
    )
    assert deltas == [ChatDelta("Hi"), ChatDelta("", (ToolRequest("1", "f", '{"n": 1}'),), "tool_calls")]


def test_the_first_model_of_the_server_is_taken_where_none_is_named(loop_run):
    async def run():
        async with serving(ChatDouble()) as double:
            double.then(chunk({"content": "x"}, "stop"))
            model = OpenAIChat(double.url + "/chat/completions")
            deltas = [delta async for delta in model.stream(HELLO)]
            await model.aclose()
            return deltas, double.requests[0]["model"], model.name

    assert loop_run(run()) == ([ChatDelta("x"), ChatDelta(finish="stop")], "qwen3-tiny", "qwen3-tiny")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_asked_again_before_the_first_token(loop_run, status):
    def prepare(double: ChatDouble) -> None:
        double.then_status(status)
        double.then_status(status, retry_after="0")
        double.then(chunk({"content": "there"}, "stop"))

    deltas, double, health = talk(loop_run, prepare)
    assert deltas[0].text == "there"
    assert len(double.requests) == 3
    assert health.restarts == 2


def test_a_long_retry_after_is_not_waited_for(loop_run):
    begin = time.monotonic()
    error = fails(loop_run, lambda d: d.then_status(429, retry_after="60"))
    assert error.retryable
    assert time.monotonic() - begin < 3


def test_after_three_tries_the_turn_fails(loop_run):
    def prepare(double: ChatDouble) -> None:
        for _ in range(4):
            double.then_status(500, "out of memory")

    error = fails(loop_run, prepare)
    assert error.retryable
    assert "out of memory" in error.detail


def test_a_wrong_key_is_not_tried_again_and_not_told(loop_run, caplog):
    caplog.set_level(logging.DEBUG)
    error = fails(loop_run, lambda d: d.then_status(401, f"Incorrect API key provided: {KEY}"))
    assert not error.retryable
    assert "***" in error.detail
    assert KEY not in caplog.text


def test_a_refused_connection_fails_in_the_end_and_may_be_retried(loop_run):
    async def run():
        model = OpenAIChat(f"http://127.0.0.1:{nobody()}/v1", "qwen")
        try:
            async for _ in model.stream(HELLO):
                pass
        finally:
            await model.aclose()

    with pytest.raises(EngineError) as caught:
        loop_run(run())
    assert caught.value.retryable


def test_an_event_cut_in_mid_json_is_a_retryable_error(loop_run):
    error = fails(
        loop_run,
        lambda d: d.then(chunk({"content": "so"}), 'data: {"choices": [{"delta": {"cont', cut=True),
    )
    assert error.retryable


def test_a_stream_that_ends_without_an_end_is_a_retryable_error(loop_run):
    assert fails(loop_run, lambda d: d.then(chunk({"content": "so"}), cut=True)).retryable


def test_an_error_within_the_stream_is_told(loop_run):
    error = fails(loop_run, lambda d: d.then('data: {"error": {"message": "CUDA error"}}\n\n'))
    assert error.retryable
    assert "CUDA error" in error.detail


def test_a_server_that_says_nothing_is_given_up_after_the_first_token_time(loop_run):
    error = fails(loop_run, lambda d: d.then(chunk({"content": "late"}), pause=30), first_token=0.2)
    assert error.retryable
    assert "silent" in error.detail


def test_a_server_that_stalls_is_given_up_between_tokens(loop_run):
    events = [chunk({"content": "a"}), chunk({"content": "b"})]

    def prepare(double: ChatDouble) -> None:
        double.then(*events, pause=0.25)

    assert fails(loop_run, prepare, first_token=5, between_tokens=0.05).retryable


def test_closing_the_stream_drops_the_connection_at_once(loop_run):
    async def run():
        async with serving(ChatDouble()) as double:
            double.then(*[chunk({"content": f"{n} "}) for n in range(1000)], pause=0.02)
            model = OpenAIChat(double.url, "qwen")
            async with aclosing(model.stream(HELLO)) as deltas:
                async for delta in deltas:
                    assert delta.text == "0 "
                    break
            async with asyncio.timeout(2):
                await double.gone.wait()
            await model.aclose()
            return model.health().running

    assert loop_run(run()) == 0


def test_cancelling_the_task_drops_the_connection_too(loop_run):
    async def run():
        async with serving(ChatDouble()) as double:
            double.then(*[chunk({"content": f"{n} "}) for n in range(1000)], pause=0.02)
            model = OpenAIChat(double.url, "qwen")
            first = asyncio.Event()

            async def listen():
                async for _ in model.stream(HELLO):
                    first.set()

            task = asyncio.create_task(listen())
            await first.wait()
            task.cancel()
            async with asyncio.timeout(2):
                await double.gone.wait()
            await model.aclose()

    loop_run(run())


def test_thoughts_are_not_spoken(loop_run):
    deltas, _, _ = talk(
        loop_run,
        lambda d: d.then(
            *[
                chunk({"content": piece})
                for piece in ("<thi", "nk>hmm ", "a < b</th", "ink>\n\nIt is ", "3 < 4.")
            ],
            chunk({}, "stop"),
        ),
    )
    assert "".join(delta.text for delta in deltas) == "It is 3 < 4."


@pytest.mark.parametrize(("url", "key"), [("ftp://x/v1", ""), ("nonsense", ""), ("http://x", "a\nb")])
def test_a_bad_setting_is_named_without_the_key(url, key):
    with pytest.raises(ConfigError) as caught:
        OpenAIChat(url, key=key)
    assert not key or key not in str(caught.value)


THINK = [chunk({"content": piece}) for piece in ("hmm, a < b\n", "</thi", "nk>\n\nSev", "en.")]


@pytest.mark.parametrize(
    "field", ["reasoning_content", "reasoning"], ids=["vLLM and DashScope", "Ollama and OpenRouter"]
)
def test_thoughts_in_a_field_of_their_own_are_not_spoken(loop_run, field):
    events = [chunk({field: "hmm"}), chunk({"content": "Seven."}), chunk({}, "stop")]
    deltas, _, _ = talk(loop_run, lambda d: d.then(*events))
    assert deltas == [ChatDelta("Seven."), ChatDelta(finish="stop")]


def test_a_thinking_model_whose_thought_begins_without_a_mark_is_not_overheard(loop_run):
    async def run():
        async with serving(ChatDouble("qwen3-4b-thinking-2507")) as double:
            double.then(*THINK, chunk({}, "stop"))
            model = OpenAIChat(double.url)
            said = [delta.text async for delta in model.stream(HELLO)]
            await model.aclose()
            return said

    assert "".join(loop_run(run())) == "Seven."


def test_what_the_server_may_not_know_is_asked_for_until_it_refuses(loop_run):
    async def run():
        async with serving(ChatDouble()) as double:
            double.then_status(400, "Unrecognized request argument supplied: enable_thinking")
            double.then(chunk({"content": "a"}, "stop"))
            double.then(chunk({"content": "b"}, "stop"))
            model = OpenAIChat(double.url, "qwen", wishes={"enable_thinking": False})
            said = ["".join([delta.text async for delta in model.stream(HELLO)]) for _ in "ab"]
            await model.aclose()
            return said, [one.get("enable_thinking") for one in double.requests], model.health()

    said, asked, health = loop_run(run())
    assert said == ["a", "b"]
    assert asked == [False, None, None]
    assert (health.done, health.failed) == (2, 0)


def test_a_request_that_is_refused_for_another_reason_keeps_its_wishes(loop_run):
    async def run():
        async with serving(ChatDouble()) as double:
            double.then_status(400, "the context is too long")
            double.then_status(400, "the context is too long")
            double.then(chunk({"content": "a"}, "stop"))
            model = OpenAIChat(double.url, "qwen", wishes={"enable_thinking": False})
            with pytest.raises(EngineError, match="too long"):
                [delta async for delta in model.stream(HELLO)]
            assert model.health().state == "failing"
            [delta async for delta in model.stream(HELLO)]
            await model.aclose()
            return [one.get("enable_thinking") for one in double.requests]

    assert loop_run(run()) == [False, None, False]


def test_its_health_says_how_its_last_request_went(loop_run):
    async def run():
        async with serving(ChatDouble()) as double:
            double.then_status(401, f"no such key: {KEY}")
            double.then(chunk({"content": "a"}, "stop"))
            model = OpenAIChat(double.url, "", KEY)
            states = [model.health().state]
            with pytest.raises(EngineError):
                [delta async for delta in model.stream(HELLO)]
            states.append(model.health().state)
            told = model.health().last_error
            [delta async for delta in model.stream(HELLO)]
            states.append(model.health().state)
            await model.aclose()
            return [*states, model.health().state], told, model.health().engine

    states, told, engine = loop_run(run())
    assert states == ["starting", "failing", "ready", "closed"]
    assert "401" in told
    assert KEY not in told
    assert engine == "qwen3-tiny"


TOOLS = [
    {
        "type": "function",
        "function": {"name": "set_timer", "parameters": {"properties": {"minutes": {"type": "integer"}}}},
    }
]
WRITTEN = {
    "json": '<tool_call>\n{"name": "set_timer", "arguments": {"minutes": 5}}\n</tool_call>',
    "function": "<function=set_timer>\n<parameter=minutes>\n5\n</parameter>\n</function>",
}


@pytest.mark.parametrize("shape", WRITTEN)
def test_calls_that_the_server_left_in_the_text_are_made_and_not_said(loop_run, shape):
    text = f"One moment.\n{WRITTEN[shape]}"
    events = [chunk({"content": text[at : at + 5]}) for at in range(0, len(text), 5)]
    deltas, _, _ = talk(loop_run, lambda d: d.then(*events, chunk({}, "stop")), TOOLS)
    assert "".join(delta.text for delta in deltas).strip() == "One moment."
    assert deltas[-1].tools == (ToolRequest("text_0", "set_timer", '{"minutes": 5}'),)
    assert deltas[-1].finish == "tool_calls"


@pytest.mark.parametrize("shape", WRITTEN)
def test_without_tools_offered_such_text_is_text(loop_run, shape):
    deltas, _, _ = talk(loop_run, lambda d: d.then(chunk({"content": WRITTEN[shape]}, "stop")))
    assert "".join(delta.text for delta in deltas) == WRITTEN[shape]
    assert not deltas[-1].tools


def test_calls_that_the_server_read_itself_count_alone(loop_run):
    events = [chunk({"content": WRITTEN["json"]}), fragment(0, '{"minutes": 9}', "a", "set_timer")]
    deltas, _, _ = talk(loop_run, lambda d: d.then(*events, chunk({}, "tool_calls")), TOOLS)
    assert deltas[-1].tools == (ToolRequest("a", "set_timer", '{"minutes": 9}'),)


def test_a_call_cut_off_in_the_text_is_a_retryable_fault(loop_run):
    with pytest.raises(EngineError) as caught:
        talk(loop_run, lambda d: d.then(chunk({"content": WRITTEN["json"][:30]}, "stop")), TOOLS)
    assert caught.value.retryable


def test_what_it_used_comes_behind_the_last_word(loop_run):
    usage = {"prompt_tokens": 40, "completion_tokens": 2, "prompt_tokens_details": {"cached_tokens": 32}}
    last = f"data: {json.dumps({'model': 'qwen-plus', 'choices': [], 'usage': usage})}\n\n"
    deltas, _, _ = talk(loop_run, lambda d: d.then(chunk({"content": "Hi"}), chunk({}, "stop"), last))
    assert deltas[-1].usage == Usage(40, 2, 32, model="qwen-plus")


def test_only_the_field_that_a_server_names_is_given_up(loop_run):
    async def run():
        async with serving(ChatDouble()) as double:
            double.then_status(400, "'max_tokens' is too large: 2048. The context has 4096 tokens")
            double.then(chunk({"content": "a"}, "stop"))
            double.then(chunk({"content": "b"}, "stop"))
            wishes = {"max_tokens": 2048, "enable_thinking": False}
            model = OpenAIChat(double.url, "qwen", wishes=wishes, with_tools={"parallel_tool_calls": True})
            for _ in "ab":
                [delta async for delta in model.stream(HELLO, TOOLS)]
            await model.aclose()
            return double.requests[-1]

    asked = loop_run(run())
    assert "max_tokens" not in asked
    assert asked["enable_thinking"] is False
    assert asked["parallel_tool_calls"] is True


def test_a_model_that_cant_see_is_sent_no_picture(loop_run):
    async def run():
        async with serving(ChatDouble()) as double:
            double.then(chunk({"content": "a"}, "stop"))
            model = OpenAIChat(double.url, "qwen", images=False)
            content = [
                {"type": "text", "text": "what is this?"},
                {"type": "image_url", "image_url": {"url": "data:"}},
            ]
            [delta async for delta in model.stream([{"role": "user", "content": content}])]
            await model.aclose()
            return double.requests[0]["messages"][0]["content"]

    assert loop_run(run()) == "what is this?\n[a picture, which this model can't see]"
