"""A server with OpenAI's two speech paths and scripted faults, on a real port.

Shapes as the vendor's API reference has them: `/audio/transcriptions` takes multipart fields and answers
`{"text": …}`; `/audio/speech` takes JSON and answers with bytes; errors are `{"error": {"message": …}}`.
"""

import asyncio
import email
import math
import socket
import struct
from array import array
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from email.policy import HTTP

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

type Script = Callable[[], Awaitable[Response]]


def tone(seconds: float, rate: int, hertz: float = 440.0) -> bytes:
    return array(
        "h", (int(8000 * math.sin(math.tau * hertz * n / rate)) for n in range(int(seconds * rate)))
    ).tobytes()


def wave_head(rate: int, channels: int = 1, size: int = 0xFFFFFFFF, bits: int = 16, kind: int = 1) -> bytes:
    """A RIFF header; by default of a stream that doesn't know its length."""
    block = channels * bits // 8
    form = struct.pack("<HHIIHH", kind, channels, rate, rate * block, block, bits)
    return b"".join(
        (
            b"RIFF",
            struct.pack("<I", min(0xFFFFFFFF, size + 36)),
            b"WAVE",
            b"fmt ",
            struct.pack("<I", len(form)),
            form,
            b"data",
            struct.pack("<I", size),
        )
    )


class SpeechDouble:
    """Each request takes the next script, the last one again and again; what was asked is kept."""

    def __init__(self) -> None:
        self.scripts: list[Script] = []
        self.requests: list[dict] = []
        self.files: list[tuple[str, bytes]] = []
        self.headers: list[dict[str, str]] = []
        self.gone = asyncio.Event()
        self.arrived = asyncio.Event()
        self.url = ""

    def then(
        self,
        *pieces: bytes,
        type: str = "audio/pcm",
        pause: float = 0.0,
        cut: bool = False,
        length: int | None = None,
    ) -> None:
        """Stream these pieces, `pause` before each; `cut`: drop the connection behind them."""

        async def stream() -> AsyncIterator[bytes]:
            try:
                for piece in pieces:
                    if pause:
                        await asyncio.sleep(pause)
                    yield piece
                if cut:
                    raise ConnectionResetError
            except asyncio.CancelledError:
                self.gone.set()
                raise

        async def script() -> Response:
            headers = {} if length is None else {"content-length": str(length)}
            return StreamingResponse(stream(), media_type=type, headers=headers)

        self.scripts.append(script)

    def then_text(self, text: str) -> None:
        self.then_json({"text": text, "usage": {"type": "duration", "seconds": 1}})

    def then_json(self, body: object, pause: float = 0.0) -> None:
        async def script() -> Response:
            try:
                await asyncio.sleep(pause)
            except asyncio.CancelledError:
                self.gone.set()
                raise
            return JSONResponse(body)

        self.scripts.append(script)

    def then_status(self, status: int, message: str = "no", **headers: str) -> None:
        async def script() -> Response:
            body = {"error": {"message": message, "type": "server_error", "param": None, "code": None}}
            return JSONResponse(body, status, {name.replace("_", "-"): v for name, v in headers.items()})

        self.scripts.append(script)

    async def transcriptions(self, request: Request) -> Response:
        kind = request.headers["content-type"].encode()
        form = email.message_from_bytes(
            b"Content-Type: " + kind + b"\r\n\r\n" + await request.body(), policy=HTTP
        )
        fields: dict[str, str] = {}
        for part in form.iter_parts():
            name = part.get_param("name", header="content-disposition")
            content = part.get_payload(decode=True)
            if name == "file":
                self.files.append((part.get_filename(), content))
            else:
                fields[name] = content.decode()
        self.requests.append(fields)
        return await self._answer(request)

    async def speech(self, request: Request) -> Response:
        self.requests.append(await request.json())
        return await self._answer(request)

    async def _answer(self, request: Request) -> Response:
        self.headers.append(dict(request.headers))
        self.arrived.set()
        script = asyncio.create_task((self.scripts.pop(0) if len(self.scripts) > 1 else self.scripts[0])())
        watch = asyncio.create_task(_left(request))
        await asyncio.wait({script, watch}, return_when=asyncio.FIRST_COMPLETED)
        watch.cancel()
        if not script.done():
            script.cancel()
        await asyncio.gather(watch, script, return_exceptions=True)
        return Response() if script.cancelled() else script.result()


async def _left(request: Request) -> None:
    while not await request.is_disconnected():
        await asyncio.sleep(0.01)


@asynccontextmanager
async def serving() -> AsyncIterator[SpeechDouble]:
    double = SpeechDouble()
    routes = [
        Route("/v1/audio/transcriptions", double.transcriptions, methods=["POST"]),
        Route("/v1/audio/speech", double.speech, methods=["POST"]),
    ]
    config = uvicorn.Config(Starlette(routes=routes), log_level="critical", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    listener = socket.create_server(("127.0.0.1", 0))
    double.url = f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield double
    finally:
        server.should_exit = True
        server.force_exit = True
        await task


def nobody() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]
