"""One simulated pair of glasses: what it sends each 20 ms, and what its wearer feels."""

import asyncio
import random
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from lorgnette.core import events
from lorgnette.core.audio import FRAME_MS
from lorgnette.core.errors import LorgnetteError
from lorgnette.core.forms import Capabilities, Display, Microphone, Speaker
from lorgnette.gateways.native.softdevice import SoftDevice
from lorgnette.simulation.clips import Clip
from lorgnette.simulation.figures import Figures
from lorgnette.simulation.plan import OWN_CANCELLER_DB, Plan
from lorgnette.simulation.room import Room
from lorgnette.simulation.wearer import FRAMES_PER_SECOND, Part, Wearer

FRAME_US: Final = FRAME_MS * 1000
RECENT_SECONDS: Final = 2.5
"""An answer, or a stop, within this time of the wearer's own speech is the wearer's doing."""
FOUND_SECONDS: Final = 3.0
"""A barge-in that stopped nothing by then was missed."""
DUCKED: Final = 0.9
"""Of the level before: less means that the reply is being ducked. For a voice of one level, the canned."""
CUT_IN_FRAMES: Final = (40, 150)
"""When a wearer cuts in: 0.8 to 3 s into a reply."""
ASK_FRAMES: Final = 25


class Glasses:
    """Made for one token; `run` connects, `tick` is called every 20 ms, `leave` hangs up."""

    def __init__(
        self,
        url: str,
        token: str,
        plan: Plan,
        clips: Sequence[Clip],
        background: Sequence[bytes],
        figures: Figures,
        number: int = 0,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url = url
        self._plan = plan
        self._figures = figures
        self._now = now
        self._dice = random.Random(plan.seed * 100_003 + number)  # noqa: S311 - no secret
        self.wearer = Wearer(clips, background, plan.share, self._dice)
        self.device = SoftDevice(
            token,
            Capabilities(
                form="ar",
                microphone=Microphone(listen="always", aec=plan.aec),
                speaker=Speaker(),
                display=Display(),
                inputs=("touch", "text"),
            ),
            name=f"simulated {number}",
            on_event=self._event,
            on_audio=self._audio,
            clock_us=self._clock_us,
        )
        self.room: Room | None = None
        if plan.echo is not None:
            self.room = Room(plan.echo, OWN_CANCELLER_DB if plan.aec == "device" else 0.0)
        self._delayed: deque[tuple[float, bytes, int]] = deque()
        self._released = 0.0
        self._ended = 0.0
        """When the last frame with speech was sent, until the answer's first sound."""
        self._spoke = 0.0
        """When the wearer last began or ended an utterance."""
        self._waiting = ""
        """The utterance of the hub whose first sound is awaited."""
        self._speech = ""
        """What the hub says now."""
        self._kind = ""
        self._level = 0.0
        self._cut = 0.0
        """When the wearer began to talk over the reply; 0: didn't."""
        self._ducked = False
        self._silent_frames = 0
        self._dropped = 0.0
        self._moving: asyncio.Task[None] | None = None
        self.online = False
        self._next_drop = self._after(plan.reconnect)
        self._next_leave = self._after(plan.stay)

    # ── coming and going ───────────────────────────────────────────────────────────────────────────────

    async def arrive(self) -> bool:
        """Connect and open the microphone; False, and an error in the figures, when that failed."""
        begun = self._now()
        try:
            await self.device.connect(self._url)
        except (LorgnetteError, OSError, TimeoutError) as error:
            self._figures.count("refused")
            self._figures.error(f"{self.device.name}: {type(error).__name__} {error}")
            return False
        self._figures.time("connect", (self._now() - begun) * 1000)
        self.online = True
        self.device.event(events.ListenStart("always"))
        return True

    async def leave(self) -> None:
        """Hang up for good."""
        self.online = False
        if self._moving is not None:
            self._moving.cancel()
            await asyncio.gather(self._moving, return_exceptions=True)
        if not self.device.closed.is_set() and self.device.welcome is not None:
            await self.device.close()

    async def _drop(self) -> None:
        """The line breaks; after a while the device is back and resumes."""
        self._dropped = self._now()
        self.device.drop()
        await self.device.closed.wait()
        await asyncio.sleep(self._plan.away)
        begun = self._now()
        try:
            welcome = await self.device.connect(self._url)
        except (LorgnetteError, OSError, TimeoutError) as error:
            self._figures.error(f"{self.device.name} could not resume: {error}")
            return
        self._dropped = self._now()
        self._figures.count("reconnects")
        if welcome.resumed:
            self._figures.count("resumed")
            self._figures.time("resume", (self._dropped - begun) * 1000)
        else:
            self.device.event(events.ListenStart("always"))

    async def _go_and_come(self) -> None:
        """Leave and come again as somebody new."""
        self.online = False
        await self.device.close()
        self._figures.count("left")
        self.device.welcome = None
        self._forget()
        await asyncio.sleep(self._dice.uniform(0.2, 2.0))
        await self.arrive()

    def _forget(self) -> None:
        self._waiting = self._speech = ""
        self._cut = self._ended = 0.0
        self._delayed.clear()

    def _after(self, every: float) -> float:
        return self._now() + every * self._dice.uniform(0.5, 1.5) if every else float("inf")

    @property
    def _moves(self) -> bool:
        return self._moving is not None and not self._moving.done()

    # ── the microphone ─────────────────────────────────────────────────────────────────────────────────

    def tick(self, at: float) -> None:
        """The frame that was captured in the 20 ms before `at` (monotonic seconds) is complete."""
        if not self.online:
            return
        plan = self._plan
        pcm, part = self.wearer.frame()
        at_us = int(at * 1e6) - FRAME_US
        if self.room is not None:
            pcm = self.room.heard(pcm, at_us)
        if plan.loss and self._dice.random() < plan.loss:
            self.device.skip(1)
            self._figures.count("lost")
        elif plan.jitter:
            self._released = max(self._released, at + self._dice.uniform(0.0, plan.jitter))
            self._delayed.append((self._released, pcm, at_us))
        else:
            self.device.microphone(pcm, at_us)
        while self._delayed and self._delayed[0][0] <= at:
            _, late_pcm, late_us = self._delayed.popleft()
            self.device.microphone(late_pcm, late_us)
        if part is Part.BEGIN:
            self._begin(at)
        elif part is Part.END:
            self._ended = self._spoke = self._now()
        if self._next_drop < at or self._next_leave < at or plan.ask or self._cut:
            self._seldom(at)

    def _begin(self, at: float) -> None:
        self._spoke = at
        self._ended = 0.0
        self._figures.count("utterances")
        if self._speech and self._kind == "answer" and self.wearer.cutting_in:
            self._figures.count("barge_ins")
            self._cut = at
            self._ducked = False

    def _seldom(self, at: float) -> None:
        if self._cut and at - self._cut > FOUND_SECONDS:
            self._figures.count("barge_ins_missed")
            self._cut = 0.0
        if self._plan.ask and not self._moves:
            silent = not self._speech and not self.wearer.speaking
            self._silent_frames = self._silent_frames + 1 if silent else 0
            if self._silent_frames >= ASK_FRAMES:
                self._silent_frames = -10 * FRAMES_PER_SECOND
                self.device.event(events.Typed(self._plan.ask))
        if self._moves or self._cut:
            return
        if self._next_leave < at:
            self._next_leave = self._after(self._plan.stay)
            self._moving = asyncio.create_task(self._go_and_come())
        elif self._next_drop < at:
            self._next_drop = self._after(self._plan.reconnect)
            self._moving = asyncio.create_task(self._drop())

    def _clock_us(self) -> int:
        return int(self._now() * 1e6)

    # ── what comes back ────────────────────────────────────────────────────────────────────────────────

    def _audio(self, pcm: bytes, time_us: int) -> None:
        now = self._now()
        self._figures.counts["frames_heard"] += 1
        if self._waiting:
            self._first_sound(now)
        if self.room is not None:
            self.room.played(pcm, max(time_us - self.device.hub_ahead_us, int(now * 1e6)))
        if self._cut:
            self._hear_duck(pcm, max(now, (time_us - self.device.hub_ahead_us) / 1e6))
        elif self._plan.barge_in and self._speech:
            self._level += 0.1 * (_rms(pcm) - self._level)

    def _first_sound(self, now: float) -> None:
        self._waiting = ""
        if self._ended and not self.wearer.speaking and now - self._ended < 30.0:
            self._figures.time("first_sound", (now - self._ended) * 1000)
            self._ended = 0.0

    def _hear_duck(self, pcm: bytes, sounds_at: float) -> None:
        if not self._ducked and _rms(pcm) < DUCKED * self._level:
            self._ducked = True
            self._figures.time("duck", (sounds_at - self._cut) * 1000)

    def _event(self, event: events.ToDevice) -> None:
        match event:
            case events.SpeechBegin(utterance=utterance, kind=kind):
                self._speech, self._kind = utterance, kind
                self._level = 0.0
                if kind == "answer":
                    self._figures.count("replies")
                    self._waiting = utterance
                    if self._plan.barge_in and self._dice.random() < self._plan.barge_in:
                        self.wearer.speak_in(self._dice.randint(*CUT_IN_FRAMES), cutting_in=True)
            case events.SpeechEnd(utterance=utterance, reason=reason):
                self._speech_end(utterance, reason)
            case events.Transcript(typed=False):
                self._figures.count("transcripts")
                if not self._spoke_lately:
                    self._figures.count("ghosts")
            case events.TurnDone(outcome=outcome, stages=stages):
                self._figures.count("turns")
                self._silent_frames = 0
                if outcome == "failed":
                    self._figures.error(f"{self.device.name}: a turn failed")
                self._stages(stages)
            case events.MicOpen():
                pass
            case _:
                pass

    def _speech_end(self, utterance: str, reason: str) -> None:
        now = self._now()
        if reason == "stopped" and self._kind == "answer" and utterance == self._speech:
            if self._cut:
                self._figures.count("barge_ins_found")
                self._figures.time("stop", (now - self._cut) * 1000)
            elif not self._spoke_lately and now - self._dropped > RECENT_SECONDS:
                self._figures.count("self_interruptions")
        elif self._cut:
            # The reply was over by itself before the hub could have stopped it.
            self._figures.count("barge_ins_late" if now - self._cut < 0.5 else "barge_ins_missed")
        if utterance == self._speech:
            self._speech = self._waiting = ""
            self._silent_frames = 0
        self._cut = 0.0
        self.wearer.hush()

    @property
    def _spoke_lately(self) -> bool:
        if self.wearer.speaking:
            return True
        return self._now() - self._spoke < RECENT_SECONDS

    def _stages(self, stages: Sequence[tuple[str, float, float]]) -> None:
        """Hub time: from the deciding frame to the first sound; `own`: the same less recogniser and voice."""
        ends = {name: end for name, _, end in stages}
        if "endpoint" not in ends or "first_sound" not in ends:
            return
        hub = ends["first_sound"] - ends["endpoint"]
        engines = sum(end - begin for name, begin, end in stages if name in ("asr", "tts"))
        self._figures.time("hub", hub)
        self._figures.time("own", hub - engines)


def _rms(pcm: bytes) -> float:
    samples = np.frombuffer(pcm, np.int16).astype(np.float32)
    return float(np.sqrt(np.mean(samples * samples)))
