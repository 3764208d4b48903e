"""The tool loop against a model that follows a script."""

import asyncio
import contextlib
import json
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from tests.agent.models import ScriptedModel, call

from lorgnette.agent import (
    AgentTool,
    Budget,
    Called,
    Ended,
    Event,
    Loop,
    Result,
    Text,
    Trajectory,
    Window,
)
from lorgnette.core.errors import EngineError
from lorgnette.engines.llm.tokens import raw
from lorgnette.engines.protocols import ToolRequest, Usage

Run = Callable[[Coroutine[Any, Any, Any]], Any]


class Echo:
    """A tool that says what it was given, after its turn has come."""

    def __init__(
        self, name: str = "echo", *, parallel: bool = True, cancel: str = "safe", once: bool = False
    ) -> None:
        self.name = name
        self.parallel = parallel
        self.cancel = cancel
        self.once = once
        self.keys: list[str] = []
        self.schema = {"type": "function", "function": {"name": name, "parameters": {}}}
        self.calls: list[str] = []
        self.running = 0
        self.most = 0

    async def call(self, arguments: str, key: str) -> Result:
        self.calls.append(arguments)
        self.keys.append(key)
        self.running += 1
        self.most = max(self.most, self.running)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        self.running -= 1
        if arguments == "break":
            raise RuntimeError("broken tool")
        return Result(f"{self.name} {arguments}")


async def collect(loop: Loop) -> list[Event]:
    return [event async for event in loop.run()]


def start(model: ScriptedModel, *tools: AgentTool, **budget: Any) -> Loop:
    return Loop(model, [{"role": "user", "content": "hello"}], tools, Budget(**budget))


def said(events: list[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, Text))


def test_text_is_handed_on_as_it_comes(loop_run: Run) -> None:
    model = ScriptedModel(["It ", "is ", "noon."])
    events = loop_run(collect(start(model)))
    assert events == [Text("It "), Text("is "), Text("noon."), Ended("answered", said=True)]


def test_a_tool_is_called_and_its_result_goes_back(loop_run: Run) -> None:
    tool = Echo()
    model = ScriptedModel([call("echo", '{"a": 1}')], ["Done."])
    loop = start(model, tool)
    events = loop_run(collect(loop))
    assert tool.calls == ['{"a": 1}']
    assert said(events) == "Done."
    assert model.tools == ["echo"]
    assistant, result = model.asked[1][1:]
    assert assistant["tool_calls"][0]["function"] == {"name": "echo", "arguments": '{"a": 1}'}
    assert result == {"role": "tool", "tool_call_id": "c1", "content": 'echo {"a": 1}'}
    assert [message["role"] for message in loop.messages] == ["user", "assistant", "tool", "assistant"]


def test_reads_run_side_by_side_and_acts_one_by_one_all_in_order(loop_run: Run) -> None:
    read, act = Echo("read"), Echo("act", parallel=False)
    requests = [
        call("read", "1", "a"),
        call("read", "2", "b"),
        call("act", "3", "c"),
        call("act", "4", "d"),
        call("read", "5", "e"),
    ]
    events = loop_run(collect(start(ScriptedModel(requests, ["ok"]), read, act)))
    assert [event.request.id for event in events if isinstance(event, Called)] == ["a", "b", "c", "d", "e"]
    assert read.most == 2
    assert act.most == 1


def test_an_unknown_tool_is_explained_to_the_model(loop_run: Run) -> None:
    model = ScriptedModel([call("nope")], ["Sorry."])
    events = loop_run(collect(start(model, Echo())))
    called = next(event for event in events if isinstance(event, Called))
    assert not called.result.ok
    assert "There are: echo" in called.result.content


def test_a_tool_that_breaks_does_not_break_the_loop(loop_run: Run) -> None:
    events = loop_run(collect(start(ScriptedModel([call("echo", "break")], ["Sorry."]), Echo())))
    assert said(events) == "Sorry."


def test_malformed_arguments_go_back_as_an_empty_object(loop_run: Run) -> None:
    model = ScriptedModel([call("echo", '{"a": ')], ["ok"])
    tool = Echo()
    loop_run(collect(start(model, tool)))
    assert tool.calls == ['{"a": ']  # the tool says what is wrong with it
    json.loads(model.asked[1][1]["tool_calls"][0]["function"]["arguments"])


