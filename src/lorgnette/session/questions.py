"""The hub's open question to the wearer: who may answer it, for how long, and whether with a PIN."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

ANSWER_SECONDS: Final = 8.0
"""A question is open this long after it was put, on the devices that asked."""

TYPING_SECONDS: Final = 45.0
"""Whoever types has so long to answer a tool that waits."""

PIN_SECONDS: Final = 60.0
"""So long after a PIN was asked for, digits alone are taken for one that came late, and kept by nobody."""

Consent = Literal["", "ask", "confirm"]


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
        self._consent: Consent = ""
        self._devices: frozenset[str] = frozenset()
        self._pin_until = 0.0

    @property
    def pending(self) -> bool:
        """Whether an answer would be understood as one."""
        return self._steady() < self._until

    @property
    def left(self) -> float:
        """Seconds in which it can still be answered."""
        return max(0.0, self._until - self._steady())

    @property
    def takes_pin(self) -> bool:
        """Digits that are said now may be a PIN."""
        return self._steady() < self._pin_until

    def ask(self, question: Question) -> None:
        """It is about to be said; its time runs from `asked` on."""
        self._question = question
        self._until = float("inf")
        self._consent = ""

    def saying(self, consent: Consent) -> None:
        """A question for consent is about to be said: whoever knows it may name the PIN too early."""
        if consent == "confirm":
            self._pin_until = float("inf")

    def asked(self, consent: Consent = "", devices: frozenset[str] = frozenset()) -> None:
        """A question was said, this one or a skill's; `consent` may be given at `devices` alone."""
        self._until = self._steady() + ANSWER_SECONDS
        self._consent, self._devices = consent, devices
        if consent == "confirm":
            self._pin_until = self._steady() + PIN_SECONDS

    def unasked(self) -> None:
        """It was broken off."""
        if self._pin_until == float("inf"):
            self._pin_until = self._steady() + PIN_SECONDS

    def consents(self, device: str) -> bool:
        """Whether consent is asked for, and what is done at this device now is the answer."""
        return self.pending and bool(self._consent) and device in self._devices

    @property
    def for_consent(self) -> bool:
        """Whether the open question is one for consent."""
        return self.pending and bool(self._consent)

    def take(self, device: str) -> Question | None:
        """Something was said into `device`: the question that it may answer. None is open afterwards."""
        question = self._question if self.pending else None
        self.drop()
        return question if question is not None and device in question.devices else None

    def drop(self) -> None:
        """The wearer doesn't want to answer."""
        self._question = None
        self._until = 0.0
        self._consent = ""
