"""What comes next, in memory: two heaps, one a clock, and what each entry waits for."""

import heapq
from dataclasses import dataclass
from typing import Literal

Hand = Literal["steady", "wall"]


@dataclass(frozen=True, slots=True)
class Appointment:
    """An entry waits for `at` seconds on a clock, `ringing` for the end of its ringing."""

    at: float
    hand: Hand
    ringing: bool = False


class Agenda:
    """At most one appointment an entry. Pushing and popping cost log(n), looking costs nothing."""

    def __init__(self) -> None:
        self._of: dict[str, Appointment] = {}
        self._heaps: dict[Hand, list[tuple[float, str]]] = {"steady": [], "wall": []}

    def __len__(self) -> int:
        return len(self._of)

    def get(self, id: str) -> Appointment | None:
        """What this entry waits for."""
        return self._of.get(id)

    def put(self, id: str, appointment: Appointment) -> None:
        """Replaces what the entry waited for."""
        self._of[id] = appointment
        heap = self._heaps[appointment.hand]
        heapq.heappush(heap, (appointment.at, id))
        if len(heap) > 2 * len(self._of) + 64:  # mostly entries that were changed since
            heap[:] = [(known.at, key) for key, known in self._of.items() if known.hand == appointment.hand]
            heapq.heapify(heap)

    def drop(self, id: str) -> None:
        """Waits for nothing any more."""
        self._of.pop(id, None)

    def next(self, hand: Hand) -> float | None:
        """The earliest time on this clock."""
        heap = self._heaps[hand]
        while heap and not self._valid(hand, heap[0]):
            heapq.heappop(heap)
        return heap[0][0] if heap else None

    def pop(self, hand: Hand, until: float, limit: int) -> list[tuple[str, Appointment]]:
        """Take out what is due by `until`, soonest first, at most `limit`."""
        found: list[tuple[str, Appointment]] = []
        while len(found) < limit and (soonest := self.next(hand)) is not None and soonest <= until:
            _, id = heapq.heappop(self._heaps[hand])
            found.append((id, self._of.pop(id)))
        return found

    def _valid(self, hand: Hand, pair: tuple[float, str]) -> bool:
        known = self._of.get(pair[1])
        return known is not None and known.hand == hand and known.at == pair[0]