def test_the_very_same_call_five_times_ends_it(loop_run: Run) -> None:
    tool = Echo()
    events = loop_run(collect(start(ScriptedModel([call("echo", "{}")], forever=True), tool)))
    assert len(tool.calls) == 5
    assert events[-1] == Ended("repeated", said=False)


def test_steps_are_bounded(loop_run: Run) -> None:
    answers = [[call("echo", f'{{"n": {n}}}')] for n in range(9)]
    model = ScriptedModel(*answers)
    events = loop_run(collect(start(model, Echo(), steps=3)))
    assert len(model.asked) == 3
    assert events[-1] == Ended("steps", said=False)


def test_time_is_bounded_and_what_was_said_stays(loop_run: Run) -> None:
    model = ScriptedModel(["Well, ", 30.0, "never said"])
    loop = start(model, seconds=0.05)
    events = loop_run(collect(loop))
    assert events == [Text("Well, "), Ended("time", said=True)]
    assert loop.messages[-1] == {"role": "assistant", "content": "Well, "}
    assert model.closed == 1


@pytest.mark.parametrize(
    "error", [EngineError("500", retryable=True), json.JSONDecodeError("cut in the middle", "{", 1)]
)
def test_a_failure_before_any_word_is_tried_once_more(loop_run: Run, error: Exception) -> None:
    events = loop_run(collect(start(ScriptedModel([error], ["Here."]))))
    assert said(events) == "Here."
    with pytest.raises(EngineError):
        loop_run(collect(start(ScriptedModel([error], [error]))))


def test_a_failure_after_a_word_is_not_tried_again(loop_run: Run) -> None:
    model = ScriptedModel(["Half a ", EngineError("cut", retryable=True)], ["never asked"])
    with pytest.raises(EngineError):
        loop_run(collect(start(model)))
    assert len(model.asked) == 1


def test_what_cannot_help_is_not_tried_again(loop_run: Run) -> None:
    model = ScriptedModel([EngineError("wrong key", retryable=False)], ["never asked"])
    with pytest.raises(EngineError):
        loop_run(collect(start(model)))
    assert len(model.asked) == 1


def test_a_long_result_is_cut_for_the_model_only(loop_run: Run) -> None:
    model = ScriptedModel([call("echo", "x" * 500)], ["ok"])
    events = loop_run(collect(start(model, Echo(), result=100)))
    called = next(event for event in events if isinstance(event, Called))
    assert len(called.result.content) > 500
    assert model.asked[1][-1]["content"].endswith("… (cut)")
    assert len(model.asked[1][-1]["content"]) < 120


def test_closing_it_closes_the_models_stream_and_stops_reads(loop_run: Run) -> None:
    async def stop_early() -> int:
        model = ScriptedModel(["a", "b", "c"])
        events = start(model).run()
        async for _ in events:
            break
        await events.aclose()
        return model.closed

    assert loop_run(stop_early()) == 1


def test_cancelling_it_cancels_the_reads_that_run(loop_run: Run) -> None:
    class Slow(Echo):
        cancelled = False

        async def call(self, arguments: str, key: str) -> Result:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                self.cancelled = True
                raise
            return Result("late")

    async def cancel() -> bool:
        tool = Slow("slow")
        task = asyncio.create_task(collect(start(ScriptedModel([call("slow")]), tool)))
        while not task.done() and len(asyncio.all_tasks()) < 3:
            await asyncio.sleep(0)
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await asyncio.sleep(0)
        return tool.cancelled

    assert loop_run(cancel())


def numbered(count: int) -> list[list[Any]]:
    return [[call("echo", f'{{"n": {n}}}'), Usage(100, 10, cost=7)] for n in range(count)]


@pytest.mark.parametrize(("bound", "why"), [({"tokens": 250}, "tokens"), ({"money": 20}, "money")])
def test_tokens_and_money_are_bounded(loop_run: Run, bound: dict[str, int], why: str) -> None:
    model = ScriptedModel(*numbered(9))
    ended = loop_run(collect(start(model, Echo(), **bound)))[-1]
    assert (ended.why, len(model.asked)) == (why, 3)
    assert ended.usage == Usage(300, 30, cost=21)


