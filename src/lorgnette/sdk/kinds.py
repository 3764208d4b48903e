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


class Ordinal(int):
    """A place in a row: 1 is "the first"; negative ones count from the end: -1 is "the last"."""


class Unit(str):
    """A unit of measure by its name in CLDR: "length-kilometer", "temperature-fahrenheit", "mass-jin".

    Said as "kilometers". Bare "degrees" are "temperature-generic".
    """

    __slots__ = ()

    @property
    def dimension(self) -> str:
        """What it measures: "length", "mass", "temperature"."""
        return self.partition("-")[0]

    @property
    def name(self) -> str:
        """The unit without what it measures: "kilometer", "cubic-meter"."""
        return self.partition("-")[2]


@dataclass(frozen=True, slots=True)
class Quantity:
    """So much of a unit, said as "5 kilometers"."""

    amount: float
    unit: Unit


class Figure(float):
    """A result, said with its digits in groups: "1,234.5", "1.234,5", "15万"."""

    __slots__ = ()


class Currency(str):
    """An ISO 4217 code; said as "euros"."""

    __slots__ = ()


class Expression(str):
    """Arithmetic in digits and `+ - * / ^ ( )` and `sqrt(…)`: "12 * 4 + 1", said as "12 times 4 plus 1"."""

    __slots__ = ()


class PlaceName(str):
    """A place as it was said: a few words, up to one that can't belong to it ("Paris | tomorrow")."""

    __slots__ = ()


class PersonName(str):
    """A person as they were called: one to four words."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Free:
    """Marks free text. It keeps its audio where the words are not known.

    `name`: it only names something, so that another request may follow it ("turn on the fan | and …").
    """

    name: bool = False


FreeText = Annotated[str, Free()]
"""Free text. It is "" when only its sound is known; then `Context.audio` holds just that."""

FreeName = Annotated[str, Free(name=True)]
"""What something is called, in any words: "the light in the kitchen"."""

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
    "ordinal",
    "unit",
    "quantity",
    "currency",
    "money",
    "expression",
    "place",
    "person",
    "list",
    "text",
]

TEXT: Final[Kind] = "text"
