"""The session's outer edge: what gateways give it and what the store does for it, as Protocols."""

from dataclasses import dataclass
from typing import Any, Protocol

from lorgnette.core.events import ToDevice
from lorgnette.core.people import Wearer
from lorgnette.core.speech import Message, Unfinished
from lorgnette.sdk.camera import Shot


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

    async def change(self, id: str, **values: Any) -> Wearer:
        """Write these settings alone; gives all of them."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """What the cameras may send: bytes of a picture and of a film, seconds of a film, with sound or not."""

    photo_bytes: int = 12 * 1024 * 1024
    film_bytes: int = 512 * 1024 * 1024
    film_seconds: float = 600.0
    sound: bool = True


class Reel(Protocol):
    """A film that is being taken; what was written survives the hub."""

    @property
    def full(self) -> bool:
        """No more than this: it is as long as it may be, or the disk is nearly full."""
        ...

    async def write(self, data: bytes) -> None:
        """On the disk on return. `MediaError` if it is no film."""
        ...

    async def poster(self, data: bytes) -> None:
        """A small picture to know it by; one that can't be read is left out."""
        ...

    async def finish(self) -> Shot | None:
        """Keep it; None if nothing was written."""
        ...

    async def drop(self) -> None:
        """It never was."""
        ...


class Album(Protocol):
    """Where pictures and films are kept, each wearer's own."""

    @property
    def limits(self) -> Limits: ...

    async def add(self, wearer: str, data: bytes, device: str, place: tuple[float, float] | None) -> Shot:
        """Keep a picture. `MediaError` if it is none; `SkillError` if the disk is full."""
        ...

    async def film(self, wearer: str, device: str, place: tuple[float, float] | None) -> Reel:
        """Begin a film. `SkillError` if the disk is full."""
        ...


__all__ = [
    "Album",
    "Inbox",
    "Journal",
    "Limits",
    "Message",
    "Outlet",
    "People",
    "Reel",
    "ToolResult",
    "Unfinished",
]
