"""One port for pages and devices: uvicorn parses HTTP, picows takes a socket over once it is upgraded.

uvicorn hands an upgrade to its `ws=` protocol class; this one feeds the request to picows' protocol and
gives it the transport, so the audio path runs in picows alone (docs/decisions/0001-websocket-server.md).
"""

import asyncio
import logging
from collections.abc import Callable
from typing import cast

from picows import WSAutoPingStrategy, WSListener, WSUpgradeRequest, WSUpgradeResponseWithListener
from picows.picows import WSProtocol  # type: ignore[attr-defined]  # compiled, left out of its stubs

from lorgnette.gateways.native.messages import MAX_BINARY_BYTES

Accept = Callable[[WSUpgradeRequest], WSListener | WSUpgradeResponseWithListener | None]

log = logging.getLogger("lorgnette.socket")
log.setLevel(logging.WARNING)


def bridge(accept: Accept) -> Callable[..., asyncio.Protocol]:
    """What uvicorn's `ws=` calls; `accept` answers each upgrade with a listener or a refusal."""
    return lambda **_: Bridge(accept)


class Bridge(asyncio.Protocol):
    """One upgraded connection between the two servers."""

    def __init__(self, accept: Accept) -> None:
        self._ws = WSProtocol(
            None,
            None,
            False,
            accept,
            log,
            True,
            5.0,
            True,
            20.0,
            20.0,
            WSAutoPingStrategy.PING_WHEN_IDLE,
            True,
            MAX_BINARY_BYTES + 64 * 1024,
            None,
            2048,
        )
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._ws.connection_made(transport)

    def data_received(self, data: bytes) -> None:
        while data:
            room = self._ws.get_buffer(-1)
            part = data[: len(room)]
            room[: len(part)] = part
            self._ws.buffer_updated(len(part))
            data = data[len(part) :]
        # uvicorn sets this object as the protocol when it returns; the next loop step sets the real one.
        if self._transport is not None:
            asyncio.get_running_loop().call_soon(self._hand_over, self._transport)
            self._transport = None

    def _hand_over(self, transport: asyncio.Transport) -> None:
        if not transport.is_closing():
            transport.set_protocol(self._ws)

    def eof_received(self) -> bool:
        return bool(self._ws.eof_received())

    def connection_lost(self, exc: Exception | None) -> None:
        self._ws.connection_lost(exc)

    def pause_writing(self) -> None:
        self._ws.pause_writing()

    def resume_writing(self) -> None:
        self._ws.resume_writing()
