"""A device that takes part in a wearer's session: the gateway's handle, and the session's view of it."""

from dataclasses import dataclass
from typing import Protocol

from lorgnette.core import events
from lorgnette.core.forms import Capabilities
from lorgnette.core.people import Device
from lorgnette.session.ears import Ears
from lorgnette.session.ports import Outlet
from lorgnette.session.router import Sink


@dataclass(frozen=True, slots=True)
class Chunk:
    """Bytes of the picture or film `id`: `number` counts from 1 (0: a film's poster), `last` ends it."""

    id: str
    number: int
    data: bytes
    last: bool = False


class EchoCleaner(Protocol):
    """Takes the playback out of a microphone's sound; times are the hub's steady µs."""

    def push_reference(self, pcm: bytes, play_time_us: int) -> None: ...

    def drop_reference(self, from_time_us: int) -> None:
        """What was to sound from then on doesn't: an utterance was stopped."""
        ...

    def clean(self, pcm: bytes, capture_time_us: int) -> bytes: ...


class Owner(Protocol):
    """The session behind it."""

    def on_event(self, attachment: "Attachment", event: events.FromDevice) -> None: ...

    def on_chunk(self, attachment: "Attachment", chunk: "Chunk") -> None: ...

    def on_suspend(self, attachment: "Attachment") -> None: ...

    def on_resume(self, attachment: "Attachment") -> None: ...

    def on_detach(self, attachment: "Attachment") -> None: ...


class Attachment:
    """Inbound calls come from the gateway, on the event loop, and never block."""

    __slots__ = (
        "_owner",
        "battery",
        "capabilities",
        "connected",
        "device",
        "ears",
        "echo",
        "gone",
        "language",
        "outlet",
        "passing",
        "place",
        "reports",
        "sink",
    )

    def __init__(self, owner: Owner, device: Device, capabilities: Capabilities, outlet: Outlet) -> None:
        self._owner = owner
        self.device = device
        self.capabilities = capabilities
        self.outlet = outlet
        self.ears: Ears | None = None
        self.sink: Sink | None = None
        self.echo: EchoCleaner | None = None
        self.battery: events.Battery | None = None
        self.place: tuple[float, events.Location] | None = None
        """Where it last said to be, and when (steady seconds)."""
        self.connected = True
        self.gone = False
        self.language = ""
        """Spoken into this device; empty = the wearer's."""
        self.passing = False
        """A command, here for a turn of its own: the hub says nothing to it that it wasn't asked."""
        self.reports = False
        """It says when a sentence has sounded."""

    def audio(self, pcm: bytes, time_us: int) -> None:
        """A microphone frame (PCM16 mono 16 kHz), captured at `time_us` on the hub's steady clock.

        The time may be 0 where there is no `echo`: nothing else needs it.
        """
        ears = self.ears
        if ears is not None:
            if self.echo is not None:
                pcm = self.echo.clean(pcm, time_us)
            ears.push(pcm)

    def play(self, pcm: bytes, time_us: int) -> None:
        """A frame for the speaker; it is also what the echo canceller takes out again."""
        if self.gone:
            return
        if self.echo is not None:
            self.echo.push_reference(pcm, time_us)
        self.outlet.audio(pcm, time_us)

    def event(self, event: events.FromDevice) -> None:
        """Anything a device says that isn't media."""
        if not self.gone:
            self._owner.on_event(self, event)

    def chunk(self, chunk: "Chunk") -> None:
        """A part of a picture or film."""
        if not self.gone:
            self._owner.on_chunk(self, chunk)

    def suspend(self) -> None:
        """The connection is lost; it may resume within a minute."""
        if not self.gone:
            self.connected = False
            self._owner.on_suspend(self)

    def resume(self) -> None:
        """It is back: missed events were sent, speech goes on from the last heard sentence."""
        if not self.gone:
            self.connected = True
            self._owner.on_resume(self)

    def detach(self) -> None:
        """It is gone for good; a second call changes nothing."""
        if not self.gone:
            self.gone = True
            self.connected = False
            self._owner.on_detach(self)
