"""How much a device may send: two token buckets, refilled by the steady clock. Pure but for that clock."""

import time


class Allowance:
    """Bursts of ten seconds are fine (a resend after a lost line), a steady flood isn't."""

    __slots__ = ("_bytes", "_bytes_rate", "_events", "_events_rate", "_last")

    BURST_SECONDS = 10.0

    def __init__(self, events_per_second: float, bytes_per_second: float) -> None:
        self._events_rate = events_per_second
        self._bytes_rate = bytes_per_second
        self._events = events_per_second * self.BURST_SECONDS
        self._bytes = bytes_per_second * self.BURST_SECONDS
        self._last = time.monotonic()

    def event(self) -> bool:
        """One more event; False when there were too many."""
        if self._events < 1:
            self._refill()
        self._events -= 1
        return self._events >= 0

    def bytes(self, count: int) -> bool:
        """`count` more bytes; False when there were too many."""
        if self._bytes < count:
            self._refill()
        self._bytes -= count
        return self._bytes >= 0

    def _refill(self) -> None:
        now = time.monotonic()
        past, self._last = now - self._last, now
        self._events = min(self._events + past * self._events_rate, self._events_rate * self.BURST_SECONDS)
        self._bytes = min(self._bytes + past * self._bytes_rate, self._bytes_rate * self.BURST_SECONDS)
