"""Puts numbered frames back in order: pure, bounded, without a clock of its own.

A device numbers its microphone frames from 0 and keeps what is not acknowledged; after a lost connection it
sends again from `next` on, so duplicates are normal and gaps heal. Over datagrams frames also overtake one
another. Numbers that wrap on the wire (BLE's 8 bits) are unwrapped by their gateway.

In order, a frame costs 0.4 µs; only a disturbed stream pays for the table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Frame[T](NamedTuple):
    """What was numbered `seq`, in its turn: bytes, or bytes with their time."""

    seq: int
    payload: T


class Gap(NamedTuple):
    """So many `frames` from `seq` on are given up; conceal them, but cap it: a device may lie."""

    seq: int
    frames: int


@dataclass(slots=True)
class Tally:
    """What became of the frames so far, for the trace."""

    duplicates: int = 0
    late: int = 0
    lost: int = 0


class JitterBuffer[T]:
    """Frames in, `Frame`s and `Gap`s out, strictly ascending, each number once.

    `depth`: frames held behind a gap before it is given up (10 = 200 ms of 20 ms frames), also the bound on
    memory. 0 where the transport keeps order (WebSocket): there a gap never heals and is told at once.
    The caller may end the wait by its own clock with `give_up`.
    """

    def __init__(self, *, first: int = 0, depth: int = 10) -> None:
        if depth < 0:
            raise ValueError(f"a depth of {depth} frames")
        self.next = first
        """The number that comes next: all below are delivered or given up, so this acknowledges them."""
        self.depth = depth
        self.tally = Tally()
        self._held: dict[int, T] = {}

    def __len__(self) -> int:
        return len(self._held)

    def push(self, seq: int, payload: T) -> Sequence[Frame[T] | Gap]:
        """Take frame `seq`; get what has its turn now: often just it, nothing while a gap may still heal."""
        if seq == self.next and not self._held:
            self.next = seq + 1
            return (Frame(seq, payload),)
        if seq < self.next:
            self.tally.late += 1  # delivered or given up before: which of the two isn't kept
            return ()
        if seq in self._held:
            self.tally.duplicates += 1
            return ()
        self._held[seq] = payload
        ready: list[Frame[T] | Gap] = []
        self._drain(ready)
        while len(self._held) > self.depth:
            self._jump(ready)
        return ready

    def give_up(self) -> Sequence[Frame[T] | Gap]:
        """Wait no longer for the gap at the front: it, and the frames behind it up to the next gap."""
        ready: list[Frame[T] | Gap] = []
        if self._held:
            self._jump(ready)
        return ready

    def flush(self) -> Sequence[Frame[T] | Gap]:
        """All that is held, with its gaps: the stream ends."""
        ready: list[Frame[T] | Gap] = []
        while self._held:
            self._jump(ready)
        return ready

    def missing(self, limit: int = 50) -> list[range]:
        """The gaps below the newest frame held, at most `limit`: what to ask for again."""
        gaps, expected = [], self.next
        for seq in sorted(self._held):
            if seq > expected:
                gaps.append(range(expected, seq))
                if len(gaps) == limit:
                    break
            expected = seq + 1
        return gaps

    def _drain(self, ready: list[Frame[T] | Gap]) -> None:
        held = self._held
        while held and self.next in held:
            ready.append(Frame(self.next, held.pop(self.next)))
            self.next += 1

    def _jump(self, ready: list[Frame[T] | Gap]) -> None:
        nearest = min(self._held)
        count = nearest - self.next
        if count:
            ready.append(Gap(self.next, count))
            self.tally.lost += count
        self.next = nearest
        self._drain(ready)
