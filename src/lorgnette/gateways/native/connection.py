"""One WebSocket of the native protocol: bounds and handshake here, everything lasting in its `Link`."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Annotated, Any, Final, Protocol

import msgspec
from picows import WSCloseCode, WSFrame, WSListener, WSMsgType, WSTransport

from lorgnette.core import events
from lorgnette.core.errors import Busy, Denied, LorgnetteError, ProtocolError
from lorgnette.gateways.native.frames import HEADER, HEADER_BYTES
from lorgnette.gateways.native.link import Link
from lorgnette.gateways.native.messages import (
    MAX_TEXT_BYTES,
    Ack,
    DeviceMessage,
    GoAway,
    Hello,
    HubMessage,
    Open,
    Ping,
    Pong,
    Problem,
    Welcome,
)
from lorgnette.gateways.native.rate import Allowance

log = logging.getLogger(__name__)

HELLO_SECONDS: Final = 10.0
PING_SECONDS: Final = 5.0
FIRST_PINGS: Final = 3
LINGER_SECONDS: Final = 5.0
"""A peer that doesn't read what it is told at the end has this long."""
MIN_COUNTED: Final = 1024
"""Bytes that a binary frame counts at least: small ones cost as much work as large ones."""
MAX_BUFFERED: Final = 1024 * 1024
"""Bytes the peer hasn't taken: a slow reader is cut off and may resume."""
BAD_MESSAGES: Final = 20
"""Malformed events a connection may send before it is closed."""

_BINARY: Final = WSMsgType.BINARY

_decoder = msgspec.json.Decoder(DeviceMessage)
_encoder = msgspec.json.Encoder()


class _Sequenced(msgspec.Struct):
    seq: Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)] = 0
    """As far as a browser can count."""


_seq_decoder = msgspec.json.Decoder(_Sequenced)


class OtherVersion(ProtocolError):
    """Device and hub have no version of the protocol in common."""


class Gateway(Protocol):
    """Where connections get their links."""

    async def open(self, hello: Hello, connection: "Connection") -> tuple[Link, Welcome, int]:
        """The link, what to answer, and the last hub event that the device has."""
        ...

    def entered(self, link: Link) -> None:
        """It was welcomed and has what it missed."""
        ...

    def lost(self, link: Link, connection: "Connection") -> None: ...

    def steady_us(self) -> int: ...

    def spawn(self, work: Coroutine[Any, Any, None]) -> object: ...


