"""A turn's trace: named stages with begin and end on the hub's steady clock; no text in it."""

from collections.abc import Callable


class Trace:
    """Stages in the order of their begin; times in seconds of the clock it was made with."""

    __slots__ = ("_clock", "_open", "origin", "stages")

    def __init__(self, clock: Callable[[], float], origin: float | None = None) -> None:
        self._clock = clock
        self.origin = clock() if origin is None else origin
        """What the waterfall counts from: the end of speech, or the moment a text arrived."""
        self.stages: list[tuple[str, float, float]] = []
        self._open: dict[str, float] = {}

    def begin(self, stage: str) -> None:
        """The stage starts now; a second begin of an open stage is ignored."""
        self._open.setdefault(stage, self._clock())

    def end(self, stage: str) -> None:
        """The stage ends now; without a begin it is a point in time."""
        now = self._clock()
        self.stages.append((stage, self._open.pop(stage, now), now))

    def add(self, stage: str, begin: float, end: float) -> None:
        """A stage measured elsewhere."""
        self.stages.append((stage, begin, end))

    def has(self, stage: str) -> bool:
        return any(name == stage for name, _, _ in self.stages)

    def milliseconds(self) -> tuple[tuple[str, float, float], ...]:
        """(stage, begin, end) in ms after the origin, by begin; what is still open ends now."""
        now = self._clock()
        stages = [*self.stages, *((name, begin, now) for name, begin in self._open.items())]
        origin = self.origin
        return tuple(
            (name, round((begin - origin) * 1000, 2), round((end - origin) * 1000, 2))
            for name, begin, end in sorted(stages, key=lambda stage: stage[1])
        )
