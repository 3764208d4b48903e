"""The ears: one microphone's stream becomes utterances.

Hot path, 50 calls per second and session: frames are cut into 32 ms windows, quiet ones stop at the energy
gate, the others go to the batched VAD; its answers drive the endpointer. No task, timer or allocation per
idle session beyond half a second of pre-roll.
"""

import logging
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol

from lorgnette.core.audio import BYTES_PER_SECOND
from lorgnette.engines.protocols import RecognitionStream, VoiceDetector
from lorgnette.session.completion import Pause
from lorgnette.session.endpoint import WINDOW_SECONDS, Endpointer, Patience
from lorgnette.session.waking import Waking

log = logging.getLogger(__name__)

WINDOW_BYTES: Final = 1024
PREROLL_WINDOWS: Final = 12
"""About 0.4 s before the start was noticed."""
LEAD_WINDOWS: Final = 4
"""What the VAD hears of the time before the gate opened: it notices speech sooner when it knows the room."""
WORDS_WINDOWS: Final = 3
"""How often the recogniser's words are looked at while somebody speaks: about every 0.1 s."""
MAX_PENDING: Final = 62
"""Windows waiting for the VAD: 2 s; beyond that the oldest are dropped and the gap is counted."""
WOKEN_NOBODY: Final = 5.0
"""Seconds in which somebody speaks after a wake word; then it was no call."""
RESIDUE: Final = 0.25
"""Seconds of speech right after a wake word that are taken as its end, cut off."""

Mode = Literal["closed", "push", "gate", "wake"]
"""wake: only a wake word is waited for; then it is `push` until an utterance or its timeout is over."""


class Gate(Protocol):
    """The cheap test before the VAD: may a window of this level (dBFS) be speech?"""

    def update(self, level: float) -> bool: ...


class Levels(Protocol):
    """Measures how loud windows are, many at once."""

    def measure(self, window: bytes, arrived: float, done: "Measured") -> None:
        """`done(window, arrived, dBFS)` soon, in order."""
        ...


Measured = Callable[[bytes, float, float], None]


@dataclass(slots=True)
class Utterance:
    """Speech in progress: its sound, the recogniser's stream, and when things happened (steady seconds)."""

    started: float
    audio: bytearray = field(default_factory=bytearray)
    stream: RecognitionStream | None = None
    last_speech: float = 0.0
    """When the last window with speech arrived."""
    decided: float = 0.0
    """When the window that ended it arrived."""
    speech_seconds: float = 0.0
    over_playback: bool = False
    pushed: bool = False
    shown: str = ""
    """The words so far, as displays have them."""
    pause: Pause | None = None
    """The last short silence."""
    unread: int = 0
    """Windows since the recogniser's words were looked at."""

    @property
    def seconds(self) -> float:
        return len(self.audio) / BYTES_PER_SECOND


class Listener(Protocol):
    """What the session does with what its ears notice. Nothing here may block."""

    def on_start(self, ears: "Ears", utterance: Utterance) -> None: ...

    def on_window(self, ears: "Ears", probability: float) -> None:
        """Every window while something sounds on the hub's side: for barge-in."""
        ...

    def on_pause(self, ears: "Ears", utterance: Utterance) -> None: ...

    def on_words(self, ears: "Ears", utterance: Utterance) -> None:
        """The recogniser may have understood more; only while somebody speaks."""
        ...

    def on_drop(self, ears: "Ears", utterance: Utterance) -> None:
        """What was being said is forgotten."""
        ...

    def on_end(self, ears: "Ears", utterance: Utterance) -> None: ...

    def on_nobody(self, ears: "Ears") -> None:
        """A microphone that was opened on purpose heard nothing."""
        ...


