"""Two clocks, passed in and never read from the side: steady for durations, wall for dates."""

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """`steady()`: seconds that never jump; `now()`: an aware UTC datetime that may."""

    def steady(self) -> float: ...

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's clocks."""

    def steady(self) -> float:
        return time.monotonic()

    def now(self) -> datetime:
        return datetime.now(UTC)


class ManualClock:
    """A clock that tests and recordings move by hand."""

    def __init__(self, now: datetime | None = None) -> None:
        self._now = now or datetime(2026, 1, 1, tzinfo=UTC)
        self._start = self._now
        self._steady = 0.0

    def steady(self) -> float:
        return self._steady

    def now(self) -> datetime:
        return self._now

    def advance(self, seconds: float) -> None:
        """Both clocks go on by `seconds` (≥ 0)."""
        from datetime import timedelta

        self._steady += seconds
        self._now += timedelta(seconds=seconds)

    def jump(self, seconds: float) -> None:
        """The wall clock alone is set, as by NTP or a person."""
        from datetime import timedelta

        self._now += timedelta(seconds=seconds)
