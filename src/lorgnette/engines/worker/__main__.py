"""The main module of a worker process: makes one engine and answers one request after the other.

`python -P -m lorgnette.engines.worker FD` gets a connected socket as file descriptor FD. The hub's
first frame says which engine to make: `{"op": "make", "factory": "package.module:Name", "settings": {…}}`;
then each `call` names a public method. A method gets the frame's body as its first argument where there is
one (audio), and where the call streams an `emit(bytes) -> bool` as `emit=`: False means that nobody listens
any more. It returns something that JSON can carry, or bytes.
"""

import contextlib
import os
import select
import signal
import socket
import sys
import traceback
from collections import deque
from importlib import import_module
from typing import Any

from lorgnette.engines.worker.frames import Frame, FrameReader, encode

_PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Linux kills this process when the hub's thread that started it ends, even in the midst of C code."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


class HubGone(Exception):
    """The socket to the hub is closed."""


class Link:
    """The worker's side of the socket: blocking, one thread."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._frames: deque[Frame] = deque()
        self._reader = FrameReader(self._frames.append)

    def send(self, head: dict[str, Any], body: bytes | bytearray | memoryview = b"") -> None:
        first, rest = encode(head, body)
        try:
            self._sock.sendall(first)
            if rest:
                self._sock.sendall(rest)
        except OSError as error:
            raise HubGone from error

    def receive(self) -> Frame:
        """The next frame; waits for it."""
        while not self._frames:
            self._pull()
        return self._frames.popleft()

    def cancelled(self, call: int) -> bool:
        """Whether the hub has meanwhile sent a `cancel` for `call`; never waits."""
        while select.select([self._sock], [], [], 0)[0]:
            self._pull()
        return any(f.head.get("op") == "cancel" and f.head.get("id") == call for f in self._frames)

    def _pull(self) -> None:
        data = self._sock.recv(1 << 18)
        if not data:
            raise HubGone
        self._reader.push(data)


class Emitter:
    """What a streaming method writes its chunks to."""

    def __init__(self, link: Link, call: int) -> None:
        self._link = link
        self._call = call
        self.open = True

    def __call__(self, chunk: bytes | bytearray | memoryview) -> bool:
        if self.open:
            self._link.send({"op": "chunk", "id": self._call}, chunk)
            self.open = not self._link.cancelled(self._call)
        return self.open


def make(link: Link) -> Any:
    """The engine that the hub's first frame asks for."""
    head = link.receive().head
    module, _, name = str(head["factory"]).partition(":")
    factory = getattr(import_module(module), name)
    return factory(**head.get("settings", {}))


def answer(link: Link, engine: Any, frame: Frame) -> None:
    """Run one call and send its result or its error."""
    head, call = frame.head, int(frame.head["id"])
    arguments = dict(head.get("arguments", {}))
    if head.get("stream"):
        arguments["emit"] = Emitter(link, call)
    try:
        method = getattr(engine, str(head["method"]))
        result = method(frame.body, **arguments) if head.get("body") else method(**arguments)
        if isinstance(result, bytes | bytearray | memoryview):
            link.send({"op": "done", "id": call, "bytes": True}, result)
        else:
            link.send({"op": "done", "id": call, "result": result})
    except HubGone:
        raise
    except Exception as error:  # noqa: BLE001 - whatever an engine throws
        link.send({"op": "error", "id": call, "detail": _last_line(error), "trace": traceback.format_exc()})


def serve(sock: socket.socket) -> None:
    """Until the hub closes the socket."""
    link = Link(sock)
    try:
        engine = make(link)
    except HubGone:
        return
    except Exception as error:  # noqa: BLE001 - whatever an engine throws
        with contextlib.suppress(HubGone):
            link.send({"op": "unmade", "detail": _last_line(error), "trace": traceback.format_exc()})
        return
    with contextlib.suppress(HubGone):
        link.send({"op": "ready", "pid": os.getpid()})
        while True:
            frame = link.receive()
            if frame.head.get("op") == "call":
                answer(link, engine, frame)


def _last_line(error: BaseException) -> str:
    return "".join(traceback.format_exception_only(error)).strip().splitlines()[-1][:500]


def main() -> None:
    """Serve on the descriptor that the hub named."""
    die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the hub decides
    serve(socket.socket(fileno=int(sys.argv[1])))


if __name__ == "__main__":
    main()
