"""A device in software: the other side of the native protocol, for `simulate`, `hear --hub` and tests."""

import asyncio
import ssl
from collections import deque
from collections.abc import Callable
from typing import Any, Final

import msgspec
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

from lorgnette.core import events
from lorgnette.core.errors import Busy, Denied, ProtocolError
from lorgnette.core.forms import Capabilities, Display, Microphone, Speaker
from lorgnette.gateways.native.frames import HEADER, HEADER_BYTES, MICROPHONE, RESENT, pack
from lorgnette.gateways.native.messages import (
    SUBPROTOCOL,
    Ack,
    GoAway,
    Hello,
    HubMessage,
    Ping,
    Pong,
    Problem,
    Resume,
    Welcome,
)

KEEP_FRAMES: Final = 500
"""Unacknowledged microphone audio: 10 s."""
KEEP_EVENTS: Final = 256
CONNECT_SECONDS: Final = 10.0
ACK_SECONDS: Final = 0.1
"""How long events gather until one `ack` covers them."""

CAPABILITIES: Final = Capabilities(
    form="ar",
    microphone=Microphone(listen="always"),
    speaker=Speaker(),
    display=Display(),
    inputs=("touch", "text"),
)

_decoder = msgspec.json.Decoder(HubMessage)
_encoder = msgspec.json.Encoder()


class _Seq(msgspec.Struct):
    seq: int = 0


_seq = msgspec.json.Decoder(_Seq)


