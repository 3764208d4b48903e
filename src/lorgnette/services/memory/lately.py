"""Which fact each wearer spoke of last: "no, it's 4712" means that one."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Final

SECONDS: Final = 120.0
MOST: Final = 10_000


class Lately:
    """In memory alone. `clock`: steady seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._last: OrderedDict[str, tuple[str, float]] = OrderedDict()

    def note(self, wearer: str, fact: str) -> None:
        """It was remembered or recalled just now."""
        self._last[wearer] = fact, self._clock()
        self._last.move_to_end(wearer)
        while len(self._last) > MOST:
            self._last.popitem(last=False)

    def of(self, wearer: str) -> str:
        """Its id; empty after two minutes."""
        fact, at = self._last.get(wearer, ("", 0.0))
        return fact if self._clock() - at <= SECONDS else ""

    def drop(self, wearer: str) -> None:
        """Nothing was spoken of."""
        self._last.pop(wearer, None)
