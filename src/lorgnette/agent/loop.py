"""The tool loop: ask the model, say its text at once, run the tools it calls, ask again, within a budget."""

import asyncio
import json
import logging
from collections import Counter
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, Literal

from lorgnette.agent.tools import AgentTool, Result
from lorgnette.core.errors import EngineError
from lorgnette.engines.protocols import ChatModel, ToolRequest

log = logging.getLogger(__name__)

type Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Budget:
    """What one run may use.

    `steps`: model calls; `seconds`: for all of it; `same`: how often the very same call may be made;
    `calls`: reads side by side; `result`: characters of one result that the model gets to see.
    """

    steps: int = 6
    seconds: float = 60.0
    same: int = 2
    calls: int = 8
    result: int = 8_000


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of the model's answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Called:
    """A tool ran."""

    request: ToolRequest
    result: Result


@dataclass(frozen=True, slots=True)
class Ended:
    """Last. answered: the model had its say; steps, time, repeated: the budget ended it."""

    why: Literal["answered", "steps", "time", "repeated"]
    said: bool


Event = Text | Called | Ended


class Loop:
    """One run over `messages`, which grows by everything that is said and done and is the trajectory."""

    def __init__(
        self,
        model: ChatModel,
        messages: list[Message],
        tools: Sequence[AgentTool] = (),
        budget: Budget | None = None,
    ) -> None:
        self.messages = messages
        self._model = model
        self._tools = {tool.name: tool for tool in tools}
        self._schemas = [tool.schema for tool in tools]
        self._budget = budget or Budget()
        self._made: Counter[tuple[str, str]] = Counter()
        self._said = False

    async def run(self) -> AsyncGenerator[Event]:
        """Events as they come. Raises `EngineError` when the model fails (twice, if nothing was said yet)."""
        deadline = asyncio.get_running_loop().time() + self._budget.seconds
        for _ in range(self._budget.steps):
            requests: tuple[ToolRequest, ...] = ()
            text = ""
            try:
                async with aclosing(self._ask(deadline)) as answer:
                    async for piece in answer:
                        if isinstance(piece, str):
                            text += piece
                            self._said = self._said or bool(piece.strip())
                            yield Text(piece)
                        else:
                            requests = piece
            except TimeoutError:
                self._note(text, ())
                yield Ended("time", self._said)
                return
            self._note(text, requests)
            if not requests:
                yield Ended("answered", self._said)
                return
            repeated = False
            async with aclosing(self._call(requests)) as calls:
                async for called in calls:
                    repeated = repeated or self._made[_key(called.request)] > self._budget.same
                    yield called
            if repeated:
                yield Ended("repeated", self._said)
                return
        yield Ended("steps", self._said)

    async def _ask(self, deadline: float) -> AsyncGenerator[str | tuple[ToolRequest, ...]]:
        """One answer: its text in pieces, then its tool calls. A failure before any text is tried again."""
        for attempt in (1, 2):
            said = False
            try:
                async with aclosing(self._stream(deadline)) as pieces:
                    async for piece in pieces:
                        said = said or isinstance(piece, str)
                        yield piece
                return
            except (EngineError, json.JSONDecodeError) as error:
                retryable = error.retryable if isinstance(error, EngineError) else True
                if said or attempt == 2 or not retryable:
                    if isinstance(error, EngineError):
                        raise
                    raise EngineError(f"the model's answer can't be read: {error}", retryable=True) from error
                log.warning("asking %s again: %s", self._model.name, error)

    async def _stream(self, deadline: float) -> AsyncGenerator[str | tuple[ToolRequest, ...]]:
        requests: list[ToolRequest] = []
        stream = aiter(self._model.stream(self.messages, self._schemas))
        try:
            while True:
                async with asyncio.timeout_at(deadline):
                    delta = await anext(stream, None)
                if delta is None:
                    break
                if delta.text:
                    yield delta.text
                requests += delta.tools
        finally:
            close = getattr(stream, "aclose", None)
            if close is not None:
                await close()
        yield tuple(requests)

    async def _call(self, requests: Sequence[ToolRequest]) -> AsyncGenerator[Called]:
        """Reads side by side, everything else one after the other and in order; results in order."""
        waiting: list[tuple[ToolRequest, asyncio.Task[Result]]] = []
        try:
            for request in requests:
                tool = self._tools.get(request.name)
                self._made[_key(request)] += 1
                if tool is not None and tool.parallel and len(waiting) < self._budget.calls:
                    waiting.append((request, asyncio.create_task(self._result(tool, request))))
                    continue
                for called in await self._gathered(waiting):
                    yield called
                waiting = []
                yield self._called(request, await self._result(tool, request))
            for called in await self._gathered(waiting):
                yield called
        finally:
            for _, task in waiting:
                task.cancel()

    async def _gathered(self, waiting: Sequence[tuple[ToolRequest, asyncio.Task[Result]]]) -> list[Called]:
        return [self._called(request, await task) for request, task in waiting]

    async def _result(self, tool: AgentTool | None, request: ToolRequest) -> Result:
        if tool is None:
            names = ", ".join(self._tools) or "none"
            return Result(f"Error: there is no tool {request.name!r}. There are: {names}.", ok=False)
        if self._made[_key(request)] > self._budget.same:
            return Result("Error: this very call was made before; use its result or answer.", ok=False)
        try:
            return await tool.call(request.arguments)
        except Exception:
            log.exception("tool %s broke", request.name)
            return Result("Error: the tool failed. Don't call it again; say what can't be done.", ok=False)

    def _called(self, request: ToolRequest, result: Result) -> Called:
        content = result.content
        if len(content) > self._budget.result:
            content = content[: self._budget.result] + " … (cut)"
        self.messages.append({"role": "tool", "tool_call_id": request.id, "content": content})
        return Called(request, result)

    def _note(self, text: str, requests: Sequence[ToolRequest]) -> None:
        if not text and not requests:
            return
        message: Message = {"role": "assistant", "content": text}
        if requests:
            message["tool_calls"] = [_as_sent(request) for request in requests]
        self.messages.append(message)


def _as_sent(request: ToolRequest) -> Mapping[str, Any]:
    """The call as it goes back to the model; servers refuse arguments that are no JSON."""
    try:
        json.loads(request.arguments)
        arguments = request.arguments
    except ValueError:
        arguments = "{}"
    return {
        "id": request.id,
        "type": "function",
        "function": {"name": request.name, "arguments": arguments},
    }


def _key(request: ToolRequest) -> tuple[str, str]:
    return request.name, request.arguments