class SoftDevice:
    """One pair of glasses made of code. `clock_us`: its own clock, which may be wrong on purpose.

    `on_event` gets every hub event, `on_audio` every speaker frame (payload, hub play time in µs).
    """

    def __init__(
        self,
        token: str,
        capabilities: Capabilities = CAPABILITIES,
        *,
        name: str = "soft device",
        on_event: Callable[[Any], None] = lambda _: None,
        on_audio: Callable[[bytes, int], None] = lambda _pcm, _time: None,
        clock_us: Callable[[], int] | None = None,
        plays: bool = True,
    ) -> None:
        self.token = token
        self.capabilities = capabilities
        self.name = name
        self.welcome: Welcome | None = None
        self.problem: Problem | None = None
        self._on_event = on_event
        self._on_audio = on_audio
        self._clock_us = clock_us or (lambda: int(asyncio.get_running_loop().time() * 1e6))
        self._plays = plays
        """Whether it says `played` when a sentence was sent; a real device says it when it has sounded."""
        self._transport: WSTransport | None = None
        self._arrived = 0
        self._sent = 0
        self._acking = False
        self._mic_seq = 0
        self._kept: deque[tuple[int, bytes]] = deque(maxlen=KEEP_FRAMES)
        self._unsaid: deque[tuple[int, int, bytes]] = deque(maxlen=KEEP_EVENTS)
        """Number, the microphone frame it came after, the event."""
        self._ready = False
        """Welcomed, and what was missed is sent: before that nothing but `hello` may go out."""
        self._welcomed: asyncio.Future[Welcome] | None = None
        self.closed = asyncio.Event()
        self.went_away = False
        self.hub_ahead_us = 0
        """How far the hub's clock is ahead of this device's, by one ping after each welcome."""

    # ── connecting ─────────────────────────────────────────────────────────────────────────────────────

    async def connect(self, url: str, *, tls: ssl.SSLContext | None = None) -> Welcome:
        """Connect or reconnect; resumes when there was a session. `Denied`, `Busy` or `ProtocolError`."""
        self.closed.clear()
        self.problem = None
        loop = asyncio.get_running_loop()
        self._welcomed = loop.create_future()
        # A refusal that nobody awaits any more isn't worth a warning.
        self._welcomed.add_done_callback(lambda future: future.cancelled() or future.exception())
        async with asyncio.timeout(CONNECT_SECONDS):
            transport, _ = await ws_connect(
                lambda: _Listener(self),
                url.rstrip("/") + "/v1/device",
                ssl_context=tls,
                extra_headers={"Sec-WebSocket-Protocol": SUBPROTOCOL},
            )
            self._transport = transport
            resume = Resume(self.welcome.session, self._arrived) if self.welcome is not None else None
            self._send(
                Hello(
                    token=self.token,
                    capabilities=self.capabilities,
                    name=self.name,
                    agent="lorgnette",
                    resume=resume,
                )
            )
            welcome = await self._welcomed
        if not welcome.resumed:
            self._sent = 0
            self._mic_seq = welcome.mic_seq
            self._kept.clear()
            self._unsaid.clear()
        self.welcome = welcome
        self._send(Ping(self._clock_us()))
        self._ready = True
        self._resend(welcome)
        return welcome

    def _resend(self, welcome: Welcome) -> None:
        """What the hub hasn't got, events where they were among the frames."""
        frames = deque((seq, frame) for seq, frame in self._kept if seq > welcome.mic_seq)
        for seq, after, data in self._unsaid:
            if seq > welcome.event_seq:
                while frames and frames[0][0] <= after:
                    self._again(frames.popleft()[1])
                self._text_out(data)
        for _, frame in frames:
            self._again(frame)

    def _again(self, frame: bytes) -> None:
        self._binary(frame[:1] + bytes((frame[1] | RESENT,)) + frame[2:])

    def drop(self) -> None:
        """Lose the connection, as a bad line would."""
        if self._transport is not None:
            self._transport.disconnect(graceful=False)

    async def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.disconnect()
            await self._transport.wait_disconnected()

    # ── out ────────────────────────────────────────────────────────────────────────────────────────────

    def event(self, event: events.FromDevice) -> None:
        """Say something that isn't media."""
        self._sent += 1
        data = b'{"seq":%d,' % self._sent + _encoder.encode(event)[1:]
        self._unsaid.append((self._sent, self._mic_seq, data))
        if self._ready:
            self._text_out(data)

    def microphone(self, pcm: bytes, captured_us: int | None = None) -> None:
        """One frame, kept until the hub has it; `captured_us`: when it began on this device's clock."""
        self._mic_seq += 1
        frame = pack(MICROPHONE, self._mic_seq, self._clock_us() if captured_us is None else captured_us, pcm)
        self._kept.append((self._mic_seq, frame))
        self._binary(frame)

    def skip(self, frames: int) -> None:
        """Frames that are lost for good."""
        self._mic_seq += frames

    def raw(self, kind: WSMsgType, data: bytes) -> None:
        """Anything at all, for tests of what a hub does with it."""
        if self._transport is not None:
            self._transport.send(kind, data)

    def _binary(self, frame: bytes) -> None:
        if self._ready and self._transport is not None:
            self._transport.send(WSMsgType.BINARY, frame)

    def _send(self, message: Any) -> None:
        self._text_out(_encoder.encode(message))

    def _text_out(self, data: bytes) -> None:
        if self._transport is not None:
            self._transport.send(WSMsgType.TEXT, data)

    # ── in ─────────────────────────────────────────────────────────────────────────────────────────────

    def take(self, frame: WSFrame) -> None:
        """A frame of the hub's."""
        if frame.msg_type == WSMsgType.BINARY:
            data = frame.get_payload_as_bytes()
            _, _, _, _, time_us = HEADER.unpack_from(data)
            self._on_audio(data[HEADER_BYTES:], time_us)
        elif frame.msg_type == WSMsgType.TEXT:
            self._text(frame.get_payload_as_bytes())
        elif frame.msg_type == WSMsgType.CLOSE and self._transport is not None:
            self._transport.disconnect()

    def _text(self, data: bytes) -> None:
        message = _decoder.decode(data)
        match message:
            case Welcome():
                self._enter(message)
            case Problem(code=code, detail=detail):
                self.problem = message
                if self._welcomed is not None and not self._welcomed.done():
                    kind = {"unauthorized": Denied, "busy": Busy}.get(code, ProtocolError)
                    self._welcomed.set_exception(kind(detail))
            case Ping(t=t):
                self._send(Pong(t, self._clock_us()))
            case Ack(seq=seq, channel=channel):
                kept = self._kept if channel == MICROPHONE else self._unsaid
                while kept and kept[0][0] <= seq:
                    kept.popleft()
            case GoAway():
                self.went_away = True
            case Pong(t=t, at=at):
                self.hub_ahead_us = at - (t + self._clock_us()) // 2
            case _:
                self._hub_event(message, _seq.decode(data).seq)

    def _enter(self, welcome: Welcome) -> None:
        if not welcome.resumed:
            self._arrived = 0  # now: the first events come right behind
        if self._welcomed is not None and not self._welcomed.done():
            self._welcomed.set_result(welcome)

    def _hub_event(self, event: events.ToDevice, seq: int) -> None:
        if seq <= self._arrived:
            return
        self._arrived = seq
        if not self._acking:
            self._acking = True
            asyncio.get_running_loop().call_later(ACK_SECONDS, self._ack)
        if self._plays and isinstance(event, events.SentenceEnd):
            self.event(events.Played(event.utterance, event.index))
        self._on_event(event)

    def _ack(self) -> None:
        """One for all events that came meanwhile."""
        self._acking = False
        if self._ready:
            self._send(Ack(self._arrived))

    def lost(self) -> None:
        """The socket is gone."""
        self._transport = None
        self._ready = False
        self.closed.set()
        if self._welcomed is not None and not self._welcomed.done():
            self._welcomed.set_exception(ProtocolError("the hub hung up before its welcome"))


class _Listener(WSListener):
    def __init__(self, device: SoftDevice) -> None:
        self._device = device

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        del transport
        self._device.take(frame)

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        del transport
        self._device.lost()

    def pause_writing(self) -> None:
        """The hub reads slowly; frames gather in the kernel and then in the process, at most 10 s."""

    def resume_writing(self) -> None:
        """It reads again."""


__all__ = ["CAPABILITIES", "SoftDevice"]
