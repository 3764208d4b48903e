"""Adaptive endpointing: when has somebody finished speaking? Pure, in audio time.

Windows of 32 ms with a speech probability go in; `started`, `paused` and `ended` come out. How long a
silence ends the utterance depends on what was said: a whole sentence needs little, an open one ("and
then…") much. The caller asks the recogniser in the first pause and says so with `limit`.
"""

from dataclasses import dataclass
from typing import Final, Literal

WINDOW_SECONDS: Final = 512 / 16_000

Cue = Literal["none", "speech", "started", "paused", "ended", "false_start", "timeout"]
"""speech: the first loud window of a possible start · started: it is speech · paused: a short silence, ask
how complete it is · ended: the utterance is over · false_start: it was a click · timeout: nobody spoke."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds of silence that end an utterance. `ask`: when the recogniser is asked for its guess.

    `finished`: where only the ear says that it is over (`session.completion`).
    """

    ask: float = 0.2
    complete: float = 0.3
    finished: float = 0.4
    unknown: float = 0.6
    open: float = 0.9
    longest: float = 30.0
    nobody: float = 8.0


class Endpointer:
    """One microphone's state. `step` takes each window's probability, in order."""

    START: Final = 0.5
    KEEP: Final = 0.35
    """Below START: speech that goes on may be fainter than speech that begins."""
    CONFIRM: Final = 2
    """Windows of speech among the last three that make a start."""

    def __init__(self, patience: Patience | None = None) -> None:
        self.patience = patience or Patience()
        self.speaking = False
        self.speech_seconds = 0.0
        """Seconds of speech in this utterance, without its pauses."""
        self.silence = 0.0
        self.length = 0.0
        self._recent = 0
        self._limit = self.patience.unknown
        self._asked = False
        self._held = False
        self._nobody = self.patience.nobody

    def hold(self, *, held: bool) -> None:
        """While a button is held nothing ends but by `nobody` or `longest`."""
        self._held = held

    def arm(self, nobody: float = 0.0) -> None:
        """The microphone was opened on purpose: the time until somebody speaks counts from now.

        `nobody`: seconds of it, where they aren't those of `Patience`.
        """
        self.reset()
        self._nobody = nobody or self.patience.nobody

    def reset(self) -> None:
        """Ready for the next utterance."""
        self.speaking = False
        self.speech_seconds = self.silence = self.length = 0.0
        self._recent = 0
        self._limit = self.patience.unknown
        self._asked = False
        self._nobody = self.patience.nobody

    def limit(self, seconds: float) -> None:
        """How long a silence ends it; holds until speech goes on."""
        self._limit = seconds

    def step(self, probability: float) -> Cue:
        """Take one window; say what it means."""
        self.length += WINDOW_SECONDS
        if not self.speaking:
            return self._waiting(probability)
        if probability >= self.KEEP:
            self.speech_seconds += WINDOW_SECONDS
            if self.silence:
                self.silence = 0.0
                self._asked = False
                self._limit = self.patience.unknown
            return "ended" if self.length >= self.patience.longest else "none"
        self.silence += WINDOW_SECONDS
        if self._held:
            return "ended" if self.length >= self.patience.longest else "none"
        if self.silence >= self._limit:
            return "ended"
        if not self._asked and self.silence >= self.patience.ask:
            self._asked = True
            return "paused"
        return "none"

    def _waiting(self, probability: float) -> Cue:
        loud = probability >= self.START
        before = self._recent
        self._recent = ((self._recent << 1) | loud) & 0b111
        if self._recent.bit_count() >= self.CONFIRM:
            self.speaking = True
            self.speech_seconds = self.CONFIRM * WINDOW_SECONDS
            self.length = 3 * WINDOW_SECONDS
            self.silence = 0.0
            return "started"
        if loud and not before:
            return "speech"
        if before and not self._recent:
            return "false_start"
        if self.length >= self._nobody:
            self.length = 0.0
            return "timeout"
        return "none"
