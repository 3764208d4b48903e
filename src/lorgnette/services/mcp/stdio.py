"""The wire to a server's program: a line a message over its standard input and output, bounded both ways.

The SDK's own reads a line of any length into memory and lets the program write to the hub's terminal.
"""

import asyncio
import contextlib
import logging
import os
import signal
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

log = logging.getLogger(__name__)

LONGEST_LINE: Final = 8 * 1024 * 1024
"""Bytes of one message: a picture in base64 fits."""
STDERR_LINES: Final = 50
"""Lines of its standard error that come into the log for one life of the program."""
STDERR_WIDTH: Final = 300
LOOK: Final = 0.02
GRACE: Final = 1.0
"""Seconds to end by itself after its input was closed, and after SIGTERM."""


@dataclass(frozen=True, slots=True)
class Signs:
    """How a wire is. `said`: a program's last words; `gone`: called when nothing more will come."""

    gone: Callable[[], None]
    said: deque[str] = field(default_factory=lambda: deque(maxlen=4))


@asynccontextmanager
async def program(
    name: str, command: Sequence[str], environment: Mapping[str, str], signs: Signs
) -> AsyncIterator[tuple[Any, Any]]:
    """The SDK's `Transport` over a program that lives as long as it. `OSError` where it can't be started."""
    import anyio
    from mcp.shared.message import SessionMessage
    from mcp.types import jsonrpc_message_adapter

    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=dict(environment),
        limit=LONGEST_LINE,
        start_new_session=True,
    )
    arriving, arrived = anyio.create_memory_object_stream[SessionMessage | Exception](0)
    leaving, sent = anyio.create_memory_object_stream[SessionMessage](0)

    async def read() -> None:
        assert process.stdout is not None
        async with arriving:
            while line := await _line(process.stdout, name):
                try:
                    message = jsonrpc_message_adapter.validate_json(line, by_name=False)
                except (ValueError, RecursionError):
                    log.warning("%s wrote a line that is no message", name)
                    continue
                try:
                    await arriving.send(SessionMessage(message))
                except (anyio.ClosedResourceError, anyio.BrokenResourceError):
                    return
        signs.gone()

    async def write() -> None:
        assert process.stdin is not None
        async with sent:
            async for message in sent:
                data = message.message.model_dump_json(by_alias=True, exclude_unset=True)
                try:
                    process.stdin.write(data.encode() + b"\n")
                    await process.stdin.drain()
                except (OSError, RuntimeError):
                    break  # it has died: whoever waits for an answer hears of that
        await arriving.aclose()

    tasks = [asyncio.create_task(one) for one in (read(), write(), _log(process, name, signs))]
    try:
        yield arrived, leaving
    finally:
        await asyncio.shield(_end(process))
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for stream in (arriving, arrived, leaving, sent):
            stream.close()


async def _line(stdout: asyncio.StreamReader, name: str) -> bytes:
    """The next message; empty at the end, and for a line that has none."""
    while True:
        try:
            line = await stdout.readuntil(b"\n")
        except asyncio.IncompleteReadError:
            return b""
        except asyncio.LimitOverrunError:
            log.warning("%s wrote a line of more than %d bytes and is closed", name, LONGEST_LINE)
            return b""
        if line.strip():
            return line


async def _log(process: asyncio.subprocess.Process, name: str, signs: Signs) -> None:
    """Its standard error, cut: what comes later is read and dropped, so that it never waits for us."""
    assert process.stderr is not None
    lines = 0
    while chunk := await process.stderr.read(16_384):
        for line in chunk.decode(errors="replace").splitlines():
            text = "".join(letter if letter.isprintable() else " " for letter in line)[:STDERR_WIDTH]
            if not text.strip():
                continue
            signs.said.append(text)
            if lines < STDERR_LINES:
                lines += 1
                log.info("%s says: %s", name, text)


async def _end(process: asyncio.subprocess.Process) -> None:
    """Close its input, wait, then end the whole group that it has begun.

    Its exit is looked for by `returncode`: `wait` would also wait for pipes that its children hold.
    """
    if process.stdin is not None:
        process.stdin.close()
    until = asyncio.get_running_loop().time
    for how in (None, signal.SIGTERM, signal.SIGKILL):
        if how is not None:
            _kill(process.pid, how)
        end = until() + GRACE
        while process.returncode is None and until() < end:
            await asyncio.sleep(LOOK)
        if process.returncode is not None:
            break
    _kill(process.pid, signal.SIGKILL)  # children that it has left behind
    close = getattr(getattr(process, "_transport", None), "close", None)
    if close is not None:  # nothing public lets go of pipes that are still open
        with contextlib.suppress(PermissionError, ProcessLookupError):
            close()


def _kill(group: int, how: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, how)
