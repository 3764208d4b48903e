"""An OpenAI-compatible chat server: `/chat/completions` with server-sent events, and `/models`."""

import json

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from tests.engines.server import Scripted


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


class ChatDouble(Scripted):
    """`models`: what it lists."""

    def __init__(self, *models: str) -> None:
        super().__init__()
        self.models = models or ("qwen3-tiny",)

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/v1/chat/completions", self.chat, methods=["POST"]),
            Route("/v1/models", self.listing),
        ]

    def then(self, *events: str, pause: float = 0.0, cut: bool = False) -> None:
        """Stream these events and `[DONE]`; `cut`: it ends without."""
        end = () if cut else ("data: [DONE]\n\n",)
        self.stream([one.encode() for one in (*events, *end)], "text/event-stream", pause=pause)

    async def chat(self, request: Request) -> Response:
        return await self.answer(request, await request.json())

    async def listing(self, request: Request) -> Response:
        return JSONResponse({"data": [{"id": name} for name in self.models]})
