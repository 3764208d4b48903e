"""Server-sent events as model servers send them (WHATWG HTML, §9.2): bytes in, `data` payloads out."""

import asyncio
from collections.abc import AsyncGenerator

from lorgnette.core.errors import EngineError
from lorgnette.engines.remote.endpoint import Answer

LONGEST = 1_000_000
"""Bytes of one event; a whole answer with its tool calls is far smaller."""


class EventReader:
    """Cuts a byte stream, split anywhere, into the data of its events; names, ids, comments are skipped."""

    def __init__(self) -> None:
        self._rest = b""
        self._data: list[str] = []
        self._size = 0

    def push(self, chunk: bytes) -> list[str]:
        """The payloads that are complete now; raises EngineError on an endless one."""
        lines = (self._rest + chunk).replace(b"\r\n", b"\n").split(b"\n")
        self._rest = lines.pop()
        if len(self._rest) + self._size > LONGEST:
            raise EngineError("the server sent an endless event", retryable=True)
        events: list[str] = []
        for raw in lines:
            line = raw.rstrip(b"\r")
            if not line:
                events += self._event()
            elif line.startswith(b"data:"):
                value = line[5:].removeprefix(b" ")
                self._size += len(value)
                self._data.append(value.decode("utf-8", "replace"))
        return events

    def end(self) -> list[str]:
        """What a server left without the empty line behind it."""
        return [*self.push(b"\n"), *self._event()]

    def _event(self) -> list[str]:
        data, self._data, self._size = self._data, [], 0
        return ["\n".join(data)] if data else []


async def payloads(answer: Answer, until: float, between: float) -> AsyncGenerator[str]:
    """The events' data as they come. `until`: when the first is due; then each within `between` seconds."""
    reader, loop = EventReader(), asyncio.get_running_loop()
    while chunk := await answer.next(until):
        for payload in reader.push(chunk):
            until = loop.time() + between
            yield payload
    for payload in reader.end():
        yield payload
