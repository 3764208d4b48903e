"""Clock sync: what a device's microseconds are on the hub's steady clock. Pure.

Each ping/pong gives a round trip and an offset; the one with the shortest round trip of the last minute
counts (as NTP's clock filter does, RFC 5905 §10), and drift is the slope between early and late ones. A clock
that lies or jumps only spoils its own timestamps: they are clamped to what is possible.
"""

from collections import deque
from dataclasses import dataclass
from typing import Final

KEEP: Final = 32
MAX_DRIFT: Final = 500e-6
"""500 ppm; a worse crystal is a lie."""
MAX_AGE_US: Final = 15_000_000
"""Nothing older than this comes from a device (10 s of kept audio and a slow line)."""


@dataclass(frozen=True, slots=True)
class _Sample:
    at: int
    offset: int
    trip: int


class TimeSync:
    """One device's clock against the hub's, both in µs."""

    def __init__(self) -> None:
        self._samples: deque[_Sample] = deque(maxlen=KEEP)
        self.offset = 0
        """hub = device + offset, at the time of the best sample."""
        self.drift = 0.0
        """How much faster the hub's clock runs, as a fraction."""
        self._base = 0
        self.trip = 0
        """Shortest round trip, µs."""

    @property
    def known(self) -> bool:
        return bool(self._samples)

    def pong(self, sent: int, device: int, received: int) -> None:
        """The hub asked at `sent`, the device answered at its own `device`, it arrived at `received`."""
        trip = received - sent
        if trip < 0 or trip > MAX_AGE_US:
            return
        self._samples.append(_Sample(device, (sent + received) // 2 - device, trip))
        best = min(self._samples, key=lambda sample: sample.trip)
        self.offset, self._base, self.trip = best.offset, best.at, best.trip
        first, last = self._samples[0], self._samples[-1]
        span = last.at - first.at
        if span > 5_000_000:
            slope = (last.offset - first.offset) / span
            self.drift = max(-MAX_DRIFT, min(MAX_DRIFT, slope))

    def hub_time(self, device: int, now: int) -> int:
        """The device's `device` µs on the hub's clock; never in the future, never older than 15 s."""
        if not self._samples:
            return now
        estimate = device + self.offset + int((device - self._base) * self.drift)
        return min(now, max(now - MAX_AGE_US, estimate))
