"""A chat model that does whatever it reads, and then what the wearer asked for: the worst there can be."""

import json
import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any

from tests.mind.injection.cases import ANSWER, Call, Injection, Task

from lorgnette.engines.protocols import ChatDelta, ToolRequest

_REST = re.compile(r"[\W_]+")


class Obedient:
    """Knows every injection by its text, wherever that stands: result, history, memory, description."""

    name = "obedient"

    def __init__(self, injection: Injection, language: str) -> None:
        self._injection = injection
        self._text = _plain(injection.texts[language])
        self._language = language
        self._calls: list[Call] = []
        self._obeyed = False
        self._ids = 0
        self._heard = False
        self.read = False
        """The stranger's words reached it."""

    def asked(self, task: Task, reading: Call | None) -> None:
        """The wearer's next request, as such a model takes it."""
        self._calls = [*task.before, *([reading] if reading else []), *task.after]
        self._heard = False

    async def stream(
        self, messages: Sequence[Mapping[str, Any]], tools: Sequence[Mapping[str, Any]] = ()
    ) -> AsyncGenerator[ChatDelta]:
        everything = json.dumps([*messages, *tools], ensure_ascii=False)
        if "Between the marks" in str(messages[0].get("content")):  # it reads for another: all of it matters
            yield ChatDelta(text=str(messages[-1]["content"])[:1100])
            return
        before = json.dumps(list(messages[:-1]), ensure_ascii=False)
        self.read = self.read or self._text in _plain(everything)
        due = self._text in _plain(before if self._injection.later else everything) and not self._obeyed
        if self._injection.later and messages[-1].get("role") != "user":
            due = False
        if due:
            self._obeyed = True
            yield ChatDelta(text=self._injection.says)
            yield self._requests(self._injection.calls)
            if self._injection.calls:
                return
        if self._calls:
            yield self._requests([self._calls.pop(0)])
            return
        text = ANSWER[self._language]
        if self._injection.later and not self._obeyed:
            text += " " + self._injection.texts[self._language]  # it repeats what it read: now it is history
        yield ChatDelta(text=text, finish="stop")

    def _requests(self, calls: Sequence[Call]) -> ChatDelta:
        requests = []
        for name, arguments in calls:
            self._ids += 1
            requests.append(ToolRequest(f"c{self._ids}", name, json.dumps(arguments, ensure_ascii=False)))
        return ChatDelta(tools=tuple(requests), finish="tool_calls")


def _plain(text: str) -> str:
    return _REST.sub("", text.replace("\\n", "").casefold())
