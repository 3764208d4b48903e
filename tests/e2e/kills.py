"""Wearers who speak at once while engines are shot: worker processes by kill -9, remotes in five ways.

Everything is real but the servers of the remotes (the tests' doubles) and, where installed, Piper's voice, a
tiny one. A blow waits until the engine is at work for somebody. The clocks of the fall-back chains run ahead
by half a minute after each, so that the next one meets the first engine again and not its stand-in.
`benchmarks/kills.py` prints what came of a hundred.
"""

import asyncio
import contextlib
import os
import random
import signal
import socket
import statistics
import time
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests.engines.remote.double import SpeechDouble, tone
from tests.engines.server import serving
from tests.engines.tts import tinyvoices
from tests.hubs import Running, running

from lorgnette.app import HubSettings
from lorgnette.core import events
from lorgnette.core.audio import FRAME_BYTES
from lorgnette.core.errors import Busy
from lorgnette.engines.chain import COOLDOWN
from lorgnette.engines.registry import EngineChoice
from lorgnette.engines.runner import ProcessPool
from lorgnette.gateways.native.softdevice import SoftDevice

PROCESSES = ("pocketsphinx", "piper", "espeak")
FAULTS = ("refused", "429", "500", "slow", "cut")
TURN_S = 20.0
"""Until a turn counts as lost."""
STRIKE_S = 5.0
"""A blow that finds its engine never at work for so long is none."""
REMOTE_S = 1.5
"""What a remote engine may take."""
LEAST_SOUND = 9_600
"""Bytes: 0.3 s."""


@dataclass
class Report:
    """What happened. Delays: seconds to the first sound, of turns that were hit and of the others."""

    seed: int
    blows: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    turns: int = 0
    lost: list[str] = field(default_factory=list)
    hit: dict[str, list[float]] = field(default_factory=dict)
    quiet: dict[str, list[float]] = field(default_factory=dict)
    restarts: int = 0
    unrecovered: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    """Pools that work again with fewer processes for now."""
    seconds: float = 0.0

    def extra(self) -> dict[str, list[float]]:
        """By what was hit: how much later the first sound came than usual for such a turn."""
        usual = {way: statistics.median(values) for way, values in self.quiet.items() if values}
        found: dict[str, list[float]] = {}
        for name, delays in self.hit.items():
            what, _, way = name.partition("|")
            if way in usual:
                found.setdefault(what, []).extend(max(0.0, delay - usual[way]) for delay in delays)
        return found


class Wire:
    """A way to a server that can be shut: who connects then is refused, and who is there is cut off."""

    def __init__(self, target: str) -> None:
        self._target = int(target.partition("://")[2].partition("/")[0].rpartition(":")[2])
        self._listener: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/v1"

    async def open(self) -> None:
        self._listener = await asyncio.start_server(self._accept, "127.0.0.1", self.port)

    async def shut(self) -> None:
        if self._listener is not None:
            self._listener.close()
            for writer in tuple(self._open):
                writer.transport.abort()
            self._listener = None

    async def aclose(self) -> None:
        await self.shut()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.transport.abort()
            return
        self._open |= {writer, far_writer}
        await asyncio.gather(_copied(reader, far_writer), _copied(far_reader, writer))
        self._open -= {writer, far_writer}


