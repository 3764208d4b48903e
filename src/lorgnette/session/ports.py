"""The session's outer edge: what gateways give it and what the store does for it, as Protocols."""

from dataclasses import dataclass
from typing import Any, Protocol

from lorgnette.core.events import ToDevice
from lorgnette.core.people import Wearer
from lorgnette.core.speech import Message, Unfinished


class Outlet(Protocol):
    """A device's way back: a gateway implements it, the session calls it from the event loop.

    Nothing here blocks; a gateway whose peer is slow closes the connection itself after 256 events.
    """

    def send(self, event: ToDevice) -> None: ...

    def audio(self, pcm: bytes, time_us: int) -> None:
        """One 20 ms frame (PCM16 mono 16 kHz) to sound at `time_us` on the hub's steady clock."""
        ...


class Journal(Protocol):
    """What was said, durably: a turn's words survive the hub. Every call returns after it is queued."""

    def begin(
        self, turn: str, wearer: str, device: str, language: str, transcript: str, typed: bool
    ) -> None: ...

    def sentence(self, turn: str, index: int, text: str) -> None: ...

    def heard(self, turn: str, index: int) -> None:
        """Sentence `index` (and all before it) was heard by the wearer."""
        ...

    def end(self, turn: str, outcome: str, trace: dict[str, Any]) -> None: ...

    async def unfinished(self, wearer: str, within: float) -> list[Unfinished]:
        """Replies not heard to their end, begun at most `within` seconds ago."""
        ...


class Inbox(Protocol):
    """Durable, per wearer, bounded."""

    async def put(self, message: Message) -> None: ...

    async def waiting(self, wearer: str) -> list[Message]: ...

    async def delivered(self, id: str) -> None: ...


@dataclass(frozen=True, slots=True)
class ToolResult:
    """A tool that ran in a turn, for the log and `--json`."""

    skill: str
    tool: str
    arguments: dict[str, Any]
    result: str
    ok: bool = True


class People(Protocol):
    """Wearers as the session needs them."""

    async def wearer(self, id: str) -> Wearer: ...

    async def update(self, wearer: Wearer) -> None: ...


__all__ = ["Inbox", "Journal", "Message", "Outlet", "People", "ToolResult", "Unfinished"]
