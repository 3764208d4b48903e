"""`python -m lorgnette.engines.wyoming.serve`: the hub's engines for other programs, as Home Assistant.

Prints its address and serves until it gets SIGINT or SIGTERM.
"""

import argparse
import asyncio
import re
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from lorgnette.core.errors import LorgnetteError
from lorgnette.engines.registry import EngineChoice, Sentence, build_engines
from lorgnette.engines.wyoming.server import WyomingServer

DEFAULT_SENTENCES = (
    "what time is it",
    "what's the date",
    "set a timer for {duration}",
    "cancel (all timers|the timer)",
    "turn the (light|lamp|heating) (on|off)",
    "turn (on|off) the (light|lamp|heating)",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve; 1 where the port or an engine isn't to be had."""
    parser = argparse.ArgumentParser(
        prog="python -m lorgnette.engines.wyoming.serve",
        description="Serves speech engines of this installation over the Wyoming protocol. There is no "
        "password in the protocol: whoever reaches the port may use it.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=10_300, help="port; 0 takes a free one (10300)")
    parser.add_argument("--asr", default="pocketsphinx", help="recogniser; empty: none (pocketsphinx)")
    parser.add_argument("--tts", default="espeak", help="voice; empty: none (espeak)")
    parser.add_argument(
        "--sentences",
        type=Path,
        help="what pocketsphinx shall understand: a file with one English template a line, as "
        "'set a timer for {duration}'; without it a few as examples",
    )
    given = parser.parse_args(arguments)
    try:
        return asyncio.run(_serve(given.host, given.port, given.asr, given.tts, _sentences(given.sentences)))
    except (LorgnetteError, OSError) as error:
        print(f"✗ {error}", file=sys.stderr)  # noqa: T201 - a command of its own
        return 1


async def _serve(host: str, port: int, asr: str, tts: str, sentences: list[Sentence]) -> int:
    choice = EngineChoice(vad=("energy",), asr=(asr,) if asr else (), tts=(tts,) if tts else (), llm=())
    engines = build_engines(choice, {"en": sentences})
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    server = WyomingServer(engines.recognizer if asr else None, engines.synthesizer if tts else None)
    engines.start()
    try:
        async with server.serving(host, port) as bound:
            print(f"tcp://{f'[{host}]' if ':' in host else host}:{bound}", flush=True)  # noqa: T201 - a command of its own
            await stop.wait()
    finally:
        await engines.aclose()
    return 0


def _sentences(file: Path | None) -> list[Sentence]:
    """Templates; what stands in braces is the name of a slot's kind."""
    lines = file.read_text(encoding="utf-8").splitlines() if file is not None else DEFAULT_SENTENCES
    templates = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return [Sentence(each, {name: name for name in re.findall(r"\{(\w+)\}", each)}) for each in templates]


if __name__ == "__main__":
    sys.exit(main())
