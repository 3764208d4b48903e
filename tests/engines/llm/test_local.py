"""llama.cpp in a process of its own, on a real Qwen3 of random weights."""

import asyncio
import importlib.util
import json
from contextlib import aclosing
from typing import ClassVar

import pytest
from tests.engines.llm.tiny_gguf import write

from lorgnette.agent import Budget, Called, Loop, Result
from lorgnette.core.errors import ConfigError, EngineError
from lorgnette.engines.llm.local import LocalChat

missing = [name for name in ("llama_cpp", "gguf") if importlib.util.find_spec(name) is None]
real = pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")

ASCII = {str(token): -100.0 for token in range(128, 256)}
"""Random weights write half letters, of which llama-cpp-python waits for the other half."""

HELLO = [{"role": "user", "content": "hello"}]
TOOL = {
    "type": "function",
    "function": {
        "name": "set_timer",
        "description": "Start a timer.",
        "parameters": {
            "type": "object",
            "properties": {"minutes": {"type": "integer"}},
            "required": ["minutes"],
        },
    },
}


def test_a_file_is_needed_and_must_be_there(tmp_path):
    with pytest.raises(ConfigError, match="needs a file"):
        LocalChat("")
    with pytest.raises(EngineError, match=r"isn't installed|there is no"):
        LocalChat(str(tmp_path / "none.gguf"))


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return write(tmp_path_factory.mktemp("gguf") / "tiny.gguf")


@pytest.mark.llama
@real
class TestRandomQwen3:
    def test_it_streams_what_it_has_to_say_and_counts(self, loop_run, file):
        async def run():
            chat = LocalChat(str(file), window=512, threads=1, reply=24, options={"logit_bias": ASCII})
            try:
                return [delta async for delta in chat.stream(HELLO)], chat.health()
            finally:
                await chat.aclose()

        deltas, health = loop_run(run())
        assert deltas[-1].finish in {"stop", "length"}
        assert deltas[-1].usage.input > 10
        assert 0 < deltas[-1].usage.output <= 24
        assert health.done == 1

    def test_leaving_stops_it_and_the_next_answer_comes(self, loop_run, file):
        async def run():
            chat = LocalChat(str(file), window=2048, threads=1, reply=1500, options={"logit_bias": ASCII})
            try:
                async with aclosing(chat.stream(HELLO)) as deltas:
                    async for _ in deltas:
                        break
                async with asyncio.timeout(10):
                    async for _ in chat.stream(HELLO):
                        break
                return chat.health().restarts
            finally:
                await chat.aclose()

        assert loop_run(run()) == 0

    def test_a_forced_call_is_well_formed_whatever_the_weights_and_the_loop_runs_it(self, loop_run, file):
        class Timer:
            name, schema, parallel, cancel, once = "set_timer", TOOL, False, "finish", False
            given: ClassVar[list[dict]] = []

            async def call(self, arguments, key):
                self.given.append(json.loads(arguments))
                return Result("Timer set.")

        async def run():
            forced = {"type": "function", "function": {"name": "set_timer"}}
            options = {"tool_choice": forced, "max_tokens": 200, "temperature": 0.0}
            chat = LocalChat(str(file), window=2048, threads=1, options=options)
            try:
                loop = Loop(chat, list(HELLO), [Timer()], Budget(steps=1))
                return [event async for event in loop.run()]
            finally:
                await chat.aclose()

        events = loop_run(run())
        assert [event.request.name for event in events if isinstance(event, Called)] == ["set_timer"]
        assert isinstance(Timer.given[0]["minutes"], int)
