"""A hub of the simulation's own: a child process on a free port, with a store that goes with it."""

import asyncio
import contextlib
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from lorgnette.core.errors import LorgnetteError

READY_SECONDS: Final = 60.0
STOP_SECONDS: Final = 15.0
UP: Final = ("-m", "lorgnette", "up", "--json", "--port", "0")


@dataclass(frozen=True, slots=True)
class OwnHub:
    """Where it is: its WebSocket address, its process, and its private socket."""

    url: str
    pid: int
    socket: Path


class _Ready(msgspec.Struct):
    port: int


@contextlib.asynccontextmanager
async def own_hub(
    arguments: Sequence[str] = UP,
    *,
    core: int | None = None,
    quiet: bool = True,
    python: str = sys.executable,
) -> AsyncIterator[OwnHub]:
    """Run `python ARGUMENTS`, which prints `{"port": …}` when it is ready; stopped with SIGTERM at the end.

    `core`: the only processor it may use.
    """
    with tempfile.TemporaryDirectory(prefix="lorgnette-simulated-") as folder:
        home = Path(folder)
        environ = dict(os.environ)
        for name in ("CONFIG_HOME", "DATA_HOME", "CACHE_HOME", "STATE_HOME", "RUNTIME_DIR"):
            place = home / name.lower()
            place.mkdir(mode=0o700)
            environ[f"XDG_{name}"] = str(place)
        process = await asyncio.create_subprocess_exec(
            python,
            *arguments,
            env=environ,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL if quiet else None,
            start_new_session=True,
        )
        try:
            if core is not None:
                os.sched_setaffinity(process.pid, {core})
            port = await _ready(process)
            yield OwnHub(
                f"ws://127.0.0.1:{port}", process.pid, home / "runtime_dir" / "lorgnette" / "hub.sock"
            )
        finally:
            await _end(process)


async def _ready(process: asyncio.subprocess.Process) -> int:
    assert process.stdout is not None
    try:
        async with asyncio.timeout(READY_SECONDS):
            line = await process.stdout.readline()
        return msgspec.json.decode(line, type=_Ready).port
    except (TimeoutError, msgspec.DecodeError):
        raise LorgnetteError("the simulation's own hub didn't start; `lorgnette up` says why") from None


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.terminate()
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
