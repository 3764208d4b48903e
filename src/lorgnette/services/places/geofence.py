"""Whether somebody came to a place or left it, from positions that jump: pure, one place at a time.

A position speaks for a side only where its own accuracy leaves no doubt; between the sides there is a belt
that speaks for neither. A side is changed when for a while every position has spoken for the other one.
"""

from dataclasses import dataclass, replace
from math import asin, cos, radians, sin, sqrt
from typing import Final, Literal

EARTH_M: Final = 6_371_008.8
DWELL_S: Final = {"enter": 20.0, "leave": 30.0}
"""Seconds for which all must agree: a bus that passes stays less in a circle of 100 m."""

SILENT_S: Final = 45.0
"""A device that lies still says nothing more: after this, what it said last counts."""

FAST: Final = 8.0
"""m/s: who is in a vehicle hasn't arrived, however silent the device is."""

BELT: Final = 0.25
LEAST_BELT_M: Final = 25.0

type Crossing = Literal["enter", "leave"]


@dataclass(frozen=True, slots=True)
class Fix:
    """A position. `at`: epoch seconds; `accuracy`: metres within which it holds in two cases of three."""

    at: float
    latitude: float
    longitude: float
    accuracy: float = 0.0
    speed: float | None = None


@dataclass(frozen=True, slots=True)
class Circle:
    """A place: degrees and metres."""

    latitude: float
    longitude: float
    radius: float


@dataclass(frozen=True, slots=True)
class Fence:
    """What is known of one place. `since`: from then on all speaks for the other side; 0: nothing does."""

    inside: bool | None = None
    since: float = 0.0
    last: float = 0.0
    fast: bool = False


def distance(one: Circle | Fix, other: Circle | Fix) -> float:
    """Metres along the ground (haversine)."""
    a, b = radians(one.latitude), radians(other.latitude)
    dlat, dlon = b - a, radians(other.longitude - one.longitude)
    h = sin(dlat / 2) ** 2 + cos(a) * cos(b) * sin(dlon / 2) ** 2
    return 2 * EARTH_M * asin(min(1.0, sqrt(h)))


def side(circle: Circle, fix: Fix) -> bool | None:
    """True: inside; False: outside; None: it can't be told from this."""
    away = distance(circle, fix)
    if away <= circle.radius and fix.accuracy <= circle.radius:
        return True
    belt = max(LEAST_BELT_M, BELT * circle.radius)
    return False if away - fix.accuracy > circle.radius + belt else None


def step(fence: Fence, circle: Circle, fix: Fix) -> tuple[Fence, Crossing | None]:
    """After one more position; one that is older than the last changes nothing."""
    if fix.at < fence.last:
        return fence, None
    where = side(circle, fix)
    fence = replace(fence, last=fix.at)
    if where is None:
        return fence, None
    if where is fence.inside:
        return replace(fence, since=0.0, fast=False), None
    if fence.inside is None and not where:
        return Fence(inside=False, last=fix.at), None  # nobody saw them leave
    fence = replace(fence, since=fence.since or fix.at, fast=(fix.speed or 0.0) > FAST)
    return _crossed(fence, fix.at - fence.since >= DWELL_S["enter" if where else "leave"])


def settle(fence: Fence, now: float) -> tuple[Fence, Crossing | None]:
    """After a silence."""
    return _crossed(fence, bool(fence.since) and not fence.fast and now - fence.last >= SILENT_S)


def settles(fence: Fence) -> float | None:
    """When `settle` changes something if nothing more is said."""
    return fence.last + SILENT_S if fence.since and not fence.fast else None


def _crossed(fence: Fence, over: bool) -> tuple[Fence, Crossing | None]:
    if not over:
        return fence, None
    inside = not fence.inside
    return Fence(inside=inside, last=fence.last), "enter" if inside else "leave"
