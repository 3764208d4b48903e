"""Wyoming's wire: a JSON line, then as many bytes of JSON and of payload as the line says.

The format is the protocol's README ("Format"); the reference implementation reads lines up to 64 KiB, puts
`data` behind the line, and older ones put it into the line. All three sizes are bounded here.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from lorgnette.core.errors import ProtocolError

LONGEST_LINE = 65_536
LONGEST_DATA = 2_000_000
"""Bytes; a server that lists some hundred voices sends a few hundred thousand."""
LONGEST_PAYLOAD = 1_000_000
"""Bytes; half a minute of sound in one event, where 0.1 s are usual."""


@dataclass(frozen=True, slots=True)
class Event:
    """One message. `payload`: sound."""

    type: str
    data: Mapping[str, Any] = field(default_factory=dict)
    payload: bytes = b""


class _Line(msgspec.Struct, omit_defaults=True):
    type: str
    data: dict[str, Any] | None = None
    data_length: int | None = None
    payload_length: int | None = None


_lines = msgspec.json.Decoder(_Line)
_objects = msgspec.json.Decoder(dict[str, Any])


def encode(event: Event) -> bytes:
    """An event's bytes."""
    data = msgspec.json.encode(event.data) if event.data else b""
    line = _Line(event.type, data_length=len(data) or None, payload_length=len(event.payload) or None)
    return b"".join((msgspec.json.encode(line), b"\n", data, event.payload))


async def read(reader: asyncio.StreamReader) -> Event | None:
    """The next event, None at the end; ProtocolError for what is malformed, oversized or cut.

    The reader's own limit bounds the line: make it with `limit=LONGEST_LINE`.
    """
    try:
        line = await reader.readuntil(b"\n")
    except asyncio.IncompleteReadError as error:
        if not error.partial:
            return None
        raise ProtocolError("cut within a line") from None
    except asyncio.LimitOverrunError:
        raise ProtocolError(f"a line of more than {LONGEST_LINE} bytes") from None
    try:
        head = _lines.decode(line)
        data = dict(head.data or {})
        if size := _size(head.data_length, LONGEST_DATA, "data"):
            data |= _objects.decode(await reader.readexactly(size))
        size = _size(head.payload_length, LONGEST_PAYLOAD, "payload")
        payload = await reader.readexactly(size) if size else b""
    except asyncio.IncompleteReadError:
        raise ProtocolError("cut within an event") from None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ProtocolError(f"no event: {error}") from None
    return Event(head.type, data, payload)


def _size(said: int | None, longest: int, what: str) -> int:
    size = said or 0
    if not 0 <= size <= longest:
        raise ProtocolError(f"{size} bytes of {what}; at most {longest} are taken")
    return size