class Ears:
    """One device's microphone."""

    __slots__ = (
        "_buffer",
        "_gate",
        "_levels",
        "_listener",
        "_measuring",
        "_now",
        "_pending",
        "_preroll",
        "_shut",
        "_slot",
        "_vad",
        "_waiting",
        "_waking",
        "_woken",
        "deaf",
        "dropped",
        "endpointer",
        "mode",
        "utterance",
        "watching",
    )

    def __init__(
        self,
        vad: VoiceDetector,
        levels: Levels,
        gate: Gate,
        listener: Listener,
        now: Callable[[], float],
        patience: Patience | None = None,
    ) -> None:
        self._vad = vad
        self._slot = vad.open()
        self._levels = levels
        self._measuring = 0
        """Windows whose level isn't known yet."""
        self._gate = gate
        self._listener = listener
        self._now = now
        self._buffer = b""
        self._pending: deque[tuple[bytes, float, bool]] = deque()
        self._shut = LEAD_WINDOWS
        """Windows that the VAD hasn't heard since the gate shut."""
        self._preroll: deque[bytes] = deque(maxlen=PREROLL_WINDOWS)
        self.endpointer = Endpointer(patience)
        self.utterance: Utterance | None = None
        self.mode: Mode = "closed"
        self._waking: Waking | None = None
        self._waiting = False
        """When nothing more is said, a wake word is waited for again."""
        self._woken = 0.0
        """When a wake word opened it."""
        self.deaf = False
        """Half duplex: what comes in while the hub speaks is not heard."""
        self.watching = False
        """The session wants `on_window`: something sounds."""
        self.dropped = 0

    # ── opening and closing ────────────────────────────────────────────────────────────────────────────

    def open(self, mode: Literal["push", "gate"]) -> None:
        """Listen from now on. push: what comes is meant for the hub, an endpoint or `close` ends it."""
        if mode == "push":
            self.deaf = False  # a tap interrupts, also where hub and wearer take turns
        if mode == "gate":
            self._waiting = False
        if self.mode == mode:
            return
        self.mode = mode
        self._woken = 0.0
        self.endpointer.arm()

    def wait(self, waking: Callable[[], Waking]) -> None:
        """Wait for a wake word, now or when the utterance in progress is over."""
        if self._waking is None:
            self._waking = waking()
        self._waiting = True
        if self.mode != "push":
            self.cancel()
            self._waking.forget()
            self.mode = "wake"

    def rest(self) -> bool:
        """Wait for the next wake word, where one was waited for; else False."""
        if self._waiting and self._waking is not None:
            self._waking.forget()
            self.mode = "wake"
        return self._waiting

    def awaken(self, windows: Sequence[tuple[bytes, float]], seconds: float = WOKEN_NOBODY) -> None:
        """As if pushed, for so long; `windows` (with their arrival) were said already."""
        self._quiet()
        self._pending.clear()
        self._vad.reset(self._slot)
        self._shut = 0
        self.mode = "push"
        self._woken = self._now() if windows else 0.0
        self.endpointer.arm(seconds)
        for window, arrived in windows:
            self._detect(window, arrived)

    @property
    def waiting(self) -> bool:
        """A wake word is waited for, now or after the utterance in progress."""
        return self._waiting

    def hear(self) -> None:
        """The end of being deaf."""
        self.deaf = False

    def close(self) -> None:
        """The microphone was closed: what was said so far is one utterance."""
        self.mode = "closed"
        self._waiting = False
        utterance = self.utterance
        if utterance is not None:
            utterance.decided = self._now()
            self._finish(utterance)
        self._quiet()

    def cancel(self) -> None:
        """Forget what is being said ("never mind", a tap)."""
        utterance, self.utterance = self.utterance, None
        if utterance is not None:
            if utterance.stream is not None:
                utterance.stream.cancel()
            self._listener.on_drop(self, utterance)
        self._quiet()

    def dispose(self) -> None:
        """The device is gone."""
        self.cancel()
        self.mode = "closed"
        self._waiting = False
        if self._waking is not None:
            self._waking.close()
            self._waking = None  # it holds these ears
        self._vad.close(self._slot)

    @property
    def backlog(self) -> int:
        """Windows that aren't judged yet."""
        return len(self._pending) + self._measuring

    def _quiet(self) -> None:
        self.endpointer.reset()
        self._preroll.clear()
        self._buffer = b""

    # ── the hot path ───────────────────────────────────────────────────────────────────────────────────

    def push(self, pcm: bytes) -> None:
        """One frame, PCM16 mono 16 kHz."""
        if self.mode == "closed" or self.deaf:
            return
        buffer = self._buffer + pcm if self._buffer else pcm
        if len(buffer) < WINDOW_BYTES:
            self._buffer = buffer
            return
        arrived = self._now()
        while len(buffer) >= WINDOW_BYTES:
            window, buffer = buffer[:WINDOW_BYTES], buffer[WINDOW_BYTES:]
            self._measuring += 1
            self._levels.measure(window, arrived, self._measured)
        self._buffer = buffer

    def _measured(self, window: bytes, arrived: float, level: float) -> None:
        self._measuring -= 1
        if self.mode == "closed" or self.deaf:
            return
        if self.mode == "wake":
            if self._waking is not None:
                self._waking.take(window, arrived, loud=self._gate.update(level))
        elif self._gate.update(level):
            self._detect(window, arrived)
        elif not self._pending:
            self._shut += 1
            self._take(0.0, window, arrived)
        elif self._room():
            self._shut += 1
            self._pending.append((window, arrived, False))

    def _detect(self, window: bytes, arrived: float) -> None:
        """Ask the VAD, which needs what was before an opening gate too: an onset may lie across both."""
        if not self._room():
            return
        if self._shut:
            if not self._pending:
                for unheard in list(self._preroll)[-min(self._shut, LEAD_WINDOWS) :]:
                    self._vad.submit(self._slot, unheard, _unheard)
            self._shut = 0
        self._pending.append((window, arrived, True))
        self._vad.submit(self._slot, window, self._answer)

    def _room(self) -> bool:
        if len(self._pending) < MAX_PENDING:
            return True
        self.dropped += 1
        return False

    def _answer(self, probability: float) -> None:
        """For the oldest window that the VAD was asked about; quiet ones behind it had to wait for it."""
        pending = self._pending
        if not pending:
            return
        try:
            window, arrived, _ = pending.popleft()
            if self.mode != "closed":
                self._take(probability, window, arrived)
            while pending and not pending[0][2]:
                window, arrived, _ = pending.popleft()
                if self.mode != "closed":
                    self._take(0.0, window, arrived)
        except Exception:
            # One answer of a batch: the others', of other sessions, must come as well.
            log.exception("an ear failed over a window")

    def _take(self, probability: float, window: bytes, arrived: float) -> None:
        endpointer = self.endpointer
        utterance = self.utterance
        if utterance is not None:
            utterance.audio += window
            if utterance.stream is not None:
                utterance.stream.feed(window)
                utterance.unread += 1
                if utterance.unread >= WORDS_WINDOWS:
                    utterance.unread = 0
                    self._listener.on_words(self, utterance)
            if probability >= endpointer.KEEP:
                utterance.last_speech = arrived
        elif probability == 0.0 and not self.watching and not endpointer.speaking and self.mode == "gate":
            # The idle path: silence, nobody speaking, nothing sounding.
            self._preroll.append(window)
            if endpointer._recent:  # noqa: SLF001
                endpointer.step(0.0)
            return
        else:
            self._preroll.append(window)
        if self.watching:
            self._listener.on_window(self, probability)
        cue = endpointer.step(probability)
        if cue in ("none", "speech", "false_start"):
            return
        self._react(cue, arrived)

    def _react(self, cue: str, arrived: float) -> None:
        utterance = self.utterance
        if cue == "started":
            utterance = self.utterance = Utterance(
                started=arrived, last_speech=arrived, pushed=self.mode == "push"
            )
            utterance.audio += b"".join(self._preroll)
            self._preroll.clear()
            self._listener.on_start(self, utterance)
            if utterance.stream is not None:
                utterance.stream.feed(bytes(utterance.audio))
        elif cue == "paused" and utterance is not None:
            self._listener.on_pause(self, utterance)
        elif cue == "ended" and utterance is not None:
            utterance.decided = arrived
            self._finish(utterance)
        elif cue == "timeout" and self.mode == "push":
            self._quiet()
            self._listener.on_nobody(self)

    def finish(self) -> None:
        """The words are whole and the silence long enough: end the utterance now."""
        utterance = self.utterance
        if utterance is not None:
            utterance.decided = self._now()
            self._finish(utterance)

    def _finish(self, utterance: Utterance) -> None:
        utterance.speech_seconds = self.endpointer.speech_seconds
        if self._woken and utterance.started - self._woken < RESIDUE and utterance.speech_seconds < RESIDUE:
            self.cancel()
            self._vad.reset(self._slot)
            self.endpointer.arm(WOKEN_NOBODY)
            return
        self.utterance = None
        self.endpointer.reset()
        self._vad.reset(self._slot)
        self._listener.on_end(self, utterance)


def _unheard(probability: float) -> None:
    """The answer for a window that was taken as quiet already: only the model's state needed it."""


__all__ = ["WINDOW_SECONDS", "Ears", "Gate", "Levels", "Listener", "Measured", "Mode", "Utterance"]
