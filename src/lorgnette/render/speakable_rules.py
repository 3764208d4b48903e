"""What a language must bring so that text is said as people say it: the contract, and its CLDR default.

A language pack registers an object of this shape under the entry-point group `lorgnette.speakable`. A
subclass of `CldrRules` with a code alone already says numbers, dates, units and currencies by CLDR.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol


def words(listed: str) -> tuple[str, ...]:
    """A table of words, written as one line."""
    return tuple(listed.split())


@dataclass(frozen=True, slots=True)
class Rule:
    """Where `pattern` matches, `say` gives the words, or None to let the next rule try.

    `keys`: words or characters a match may begin with; empty = any digit.
    """

    pattern: re.Pattern[str]
    say: Callable[[re.Match[str]], str | None]
    keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """Abbreviations by where they are read so; a space in one may be missing in the text.

    `anywhere`; `before_number` (Nr. 5); `before_name` (Dr. Ada); `after_name` (Main St.);
    `may_end`: those that may also end a sentence. Written without its full stop = works without one.
    """

    anywhere: Mapping[str, str]
    before_number: Mapping[str, str]
    before_name: Mapping[str, str]
    after_name: Mapping[str, str]
    may_end: frozenset[str] = frozenset()

    def never_end(self) -> re.Pattern[str]:
        """Matches at the end of a text whose last full stop doesn't end a sentence."""
        tables = (*self.anywhere, *self.before_name)
        return _ending(key for key in tables if key.lower() not in self.may_end)

    def before_digits(self) -> re.Pattern[str]:
        """The same, if a digit follows."""
        return _ending(self.before_number)

    def at_ends(self) -> re.Pattern[str]:
        """The same, unless a capital follows."""
        return _ending(self.may_end, re.IGNORECASE)

    def rules(self) -> list[Rule]:
        name = r"(?=\s?[^\W\d_a-zß-öø-ÿ])"
        return [
            *self._table(self.before_number, "", r"(?=\s?\d)"),
            *self._table(self.before_name, "", name),
            *self._table(self.after_name, r"(?<=[^\W\d_]\s)", "", may_end=True),
            *self._table(self.anywhere, "", ""),
        ]

    def _table(
        self, table: Mapping[str, str], before: str, after: str, *, may_end: bool = False
    ) -> list[Rule]:
        rules = []
        for written, said in table.items():
            for form in {written, written[0].upper() + written[1:]}:
                pattern = r"\s?".join(re.escape(part) for part in form.split(" "))
                tail = after or ("" if form.endswith(".") else r"(?!\w)")
                first = re.match(r"[^\W\d_]+|.", form)
                key = first[0] if first else form
                upper = form != written
                rules.append(
                    Rule(
                        re.compile(before + pattern + tail), self._say(said, upper, may_end), frozenset({key})
                    )
                )
        return rules

    def _say(self, said: str, upper: bool, may_end: bool) -> Callable[[re.Match[str]], str]:
        word = said[:1].upper() + said[1:] if upper else said

        def say(match: re.Match[str]) -> str:
            rest = match.string[match.end() : match.end() + 3]
            if not match[0].endswith("."):
                return word
            if not rest.strip():
                return word + "."
            known, after = match[0].lower() in self.may_end, rest.lstrip()[:1]
            ends = (known and after.isdigit()) or ((known or may_end) and after.isupper())
            return word + "." if ends and rest[:1].isspace() else word

        return say


class LanguageRules(Protocol):
    """How one language says what is written. All members are pure."""

    language: str
    stop: str
    """What ends a sentence: `.` or `。`."""

    code: str
    """Said in place of a block of code."""

    decimal: str
    """The mark before decimals."""

    abbreviations: Abbreviations

    def rules(self) -> Sequence[Rule]:
        """In order of preference; the first that matches at a place wins."""
        ...

    def item(self, number: int, text: str) -> str | None:
        """How item `number` of a list begins; None if `text` shows that the number is an ordinal."""
        ...

    def link(self, host: str) -> str:
        """A web or mail address, as it is dictated."""
        ...

    def finish(self, text: str) -> str:
        """The last touch on the whole text."""
        ...

    def goes_on(self, before: str, after: str) -> bool:
        """Whether a sentence goes on after the full stop between `before` and the word `after`."""
        ...


def _ending(written: Iterable[str], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    return _compiled(tuple(written), flags)


@lru_cache(maxsize=256)
def _compiled(written: tuple[str, ...], flags: re.RegexFlag) -> re.Pattern[str]:
    """Once a language, not once an answer."""
    forms = (r"\s?".join(re.escape(part) for part in one.split(" ")) for one in written if one.endswith("."))
    found = "|".join(sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{found})$" if found else r"(?!)", flags)


def words_before(match: re.Match[str], count: int = 3) -> list[str]:
    """The last `count` words before a match in its sentence, lower case, the nearest last."""
    left = match.string[max(0, match.start() - 48) : match.start()]
    return re.findall(r"[^\W\d_]+", re.split(r"[!?;:]\s|(?<=[a-zß-ÿ]{3})\.\s", left)[-1].lower())[-count:]
