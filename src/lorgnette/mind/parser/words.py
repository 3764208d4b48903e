"""Words that hold the parser back (negation, reported speech …) or announce a value, by language."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from lorgnette.mind.tokens import tokenize
from lorgnette.sdk.kinds import BarePercent, Percent

FOLDER = Path(__file__).parent / "words"

type _Phrases = Mapping[str, Sequence[tuple[str, ...]]]
# by their first word


class Words:
    """One language's table `words/<code>.toml`."""

    def __init__(self, code: str, table: Mapping[str, Any]) -> None:
        self.code = code
        self._held: Mapping[str, tuple[_Phrases, _Phrases]] = {
            reason: (_phrases(rule.get("start", ())), _phrases(rule.get("anywhere", ())))
            for reason, rule in table.get("held", {}).items()
        }
        self._unless = _phrases(table.get("unless", {}).get("anywhere", ()))
        self._announcing = frozenset(table.get("announcing", ()))
        self.articles = frozenset(table.get("articles", ()))
        """Words that a sentence may leave out and sounds better with."""

    def held(self, words: Sequence[str]) -> str:
        """Why an utterance is no order to do something now; "" where nothing says so."""
        row = tuple(words)
        if _stand(row, self._unless):
            return ""
        for reason, (start, anywhere) in self._held.items():
            if _stand(row, start, 1) or _stand(row, anywhere):
                return reason
        return ""

    def announces(self, words: Sequence[str], begin: int) -> bool:
        """Whether the word before makes a bare number a time: "at seven"."""
        return begin > 0 and words[begin - 1] in self._announcing

    @staticmethod
    def percent(value: float) -> Percent:
        """A number said where a percentage is needed."""
        return BarePercent(round(value))


@cache
def words_for(code: str) -> Words:
    """The words of a language; none where it has no table."""
    file = FOLDER / f"{code}.toml"
    return Words(code, tomllib.loads(file.read_text("utf-8")) if file.is_file() else {})


def _phrases(said: Sequence[str]) -> _Phrases:
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in (tokenize(one).words for one in said):
        found.setdefault(words[0], []).append(words)
    return found


def _stand(row: tuple[str, ...], phrases: _Phrases, last: int | None = None) -> bool:
    """Whether one of the phrases stands in the row, beginning before token `last`."""
    for at, word in enumerate(row[:last]):
        if word in phrases and any(row[at : at + len(one)] == one for one in phrases[word]):
            return True
    return False
