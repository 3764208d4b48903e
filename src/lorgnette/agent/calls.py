"""The tool calls of one run: side by side or in order, each with a key, and none done twice by a retry."""

import asyncio
import difflib
import logging
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from hashlib import sha256
from typing import Final

from lorgnette.agent.guard import canonical
from lorgnette.agent.tools import AgentTool, Called, Result
from lorgnette.engines.protocols import ToolRequest

log = logging.getLogger(__name__)

NAMED: Final = 24
"""Tools that are named to a model which calls one that isn't there."""

type Late = Callable[[Called], None]

_FINISHING: Final[set[asyncio.Task[Result]]] = set()
"""Calls that go on although their run ended: asyncio itself would let go of them."""


class Calls:
    """`run`: names the run, the same one when it is resumed. `most`: reads side by side.

    `late` is told of a call that ended after its run was stopped: what a tool with `cancel = "finish"` began
    is never broken off.
    """

    def __init__(
        self, run: str, tools: Mapping[str, AgentTool], *, most: int = 8, late: Late | None = None
    ) -> None:
        self._run = run
        self._tools = tools
        self._most = most
        self._late = late
        self._results: dict[str, Result] = {}
        self._flying: dict[str, asyncio.Task[Result]] = {}

    async def run(self, step: int, requests: Sequence[ToolRequest]) -> AsyncGenerator[Called]:
        """Reads side by side, everything else one after the other and in order; results in order."""
        waiting: list[asyncio.Task[Called]] = []
        try:
            for position, request in enumerate(requests):
                tool = self._tools.get(request.name)
                key = "" if tool is None else key_of(self._run, step, position, request, tool)
                if tool is not None and tool.parallel and len(waiting) < self._most:
                    waiting.append(asyncio.create_task(self._called(tool, request, key)))
                    continue
                while waiting:
                    yield await waiting[0]
                    waiting.pop(0)
                yield await self._called(tool, request, key)
            while waiting:
                yield await waiting[0]
                waiting.pop(0)
        finally:
            for task in waiting:
                task.cancel()

    async def _called(self, tool: AgentTool | None, request: ToolRequest, key: str) -> Called:
        if tool is None:
            near = difflib.get_close_matches(request.name, self._tools, n=3)
            names = ", ".join([*near, *(one for one in self._tools if one not in near)][:NAMED]) or "none"
            return Called(request, _error(f"there is no tool {request.name!r}. There are: {names}."))
        done = self._results.get(key)
        if done is not None and done.ok:
            return Called(request, done, again=True)
        task, again = self._flying.get(key), True
        if task is None:
            task, again = self._begun(tool, request, key), False
        try:
            return Called(request, await asyncio.shield(task), again)
        except asyncio.CancelledError:
            if tool.cancel == "safe":
                task.cancel()
            elif not again and not task.done():
                task.add_done_callback(lambda ended: self._landed_late(request, ended))
            raise

    def _begun(self, tool: AgentTool, request: ToolRequest, key: str) -> asyncio.Task[Result]:
        task = asyncio.create_task(_result(tool, request, key))
        self._flying[key] = task
        _FINISHING.add(task)
        task.add_done_callback(lambda ended: self._landed(key, ended))
        return task

    def _landed(self, key: str, task: asyncio.Task[Result]) -> None:
        _FINISHING.discard(task)
        self._flying.pop(key, None)
        if not task.cancelled():
            self._results[key] = task.result()

    def _landed_late(self, request: ToolRequest, task: asyncio.Task[Result]) -> None:
        if self._late is not None and not task.cancelled():
            self._late(Called(request, task.result()))


def key_of(run: str, step: int, position: int, request: ToolRequest, tool: AgentTool) -> str:
    """The same for the same call of the same run, also when the run is resumed from its messages.

    A read counts as another call each time, an act once an answer, and what is done `once` once a run.
    """
    parts = [run, request.name, canonical(request.arguments)]
    if not tool.once:
        parts.append(str(step))
        parts += [str(position)] if tool.parallel else []
    return sha256("\0".join(parts).encode()).hexdigest()[:32]


async def _result(tool: AgentTool, request: ToolRequest, key: str) -> Result:
    try:
        return await tool.call(request.arguments, key)
    except Exception:
        log.exception("tool %s broke", request.name)
        return _error("the tool failed. Don't call it again; say what can't be done.")


def _error(text: str) -> Result:
    return Result(f"Error: {text}", ok=False)