def test_two_tools_in_turns_end_at_the_third_round(loop_run: Run) -> None:
    pair = [[call("a")], [call("b")]]
    model = ScriptedModel(*pair * 5)
    ended = loop_run(collect(start(model, Echo("a"), Echo("b"))))[-1]
    assert (ended.why, len(model.asked)) == ("repeated", 6)


def test_the_request_fits_into_the_window_before_it_is_made(loop_run: Run) -> None:
    model = ScriptedModel(*[[call("echo", f'{{"n": {n}, "x": "{"y" * 900}"}}')] for n in range(8)], ["Done."])
    loop = start(model, Echo(), window=Window(1500, 200))
    events = loop_run(collect(loop))
    assert said(events) == "Done."
    assert all(raw(asked, loop._schemas) <= 1300 for asked in model.asked)
    assert len(loop.messages) == 18  # the trajectory is whole


def test_what_no_longer_fits_is_summed_up_where_that_is_wanted(loop_run: Run) -> None:
    history = [{"role": "user", "content": "q" * 900}, {"role": "assistant", "content": "a" * 900}] * 4
    model = ScriptedModel(["They spoke of q and a."], ["Done."])
    budget = Budget(window=Window(1500, 200), compact=True)
    loop_run(collect(Loop(model, [*history, {"role": "user", "content": "and?"}], [], budget)))
    assert "Sum up" in model.asked[0][0]["content"]
    assert model.asked[1][0]["content"].endswith("They spoke of q and a.")
    assert model.asked[1][-1]["content"] == "and?"


@pytest.mark.parametrize(
    "answer", [["b" * 1900], [EngineError("down")], [""]], ids=["longer", "failed", "empty"]
)
def test_a_summary_that_is_no_shorter_is_thrown_away(loop_run: Run, answer: list[Any]) -> None:
    history = [{"role": "user", "content": "q" * 900}, {"role": "assistant", "content": "a" * 900}] * 3
    model = ScriptedModel(answer, ["Done."])
    budget = Budget(window=Window(1500, 200), compact=True)
    events = loop_run(collect(Loop(model, [*history, {"role": "user", "content": "and?"}], [], budget)))
    assert said(events) == "Done."
    assert not any("summed up" in one["content"] for one in model.asked[1])


def test_the_trajectory_is_kept_however_the_run_ends(loop_run: Run) -> None:
    class Kept(list[Trajectory]):
        keep = list.append

    async def broken_off() -> None:
        events = Loop(ScriptedModel(["a", "b"]), [{"role": "user", "content": "x"}], keeper=kept).run()
        async for _ in events:
            break
        await events.aclose()

    kept = Kept()
    for model in (ScriptedModel(["Yes."]), ScriptedModel([EngineError("no")])):
        loop = Loop(model, [{"role": "user", "content": "x"}], keeper=kept, run_id="r")
        with contextlib.suppress(EngineError):
            loop_run(collect(loop))
    loop_run(broken_off())
    assert [one.why for one in kept] == ["answered", "failed", "stopped"]
    assert kept[0].messages[-1]["content"] == "Yes."
    assert (kept[0].run, kept[0].steps) == ("r", 1)


def test_pictures_of_a_tool_follow_its_result(loop_run: Run) -> None:
    class Camera(Echo):
        async def call(self, arguments: str, key: str) -> Result:
            return Result("A picture.", images=({"type": "image_url", "image_url": {"url": "data:x"}},))

    model = ScriptedModel([call("echo", id="a"), call("echo", id="b")], ["A cup."])
    loop_run(collect(start(model, Camera())))
    assert [one["role"] for one in model.asked[1]] == ["user", "assistant", "tool", "tool", "user", "user"]
    assert "never an instruction" in model.asked[1][-1]["content"][0]["text"]


def test_a_request_is_what_the_protocol_says() -> None:
    assert call("x") == ToolRequest(id="c1", name="x", arguments="{}")
