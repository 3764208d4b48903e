"""Whose words are in the turns of late, until their conversation is summed up."""

from collections import OrderedDict
from typing import Final

from lorgnette.core.taint import CLEAN, Source, Taint

MOST: Final = 50_000
UNKNOWN: Final = Source("memory", "")
"""Of a turn that nobody told of, as one before a restart: it may hold anything."""


class Taints:
    """In memory alone: after a restart nothing counts as clean that isn't known to be."""

    def __init__(self) -> None:
        self._turns: OrderedDict[str, Taint] = OrderedDict()

    def note(self, turn: str, taint: Taint) -> None:
        """Of this turn, with what is known of it."""
        self._turns[turn] = self._turns.get(turn, CLEAN) | taint
        while len(self._turns) > MOST:
            self._turns.popitem(last=False)

    def of(self, turn: str) -> Taint:
        """Its sources; unknown ones are one as well."""
        return self._turns.get(turn, frozenset({UNKNOWN}))

    def drop(self, turn: str) -> None:
        """It is summed up."""
        self._turns.pop(turn, None)
