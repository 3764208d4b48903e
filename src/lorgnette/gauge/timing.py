"""Repeats and their median."""

import statistics
import time
from collections.abc import Iterator, Sequence


def rounds(repeats: int, seconds: float) -> Iterator[int]:
    """Numbers of repeats; the first one always, no further one after `seconds`."""
    began = time.monotonic()
    for number in range(max(1, repeats)):
        if number and time.monotonic() - began > seconds:
            return
        yield number


def median(values: Sequence[float], digits: int = 4) -> float | None:
    """None of nothing."""
    return round(statistics.median(values), digits) if values else None


def spread(values: Sequence[float]) -> float | None:
    """The slowest by the median: how much a single figure may be off."""
    middle = statistics.median(values) if values else 0.0
    return round(max(values) / middle, 2) if middle else None
