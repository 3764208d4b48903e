"""What is sent to the model fits into its window: cut before the call, what matters least first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from lorgnette.agent.tokens import Tokens
from lorgnette.core.errors import EngineError
from lorgnette.engines.llm.tokens import raw

type Message = dict[str, Any]

ROOM: Final = 0.75
"""What is cut is cut down to this share of the window, so that the next call needn't cut again: each cut
changes the beginning of the prompt, which servers keep."""
SHORT: Final = 200
"""Characters that stay of an old tool result."""
CUT: Final = " … (cut)"


@dataclass(frozen=True, slots=True)
class Window:
    """`tokens`: all that the model takes, what it writes included; `reply`: what is kept free for that."""

    tokens: int = 32_768
    reply: int = 2_048

    @property
    def input(self) -> int:
        return max(0, self.tokens - self.reply)


@dataclass(frozen=True, slots=True)
class Fitted:
    """What is sent; `dropped`: whole exchanges that are in it no more, oldest first."""

    messages: list[Message]
    tools: Sequence[Mapping[str, Any]]
    dropped: tuple[Message, ...] = ()
    cut: bool = False


class TooSmall(EngineError):
    """Not even what is asked now fits into the model's window."""

    phrase = "error-model-window"


def fit(
    messages: list[Message], tools: Sequence[Mapping[str, Any]], window: Window, tokens: Tokens
) -> Fitted:
    """The messages as they are where they fit; else less and less of what was before. Raises `TooSmall`.

    First old tool results are shortened, then the oldest exchanges go, then the oldest calls of the exchange
    that runs (a call always together with its result), then the results that came last are shortened. Tools
    that alone take more than half of the window are left out from the end.
    """
    if tokens.of(messages, tools) <= window.input:
        return Fitted(messages, tools)
    while tools and tokens.of((), tools) > window.input // 2:
        tools = tools[:-1]
    work = _Work(messages, tools, int(window.input * ROOM), tokens)
    work.shorten()
    dropped = work.drop()
    work.shorten_last()
    if tokens.of(work.messages, tools) > window.input:
        raise TooSmall(f"the model's window of {window.tokens} tokens is too small for this request")
    return Fitted(work.messages, tools, dropped, cut=True)


class _Work:
    """Messages in parts: the system's, then rounds, each whole by itself."""

    def __init__(
        self, messages: list[Message], tools: Sequence[Mapping[str, Any]], goal: int, tokens: Tokens
    ) -> None:
        first = next((at for at, one in enumerate(messages) if one["role"] != "system"), len(messages))
        self._system = messages[:first]
        self._rounds = rounds(messages[first:])
        self._sizes = [raw(part) for part in self._rounds]
        self._always = raw(self._system, tools)
        self._goal = goal
        self._tokens = tokens

    @property
    def messages(self) -> list[Message]:
        return [*self._system, *(one for part in self._rounds for one in part)]

    def shorten(self) -> None:
        """Results but those of the last round, the oldest first."""
        for number in range(len(self._rounds) - 1):
            if self._fits():
                return
            self._cut(number, SHORT)

    def drop(self) -> tuple[Message, ...]:
        """The oldest rounds, never what is asked now nor the last round; gives those of former exchanges."""
        asked = max((at for at, part in enumerate(self._rounds) if _asks(part)), default=0)
        dropped: list[Message] = []
        while asked and not self._fits():
            dropped += self._pop(0)
            asked -= 1
            while asked and not _asks(self._rounds[0]):  # an exchange goes as a whole
                dropped += self._pop(0)
                asked -= 1
        while len(self._rounds) > 2 and not self._fits():
            self._pop(1)
        return tuple(dropped)

    def shorten_last(self) -> None:
        """The last results, to less and less."""
        most = 4_000
        while most >= SHORT and not self._fits() and self._rounds:
            self._cut(len(self._rounds) - 1, most)
            most //= 2

    def _fits(self) -> bool:
        return self._tokens.corrected(self._always + sum(self._sizes)) <= self._goal

    def _cut(self, number: int, most: int) -> None:
        self._rounds[number] = [_short(one, most) for one in self._rounds[number]]
        self._sizes[number] = raw(self._rounds[number])

    def _pop(self, number: int) -> list[Message]:
        self._sizes.pop(number)
        return self._rounds.pop(number)


def rounds(messages: Sequence[Message]) -> list[list[Message]]:
    """What belongs together: a question; an answer; a call with its results, and pictures that came of it."""
    found: list[list[Message]] = []
    for message in messages:
        calls = bool(found) and bool(found[-1][0].get("tool_calls"))
        of_call = message["role"] == "tool" or (message["role"] == "user" and _shows(message))
        if calls and of_call:
            found[-1].append(message)
        else:
            found.append([message])
    return found


def _shows(message: Message) -> bool:
    """Pictures that a tool gave: they come as a user's message, right behind the result."""
    return bool(message.get("name") == "pictures")


def _asks(part: Sequence[Message]) -> bool:
    return bool(part[0]["role"] == "user")


def _short(message: Message, most: int) -> Message:
    content = message.get("content")
    if message["role"] != "tool" or not isinstance(content, str) or len(content) <= most:
        return message
    return {**message, "content": content[:most].removesuffix(CUT) + CUT}
