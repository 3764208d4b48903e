"""A chat model that follows a script."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from lorgnette.engines.protocols import ChatDelta, ToolRequest, Usage


def call(name: str, arguments: str = "{}", id: str = "c1") -> ToolRequest:
    return ToolRequest(id=id, name=name, arguments=arguments)


class ScriptedModel:
    """Answers with one list after the other: text, calls, usage, exceptions to raise, seconds to wait."""

    name = "scripted"

    def __init__(
        self, *answers: Sequence[str | ToolRequest | Usage | Exception | float], forever: bool = False
    ) -> None:
        self._answers = list(answers)
        self._forever = forever
        self.asked: list[list[dict[str, Any]]] = []
        self.tools: list[str] = []
        self.closed = 0

    async def stream(
        self, messages: Sequence[Mapping[str, Any]], tools: Sequence[Mapping[str, Any]] = ()
    ) -> AsyncIterator[ChatDelta]:
        self.asked.append([dict(message) for message in messages])
        self.tools = [tool["function"]["name"] for tool in tools]
        answer = self._answers[0] if self._forever else self._answers.pop(0)
        requests = []
        try:
            for part in answer:
                if isinstance(part, Exception):
                    raise part
                if isinstance(part, float):
                    await asyncio.sleep(part)
                elif isinstance(part, ToolRequest):
                    requests.append(part)
                elif isinstance(part, Usage):
                    yield ChatDelta(usage=part)
                else:
                    yield ChatDelta(text=part)
            yield ChatDelta(tools=tuple(requests), finish="tool_calls" if requests else "stop")
        finally:
            self.closed += 1