class Connection(WSListener):
    """picows calls it on the event loop."""

    def __init__(self, gateway: Gateway, on_closed: Callable[["Connection"], None]) -> None:
        self._gateway = gateway
        self._on_closed = on_closed
        self._transport: WSTransport | None = None
        self.link: Link | None = None
        self._hello_timer: asyncio.TimerHandle | None = None
        self._ping_timer: asyncio.TimerHandle | None = None
        self._end_timer: asyncio.TimerHandle | None = None
        self._pings = 0
        self._opening = False
        self._bad = 0
        self._allowance = Allowance(events_per_second=50, bytes_per_second=600_000)
        self._closing = False

    # ── picows ─────────────────────────────────────────────────────────────────────────────────────────

    def on_ws_connected(self, transport: WSTransport) -> None:
        self._transport = transport
        transport.underlying_transport.set_write_buffer_limits(high=MAX_BUFFERED)
        loop = asyncio.get_running_loop()
        self._hello_timer = loop.call_later(HELLO_SECONDS, self.close, 1008, "no hello")

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        kind = frame.msg_type
        if kind is _BINARY:
            self._binary(frame)  # 50 times a second and session; all else is rare
        elif kind == WSMsgType.TEXT:
            self._text(frame.get_payload_as_bytes(), final=frame.fin)
        elif kind == WSMsgType.CLOSE:
            transport.send_close(frame.get_close_code(), frame.get_close_message())
            transport.disconnect()
        elif kind == WSMsgType.CONTINUATION:
            self.close(1002, "fragments are not spoken here")

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        del transport
        self._transport = None
        for timer in (self._hello_timer, self._ping_timer, self._end_timer):
            if timer is not None:
                timer.cancel()
        link, self.link = self.link, None
        if link is not None:
            self._gateway.lost(link, self)
        self._on_closed(self)

    def pause_writing(self) -> None:
        self.close(1013, "the peer reads too slowly")

    def resume_writing(self) -> None:
        pass

    # ── the link's Wire ────────────────────────────────────────────────────────────────────────────────

    def text(self, data: bytes) -> None:
        if self._transport is not None and not self._closing:
            self._transport.send(WSMsgType.TEXT, data)

    def binary(self, data: bytes) -> None:
        if self._transport is not None and not self._closing:
            self._transport.send(WSMsgType.BINARY, data)

    def close(self, code: int, reason: str) -> None:
        """Say why and hang up; the session behind it stays resumable."""
        transport = self._transport
        if transport is not None and not self._closing:
            self._closing = True
            try:
                transport.send_close(_close_code(code), reason.encode()[:120])
            finally:
                transport.disconnect(graceful=code != 1013)
            later = asyncio.get_running_loop().call_later
            self._end_timer = later(LINGER_SECONDS, transport.disconnect, False)

    def replaced(self) -> None:
        """The same device came by another connection: this one isn't to try again."""
        self._fail("replaced", "this device connected again", 1008)

    def goaway(self, seconds: float, reason: str) -> None:
        """The hub stops: tell, then close."""
        self._send(GoAway(seconds, reason))
        self.close(1012, reason)

    # ── in ─────────────────────────────────────────────────────────────────────────────────────────────

    def _binary(self, frame: WSFrame) -> None:
        link = self.link
        data = frame.get_payload_as_memoryview()
        if link is None or not frame.fin or len(data) < HEADER_BYTES:
            self.close(1002, "a binary frame out of place")
            return
        if not self._allowance.bytes(max(len(data), MIN_COUNTED)):
            self.close(1008, "too much media")
            return
        channel, flags, _, seq, time_us = HEADER.unpack_from(data)
        link.frame(channel, flags, seq, time_us, data)

    def _text(self, data: bytes, *, final: bool) -> None:
        if not final or len(data) > MAX_TEXT_BYTES:
            self.close(1009, f"an event over {MAX_TEXT_BYTES} bytes")
            return
        if not self._allowance.event():
            self.close(1008, "too many events")
            return
        try:
            message = _decoder.decode(data)
            seq = _seq_decoder.decode(data).seq
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            self._refuse("bad_message", str(error))
            return
        self._take(message, seq)

    def _take(self, message: DeviceMessage, seq: int) -> None:
        if isinstance(message, Hello):
            self._hello(message)
        elif isinstance(message, Ping):
            self._send(Pong(message.t, self._gateway.steady_us()))
        elif self.link is None:
            self._refuse("unauthorized", "the first message is hello")
        elif isinstance(message, Ack):
            if message.channel == 0:
                self.link.acked(message.seq)
        elif isinstance(message, Pong):
            self.link.sync.pong(message.t, message.at, self._gateway.steady_us())
        elif isinstance(message, Open):
            self.link.reopen(message.channel)
        else:
            self._event(self.link, message, seq)

    def _event(self, link: Link, event: events.FromDevice, seq: int) -> None:
        if seq:
            if seq <= link.event_seq:
                return  # resent after a resume, already taken
            link.event_seq = seq
            self._send(Ack(seq))
        if link.attachment is not None:
            link.attachment.event(event)

    def _hello(self, hello: Hello) -> None:
        if self._opening or self.link is not None:
            self._refuse("bad_message", "hello comes once")
            return
        self._opening = True
        if self._hello_timer is not None:
            self._hello_timer.cancel()
        self._gateway.spawn(self._open(hello))

    async def _open(self, hello: Hello) -> None:
        try:
            link, welcome, after = await self._gateway.open(hello, self)
        except Denied as error:
            self._fail("unauthorized", error.detail, 1008)
        except Busy as error:
            self._fail("busy", error.detail, 1013)
        except OtherVersion as error:
            self._fail("version", error.detail, 1008)
        except LorgnetteError as error:
            self._fail("bad_message", error.detail, 1008)
        except Exception:
            log.exception("a device could not be let in")
            self._fail("internal", "something went wrong here", 1011)
        else:
            if self._transport is None:
                self._gateway.lost(link, self)
                return
            self.link = link
            self._send(welcome)
            if link.wire is not None and link.wire is not self:
                link.wire.replaced()
            link.wire = self
            for data in link.missed(after):
                self.text(data)
            self._gateway.entered(link)
            self._ping()

    def _ping(self) -> None:
        """Three quick ones first, so that timestamps mean something soon."""
        link = self.link
        if link is None:
            return
        self._send(Ping(self._gateway.steady_us()))
        self._pings += 1
        pause = 0.5 if self._pings < FIRST_PINGS else PING_SECONDS
        self._ping_timer = asyncio.get_running_loop().call_later(pause, self._ping)

    # ── out ────────────────────────────────────────────────────────────────────────────────────────────

    def _send(self, message: HubMessage) -> None:
        self.text(_encoder.encode(message))

    def _refuse(self, code: Any, detail: str) -> None:
        """The message is dropped, the connection goes on, up to a bound."""
        self._bad += 1
        self._send(Problem(code, detail[:200]))
        if self._bad >= BAD_MESSAGES:
            self.close(1008, "too many bad messages")

    def _fail(self, code: Any, detail: str, close: int) -> None:
        self._send(Problem(code, detail[:200]))
        self.close(close, code)


def _close_code(code: int) -> WSCloseCode:
    return WSCloseCode(code)
