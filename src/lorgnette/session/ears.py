"""The ears: one microphone's stream becomes utterances.

Hot path, 50 calls per second and session: frames are cut into 32 ms windows, quiet ones stop at the energy
gate, the others go to the batched VAD; its answers drive the endpointer. No task, timer or allocation per
idle session beyond half a second of pre-roll.
"""

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol

from lorgnette.core.audio import BYTES_PER_SECOND
from lorgnette.engines.protocols import RecognitionStream, VoiceDetector
from lorgnette.session.endpoint import WINDOW_SECONDS, Endpointer, Patience

log = logging.getLogger(__name__)

WINDOW_BYTES: Final = 1024
PREROLL_WINDOWS: Final = 12
"""About 0.4 s before the start was noticed."""
LEAD_WINDOWS: Final = 4
"""What the VAD hears of the time before the gate opened: it notices speech sooner when it knows the room."""
MAX_PENDING: Final = 62
"""Windows waiting for the VAD: 2 s; beyond that the oldest are dropped and the gap is counted."""

Mode = Literal["closed", "push", "gate"]


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
        if self.mode == mode:
            return
        self.mode = mode
        self.endpointer.arm()

    def hear(self) -> None:
        """The end of being deaf."""
        self.deaf = False

    def close(self) -> None:
        """The microphone was closed: what was said so far is one utterance."""
        self.mode = "closed"
        utterance = self.utterance
        if utterance is not None:
            utterance.decided = self._now()
            self._finish(utterance)
        self._quiet()

    def cancel(self) -> None:
        """Forget what is being said ("never mind", a tap)."""
        utterance, self.utterance = self.utterance, None
        if utterance is not None and utterance.stream is not None:
            utterance.stream.cancel()
        self._quiet()

    def dispose(self) -> None:
        """The device is gone."""
        self.cancel()
        self.mode = "closed"
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
        if self._gate.update(level):
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
        self.utterance = None
        self.endpointer.reset()
        self._vad.reset(self._slot)
        self._listener.on_end(self, utterance)


def _unheard(probability: float) -> None:
    """The answer for a window that was taken as quiet already: only the model's state needed it."""


__all__ = ["WINDOW_SECONDS", "Ears", "Gate", "Levels", "Listener", "Measured", "Mode", "Utterance"]