async def _copied(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.transport.abort()


class Talker:
    """One wearer with glasses, who asks for the time again and again and hears the answer to its end."""

    def __init__(self, name: str, way: str, words: str, clip: bytes) -> None:
        self.name = name
        self.way = way
        self._words = words
        self._clip = clip
        self.device: SoftDevice | None = None
        self._events: asyncio.Queue[Any] = asyncio.Queue()
        self._sound = 0
        self._first = 0.0
        self.struck: set[str] = set()
        """What was hit while this turn waited for its first sound."""

    async def arrive(self, hub: Running, language: str) -> None:
        wearer = await hub.hub.people.add(self.name, language=language)
        self.device = await hub.device(wearer.id, on_event=self._events.put_nowait, on_audio=self._audio)
        async with asyncio.timeout(20):
            while True:
                try:
                    await self.device.connect(hub.url)
                except Busy:  # this loop makes two hubs and a voice at once: it was late
                    await asyncio.sleep(0.2)
                else:
                    return

    @property
    def waits(self) -> bool:
        """Between its words and the first sound of the answer."""
        return self._first == 0.0

    async def turn(self, report: Report) -> None:
        """One question, one answer; what is missing of it is noted."""
        assert self.device is not None
        while not self._events.empty():
            self._events.get_nowait()
        self._sound, self._first, self.struck = 0, 0.0, set()
        ended = await self._ask()
        report.turns += 1
        try:
            async with asyncio.timeout(TURN_S):
                done = await self._answered()
        except TimeoutError:
            report.lost.append(f"{self.name}: no answer within {TURN_S:g} s (hit: {sorted(self.struck)})")
            return
        if self.device.closed.is_set():
            report.lost.append(f"{self.name}: the session is gone")
        elif self._sound < LEAST_SOUND:
            report.lost.append(f"{self.name}: {self._sound} bytes of sound for {done.reply!r}")
        delay = self._first - ended
        if not self.struck:
            report.quiet.setdefault(self.way, []).append(delay)
        for one in self.struck:
            report.hit.setdefault(f"{one}|{self.way}", []).append(delay)

    async def _ask(self) -> float:
        device, loop = self.device, asyncio.get_running_loop()
        assert device is not None
        if not self._clip:
            device.event(events.Typed(self._words))
            return loop.time()
        device.event(events.ListenStart("push"))
        for at in range(0, len(self._clip) - FRAME_BYTES + 1, FRAME_BYTES):
            device.microphone(self._clip[at : at + FRAME_BYTES])
            if at // FRAME_BYTES % 2:
                await asyncio.sleep(0.02)  # twice as fast as it was spoken
        device.event(events.ListenStop())
        return loop.time()

    async def _answered(self) -> events.TurnDone:
        """Until the turn is done, and each sentence that began has ended."""
        done: events.TurnDone | None = None
        begun: set[tuple[str, int]] = set()
        speaking = 0
        said = False
        while done is None or speaking or begun or not said:
            match await self._events.get():
                case events.TurnDone() as done:
                    pass
                case events.SpeechBegin(kind="answer"):
                    speaking += 1
                case events.Sentence(utterance=utterance, index=index):
                    begun.add((utterance, index))
                    said = True
                case events.SentenceEnd(utterance=utterance, index=index):
                    begun.discard((utterance, index))
                case events.SpeechEnd():
                    speaking = max(0, speaking - 1)
        return done

    def _audio(self, pcm: bytes, _: int) -> None:
        if any(pcm):
            self._sound += len(pcm)
            self._first = self._first or asyncio.get_running_loop().time()


class Range:
    """Two hubs, their wearers, and everything that can be hit."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.report = Report(seed)
        self.talkers: list[Talker] = []
        self.pools: dict[str, ProcessPool] = {}
        self.doubles: dict[str, tuple[SpeechDouble, Wire, Callable[[SpeechDouble], None]]] = {}
        self._chains: list[Any] = []
        self._ahead = 0.0
        self._dead: set[int] = set()

    def watch(self, hub: Running) -> None:
        """Take a hub's chains and pools."""
        engines = hub.hub.engines
        for chain in (engines.recognizer, engines.synthesizer):
            chain._standing._clock = self._clock
            self._chains.append(chain)
            for engine in chain.engines:
                if hasattr(engine, "_endpoint"):
                    engine._endpoint.ledger._clock = self._clock
                pool = getattr(engine, "pool", None)
                if isinstance(pool, ProcessPool):
                    self.pools.setdefault(pool.name, pool)

    def _clock(self) -> float:
        return time.monotonic() + self._ahead

    async def ready(self) -> None:
        """Every process is there: a grammar may be compiled, a voice loaded."""
        async with asyncio.timeout(60):
            for pool in self.pools.values():
                await pool.ready()

    async def strike(self, what: str) -> bool:
        """One blow, when it will be felt; False when its engine was not at work in time."""
        pool = self.pools.get(what)
        if pool is not None:
            return await self._kill(what, pool)
        server, _, fault = what.partition(" ")
        return await self._cut(server, fault)

    async def _kill(self, what: str, pool: ProcessPool) -> bool:
        until = time.monotonic() + STRIKE_S
        while time.monotonic() < until:
            at_work = [worker.pid for worker in pool._running if worker.pid not in self._dead]
            if at_work:
                self._note(what)
                os.kill(at_work[0], signal.SIGKILL)
                self._dead.add(at_work[0])
                return True
            await asyncio.sleep(0.0005)
        return False

    async def _cut(self, server: str, fault: str) -> bool:
        double, wire, well = self.doubles[server]
        before = len(double.requests)
        times = self.dice.choice((1, 4))  # once is made good by asking again, four times isn't
        double.scripts.clear()
        for _ in range(times):
            {
                "refused": lambda: None,
                "429": lambda: double.then_status(429, retry_after="0"),
                "500": lambda: double.then_status(500),
                "slow": lambda: double.then(tone(0.2, 24_000), pause=REMOTE_S * 3),
                "cut": lambda: double.then(tone(0.3, 24_000), cut=True),
            }[fault]()
        well(double)
        if fault == "refused":
            await wire.shut()
        felt = await self._felt(double, before, server, fault)
        if fault == "refused":
            await asyncio.sleep(self.dice.uniform(0.5, 1.5))
            await wire.open()
        elif felt:
            await asyncio.sleep(REMOTE_S)
        double.scripts.clear()
        well(double)
        return felt

    async def _felt(self, double: SpeechDouble, before: int, server: str, fault: str) -> bool:
        way = {"ears": "spoken, elsewhere", "voice": "typed, elsewhere"}[server]
        until = asyncio.get_running_loop().time() + STRIKE_S
        while asyncio.get_running_loop().time() < until:
            waiting = any(talker.way == way and talker.waits for talker in self.talkers)
            if len(double.requests) > before or (fault == "refused" and waiting):
                self._note(f"{server} {fault}")
                return True
            await asyncio.sleep(0.005)
        return False

    def _note(self, what: str) -> None:
        """Whoever waits for this engine now may be the one who is hit."""
        ways = {
            "pocketsphinx": ("spoken",),
            "piper": ("spoken", "typed"),
            "espeak": ("typed, German",),
            "ears": ("spoken, elsewhere",),
            "voice": ("spoken, elsewhere", "typed, elsewhere"),
        }[what.partition(" ")[0]]
        for talker in self.talkers:
            if talker.way in ways and talker.waits:
                talker.struck.add(what)

    async def blows(self, wanted: list[str], seconds: float) -> None:
        """One after another while everybody talks, no further one after `seconds`.

        One that finds its engine idle comes once more at the end.
        """
        until = time.monotonic() + seconds
        left = deque((what, 2) for what in wanted)
        while left and time.monotonic() < until:
            what, tries = left.popleft()
            self._ahead += COOLDOWN + 1
            if await self.strike(what):
                self.report.blows[what] += 1
            elif tries > 1:
                left.append((what, tries - 1))
            else:
                self.report.missed[what] += 1
            await asyncio.sleep(0.05)

    async def talking(self, talker: Talker, over: asyncio.Event) -> None:
        while not over.is_set():
            await talker.turn(self.report)
            await asyncio.sleep(self.dice.uniform(0.0, 0.2))

    async def recovered(self, seconds: float) -> None:
        """All workers are there again, and the first engine of each kind works for everybody.

        Workers that died at their first request are started with growing pauses, at most `seconds` altogether
        are waited for them; one of each has to be there.
        """
        until = time.monotonic() + seconds
        for name, pool in self.pools.items():
            while pool.health().workers < pool._wanted and time.monotonic() < until:
                await asyncio.sleep(0.05)
            async with asyncio.timeout(20):
                await pool.ready()
            self.report.restarts += pool.health().restarts
            if pool.health().workers < pool._wanted:
                self.report.late.append(f"{name}: {pool.health().workers} of {pool._wanted} workers")
        self._ahead += COOLDOWN + 1
        before = {id(chain.engines[0]): chain.engines[0].health().done for chain in self._chains}
        async with asyncio.TaskGroup() as group:
            for talker in self.talkers:
                group.create_task(talker.turn(self.report))
        for chain in self._chains:
            first = chain.engines[0]
            if first.health().done <= before[id(first)] or not first.health().usable:
                self.report.unrecovered.append(f"{first.name} isn't used again: {first.health()}")


def _hears(double: SpeechDouble) -> None:
    double.then_text("What time is it?")


def _says(double: SpeechDouble) -> None:
    double.then(*(tone(0.25, 24_000) for _ in range(4)))


@contextlib.asynccontextmanager
async def shooting_range(seed: int, clip: bytes, folder: Path, crowd: int) -> AsyncIterator[Range]:
    """Both hubs, and `crowd` wearers of each way. `clip`: "what time is it", as PocketSphinx hears it."""
    field_ = Range(seed)
    canned = {"asr.canned": {"text": "what time is it"}, "tts.canned": {"seconds": 0.8}}
    voices = ("espeak", "canned")
    if find_spec("piper") is not None:
        voices = ("piper", *voices)
        canned["tts.piper"] = {"models": [str(tinyvoices.piper(folder))], "workers": 2}
    near = EngineChoice(asr=("pocketsphinx", "canned"), tts=voices, settings=canned)
    async with serving(SpeechDouble()) as ears, serving(SpeechDouble()) as voice:
        _hears(ears)
        _says(voice)
        wires = {"ears": Wire(ears.url), "voice": Wire(voice.url)}
        for wire in wires.values():
            await wire.open()
        field_.doubles = {"ears": (ears, wires["ears"], _hears), "voice": (voice, wires["voice"], _says)}
        remote = {
            "asr.openai": {"url": wires["ears"].url, "timeout": REMOTE_S},
            "tts.openai": {"url": wires["voice"].url, "timeout": REMOTE_S},
        }
        far = EngineChoice(
            vad=("energy",), asr=("openai", "canned"), tts=("openai", "canned"), settings={**canned, **remote}
        )
        base = HubSettings()
        try:
            async with (
                running(replace(base, engines=near)) as here,
                running(replace(base, engines=far)) as away,
            ):
                field_.watch(here)
                field_.watch(away)
                await field_.ready()
                await _arrive(field_, here, away, clip, crowd)
                yield field_
                for talker in field_.talkers:
                    if talker.device is not None:
                        await talker.device.close()
        finally:
            for wire in wires.values():
                await wire.aclose()


async def _arrive(field_: Range, here: Running, away: Running, clip: bytes, crowd: int) -> None:
    english, german = "what time is it", "wie spät ist es"
    for number in range(crowd):
        for hub, way, words, sound, language in (
            (here, "spoken", "", clip, "en"),
            (here, "typed", english, b"", "en"),
            (here, "typed, German", german, b"", "de"),
            (away, "spoken, elsewhere", "", clip, "en"),
            (away, "typed, elsewhere", english, b"", "en"),
        ):
            talker = Talker(f"{way} {number}", way, words, sound)
            await talker.arrive(hub, language)
            field_.talkers.append(talker)


async def shoot(
    kills: int,
    cuts: int,
    seed: int,
    clip: bytes,
    folder: Path,
    *,
    seconds: float = 3600.0,
    crowd: int = 2,
    recovery: float = 40.0,
) -> Report:
    """So many processes killed, mixed by `seed`, and each remote cut `cuts` times in each way.

    Meanwhile five wearers by `crowd` talk, at the end everybody once more. No blow falls after `seconds`.
    """
    began = time.monotonic()
    async with shooting_range(seed, clip, folder, crowd) as field_:
        names = [name for name in PROCESSES if name in field_.pools]
        near = [names[number % len(names)] for number in range(kills)]
        far = [f"{server} {fault}" for server in ("ears", "voice") for fault in FAULTS] * cuts
        field_.dice.shuffle(near)
        field_.dice.shuffle(far)
        over = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            for talker in field_.talkers:
                group.create_task(field_.talking(talker, over))
            await asyncio.sleep(1.0)
            await asyncio.gather(field_.blows(near, seconds), field_.blows(far, seconds))
            over.set()
        await field_.recovered(recovery)
        field_.report.seconds = round(time.monotonic() - began, 1)
        return field_.report
