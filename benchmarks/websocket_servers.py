"""CPU of WebSocket servers under what devices send: 50 binary frames of 656 bytes a second and session.

Run without arguments it measures every server and prints one JSON object. `serve` and `load` are its two
child processes: the server counts frames, the load generator sends them.
"""

import argparse
import asyncio
import json
import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import uvloop
from picows import WSCloseCode, WSFrame, WSListener, WSMsgType, WSTransport, ws_connect, ws_create_server

FRAMES_PER_SECOND = 50
FRAME = bytes(16 + 640)
PHASES = 10  # sessions are spread over the 20 ms, as real devices are

frames = 0


class Counter(WSListener):
    """Counts binary frames on picows."""

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        global frames  # noqa: PLW0603 - one counter a process
        if frame.msg_type is WSMsgType.BINARY:
            len(frame.get_payload_as_bytes())
            frames += 1
        elif frame.msg_type is WSMsgType.CLOSE:
            transport.send_close(WSCloseCode.OK)
            transport.disconnect()


async def count_asgi(scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Any) -> None:
    """Counts binary frames in the barest ASGI application."""
    global frames  # noqa: PLW0603
    if scope["type"] != "websocket":
        return
    await receive()
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        len(message["bytes"])
        frames += 1


async def serve_picows(port: int) -> None:
    server = await ws_create_server(lambda _request: Counter(), "127.0.0.1", port)
    await server.serve_forever()


async def serve_uvicorn(port: int, ws: Any) -> None:
    import uvicorn

    config = uvicorn.Config(
        count_asgi,
        host="127.0.0.1",
        port=port,
        ws=ws,
        http="httptools",
        lifespan="off",
        log_level="warning",
        ws_per_message_deflate=False,
    )
    await uvicorn.Server(config).serve()


async def serve_bridge(port: int) -> None:
    from lorgnette.gateways.native.socket import bridge

    await serve_uvicorn(port, bridge(lambda _request: Counter()))


async def serve_aiohttp(port: int) -> None:
    from aiohttp import WSMsgType as Kind
    from aiohttp import web

    async def count(request: web.Request) -> web.WebSocketResponse:
        global frames  # noqa: PLW0603
        connection = web.WebSocketResponse(compress=False)
        await connection.prepare(request)
        async for message in connection:
            if message.type is Kind.BINARY:
                len(message.data)
                frames += 1
        return connection

    app = web.Application()
    app.router.add_get("/", count)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


SERVERS: dict[str, Callable[[int], Awaitable[None]]] = {
    "picows alone": serve_picows,
    "uvicorn for HTTP, picows for the sockets": serve_bridge,
    "uvicorn, websockets-sansio": lambda port: serve_uvicorn(port, "websockets-sansio"),
    "uvicorn, websockets (deprecated)": lambda port: serve_uvicorn(port, "websockets"),
    "uvicorn, wsproto": lambda port: serve_uvicorn(port, "wsproto"),
    "aiohttp": serve_aiohttp,
}


def resident_kb() -> int:
    """Memory of this process that is in RAM."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() // 1024


async def serve(name: str, port: int) -> None:
    """Run one server; each line on standard input is answered with CPU seconds, frames and memory."""

    def answer() -> None:
        if not os.read(0, 64):
            os._exit(0)
        print(json.dumps({"cpu": time.process_time(), "frames": frames, "kb": resident_kb()}), flush=True)

    asyncio.get_running_loop().add_reader(0, answer)
    await SERVERS[name](port)


async def load(port: int, sessions: int, seconds: float) -> None:
    """Connect, say so, and send every session's frames for `seconds`."""
    transports: list[WSTransport] = []
    for _ in range(sessions):
        transport, _ = await ws_connect(WSListener, f"ws://127.0.0.1:{port}/")
        transports.append(transport)
    print("connected", flush=True)
    step = 1 / FRAMES_PER_SECOND / PHASES
    start = time.monotonic()
    for number in range(int(seconds / step)):
        await asyncio.sleep(max(0.0, start + number * step - time.monotonic()))
        for transport in transports[number % PHASES :: PHASES]:
            transport.send(WSMsgType.BINARY, FRAME)
    for transport in transports:
        transport.send_close(WSCloseCode.OK)
        transport.disconnect()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def await_port(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on {port}")


def measure(name: str, sessions: int, seconds: float) -> dict[str, Any]:
    """One server under one load."""
    port = free_port()
    me = [sys.executable, __file__]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([*me, "serve", name, str(port)], **pipes) as server:

        def ask() -> dict[str, Any]:
            server.stdin.write("?\n")  # type: ignore[union-attr]
            server.stdin.flush()  # type: ignore[union-attr]
            return dict(json.loads(server.stdout.readline()))  # type: ignore[union-attr]

        await_port(port)
        empty = ask()
        arguments = [*me, "load", str(port), str(sessions), str(seconds + 1.5)]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as client:
            client.stdout.readline()  # type: ignore[union-attr]
            time.sleep(0.7)
            begin, began = ask(), time.monotonic()
            time.sleep(seconds)
            end, ended = ask(), time.monotonic()
        server.stdin.close()  # type: ignore[union-attr]
    lasted = ended - began
    return {
        "server": name,
        "sessions": sessions,
        "CPU ms per session-second": round((end["cpu"] - begin["cpu"]) * 1000 / sessions / lasted, 3),
        "frames received, of those due": round(
            (end["frames"] - begin["frames"]) / (sessions * FRAMES_PER_SECOND * lasted), 3
        ),
        "KB a session": round((end["kb"] - empty["kb"]) / sessions, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("child", nargs="*", help=argparse.SUPPRESS)
    parser.add_argument("--sessions", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=5)
    arguments = parser.parse_args()
    match arguments.child:
        case ["serve", name, port]:
            uvloop.run(serve(name, int(port)))
        case ["load", port, sessions, seconds]:
            uvloop.run(load(int(port), int(sessions), float(seconds)))
        case _:
            rows = [measure(name, arguments.sessions, arguments.seconds) for name in SERVERS]
            print(json.dumps({"keys": ["server", "sessions"], "rows": rows}))


if __name__ == "__main__":
    main()
