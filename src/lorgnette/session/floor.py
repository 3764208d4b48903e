"""The floor: who may be heard. Pure: requests and times in, decisions out; nobody else writes to a speaker.

Two utterances never speak at once, except over one that is ducked (music under navigation). Priority
decides; `when_busy` says what becomes of the one that doesn't get the floor, or of the one it meets.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, Literal

MAX_WAITING: Final = 32


class Priority(IntEnum):
    """Higher speaks first."""

    MUSIC = 1
    NOTIFICATION = 2
    ANSWER = 3
    NAVIGATION = 4
    CALL = 5
    ALARM = 6


WhenBusy = Literal["queue", "duck", "drop", "interrupt"]
"""queue: wait for the floor · duck: speak over the other, which is lowered · drop: give up at once ·
interrupt: end the other if it has no higher priority, else wait."""


@dataclass(frozen=True, slots=True)
class Claim:
    """An utterance that wants the floor. `expires`: steady seconds after which it isn't worth saying.

    `background`: yields to everything by being ducked instead of ended (music).
    """

    id: str
    priority: Priority
    when_busy: WhenBusy = "queue"
    expires: float = float("inf")
    background: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """What to do now with utterance `id`."""

    do: Literal["start", "stop", "duck", "restore", "drop"]
    id: str


class Floor:
    """One speaker's floor. Every method returns the acts in their order; the caller carries them out."""

    def __init__(self) -> None:
        self._speaking: Claim | None = None
        self._under: Claim | None = None
        """A background utterance, ducked while somebody speaks."""
        self._waiting: list[Claim] = []

    @property
    def speaking(self) -> Claim | None:
        """Who has the floor in front."""
        return self._speaking

    @property
    def background(self) -> Claim | None:
        """Who sounds behind."""
        return self._under

    @property
    def waiting(self) -> Sequence[Claim]:
        """The queue, next first."""
        return tuple(self._waiting)

    def claim(self, claim: Claim, now: float) -> list[Act]:
        """Ask for the floor."""
        if claim.expires <= now or self._known(claim.id):
            return [Act("drop", claim.id)]
        if claim.background:
            return self._claim_background(claim)
        holder = self._speaking
        if holder is None:
            return self._give(claim)
        if claim.when_busy == "drop":
            return [Act("drop", claim.id)]
        may_cut = claim.when_busy in ("interrupt", "duck") and claim.priority >= holder.priority
        if may_cut:
            self._speaking = None
            return [Act("stop", holder.id), *self._give(claim)]
        return self._queue(claim)

    def finished(self, id: str, now: float) -> list[Act]:
        """The utterance ended by itself or was stopped by the wearer: the next one may speak."""
        if self._under is not None and self._under.id == id:
            self._under = None
            return []
        if self._speaking is None or self._speaking.id != id:
            self._waiting = [claim for claim in self._waiting if claim.id != id]
            return []
        self._speaking = None
        acts = self.expire(now)
        if self._waiting:
            following = self._waiting.pop(0)
            self._speaking = following
            return [*acts, Act("start", following.id)]
        if self._under is not None:
            acts.append(Act("restore", self._under.id))
        return acts

    def expire(self, now: float) -> list[Act]:
        """Drop what waited too long."""
        late = [claim for claim in self._waiting if claim.expires <= now]
        self._waiting = [claim for claim in self._waiting if claim.expires > now]
        return [Act("drop", claim.id) for claim in late]

    def clear(self) -> list[Act]:
        """Silence: stop what speaks and sounds, drop what waits."""
        acts = [Act("stop", claim.id) for claim in (self._speaking, self._under) if claim is not None]
        acts += [Act("drop", claim.id) for claim in self._waiting]
        self._speaking = self._under = None
        self._waiting = []
        return acts

    def _known(self, id: str) -> bool:
        claims = (self._speaking, self._under, *self._waiting)
        return any(claim is not None and claim.id == id for claim in claims)

    def _give(self, claim: Claim) -> list[Act]:
        self._speaking = claim
        ducked = [Act("duck", self._under.id)] if self._under is not None else []
        return [*ducked, Act("start", claim.id)]

    def _claim_background(self, claim: Claim) -> list[Act]:
        acts = [Act("stop", self._under.id)] if self._under is not None else []
        self._under = claim
        acts.append(Act("start", claim.id))
        if self._speaking is not None:
            acts.append(Act("duck", claim.id))
        return acts

    def _queue(self, claim: Claim) -> list[Act]:
        at = next(
            (n for n, other in enumerate(self._waiting) if other.priority < claim.priority),
            len(self._waiting),
        )
        self._waiting.insert(at, claim)
        if len(self._waiting) > MAX_WAITING:
            return [Act("drop", self._waiting.pop().id)]
        return []
