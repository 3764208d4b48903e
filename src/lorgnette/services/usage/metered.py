"""A chat model whose every use is counted for its wearer, and refused where their money is gone."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Any, Protocol

from lorgnette.core.outgoing import behalf
from lorgnette.engines.llm.tokens import raw, written
from lorgnette.engines.protocols import ChatDelta, ChatModel, Sized, Usage
from lorgnette.services.usage.section import UsageSection


class Book(Protocol):
    """Where uses are written down; see `UsageService`."""

    section: UsageSection

    def note(self, wearer: str, usage: Usage, model: str) -> None: ...

    async def allow(self, wearer: str) -> None: ...


class Metered:
    """`ChatModel`: the same model. What a server doesn't count is estimated, and so is what was broken off.

    Whose it is, is whoever the work is done on behalf of (`core.outgoing`); nobody's is the hub's own.
    """

    def __init__(self, chat: ChatModel, book: Book) -> None:
        self._chat = chat
        self._book = book

    @property
    def name(self) -> str:
        return self._chat.name

    @property
    def window(self) -> int:
        return self._chat.window if isinstance(self._chat, Sized) else 0

    @property
    def reply(self) -> int:
        return self._chat.reply if isinstance(self._chat, Sized) else 0

    async def stream(
        self, messages: Sequence[Mapping[str, Any]], tools: Sequence[Mapping[str, Any]] = ()
    ) -> AsyncGenerator[ChatDelta]:
        mine = behalf()
        wearer = "" if mine is None else mine.wearer
        await self._book.allow(wearer)
        wrote, usage = 0, None
        try:
            async with aclosing(self._chat.stream(messages, tools)) as deltas:
                async for delta in deltas:
                    wrote += written(delta.text) + sum(written(call.arguments) for call in delta.tools)
                    found = delta.usage
                    if found is None and delta.finish:
                        found = _estimated(messages, tools, wrote)
                    if found is not None:
                        usage = self._priced(found)
                    yield delta if found is None else replace(delta, usage=usage)
        finally:
            if usage is None and wrote:
                usage = self._priced(_estimated(messages, tools, wrote))
            if usage is not None:
                self._book.note(wearer, usage, self._chat.name)

    def _priced(self, usage: Usage) -> Usage:
        return replace(usage, cost=self._book.section.cost(usage, self._chat.name))


def _estimated(
    messages: Sequence[Mapping[str, Any]], tools: Sequence[Mapping[str, Any]], wrote: int
) -> Usage:
    return Usage(raw(messages, tools), wrote, estimated=True)
