"""A hub for benchmarks in a process of its own: prints `{"port": …}` and serves until SIGTERM.

    python benchmarks/hub_process.py '{"tts": ["canned"], "settings": {"tts.canned": {"seconds": 8}}}'

All of it is real but for recogniser and voice, which are canned unless the argument names others.
`reply`: a text that answers everything, in place of the mind.
"""

import asyncio
import json
import logging
import signal
import sys
from collections.abc import AsyncIterator
from typing import Any

from lorgnette.api.server import local_socket, serving
from lorgnette.app import Hub, HubSettings
from lorgnette.cli.local import run
from lorgnette.cli.process import prepare
from lorgnette.config import Paths
from lorgnette.engines.registry import EngineChoice
from lorgnette.mind.request import Outcome, Piece, Request, Say


class CannedMind:
    """Says the same to everybody."""

    def __init__(self, reply: str) -> None:
        self._reply = reply

    async def respond(self, request: Request) -> AsyncIterator[Piece]:
        del request
        yield Say(self._reply)
        yield Outcome()

    def whole(self, text: str, language: str) -> bool:
        del text, language
        return True

    def warm(self, language: str) -> None:
        """Nothing to load."""

    async def undo(self, wearer: str) -> Say | None:
        del wearer
        return None

    async def close(self) -> None:
        """Nothing runs."""


class BenchHub(Hub):
    """`reply` is set before it is made: the wiring takes the mind at once."""

    reply = ""

    def _wiring(self) -> Any:
        if self.reply:
            self.mind = CannedMind(self.reply)  # type: ignore[assignment]
        return super()._wiring()


async def main(wanted: dict[str, Any]) -> None:
    BenchHub.reply = wanted.get("reply", "")
    engines = EngineChoice(
        vad=tuple(wanted.get("vad", ("silero",))),
        asr=tuple(wanted.get("asr", ("canned",))),
        tts=tuple(wanted.get("tts", ("canned",))),
        settings=wanted.get("settings", {}),
    )
    store = Paths.of().store
    Paths.of().data.mkdir(parents=True, exist_ok=True)
    settings = HubSettings(
        store=store, port=0, max_sessions=wanted.get("max_sessions", 4000), engines=engines
    )
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signum in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signum, stop.set)
    profile = None
    async with (
        BenchHub.open(settings) as hub,
        serving(hub.api.app(), settings.host, 0, hub.gateway.upgrade, hub.gateway.drain) as port,
        local_socket(hub.api.app(local=True), Paths.of().socket),
    ):
        hub.doorkeeper.port = port
        if wanted.get("prepared", True):
            prepare()
        if wanted.get("profile"):
            import cProfile

            profile = cProfile.Profile()
            loop.call_later(wanted.get("profile_after", 5), profile.enable)
        print(json.dumps({"port": port}), flush=True)
        await stop.wait()
        if profile is not None:
            profile.disable()
            profile.dump_stats(wanted["profile"])


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    run(main(json.loads(sys.argv[1]) if len(sys.argv) > 1 else {}))
