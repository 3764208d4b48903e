"""A download server on a real port, with scripted faults."""

import asyncio
import hashlib
import random
import re
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from lorgnette.models import Manners, Model, ModelFile

type Fault = Callable[[Request], Response | None]
QUICK = Manners(piece=256 << 10, pause=0.001, longest=0.01, silence=5.0, tries=4)


def data_of(size: int, seed: int = 1) -> bytes:
    return random.Random(seed).randbytes(size)


class Shop:
    """`faults`: asked first, one a request, the last again and again while it is alone and `stuck`."""

    def __init__(self) -> None:
        self.goods: dict[str, bytes] = {}
        self.faults: list[Fault] = []
        self.stuck = False
        self.ranges = True
        self.pause = 0.0
        self.asked: list[tuple[str, str]] = []
        self.sent = 0
        self.busy = 0
        self.busiest = 0
        self.url = ""

    def file(self, name: str, data: bytes, **other: object) -> ModelFile:
        """Put on sale; its entry for a catalogue."""
        self.goods[name] = data
        entry = {
            "path": name,
            "url": f"{self.url}/{name}",
            "bytes": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
        }
        return ModelFile(**{**entry, **other})

    def cut(self, after: int) -> Fault:
        """The right answer, but the line breaks."""
        return lambda request: self.give(request, cut=after)

    def code(self, code: int, **headers: str) -> Fault:
        return lambda request: PlainTextResponse(
            "no", code, {name.replace("_", "-"): value for name, value in headers.items()}
        )

    async def serve(self, request: Request) -> Response:
        self.asked.append((request.url.path, request.headers.get("range", "")))
        if self.faults:
            fault = self.faults[0] if self.stuck and len(self.faults) == 1 else self.faults.pop(0)
            answer = fault(request)
            if answer is not None:
                return answer
        return self.give(request)

    def give(self, request: Request, cut: int | None = None, lie: int = 0) -> Response:
        data = self.goods.get(request.url.path.lstrip("/"))
        if data is None:
            return PlainTextResponse("no", 404)
        found = re.fullmatch(r"bytes=(\d+)-(\d+)", request.headers.get("range", ""))
        if not (found and self.ranges):
            return StreamingResponse(self.stream(data, cut), headers={"content-length": str(len(data))})
        start, end = int(found[1]) + lie, int(found[2]) + 1 + lie
        body = data[start:end]
        headers = {
            "content-range": f"bytes {start}-{start + len(body) - 1}/{len(data)}",
            "content-length": str(len(body)),
        }
        return StreamingResponse(self.stream(body, cut), 206, headers)

    async def stream(self, body: bytes, cut: int | None = None) -> AsyncIterator[bytes]:
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        try:
            for at in range(0, len(body), 64 << 10):
                piece = body[at : at + (64 << 10)]
                if cut is not None and at + len(piece) > cut:
                    yield piece[: max(0, cut - at)]
                    raise ConnectionResetError
                if self.pause:
                    await asyncio.sleep(self.pause)
                yield piece
                self.sent += len(piece)
        finally:
            self.busy -= 1


@asynccontextmanager
async def open_shop() -> AsyncIterator[Shop]:
    shop = Shop()
    routes = [Route("/{path:path}", shop.serve)]
    config = uvicorn.Config(Starlette(routes=routes), log_level="critical", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    listener = socket.create_server(("127.0.0.1", 0))
    shop.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listener])
    try:
        yield shop
    finally:
        server.force_exit = True
        await server.shutdown(sockets=[listener])


def model_of(*files: ModelFile, id: str = "tiny") -> Model:
    return Model(
        id=id, kind="asr", engine="canned", licence="CC0-1.0", source="https://example.org/sums", files=files
    )


def left(folder: Path) -> list[str]:
    """Names of all files below, without locks."""
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
