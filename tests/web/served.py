"""A very small HTTP and WebSocket server on loopback for the fake hub: RFC 6455, one event loop."""

import asyncio
import base64
import hashlib
import struct
from collections.abc import Awaitable, Callable
from pathlib import Path

from lorgnette.api.shell import Shell

MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".wasm": "application/wasm",
}
POLICY = "default-src 'self'; media-src blob:; connect-src 'self' ws: wss:; worker-src 'self'"
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


class Socket:
    """One WebSocket, server side."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self.closed = False

    def send(self, data: str | bytes) -> None:
        if not self.closed:
            text = isinstance(data, str)
            self._frame(TEXT if text else BINARY, data.encode() if isinstance(data, str) else data)

    def _frame(self, kind: int, payload: bytes) -> None:
        size = len(payload)
        head = bytes([0x80 | kind])
        if size < 126:
            head += bytes([size])
        elif size < 65536:
            head += bytes([126]) + struct.pack(">H", size)
        else:
            head += bytes([127]) + struct.pack(">Q", size)
        self._writer.write(head + payload)

    async def receive(self) -> str | bytes | None:
        """The next message; None when the peer is gone."""
        parts: list[bytes] = []
        kind = TEXT
        try:
            while True:
                first, second = await self._reader.readexactly(2)
                size = second & 0x7F
                if size == 126:
                    (size,) = struct.unpack(">H", await self._reader.readexactly(2))
                elif size == 127:
                    (size,) = struct.unpack(">Q", await self._reader.readexactly(8))
                mask = await self._reader.readexactly(4)
                data = await self._reader.readexactly(size)
                key = int.from_bytes((mask * (size // 4 + 1))[:size]) if size else 0
                data = (int.from_bytes(data) ^ key).to_bytes(size) if size else b""
                opcode = first & 0x0F
                if opcode == CLOSE:
                    self.close()
                    return None
                if opcode == PING:
                    self._frame(PONG, data)
                    continue
                if opcode == PONG:
                    continue
                kind = opcode or kind
                parts.append(data)
                if first & 0x80:
                    whole = b"".join(parts)
                    return whole.decode() if kind == TEXT else whole
        except (asyncio.IncompleteReadError, ConnectionError):
            self.closed = True
            return None

    def close(self, code: int = 1000) -> None:
        if not self.closed:
            self._frame(CLOSE, struct.pack(">H", code))
            self.closed = True
            self._writer.close()

    def kill(self) -> None:
        """Gone without a word, as by kill -9."""
        self.closed = True
        self._writer.transport.abort()


class Server:
    """Serves a folder, its service worker as the hub writes it, and `/v1/` by `ask(method, path, body)`.

    `ask` gives (status, json); WebSockets go to `socket`.
    """

    def __init__(
        self,
        folder: Path,
        ask: Callable[[str, str, bytes], tuple[int, bytes]],
        socket: Callable[[Socket], Awaitable[None]],
        subprotocol: str,
        lies: set[str],
    ) -> None:
        self._folder = folder.resolve()
        self._ask = ask
        self._shell = Shell(self._folder)
        self._lies = lies
        self._socket = socket
        self._subprotocol = subprotocol
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    async def start(self, port: int = 0) -> int:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port, reuse_address=True)
        return int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Every connection is cut, and gone when this returns."""
        assert self._server
        self._server.close()
        async with asyncio.timeout(5):
            while self._open:
                for writer in list(self._open):
                    writer.transport.abort()
                await asyncio.sleep(0)
            await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            while await self._request(reader, writer):
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self._open.discard(writer)
            writer.close()

    async def _request(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        start, *lines = head.split("\r\n")
        method, target, _ = start.split(" ")
        headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines) if k}
        if headers.get("upgrade", "").lower() == "websocket":
            accept = base64.b64encode(hashlib.sha1((headers["sec-websocket-key"] + MAGIC).encode()).digest())
            writer.write(
                b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Accept: " + accept + b"\r\n"
                b"Sec-WebSocket-Protocol: " + self._subprotocol.encode() + b"\r\n\r\n"
            )
            await self._socket(Socket(reader, writer))
            return False
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        if target.startswith("/v1/"):
            status, answer = self._ask(method, target, body)
            self._answer(writer, status, "application/json", answer)
        elif target == "/sw.js":
            self._answer(writer, 200, "text/javascript", self._shell.worker())
        else:
            path = target.split("?")[0].lstrip("/") or "index.html"
            file = (self._folder / path).resolve()
            if file.is_file() and file.is_relative_to(self._folder):
                data = file.read_bytes() + (b"\n" if f"/{path}" in self._lies else b"")
                self._answer(writer, 200, TYPES.get(file.suffix, "text/plain"), data)
            else:
                self._answer(writer, 404, "text/plain", b"not here")
        return True

    def _answer(self, writer: asyncio.StreamWriter, status: int, kind: str, body: bytes) -> None:
        writer.write(
            f"HTTP/1.1 {status} {'OK' if status == 200 else 'No'}\r\nContent-Type: {kind}\r\n"
            f"Content-Length: {len(body)}\r\nContent-Security-Policy: {POLICY}\r\n"
            f"Cache-Control: no-store\r\n\r\n".encode()
            + body
        )
