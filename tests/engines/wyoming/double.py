"""A Wyoming server with scripted faults, byte by byte: what a real one may do wrong, or an attacker."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

type Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def line(type: str, data: dict | None = None, payload: bytes = b"", **more: object) -> bytes:
    """An event as the reference implementation writes it: data behind the line, a version in it."""
    text = json.dumps(data).encode() if data else b""
    head: dict = {"type": type, "version": "1.8.0"}
    head |= {"data_length": len(text)} if text else {}
    head |= {"payload_length": len(payload)} if payload else {}
    return json.dumps(head | more).encode() + b"\n" + text + payload


SOUND = {"rate": 22_050, "width": 2, "channels": 1}


async def events(reader: asyncio.StreamReader) -> AsyncIterator[tuple[str, dict, bytes]]:
    """What a client sends, read by other code than the client's."""
    while head := await reader.readline():
        said = json.loads(head)
        data = said.get("data", {})
        if said.get("data_length"):
            data |= json.loads(await reader.readexactly(said["data_length"]))
        yield said["type"], data, await reader.readexactly(said.get("payload_length") or 0)


async def until(reader: asyncio.StreamReader, type: str) -> list[tuple[str, dict, bytes]]:
    """Everything up to an event of this type."""
    heard = []
    async for event in events(reader):
        heard.append(event)
        if event[0] == type:
            break
    return heard


def saying(*parts: bytes, after: str = "", pause: float = 0.0, hang: bool = False) -> Script:
    """Wait for an event of type `after`, write the parts, hang up (or never)."""

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if after:
            await until(reader, after)
        for part in parts:
            await asyncio.sleep(pause)
            writer.write(part)
            await writer.drain()
        if hang:
            await reader.read(-1)

    return script


class WyomingDouble:
    """Each connection takes the next script; `gone` is set when one ends."""

    def __init__(self, *scripts: Script) -> None:
        self.scripts = list(scripts)
        self.connections = 0
        self.gone = asyncio.Event()
        self.url = ""

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            await self.scripts.pop(0)(reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            self.gone.set()
            writer.close()


@asynccontextmanager
async def serving(*scripts: Script) -> AsyncIterator[WyomingDouble]:
    double = WyomingDouble(*scripts)
    tasks: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(asyncio.create_task(double.accept(reader, writer)))

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    double.url = f"tcp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield double
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()
