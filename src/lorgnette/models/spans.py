"""Which bytes of a file are here: pure functions on sorted, disjoint [start, end) pairs."""

from collections.abc import Iterable, Sequence

type Span = tuple[int, int]


def added(spans: Sequence[Span], new: Span) -> list[Span]:
    """With one more stretch; what touches is joined."""
    found: list[Span] = []
    for start, end in sorted([*spans, new]):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def missing(spans: Iterable[Span], size: int) -> list[Span]:
    """What lies between."""
    found: list[Span] = []
    at = 0
    for start, end in spans:
        if at < start:
            found.append((at, start))
        at = end
    if at < size:
        found.append((at, size))
    return found


def pieces(gaps: Iterable[Span], most: int) -> list[Span]:
    """Gaps cut to at most `most` bytes each."""
    return [(at, min(at + most, end)) for start, end in gaps for at in range(start, end, most)]


def length(spans: Iterable[Span]) -> int:
    """Bytes in all of them."""
    return sum(end - start for start, end in spans)
