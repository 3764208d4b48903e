"""What the benchmarks of a live hub share: the hub's process, its devices, the speech, and what it cost."""

import asyncio
import contextlib
import gc
import json
import os
import sys
import sysconfig
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from lorgnette.cli.local import RunningHub
from lorgnette.simulation import (
    Clip,
    Crowd,
    Figures,
    Glasses,
    OwnHub,
    Plan,
    background,
    clips_of,
    cpu_seconds,
    memory_kb,
    own_hub,
    waited_seconds,
)

HOME = Path(__file__).resolve().parents[1]
SPEECH = HOME.parent / "shared/data/speech"
PAUSE = 0.24
"""Silence inside an utterance; 0.3 s would end it."""
LONGEST = 200
"""Frames of a clip: a long one would leave a short measurement without an answer."""
HUB = str(HOME / "benchmarks/hub_process.py")


def own_core() -> int | None:
    """The processor that the devices keep to; the hub may use every one. None where there is only one."""
    mine = sorted(os.sched_getaffinity(0))
    return mine[-1] if len(mine) > 1 else None


@contextlib.contextmanager
def on_own_core() -> Iterator[None]:
    """This process keeps to its processor; begun after the server's process, which keeps all."""
    everywhere, own = os.sched_getaffinity(0), own_core()
    os.sched_setaffinity(0, everywhere if own is None else {own})
    try:
        yield
    finally:
        os.sched_setaffinity(0, everywhere)


def speech(only: str = "en_*") -> tuple[list[Clip], list[str]]:
    """Short spoken commands, and what to note about them."""
    folder = SPEECH / "commands"
    if folder.is_dir():
        clips = [
            clip for clip in clips_of(sorted(folder.glob(only + ".flac"))) if len(clip.frames) <= LONGEST
        ]
        return clips, [f"speech: recordings of data/speech/commands/{only}"]
    return spoken_clips(), ["speech: made by eSpeak, since ../shared/data/speech is not here"]


def everyday_speech() -> tuple[list[Clip], list[str]]:
    """Commands and sentences that are read aloud, as long as people's: one to six seconds."""
    clips, notes = speech("*")
    readings = sorted(SPEECH.glob("*.flac"))
    if not readings:
        return clips, notes
    clips += [clip for clip in clips_of(readings, PAUSE, 6.0) if len(clip.frames) >= 50]
    mean = sum(len(clip.frames) for clip in clips) / len(clips) / 50
    return clips, [f"speech: {len(clips)} utterances from data/speech, {mean:.1f} s long in the mean"]


def spoken_clips() -> list[Clip]:
    """Speech where no recordings are."""
    from lorgnette.cli.speech import spoken

    return asyncio.run(spoken())


@dataclass(slots=True)
class Field:
    """A hub with its devices."""

    hub: OwnHub
    running: RunningHub
    clips: Sequence[Clip]
    figures: Figures = field(default_factory=Figures)

    async def tokens(self, count: int) -> list[str]:
        answer = await self.running.ask("POST", "/v1/simulate", msgspec.json.encode({"devices": count}))
        return list(answer["tokens"])

    async def status(self) -> dict[str, Any]:
        return dict(await self.running.ask("GET", "/v1/status"))

    async def glasses(self, count: int, plan: Plan, figures: Figures) -> list[Glasses]:
        noise = background()
        return [
            Glasses(self.hub.url, token, plan, self.clips, noise, figures, number)
            for number, token in enumerate(await self.tokens(count))
        ]

    async def warm(self, turns: int = 3) -> None:
        """A first session with some turns: what is loaded once is loaded."""
        figures = Figures()
        members = await self.glasses(1, Plan(share=0.6), figures)
        async with asyncio.timeout(60), Crowd(members, figures) as crowd:
            while figures.counts["turns"] < turns:
                await crowd.run(1.0)


@contextlib.asynccontextmanager
async def field_of(clips: Sequence[Clip], **hub: Any) -> AsyncIterator[Field]:
    """A fresh hub. It has all processors, the devices keep to one of them."""
    async with own_hub([HUB, json.dumps(hub)], quiet=False) as process:
        with on_own_core():
            yield Field(process, RunningHub(process.socket), clips)


@dataclass(slots=True)
class Cost:
    """CPU of the hub and of this process, and the hub's loop, over a stretch of time."""

    pid: int
    began: float = 0.0
    hub: float = 0.0
    own: float = 0.0
    waited: float = 0.0
    seconds: float = 0.0

    def start(self) -> None:
        self.began, self.own = time.monotonic(), time.process_time()
        self.hub, self.waited = cpu_seconds(self.pid), waited_seconds(self.pid)

    def stop(self) -> None:
        self.seconds = time.monotonic() - self.began
        self.hub = cpu_seconds(self.pid) - self.hub
        self.waited = waited_seconds(self.pid) - self.waited
        self.own = time.process_time() - self.own

    @property
    def hub_share(self) -> float:
        """Of one processor."""
        return self.hub / self.seconds


def memory(field_: Field) -> int:
    return memory_kb(field_.hub.pid)


def finish(rows: list[dict[str, Any]], keys: list[str], notes: list[str]) -> None:
    """The last line of a benchmark's output."""
    load = os.getloadavg()[0]
    notes = [*notes, f"load average at the end: {load:.1f} on {os.cpu_count()} cores"]
    if "--enable-optimizations" not in (sysconfig.get_config_var("CONFIG_ARGS") or ""):
        notes.append("this Python was built without --enable-optimizations: slower than a distribution's")
    print(json.dumps({"rows": rows, "keys": keys, "notes": notes}))


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def run(work: Callable[[], Any]) -> Any:
    """On uvloop, without pauses of the garbage collector in what is measured."""
    import uvloop

    gc.freeze()
    return uvloop.run(work())
