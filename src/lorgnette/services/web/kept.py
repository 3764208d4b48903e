"""Answers that are kept for a while: bounded in number and in age, on the steady clock."""

from collections.abc import Callable, Hashable


class Kept[K: Hashable, V]:
    """The last `most` answers, each for `seconds`."""

    def __init__(self, seconds: float, most: int, steady: Callable[[], float]) -> None:
        self._seconds = seconds
        self._most = most
        self._steady = steady
        self._held: dict[K, tuple[float, V]] = {}

    def __len__(self) -> int:
        return len(self._held)

    def get(self, key: K) -> V | None:
        """The answer; None where there is none or it is too old."""
        found = self._held.get(key)
        if found is None:
            return None
        if found[0] <= self._steady():
            del self._held[key]
            return None
        return found[1]

    def put(self, key: K, value: V) -> V:
        """Keep an answer; the oldest goes where there are too many."""
        self._held.pop(key, None)
        while len(self._held) >= self._most:
            del self._held[next(iter(self._held))]
        self._held[key] = (self._steady() + self._seconds, value)
        return value

    def drop(self, key: K) -> None:
        """Keep it no longer."""
        self._held.pop(key, None)
