"""A simulated wearer: says its clips one after another, with pauses that keep its share of speech. Pure."""

import random
from collections.abc import Sequence
from enum import Enum
from typing import Final

from lorgnette.simulation.clips import Clip

FRAMES_PER_SECOND: Final = 50


class Part(Enum):
    """What the frame of this moment is."""

    QUIET = 0
    BEGIN = 1
    SPEECH = 2
    END = 3
    """The last frame with speech: from its sending counts what the wearer waits."""


class Wearer:
    """Call `frame` once every 20 ms. `share`: part of the time that is speech; 0 says nothing unasked."""

    __slots__ = (
        "_at",
        "_background",
        "_clip",
        "_clips",
        "_next",
        "_random",
        "_share",
        "_then",
        "_wait",
        "cutting_in",
    )

    def __init__(
        self, clips: Sequence[Clip], background: Sequence[bytes], share: float, dice: random.Random
    ) -> None:
        self._clips = clips
        self._background = background
        self._share = share
        self._random = dice
        self._clip: Clip | None = None
        self._at = 0
        self._next = dice.randrange(len(background))
        self._then = -1
        """Frames after this clip until one that cuts in."""
        self.cutting_in = False
        """What is said now, or next, is said over the hub's reply on purpose."""
        cycle = len(clips[0].frames) / share if share else 0.0
        self._wait = FRAMES_PER_SECOND // 2 + dice.randrange(int(cycle) + 1) if share else -1

    @property
    def speaking(self) -> bool:
        """A clip is being said."""
        return self._clip is not None

    def speak_in(self, frames: int, *, cutting_in: bool = False) -> None:
        """Say the next clip so many frames from now, or from the end of the one that is said."""
        if self._clip is None:
            self._wait = frames
            self.cutting_in = cutting_in
        elif cutting_in:
            self._then = frames

    def hush(self) -> None:
        """Don't say what was about to be said over a reply that is over."""
        self._then = -1
        if self._clip is None and self.cutting_in:
            self.cutting_in = False
            self._wait = self._pause()

    def frame(self) -> tuple[bytes, Part]:
        """The microphone's next 20 ms."""
        clip = self._clip
        if clip is None:
            if self._wait:
                if self._wait > 0:
                    self._wait -= 1
                self._next = (self._next + 1) % len(self._background)
                return self._background[self._next], Part.QUIET
            clip = self._clip = self._random.choice(self._clips)
            self._at = 0
        at = self._at
        self._at = at + 1
        if self._at == len(clip.frames):
            self._clip = None
            self.cutting_in = self._then >= 0
            self._wait = self._then if self.cutting_in else self._pause(len(clip.frames))
            self._then = -1
        if at == clip.begin:
            return clip.frames[at], Part.BEGIN
        if at == clip.end:
            return clip.frames[at], Part.END
        return clip.frames[at], Part.SPEECH if clip.begin < at < clip.end else Part.QUIET

    def _pause(self, said: int = 100) -> int:
        """Frames until the next clip: the share holds in the mean."""
        if not self._share:
            return -1
        return int(said * (1 / self._share - 1) * self._random.uniform(0.75, 1.25))
