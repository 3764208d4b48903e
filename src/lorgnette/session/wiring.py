"""What every session is given once, by `app/hub.py`: engines, mind, memory and clocks."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Protocol

from lorgnette.core.clock import Clock
from lorgnette.core.events import Location
from lorgnette.core.outgoing import Parcel
from lorgnette.engines.protocols import Recognizer, Synthesizer, TurnJudge, VoiceDetector, WakeDetector
from lorgnette.mind.request import Piece, Request, Say
from lorgnette.sdk.schedule import Item
from lorgnette.session.attachment import Attachment, EchoCleaner
from lorgnette.session.ears import Gate, Levels
from lorgnette.session.endpoint import Patience
from lorgnette.session.hud import Rendered
from lorgnette.session.meter import Meter
from lorgnette.session.ports import Album, Inbox, Journal, People
from lorgnette.session.router import Pacer


class Thinking(Protocol):
    """The mind, as the session needs it."""

    def respond(self, request: Request) -> AsyncIterator[Piece]: ...

    def whole(self, text: str, language: str) -> bool:
        """Whether these words are a complete command already."""
        ...

    async def undo(self, wearer: str) -> Say | None:
        """Take back the wearer's last undoable act; None if there is none."""
        ...


class Words(Protocol):
    """The session's own sentences, in every language: `say("did-you-say", "de", text="…")`."""

    def say(self, key: str, language: str, *, formal: bool = False, **values: object) -> str: ...

    def answer(self, text: str, language: str) -> bool | None:
        """True for a yes, False for a no, None for anything else."""
        ...


class Alarms(Protocol):
    """The schedule of any wearer."""

    async def items(self, wearer: str) -> list[Item]:
        """What runs, is paused or rings."""
        ...

    async def dismiss(self, wearer: str) -> bool:
        """Silence them; False if nothing rang."""
        ...


class SharedDevices(Protocol):
    """Devices that one wearer after another takes."""

    def arrived(self, attachment: Attachment) -> None: ...

    def left(self, attachment: Attachment) -> None: ...

    def used(self, device: str) -> None:
        """Somebody speaks, types or taps there."""
        ...

    def asked(self, attachment: Attachment, wearer: str, pin: str) -> None:
        """Somebody chose themselves, or nobody, on its display."""
        ...

    def heard(self, attachment: Attachment, text: str, language: str) -> bool:
        """Whether these words say who speaks; then they are nothing else."""
        ...


@dataclass(frozen=True, slots=True)
class Wiring:
    """Shared by all sessions of a hub."""

    vad: VoiceDetector
    levels: Levels
    gate: Callable[[], Gate]
    recognizer: Recognizer
    synthesizer: Synthesizer
    mind: Thinking
    words: Words
    journal: Journal
    inbox: Inbox
    people: People
    alarms: Alarms
    rendered: Rendered
    pacer: Pacer
    clock: Clock
    echo: Callable[[], EchoCleaner | None]
    """Makes an echo canceller for a device with `aec: hub`; None where the library is missing."""
    patience: Patience = field(default_factory=Patience)
    meter: Meter = field(default_factory=Meter)
    sharing: SharedDevices | None = None
    """None: no device is shared."""
    album: Album | None = None
    """Where pictures and films are kept; None: nowhere."""
    outgoing: Callable[[Parcel], None] = lambda _: None
    """Told of every request that engines make for a session's wearer."""
    located: Callable[[str, str, Location], None] = lambda _wearer, _device, _event: None
    """Told where a wearer's own device says to be."""
    wake: WakeDetector | None = None
    turn: TurnJudge | None = None
    thinking_after: float = 0.4
    """Seconds of silence after which a "thinking" earcon is due."""
