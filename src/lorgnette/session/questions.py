"""The hub's open question to the wearer: who may answer it, and for how long."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

ANSWER_SECONDS: Final = 8.0
"""A question is open this long after it was put, on the devices that asked."""


@dataclass(frozen=True, slots=True)
class Question:
    """One of the kind "did you say …?": a yes runs `text` as if it had been said."""

    text: str
    language: str
    audio: bytes | None
    devices: frozenset[str]
    """The one that heard it, and the one that asks."""


class Questions:
    """At most one is open. A skill's question has no text of its own here: the mind knows it."""

    def __init__(self, steady: Callable[[], float]) -> None:
        self._steady = steady
        self._question: Question | None = None
        self._until = 0.0

    @property
    def pending(self) -> bool:
        """Whether an answer would be understood as one."""
        return self._steady() < self._until

    def ask(self, question: Question) -> None:
        """It is about to be said; its time runs from `asked` on."""
        self._question = question
        self._until = float("inf")

    def asked(self) -> None:
        """A question was said, this one or a skill's."""
        self._until = self._steady() + ANSWER_SECONDS

    def take(self, device: str) -> Question | None:
        """Something was said into `device`: the question that it may answer. None is open afterwards."""
        question = self._question if self.pending else None
        self.drop()
        return question if question is not None and device in question.devices else None

    def drop(self) -> None:
        """The wearer doesn't want to answer."""
        self._question = None
        self._until = 0.0
