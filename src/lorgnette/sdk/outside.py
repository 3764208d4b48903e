"""Outside tools as a skill sees them: servers that speak the Model Context Protocol, and what they answer."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import msgspec

from lorgnette.core.taint import Source


class OutsideAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What a tool answered, as words: always somebody else's.

    `pictures`: data URIs of pictures that came with it; `ok`: the server says that it went well.
    """

    text: str
    source: Source
    ok: bool = True
    pictures: tuple[str, ...] = ()


class OutsideTool(msgspec.Struct, frozen=True, kw_only=True):
    """One that may be used. `server`: the name that the wearer knows it by."""

    server: str
    tool: str
    effect: str


class Outside(Protocol):
    """One wearer's outside tools: those that were approved and are on."""

    async def tools(self) -> Sequence[OutsideTool]: ...

    async def call(self, server: str, tool: str, arguments: Mapping[str, Any]) -> OutsideAnswer:
        """Call it, bounded in time and size. `LorgnetteError` with a sentence where that doesn't work.

        `NotFound` for what isn't this wearer's, isn't approved or is off.
        """
        ...
