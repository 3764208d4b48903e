"""An OpenAI-compatible chat server with scripted faults, on a real port: a double at the HTTP boundary."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

type Script = Callable[[dict], Awaitable[Response]]


def chunk(delta: dict, finish: str | None = None) -> str:
    body = {
        "object": "chat.completion.chunk",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n"


def fragment(index: int, arguments: str, id: str = "", name: str = "") -> str:
    call: dict = {"index": index, "function": {"arguments": arguments}}
    if id:
        call |= {"id": id, "type": "function"}
        call["function"]["name"] = name
    return chunk({"tool_calls": [call]})


class ChatDouble:
    """Each request takes the next script; `requests` and `headers` keep what was asked."""

    def __init__(self) -> None:
        self.scripts: list[Script] = []
        self.requests: list[dict] = []
        self.headers: list[dict[str, str]] = []
        self.gone = asyncio.Event()
        self.url = ""

    def then(self, *events: str, pause: float = 0.0, cut: bool = False) -> None:
        """Stream these events (and `[DONE]`, unless cut); `pause` before each."""

        async def stream() -> AsyncIterator[bytes]:
            try:
                for event in events:
                    await asyncio.sleep(pause)
                    yield event.encode()
                if not cut:
                    yield b"data: [DONE]\n\n"
            except asyncio.CancelledError:
                self.gone.set()
                raise

        async def script(body: dict) -> Response:
            return StreamingResponse(stream(), media_type="text/event-stream")

        self.scripts.append(script)

    def then_status(self, status: int, message: str = "no", **headers: str) -> None:
        async def script(body: dict) -> Response:
            return JSONResponse(
                {"error": {"message": message}},
                status,
                {name.replace("_", "-"): v for name, v in headers.items()},
            )

        self.scripts.append(script)

    def then_json(self, body: dict) -> None:
        async def script(_: dict) -> Response:
            return JSONResponse(body)

        self.scripts.append(script)

    async def chat(self, request: Request) -> Response:
        body = await request.json()
        self.requests.append(body)
        self.headers.append(dict(request.headers))
        return await self.scripts.pop(0)(body)

    async def models(self, request: Request) -> Response:
        return JSONResponse({"data": [{"id": "qwen3-tiny"}]})


@asynccontextmanager
async def serving() -> AsyncIterator[ChatDouble]:
    double = ChatDouble()
    routes = [
        Route("/v1/chat/completions", double.chat, methods=["POST"]),
        Route("/v1/models", double.models),
    ]
    config = uvicorn.Config(Starlette(routes=routes), log_level="error", lifespan="off", ws="none")
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
