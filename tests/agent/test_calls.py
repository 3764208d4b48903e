"""Tool calls are cancelled or finished as they want it, and nothing is sent twice."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import aclosing
from typing import Any

from tests.agent.models import ScriptedModel, call

from lorgnette.agent import Budget, Called, Ended, Event, Loop, Result

Run = Callable[[Coroutine[Any, Any, Any]], Any]
ASKED = {"role": "user", "content": "send it"}


class Sender:
    """Sends, when it is let; counts by key what went out."""

    parallel = False
    schema: dict[str, Any] = {"type": "function", "function": {"name": "send", "parameters": {}}}  # noqa: RUF012

    def __init__(self, *, cancel: str = "finish", once: bool = True, fails: int = 0) -> None:
        self.name = "send"
        self.cancel = cancel
        self.once = once
        self.sent: list[str] = []
        self.begun = asyncio.Event()
        self.go = asyncio.Event()
        self.stopped = False
        self.fails = fails

    async def call(self, arguments: str, key: str) -> Result:
        self.begun.set()
        try:
            await self.go.wait()
        except asyncio.CancelledError:
            self.stopped = True
            raise
        self.sent.append(key)
        if self.fails:
            self.fails -= 1
            return Result("Error: no answer", ok=False)
        return Result("Sent.")


async def collected(loop: Loop) -> list[Event]:
    return [event async for event in loop.run()]


async def interrupted(sender: Sender, messages: list[dict[str, Any]], late: Callable[[Called], None]) -> Loop:
    """A run that is stopped while the tool is at it."""
    loop = Loop(ScriptedModel([call("send")]), messages, [sender], run_id="turn-1", late=late)
    task = asyncio.create_task(collected(loop))
    await sender.begun.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return loop


def test_an_interrupted_run_lets_a_finish_tool_end_and_reports_it_once(loop_run: Run) -> None:
    async def run() -> None:
        sender, told = Sender(), []
        await interrupted(sender, [dict(ASKED)], told.append)
        assert not told
        sender.go.set()
        async with asyncio.timeout(1):
            while not told:
                await asyncio.sleep(0)
        assert [called.result.content for called in told] == ["Sent."]
        assert len(sender.sent) == 1
        assert not sender.stopped

    loop_run(run())


def test_an_interrupted_run_cancels_a_safe_tool(loop_run: Run) -> None:
    async def run() -> None:
        sender, told = Sender(cancel="safe"), []
        await interrupted(sender, [dict(ASKED)], told.append)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert sender.stopped
        assert not sender.sent
        assert not told

    loop_run(run())


def test_a_run_that_goes_on_waits_for_the_call_in_flight_and_sends_nothing_again(loop_run: Run) -> None:
    async def run() -> None:
        sender, messages = Sender(), [dict(ASKED)]
        loop = await interrupted(sender, messages, lambda _: None)
        loop._model = ScriptedModel(["It is sent."])
        sender.go.set()
        events = await collected(loop)
        assert len(sender.sent) == 1
        assert [one["role"] for one in messages] == ["user", "assistant", "tool", "assistant"]
        assert isinstance(events[-1], Ended)

    loop_run(run())


def test_after_a_restart_the_call_is_made_with_the_key_that_it_had(loop_run: Run) -> None:
    async def run() -> None:
        first, again, messages = Sender(), Sender(), [dict(ASKED)]
        await interrupted(first, messages, lambda _: None)
        first.go.set()
        again.go.set()
        model = ScriptedModel(["It is sent."])
        await collected(Loop(model, messages, [again], run_id="turn-1"))
        async with asyncio.timeout(1):
            while not first.sent:
                await asyncio.sleep(0)
        assert again.sent == first.sent  # the receiver knows by it that it is the same

    loop_run(run())


def test_a_model_that_sends_the_same_thing_again_gets_the_first_result(loop_run: Run) -> None:
    async def run() -> None:
        sender = Sender()
        sender.go.set()
        model = ScriptedModel([call("send", id="a")], [call("send", id="b")], ["Done."])
        events = await collected(Loop(model, [dict(ASKED)], [sender]))
        called = [event for event in events if isinstance(event, Called)]
        assert [one.again for one in called] == [False, True]
        assert [one.result.content for one in called] == ["Sent.", "Sent."]
        assert len(sender.sent) == 1

    loop_run(run())


def test_the_same_act_twice_in_one_answer_is_done_once(loop_run: Run) -> None:
    async def run() -> None:
        act = Sender(once=False)
        act.go.set()
        model = ScriptedModel([call("send", id="a"), call("send", id="b")], [call("send", id="c")], ["Done."])
        await collected(Loop(model, [dict(ASKED)], [act]))
        assert len(act.sent) == 2  # and again in the next answer, where it is meant

    loop_run(run())


def test_what_failed_is_tried_again_under_the_same_key(loop_run: Run) -> None:
    async def run() -> None:
        sender = Sender(fails=1)
        sender.go.set()
        model = ScriptedModel([call("send", id="a")], [call("send", id="b")], ["Done."])
        await collected(Loop(model, [dict(ASKED)], [sender]))
        assert len(sender.sent) == 2
        assert len(set(sender.sent)) == 1

    loop_run(run())


def test_other_arguments_and_other_runs_have_other_keys(loop_run: Run) -> None:
    async def run() -> None:
        sender = Sender()
        sender.go.set()
        for run_id in ("one", "two"):
            calls = [call("send", '{"to": "Anna"}', "a"), call("send", '{"to": "Ben"}', "b")]
            await collected(Loop(ScriptedModel(calls, ["ok"]), [dict(ASKED)], [sender], run_id=run_id))
        assert len(set(sender.sent)) == 4

    loop_run(run())


def test_stopping_between_two_events_stops_what_runs_side_by_side(loop_run: Run) -> None:
    class Look(Sender):
        parallel = True

    async def run() -> None:
        look = Look(cancel="safe", once=False)
        look.name = "look"
        fast = Look(cancel="safe", once=False)
        fast.name = "fast"
        fast.go.set()
        model = ScriptedModel([call("fast", id="a"), call("look", id="b")])
        async with aclosing(Loop(model, [dict(ASKED)], [fast, look], Budget()).run()) as events:
            async for event in events:
                assert isinstance(event, Called)
                break
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert look.stopped

    loop_run(run())
