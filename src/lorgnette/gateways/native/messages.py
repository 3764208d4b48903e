"""The native protocol's own messages; everything else on its wire is a `core.events` event.

One WebSocket, subprotocol `lorgnette.v1`. Text frames are JSON objects with a `type`. The device opens with
`hello`, the hub answers `welcome`; the device's and the hub's events carry `seq` (1, 2, …, per direction and
per session of the protocol, going on over reconnects).
"""

from typing import Annotated, Literal

import msgspec

from lorgnette.core.audio import Codec
from lorgnette.core.events import FromDevice, Id, Language, ToDevice
from lorgnette.core.forms import Capabilities

SUBPROTOCOL = "lorgnette.v1"
VERSION_MIN = 1
VERSION_MAX = 1
RESUME_SECONDS = 60
MAX_TEXT_BYTES = 64 * 1024
MAX_BINARY_BYTES = 4 * 1024 * 1024
MAX_EVENTS_QUEUED = 256


class Resume(msgspec.Struct, frozen=True):
    """Go on with an earlier connection: its `session`, and the last hub `seq` that arrived."""

    session: Id
    seq: Annotated[int, msgspec.Meta(ge=0)]


class Hello(msgspec.Struct, frozen=True, kw_only=True, tag="hello"):
    """First message of a device. `token`: from pairing; versions: the range it speaks."""

    token: Annotated[str, msgspec.Meta(max_length=256)]
    capabilities: Capabilities
    version_min: int = 1
    version_max: int = 1
    name: Annotated[str, msgspec.Meta(max_length=80)] = ""
    agent: Annotated[str, msgspec.Meta(max_length=200)] = ""
    language: Language | None = None
    resume: Resume | None = None


class AudioChoice(msgspec.Struct, frozen=True):
    """What the hub chose for a media channel."""

    codec: Codec
    rate: int
    frame_ms: int = 20


class Welcome(msgspec.Struct, frozen=True, kw_only=True, tag="welcome"):
    """The hub's answer to `hello`.

    `resumed`: the missed events follow at once; else the device starts with `seq` 1 again, both ways.
    `mic_seq`: the last microphone frame that arrived, the device resends what came after it.
    `now`: the hub's wall clock in UTC epoch seconds, against which scenes' times run; 0 = not told.
    `wake`: the words that it waits for in the mode `wake`; empty: it has none.
    """

    session: str
    device: str
    version: int
    resumed: bool = False
    microphone: AudioChoice | None = None
    speaker: AudioChoice | None = None
    mic_seq: int = 0
    event_seq: int = 0
    now: float = 0.0
    wake: tuple[str, ...] = ()
    resume_seconds: int = RESUME_SECONDS


class Ack(msgspec.Struct, frozen=True, tag="ack"):
    """Everything up to `seq` arrived: events (channel 0), or frames of a media channel."""

    seq: Annotated[int, msgspec.Meta(ge=0)]
    channel: Annotated[int, msgspec.Meta(ge=0, le=255)] = 0


Micros = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]


class Ping(msgspec.Struct, frozen=True, tag="ping"):
    """`t`: the sender's clock in microseconds. Either side may ask; the other answers `pong` at once."""

    t: Micros


class Pong(msgspec.Struct, frozen=True, tag="pong"):
    """`t`: copied from the ping; `at`: the answerer's clock in microseconds."""

    t: Micros
    at: Micros


class Problem(msgspec.Struct, frozen=True, tag="error"):
    """Something was refused. `channel` ≥ 0: that media channel is closed, the rest goes on."""

    code: Literal[
        "bad_message",
        "bad_media",
        "too_large",
        "too_fast",
        "unauthorized",
        "version",
        "busy",
        "replaced",
        "internal",
    ]
    detail: str = ""
    channel: int = -1


class GoAway(msgspec.Struct, frozen=True, tag="goaway"):
    """The hub is about to stop: reconnect after `seconds`; the session resumes."""

    seconds: float = 1.0
    reason: str = ""


class Open(msgspec.Struct, frozen=True, tag="channel.open"):
    """A media channel that was closed after bad media is opened again by the device."""

    channel: Annotated[int, msgspec.Meta(ge=1, le=255)]


DeviceMessage = Hello | Ack | Ping | Pong | Open | FromDevice
HubMessage = Welcome | Ack | Ping | Pong | Problem | GoAway | ToDevice
