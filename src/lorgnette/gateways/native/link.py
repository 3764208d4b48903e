"""A device's side of the protocol that outlives its socket: numbering, what is unacknowledged, media."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Final, Protocol

import msgspec

from lorgnette.core import events
from lorgnette.core.errors import MediaError, ProtocolError
from lorgnette.core.forms import Capabilities
from lorgnette.core.people import Device
from lorgnette.gateways.native.frames import (
    CAMERA,
    GAP,
    HEADER,
    HEADER_BYTES,
    LAST,
    MICROPHONE,
    SPEAKER,
    pack,
)
from lorgnette.gateways.native.media import Intake, Output
from lorgnette.gateways.native.messages import MAX_EVENTS_QUEUED, Ack, Problem
from lorgnette.gateways.native.timesync import TimeSync
from lorgnette.session.attachment import Attachment, Chunk

MIC_ACK_EVERY: Final = 50
"""Frames, a second of the ten that a device keeps."""
MAX_CHUNK: Final = 256 * 1024
MAX_ID: Final = 64
LATEST_ONLY: Final = (events.Partial, events.State, events.VolumeChanged)
"""Captions and states: while a device is away only the newest of each is kept."""

_encoder = msgspec.json.Encoder()


class Wire(Protocol):
    """The socket below, while there is one."""

    def text(self, data: bytes) -> None: ...

    def binary(self, data: bytes) -> None: ...

    def close(self, code: int, reason: str) -> None: ...

    def replaced(self) -> None:
        """The device came by another wire."""
        ...


class Port:
    """A session's way to a shared device, which closes when another wearer takes it. Implements `Outlet`."""

    __slots__ = ("_link",)

    def __init__(self, link: "Link") -> None:
        self._link: Link | None = link

    def send(self, event: events.ToDevice) -> None:
        """As the link does, while it is this session's."""
        if self._link is not None:
            self._link.send(event)

    def audio(self, pcm: bytes, time_us: int) -> None:
        """As the link does, while it is this session's."""
        if self._link is not None:
            self._link.audio(pcm, time_us)

    def close(self) -> None:
        """From now on nothing comes through."""
        self._link = None


