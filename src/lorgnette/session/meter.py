"""Turns counted and their stages timed, for `/metrics`; nothing in it says who spoke or what was said."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

BOUNDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1.1, 1.5, 2.0, 3.0, 5.0, 10.0, 30.0)
"""Upper bounds in seconds; the promises to the wearer (0.3, 0.7, 1.1 s) are among them."""
OUTCOMES: Final = ("done", "interrupted", "cancelled", "failed", "not_understood", "proposed")
STAGES: Final = 32
"""Names of stages kept apart at most: they come from code, and code may be somebody else's."""
FIRST_SOUND: Final = "first_sound"

type Stages = Sequence[tuple[str, float, float]]


class Histogram:
    """How often something took how long. `counts[i]`: up to `BOUNDS[i]`, the last one beyond all bounds."""

    __slots__ = ("counts", "sum")

    def __init__(self) -> None:
        self.counts = [0] * (len(BOUNDS) + 1)
        self.sum = 0.0

    def add(self, seconds: float) -> None:
        self.counts[bisect_left(BOUNDS, seconds)] += 1
        self.sum += seconds

    @property
    def cumulative(self) -> tuple[int, ...]:
        """As Prometheus wants them: how many were at most this long; the last one is their number."""
        return tuple(accumulate(self.counts))


class Meter:
    """Told once a turn, when it is over. Counts since the hub's start."""

    def __init__(self) -> None:
        self.turns = dict.fromkeys(OUTCOMES, 0)
        self.stages: dict[str, Histogram] = {}
        self.replies = {"voice": Histogram(), "text": Histogram()}
        """From the end of speech, or a typed text's arrival, to the first sound of the reply."""

    def turn(self, outcome: str, stages: Stages, *, typed: bool) -> None:
        """`stages`: the trace in ms; a stage that is a point in time counts from the turn's origin."""
        self.turns[outcome] = self.turns.get(outcome, 0) + 1
        seen: set[str] = set()
        for name, begin, end in stages:
            if name in seen or (name not in self.stages and len(self.stages) >= STAGES):
                continue
            seen.add(name)
            took = end - begin if end > begin else end
            self.stages.setdefault(name, Histogram()).add(max(0.0, took) / 1000)
            if name == FIRST_SOUND:
                self.replies["text" if typed else "voice"].add(max(0.0, end) / 1000)
