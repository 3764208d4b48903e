"""A streamed answer put together: text as it comes, tool calls from their fragments."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from lorgnette.core.errors import EngineError
from lorgnette.engines.llm.text_calls import TextCalls
from lorgnette.engines.llm.thoughts import ThoughtFilter
from lorgnette.engines.llm.usage import usage_of
from lorgnette.engines.protocols import ChatDelta, ToolRequest, Usage

LONGEST_ANSWER = 400_000
"""Characters of text, and of all tool calls' arguments."""
MOST_CALLS = 64
_APART = ("reasoning_content", "reasoning")
"""Where servers put thoughts that they keep apart; never spoken."""


class Assembly:
    """One answer. `push` takes an event's payload and gives the text to say; `finish` the end.

    `unopened`: its thoughts may begin without a mark (`thoughts.py`). `tools`: those that were offered: calls
    that the server has left in the text count where it gives none itself (`text_calls.py`).
    """

    def __init__(self, tools: Sequence[Mapping[str, Any]] = (), *, unopened: bool = False) -> None:
        self._thoughts = ThoughtFilter(unopened=unopened)
        self._text_calls = TextCalls(tools)
        self.usage: Usage | None = None
        self._calls: list[_Call] = []
        self._by_index: dict[int, _Call] = {}
        self._size = 0
        self.reason = ""
        self.closed = False

    def push(self, payload: str) -> str:
        """The text of one event; raises EngineError (retryable) for what isn't a chat chunk."""
        if payload.strip() == "[DONE]":
            self.closed = True
            return ""
        try:
            event = json.loads(payload)
        except ValueError as error:
            raise EngineError(
                f"the model's server broke off within an event: {error}", retryable=True
            ) from error
        if not isinstance(event, dict):
            raise EngineError("the model's server sent an event that isn't an object", retryable=True)
        if event.get("error"):
            raise EngineError(f"the model's server failed: {_message(event['error'])}", retryable=True)
        self.usage = usage_of(event) or self.usage
        choices = event.get("choices")
        if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
            return ""  # usage, or a server's keep-alive
        choice = choices[0]
        if isinstance(choice.get("finish_reason"), str):
            self.reason = choice["finish_reason"]
        delta = choice.get("delta") or choice.get("message") or {}
        if not isinstance(delta, dict):
            return ""
        if any(isinstance(delta.get(name), str) and delta[name] for name in _APART):
            self._thoughts.apart()
        for fragment in delta.get("tool_calls") or ():
            self._fragment(fragment)
        return self._text(delta.get("content"))

    def finish(self) -> ChatDelta:
        """The rest and the tool calls; raises EngineError where the stream was cut."""
        if not self.reason and not self.closed:
            raise EngineError("the model's server ended the answer in the middle", retryable=True)
        rest = self._text_calls.push(self._thoughts.end(whole=self.reason != "length"))
        more, written = self._text_calls.end()
        calls = tuple(call.request(number) for number, call in enumerate(self._calls) if call.name) or written
        reason = "tool_calls" if calls else self.reason or "stop"
        return ChatDelta(rest + more, calls, reason, self.usage)

    def _text(self, content: Any) -> str:
        if isinstance(content, list):  # parts, as some servers send them
            content = "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
        if not isinstance(content, str) or not content:
            return ""
        self._grow(len(content))
        return self._text_calls.push(self._thoughts.push(content))

    def _fragment(self, fragment: Any) -> None:
        if not isinstance(fragment, dict):
            return
        call = self._call_of(fragment)
        function = fragment.get("function") or {}
        if isinstance(fragment.get("id"), str) and not call.id:
            call.id = fragment["id"]
        if isinstance(function.get("name"), str) and not call.name:
            call.name = function["name"]
        arguments = function.get("arguments")
        if isinstance(arguments, dict):  # a server that has parsed them already
            arguments = json.dumps(arguments, ensure_ascii=False)
        if isinstance(arguments, str):
            self._grow(len(arguments))
            call.arguments.append(arguments)

    def _call_of(self, fragment: dict[str, Any]) -> "_Call":
        """By index; without one a new id begins a call, and everything else goes on with the last."""
        index, id = fragment.get("index"), fragment.get("id")
        if isinstance(index, int):
            call = self._by_index.get(index)
            if call is not None and not (id and call.id and id != call.id):
                return call
        elif self._calls and (not id or id == self._calls[-1].id):
            return self._calls[-1]
        if len(self._calls) >= MOST_CALLS:
            raise EngineError(f"the model asked for more than {MOST_CALLS} tools at once", retryable=True)
        call = _Call()
        self._calls.append(call)
        if isinstance(index, int):
            self._by_index[index] = call
        return call

    def _grow(self, size: int) -> None:
        self._size += size
        if self._size > LONGEST_ANSWER:
            raise EngineError(f"the model's answer is longer than {LONGEST_ANSWER} characters")


class _Call:
    __slots__ = ("arguments", "id", "name")

    def __init__(self) -> None:
        self.id = ""
        self.name = ""
        self.arguments: list[str] = []

    def request(self, number: int) -> ToolRequest:
        return ToolRequest(self.id or f"call_{number}", self.name, "".join(self.arguments).strip() or "{}")


def _message(error: Any) -> str:
    if isinstance(error, dict):
        error = error.get("message") or error
    return str(error)[:300]
