"""A chat model tried out: how fast its first word comes, whether it streams, whether it can call a tool."""

import json
import time
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Final, Literal

from lorgnette.core.errors import LorgnetteError
from lorgnette.engines.protocols import ChatModel, ToolRequest

QUESTION: Final = "Count from one to ten in words, nothing else."
ORDER: Final = "Set a timer for five minutes."
TOOL: Final = {
    "type": "function",
    "function": {
        "name": "set_timer",
        "description": "Start a timer.",
        "parameters": {
            "type": "object",
            "properties": {"minutes": {"type": "integer", "description": "How long."}},
            "required": ["minutes"],
        },
    },
}
STREAMED: Final = 3
"""Pieces in which ten words come at least where they are streamed."""

type Calling = Literal["works", "malformed", "not called", "failed"]


@dataclass(frozen=True, slots=True)
class Trial:
    """Seconds from the request on. `calling`: of the one tool that was offered; `error`: why it failed."""

    model: str
    first_token: float
    whole: float
    pieces: int
    answer: str
    calling: Calling
    error: str = ""

    @property
    def streams(self) -> bool:
        return self.pieces >= STREAMED


async def try_out(chat: ChatModel, clock: Callable[[], float] = time.monotonic) -> Trial:
    """Two requests. What the first fails with is raised; a model that refuses the tool isn't unusable."""
    begun = clock()
    first, pieces = 0.0, []
    async with aclosing(chat.stream([{"role": "user", "content": QUESTION}])) as deltas:
        async for delta in deltas:
            if delta.text:
                first = first or clock() - begun
                pieces.append(delta.text)
    whole = clock() - begun
    calls: tuple[ToolRequest, ...] = ()
    calling: Calling = "failed"
    error = ""
    try:
        async with aclosing(chat.stream([{"role": "user", "content": ORDER}], [TOOL])) as deltas:
            async for delta in deltas:
                calls += delta.tools
        calling = _judged(calls)
    except LorgnetteError as failed:
        error = failed.detail
    return Trial(chat.name, first or whole, whole, len(pieces), "".join(pieces).strip(), calling, error)


def _judged(calls: tuple[ToolRequest, ...]) -> Calling:
    if not calls:
        return "not called"
    call = calls[0]
    try:
        given = json.loads(call.arguments)
    except ValueError:
        return "malformed"
    fine = call.name == "set_timer" and isinstance(given, dict) and isinstance(given.get("minutes"), int)
    return "works" if fine else "malformed"
