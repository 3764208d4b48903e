"""Tool calls that a Qwen model writes into its text where the server doesn't parse them: found and taken out.

Two shapes: JSON in `<tool_call>…</tool_call>` (Qwen3's chat template; one or several), and the second with or
without that wrapper (Qwen3-Coder's and Qwen3.5's)::

    {"name": "set_timer", "arguments": {"duration": "PT5M"}}

    <function=set_timer>
    <parameter=duration>
    PT5M
    </parameter>
    </function>

Only the assistant's own channel is read: what a tool, a page or a picture says never comes here.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from lorgnette.core.errors import EngineError
from lorgnette.engines.protocols import ToolRequest

LONGEST_CALL: Final = 200_000
"""Characters of one call."""
MOST_CALLS: Final = 64

_WRAPPED: Final = "<tool_call>"
_END: Final = "</tool_call>"
_FUNCTION_AT: Final = "<function="
_OPENINGS: Final = {_WRAPPED: _END, _FUNCTION_AT: "</function>"}
_LONGEST_TAG: Final = len(_END)
_FUNCTION = re.compile(r"<function=([^>\n]{1,128})>(.*?)(?:</function>|$)", re.DOTALL)
_PARAMETER = re.compile(
    r"<parameter=([^>\n]{1,128})>\n?(.*?)(?:\n?</parameter>|(?=<parameter=)|\n?$)", re.DOTALL
)
_JSON: Final = json.JSONDecoder()

type _Call = tuple[str, str]


class TextCalls:
    """One answer's text, split anywhere: `push` gives what may be said, `end` the rest and the calls.

    tools: the functions that were offered, as OpenAI's objects; without any the text goes through untouched.
    """

    def __init__(self, tools: Sequence[Mapping[str, Any]] = ()) -> None:
        self._properties = {
            str(tool["function"]["name"]): tool["function"].get("parameters", {}).get("properties", {})
            for tool in tools
        }
        self._held = ""
        self._closing = ""
        self._calls: list[_Call] = []

    def push(self, text: str) -> str:
        """What of the text so far is no call and can't begin one."""
        if not self._properties:
            return text
        self._held += text
        said = ""
        while True:
            if self._closing:
                if not self._take():
                    return said
            else:
                before, found = self._split()
                said += before
                if not found:
                    return said

    def end(self) -> tuple[str, tuple[ToolRequest, ...]]:
        """Raises `EngineError` (retryable) where the answer ended within a call."""
        if self._closing:
            calls = _read(self._held, self._properties)
            if not calls:
                raise EngineError("the model's answer ended within a tool call", retryable=True)
            self._add(calls)
            self._held, self._closing = "", ""
        said, self._held = self._held, ""
        found = (ToolRequest(f"text_{number}", *call) for number, call in enumerate(self._calls))
        return said, tuple(found)

    def _split(self) -> tuple[str, bool]:
        """The text before the next opening, and whether there is one. An end without its beginning goes."""
        tags = (*_OPENINGS, *((_END,) if self._calls else ()))
        places = [(at, tag) for tag in tags if (at := self._held.find(tag)) >= 0]
        if places:
            at, tag = min(places)
            before, rest = self._held[:at], self._held[at:]
            self._closing = _OPENINGS.get(tag, "")
            self._held = rest if self._closing else rest.removeprefix(tag)
            return before, True
        longest = min(len(self._held), _LONGEST_TAG - 1)
        keep = next((n for n in range(longest, 0, -1) if _may_open(self._held[-n:], tags)), 0)
        before, self._held = self._held[: len(self._held) - keep], self._held[len(self._held) - keep :]
        return before, False

    def _take(self) -> bool:
        """Take a call that is complete out of what is held; its end may stand within an argument, too."""
        at = self._held.find(self._closing)
        while at >= 0:
            end = at + len(self._closing)
            calls = _read(self._held[:end], self._properties)
            if calls:
                self._held, self._closing = self._held[end:], ""
                self._add(calls)
                return True
            at = self._held.find(self._closing, end)
        if len(self._held) > LONGEST_CALL:
            raise EngineError("the model wrote an endless tool call", retryable=True)
        return False

    def _add(self, calls: Sequence[_Call]) -> None:
        self._calls += calls
        if len(self._calls) > MOST_CALLS:
            raise EngineError(f"the model asked for more than {MOST_CALLS} tools at once", retryable=True)


def _may_open(tail: str, tags: Sequence[str]) -> bool:
    return any(tag.startswith(tail) for tag in tags)


def _read(text: str, properties: Mapping[str, Mapping[str, Any]]) -> list[_Call]:
    """(name, JSON arguments) of the calls within one pair of marks; empty where they can't be read."""
    body = text.removeprefix(_WRAPPED).removesuffix(_END).strip()
    if body.startswith(_FUNCTION_AT):
        return [_function(found, properties) for found in _FUNCTION.finditer(body)]
    calls: list[_Call] = []
    while body:
        try:
            call, end = _JSON.raw_decode(body)
        except (ValueError, RecursionError):
            return []
        if not isinstance(call, dict) or not isinstance(call.get("name"), str):
            return []
        arguments = call.get("arguments", call.get("parameters", {}))
        plain = arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
        calls.append((call["name"], plain))
        body = body[end:].strip()
    return calls


def _function(found: re.Match[str], properties: Mapping[str, Mapping[str, Any]]) -> _Call:
    name = found[1].strip()
    known = properties.get(name, {})
    values = {
        key.strip(): _value(raw, known.get(key.strip(), {})) for key, raw in _PARAMETER.findall(found[2])
    }
    return name, json.dumps(values, ensure_ascii=False)


def _value(raw: str, schema: Mapping[str, Any]) -> Any:
    """A parameter's text as the tool's schema wants it; what doesn't fit stays text, which it refuses."""
    if schema.get("type", "string") == "string":
        return raw
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        lowered = raw.strip().lower()
        return {"true": True, "false": False, "none": None}.get(lowered, raw)
