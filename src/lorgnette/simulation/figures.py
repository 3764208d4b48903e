"""What the devices of a simulation felt, counted and timed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

KEPT = 200_000
"""Values of one kind; a longer simulation keeps the first."""


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value below which `share` of them lie; None without values."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@dataclass(slots=True)
class Figures:
    """All devices' together. Times are milliseconds."""

    counts: Counter[str] = field(default_factory=Counter)
    """sent, lost, turns, replies, barge_ins, barge_ins_found, self_interruptions, ghosts, reconnects, …"""
    times: dict[str, list[float]] = field(default_factory=dict)
    """first_sound (after the end of speech), hub, own, duck, stop, resume, connect, late (our own pacing)."""
    errors: list[str] = field(default_factory=list)

    def count(self, what: str, by: int = 1) -> None:
        self.counts[what] += by

    def time(self, what: str, milliseconds: float) -> None:
        values = self.times.setdefault(what, [])
        if len(values) < KEPT:
            values.append(milliseconds)

    def error(self, text: str) -> None:
        """Something that must not happen; the first few are kept word for word."""
        self.counts["errors"] += 1
        if len(self.errors) < 20:
            self.errors.append(text)

    def of(self, what: str, share: float) -> float | None:
        """A percentile of these times, in ms."""
        value = percentile(self.times.get(what, ()), share)
        return None if value is None else round(value, 2)

    def summary(self) -> dict[str, Any]:
        """For `--json`: every count, and of each time p50, p95 and how many."""
        return {
            **dict(sorted(self.counts.items())),
            **{
                f"{name}_ms": {"p50": self.of(name, 0.5), "p95": self.of(name, 0.95), "n": len(values)}
                for name, values in sorted(self.times.items())
            },
            "messages": self.errors,
        }
