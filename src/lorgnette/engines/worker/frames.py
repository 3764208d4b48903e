"""Frames between the hub and a worker process: two lengths, a JSON head, then raw bytes (audio).

JSON and not pickle: what a crashed or cornered C library leaves in a worker is never run in the hub. Audio
stays outside the JSON, so nothing is copied into text. Only the standard library is imported here, since the
worker's start waits for it.
"""

import json
import struct
from collections.abc import Callable
from typing import Any, NamedTuple

from lorgnette.core.errors import EngineError

type Pcm = bytes | bytearray | memoryview

LIMIT = 16 * 1024 * 1024
"""Bytes of one frame; 15 s of audio are 480 KB."""

_LENGTHS = struct.Struct("<II")


class Frame(NamedTuple):
    """`head` is a JSON object with at least `op`; `body` is raw bytes."""

    head: dict[str, Any]
    body: bytes


def encode(head: dict[str, Any], body: Pcm = b"") -> tuple[bytes, Pcm]:
    """The two parts to write one after the other; the body isn't copied. Raises EngineError."""
    try:
        text = json.dumps(head, separators=(",", ":")).encode()
    except (TypeError, ValueError) as error:
        raise EngineError(f"this can't be sent to a worker: {error}") from error
    size = memoryview(body).nbytes
    if len(text) + size > LIMIT:
        raise EngineError(f"a frame of {len(text) + size} bytes is over the {LIMIT} of a worker's pipe")
    return _LENGTHS.pack(len(text), size) + text, body


class FrameReader:
    """Cuts a byte stream into frames. `push` may raise EngineError on a broken stream."""

    def __init__(self, on_frame: Callable[[Frame], None]) -> None:
        self._on_frame = on_frame
        self._buffer = bytearray()

    def push(self, data: bytes) -> None:
        buffer = self._buffer
        buffer += data
        at = 0
        while len(buffer) - at >= _LENGTHS.size:
            head, body = _LENGTHS.unpack_from(buffer, at)
            if head + body > LIMIT:
                raise EngineError(f"a worker announced a frame of {head + body} bytes")
            begin = at + _LENGTHS.size
            end = begin + head + body
            if len(buffer) < end:
                break
            with memoryview(buffer) as view:
                text, rest = bytes(view[begin : begin + head]), bytes(view[begin + head : end])
            at = end
            self._on_frame(Frame(_object(text), rest))
        if at:
            del buffer[:at]


def _object(text: bytes) -> dict[str, Any]:
    try:
        head = json.loads(text)
    except ValueError as error:
        raise EngineError(f"a worker sent a frame that isn't JSON: {error}") from error
    if not isinstance(head, dict):
        raise EngineError("a worker sent a frame whose head isn't an object")
    return head
