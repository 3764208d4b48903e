"""An HTTP server on a real port with scripted answers and faults; the doubles of vendors are made of it."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute

type Script = Callable[[], Awaitable[Response]]


class Scripted:
    """Each request takes the next script, the last one again and again; what was asked is kept."""

    def __init__(self) -> None:
        self.scripts: list[Script] = []
        self.requests: list[dict] = []
        self.headers: list[dict[str, str]] = []
        self.gone = asyncio.Event()
        """A client left before its answer was whole."""
        self.arrived = asyncio.Event()
        self.url = ""

    def routes(self) -> list[BaseRoute]:
        """Where it answers, below `/v1`."""
        raise NotImplementedError

    def stream(self, pieces: Iterable[bytes], type: str, *, pause: float = 0.0, cut: bool = False) -> None:
        """Send these pieces, `pause` before each; `cut`: drop the connection behind them."""

        async def body() -> AsyncIterator[bytes]:
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
            return StreamingResponse(body(), media_type=type)

        self.scripts.append(script)

    def then_json(self, content: object, *, status: int = 200, pause: float = 0.0, **headers: str) -> None:
        """Names of headers are written with _ for -."""

        async def script() -> Response:
            try:
                await asyncio.sleep(pause)
            except asyncio.CancelledError:
                self.gone.set()
                raise
            return JSONResponse(content, status, _named(headers))

        self.scripts.append(script)

    def then_status(self, status: int, message: str = "no", **headers: str) -> None:
        """A refusal in the vendor's shape."""
        self.then_json(self.refusal(message), status=status, **headers)

    def refusal(self, message: str) -> dict[str, Any]:
        """OpenAI's; others have their own."""
        return {"error": {"message": message, "type": "server_error", "param": None, "code": None}}

    async def answer(self, request: Request, asked: dict) -> Response:
        """The next script's, unless the client leaves before."""
        self.requests.append(asked)
        self.headers.append(dict(request.headers))
        self.arrived.set()
        script = asyncio.ensure_future((self.scripts.pop(0) if len(self.scripts) > 1 else self.scripts[0])())
        watch = asyncio.create_task(_left(request))
        await asyncio.wait({script, watch}, return_when=asyncio.FIRST_COMPLETED)
        watch.cancel()
        if not script.done():
            script.cancel()
        await asyncio.gather(watch, script, return_exceptions=True)
        return Response() if script.cancelled() else script.result()


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


async def _left(request: Request) -> None:
    while not await request.is_disconnected():
        await asyncio.sleep(0.01)


@asynccontextmanager
async def serving[Double: Scripted](double: Double) -> AsyncIterator[Double]:
    """Sets the double's `url`."""
    app = Starlette(routes=double.routes())
    config = uvicorn.Config(app, log_level="critical", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    listener = socket.create_server(("127.0.0.1", 0))  # listens at once: whoever connects early waits
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
