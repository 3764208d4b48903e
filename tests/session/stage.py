"""A session on a stage of doubles: scripted mind, canned engines, loudness for a VAD, everything recorded."""

import asyncio
import dataclasses
import math
import struct
from collections.abc import AsyncIterator, Callable
from typing import Any

from lorgnette.core import events
from lorgnette.core.clock import SystemClock
from lorgnette.core.forms import Capabilities, Display, Microphone, Speaker
from lorgnette.core.people import Device, Wearer
from lorgnette.engines.canned import CannedRecognizer, CannedSynthesizer
from lorgnette.engines.vad.energy import EnergyDetector
from lorgnette.media.level import EnergyGate
from lorgnette.mind.request import Outcome, Piece, Request, Say
from lorgnette.session.attachment import Attachment
from lorgnette.session.levels import LevelBatch
from lorgnette.session.rendering import rendered
from lorgnette.session.router import Pacer
from lorgnette.session.sessions import Sessions
from lorgnette.session.wiring import Wiring
from lorgnette.session.words import SessionWords

GLASSES = Capabilities(
    form="ar", microphone=Microphone(listen="always"), speaker=Speaker(), display=Display(), inputs=("touch",)
)


def loud(seconds: float) -> bytes:
    """A voice-like hum."""
    count = int(seconds * 16_000)
    return b"".join(
        struct.pack("<h", int(9000 * math.sin(n * 0.08) + 3000 * math.sin(n * 0.21))) for n in range(count)
    )


def quiet(seconds: float) -> bytes:
    return bytes(int(seconds * 16_000) * 2)


async def until(condition: Callable[[], object], seconds: float = 5.0) -> None:
    """Wait for something to become true."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.005)


class Hours(SystemClock):
    """The machine's clocks, which a test may put forward by `ahead` seconds."""

    ahead = 0.0

    def steady(self) -> float:
        return super().steady() + self.ahead


class ScriptedMind:
    """Answers with what it is told, piece by piece."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.pieces: list[Any] = [Say("Timer, five minutes.")]
        self.undone = 0

    async def respond(self, request: Request) -> AsyncIterator[Piece]:
        self.requests.append(request)
        for piece in self.pieces:
            if callable(piece):
                await piece()
            else:
                yield piece
        yield Outcome()

    def whole(self, text: str, language: str) -> bool:
        return True

    async def undo(self, wearer: str) -> Say | None:
        self.undone += 1
        return Say("Undone.")


class Memory:
    """Journal, inbox, people and alarms in a list."""

    def __init__(self) -> None:
        self.log: list[tuple[Any, ...]] = []
        self.left: list[Any] = []
        self.scheduled: list[Any] = []
        self.messages: list[Any] = []

    def begin(self, turn, wearer, device, language, transcript, typed) -> None:
        self.log.append(("begin", turn, transcript))

    def sentence(self, turn, index, text) -> None:
        self.log.append(("sentence", index, text))

    def heard(self, turn, index) -> None:
        self.log.append(("heard", index))

    def end(self, turn, outcome, trace) -> None:
        self.log.append(("end", outcome))

    async def unfinished(self, wearer, within):
        return self.left

    async def put(self, message) -> None:
        self.messages.append(message)

    async def waiting(self, wearer):
        return list(self.messages)

    async def delivered(self, id) -> None:
        self.messages = [one for one in self.messages if one.id != id]
        self.log.append(("delivered", id))

    async def wearer(self, id):
        return Wearer(id=id, name="Ada", role="owner", language="en", zone="Europe/Berlin")

    async def change(self, id, **values):
        self.log.append(("wearer", values))
        return await self.wearer(id)

    async def items(self, wearer):
        return list(self.scheduled)

    async def dismiss(self, wearer) -> bool:
        self.scheduled = []
        self.log.append(("dismissed",))
        return True


class Glasses:
    """A device that keeps what it gets and says `played` as a real one does."""

    def __init__(self, *, plays: bool = True) -> None:
        self.events: list[Any] = []
        self.sound = bytearray()
        self.plays = plays
        self.attachment: Attachment | None = None

    def send(self, event) -> None:
        self.events.append(event)
        if self.plays and isinstance(event, events.SentenceEnd) and self.attachment is not None:
            self.attachment.event(events.Played(event.utterance, event.index))

    def audio(self, pcm, time_us) -> None:
        self.sound += pcm

    def of(self, kind):
        return [event for event in self.events if isinstance(event, kind)]


class Stage:
    """Everything wired."""

    def __init__(self, *, pacer: Pacer | None = None, text: str = "set a timer for five minutes") -> None:
        self.mind = ScriptedMind()
        self.memory = Memory()
        self.clock = Hours()
        self.wiring = Wiring(
            vad=EnergyDetector(),
            levels=LevelBatch(),
            gate=EnergyGate,
            recognizer=CannedRecognizer(text),
            synthesizer=CannedSynthesizer(),
            mind=self.mind,
            words=SessionWords(),
            journal=self.memory,
            inbox=self.memory,
            people=self.memory,
            alarms=self.memory,
            rendered=rendered,
            pacer=pacer or Pacer(),
            clock=self.clock,
            echo=lambda: None,
        )
        self.sessions = Sessions(self.wiring)

    def wire(self, **others: Any) -> None:
        """Wire it anew, with other parts."""
        self.wiring = dataclasses.replace(self.wiring, **others)
        self.sessions = Sessions(self.wiring)

    async def attach(
        self, capabilities: Capabilities = GLASSES, *, id: str = "d1", wearer: str = "w1", plays: bool = True
    ) -> tuple[Glasses, Attachment]:
        glasses = Glasses(plays=plays)
        device = Device(id=id, name="glasses", wearer=wearer)
        glasses.attachment = await self.sessions.attach(device, capabilities, glasses)
        return glasses, glasses.attachment
