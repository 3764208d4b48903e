"""Parameter types beyond Python's own: what the grammar fills, the model's schema names and a reply says."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Annotated, Final, Literal


class Percent(int):
    """0–100, said as "40 percent"."""


class BarePercent(Percent):
    """A percentage said without the word: "volume four" may as well mean four of ten."""


class Recurrence(str):
    """An RFC 5545 RRULE without its name ("FREQ=DAILY"), said as "every day"; empty = once."""

    __slots__ = ()


ONCE: Final = Recurrence("")
"""No recurrence."""


class HalfDay(time):
    """A time said on a twelve-hour clock without morning or evening: 7:00 may as well be 19:00."""


class FullDate(date):
    """A date that is said with weekday, day and month even where it is today or tomorrow."""


@dataclass(frozen=True, slots=True)
class Free:
    """Marks free text. It keeps its audio where the words are not known."""


FreeText = Annotated[str, Free()]
"""Free text. It is "" when only its sound is known; then `Context.audio` holds just that."""

Words = Mapping[str, str]
"""Spoken words → the value that they stand for."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """Marks a string or Literal that is said in one of certain words: `Annotated[str, OneOf(cities)]`.

    `words`: language → words → value, or a function from the language to them (called once a language).
    `open`: other words (one to four) are taken too, as they are; a mapping says for some languages which
    pattern they must fit as a whole. `heard`: the values for which a recogniser with a grammar listens, where
    all of them would be too many for it.
    """

    words: Mapping[str, Words] | Callable[[str], Words]
    open: bool | Mapping[str, str] = False
    heard: frozenset[str] = frozenset()

    def of(self, language: str) -> Words:
        """Words and values in this language; English where there are none."""
        if not isinstance(self.words, Mapping):
            return self.words(language)
        return self.words.get(language) or self.words.get("en", {})

    def is_heard(self, value: str) -> bool:
        """Whether a recogniser listens for the words of a value."""
        return not self.heard or value in self.heard

    def takes(self, said: str, language: str) -> bool:
        """Whether words that aren't among `words` will do."""
        if isinstance(self.open, bool):
            return self.open
        pattern = self.open.get(language)
        return pattern is None or re.fullmatch(pattern, said, re.IGNORECASE) is not None


Kind = Literal[
    "duration",
    "time",
    "date",
    "datetime",
    "recurrence",
    "number",
    "percent",
    "decimal",
    "boolean",
    "choice",
    "list",
    "text",
]

TEXT: Final[Kind] = "text"