class Link:
    """One per device and hub process; implements the session's `Outlet`."""

    def __init__(
        self, id: str, device: Device, capabilities: Capabilities, now_us: Callable[[], int]
    ) -> None:
        self.id = id
        self.device = device
        """As its wearer has it; a shared one is somebody's for a while."""
        self.home = device
        """As its token says."""
        self._port = Port(self) if device.shared else None
        self.capabilities = capabilities
        self.attachment: Attachment | None = None
        self.wire: Wire | None = None
        self.sync = TimeSync()
        self.expires = 0.0
        """Steady seconds until which a lost connection may resume."""
        self._now_us = now_us
        self._seq = 0
        self._unacked: OrderedDict[int, tuple[type, bytes]] = OrderedDict()
        self.forgotten = 0
        """Events up to this one were dropped without an acknowledgement: who lacks them can't resume."""
        self.event_seq = 0
        """Last event number that came from the device."""
        microphone, speaker = capabilities.microphone, capabilities.speaker
        self.intake = Intake(microphone) if microphone is not None else None
        self.output = Output(speaker) if speaker is not None else None
        self._speaker_seq = 0
        self._to_ack = 0
        self._closed_channels: set[int] = set()

    # ── out: the session's Outlet ──────────────────────────────────────────────────────────────────────

    def send(self, event: events.ToDevice) -> None:
        """Number it, keep it until it is acknowledged, and send it if somebody is there."""
        self._seq += 1
        data = b'{"seq":%d,' % self._seq + _encoder.encode(event)[1:]
        kind = type(event)
        if self.wire is None and kind in LATEST_ONLY:
            for seq in [seq for seq, (other, _) in self._unacked.items() if other is kind]:
                del self._unacked[seq]
        self._unacked[self._seq] = (kind, data)
        if len(self._unacked) > MAX_EVENTS_QUEUED:
            if self.wire is not None:
                self.wire.close(1013, "events are not acknowledged")
            while len(self._unacked) > MAX_EVENTS_QUEUED:
                self.forgotten, _ = self._unacked.popitem(last=False)
            return
        if self.wire is not None:
            self.wire.text(data)

    def change_hands(self, device: Device) -> None:
        """Another wearer has it: what the former one's session sends, or was not received, is no more."""
        self.device = device
        self.let_go()
        self._port = Port(self)
        self._unacked.clear()
        self.forgotten = self._seq

    def let_go(self) -> None:
        """Nothing that a session still sends comes through."""
        if self._port is not None:
            self._port.close()

    def audio(self, pcm: bytes, time_us: int) -> None:
        """A speaker frame; while nobody is there it is gone, and the sentence is said again later."""
        if self.wire is None or self.output is None or SPEAKER in self._closed_channels:
            return
        self._speaker_seq += 1
        self.wire.binary(pack(SPEAKER, self._speaker_seq, time_us, self.output.encode(pcm)))

    @property
    def outlet(self) -> "Link | Port":
        """What a session is given to write to."""
        return self if self._port is None else self._port

    def missed(self, after: int) -> Sequence[bytes]:
        """Events behind `after` that are still kept, in order."""
        self.acked(after)
        return [data for _, data in self._unacked.values()]

    def acked(self, seq: int) -> None:
        """The device has everything up to `seq`."""
        unacked = self._unacked
        while unacked:
            first = next(iter(unacked))
            if first > seq:
                break
            del unacked[first]

    @property
    def last_seq(self) -> int:
        return self._seq

    @property
    def mic_seq(self) -> int:
        """The last microphone frame that needn't come again."""
        return self.intake.next_seq - 1 if self.intake is not None else 0

    # ── in: media ──────────────────────────────────────────────────────────────────────────────────────

    def frame(self, channel: int, flags: int, seq: int, time_us: int, data: memoryview) -> None:
        """One binary frame of the device; `data` is the whole frame."""
        if channel != MICROPHONE:
            self._other(channel, data)
            return
        intake, attachment = self.intake, self.attachment
        if intake is None or attachment is None or MICROPHONE in self._closed_channels:
            if intake is None:
                self._close_channel(MICROPHONE, "no microphone was declared")
            return
        # Only the echo canceller asks when a frame was captured.
        captured = 0 if attachment.echo is None else self.sync.hub_time(time_us, self._now_us())
        payload = bytes(data[HEADER_BYTES:])
        try:
            pcm = intake.next(seq, payload)
            if pcm is not None:
                attachment.audio(pcm, captured)
            else:
                for each in intake.frames(seq, payload, gap=bool(flags & GAP)):
                    attachment.audio(each, captured)
        except (MediaError, ProtocolError) as error:
            self._close_channel(MICROPHONE, error.detail)
            return
        self._to_ack += 1
        if self._to_ack >= MIC_ACK_EVERY:
            self.ack_microphone()

    def ack_microphone(self) -> None:
        """Tell the device what it may forget."""
        self._to_ack = 0
        if self.wire is not None and self.intake is not None:
            self.wire.text(_encoder.encode(Ack(self.mic_seq, MICROPHONE)))

    def _other(self, channel: int, data: memoryview) -> None:
        if channel in self._closed_channels:
            return
        if channel == CAMERA:
            _, flags, _, number, _ = HEADER.unpack_from(data)
            self._camera(number, data, last=bool(flags & LAST))
        else:
            self._close_channel(channel, f"no channel {channel}")

    def _camera(self, number: int, data: memoryview, *, last: bool) -> None:
        body = bytes(data[HEADER_BYTES:])
        length = body[0] if body else 0
        size = len(body) - 1 - length
        if not 0 < length <= MAX_ID or size < 0 or (size == 0 and not last):
            self._close_channel(CAMERA, "a picture without an id or a content")
            return
        if size > MAX_CHUNK:
            self._close_channel(CAMERA, f"a chunk of {size} bytes; {MAX_CHUNK} is the most")
            return
        if self.capabilities.camera is None:
            self._close_channel(CAMERA, "no camera was declared")
            return
        try:
            id = body[1 : 1 + length].decode("ascii")
        except UnicodeDecodeError:
            self._close_channel(CAMERA, "a picture's id is not ASCII")
            return
        if self.attachment is not None:
            self.attachment.chunk(Chunk(id, number, body[1 + length :], last))

    def _close_channel(self, channel: int, why: str) -> None:
        if channel in self._closed_channels or len(self._closed_channels) > 8:
            return
        self._closed_channels.add(channel)
        if self.wire is not None:
            self.wire.text(_encoder.encode(Problem("bad_media", why[:200], channel)))

    def reopen(self, channel: int) -> None:
        """The device starts a closed channel afresh."""
        self._closed_channels.discard(channel)
        if channel == MICROPHONE and self.intake is not None:
            self.intake.restart()
