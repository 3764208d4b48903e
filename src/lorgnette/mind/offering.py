"""Which tools a model is offered for a request: all where they are few, else those whose words it has."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from math import log
from typing import Final

from lorgnette.mind.request import Request
from lorgnette.sdk.language import language_of, primary
from lorgnette.sdk.registry import RegisteredTool, SkillRegistry
from lorgnette.sdk.sentences import sentences_of

type Offer = Callable[[Request], Sequence[RegisteredTool]]
"""The tools to offer for a request; a trained router has the same shape."""

MOST: Final = 24
"""Tools that are offered at once: more of them cost time, room and, with small models, the right choice."""
LEAST: Final = 8
TOKENS: Final = 120
"""Of a tool's description, a generous average; all together get half of a model's window at most."""
ALWAYS: Final = frozenset({"tell_time", "recall"})
"""Offered with everything: what a thought needs that has no word of its own in the request."""
EARLIER: Final = 2
"""Exchanges before, whose words count half: "and tomorrow?"."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_STEM: Final = 5


def most_for(window: int) -> int:
    """How many tools a model of this window is offered; 0: nobody knows its window."""
    return MOST if not window else max(LEAST, min(MOST, window // 2 // TOKENS))


class Offering:
    """By overlap of words with names, docs and sentences of the tools, rare words counting more.

    What is chosen stands in the registry's order, so that the same choice is the same prompt.
    """

    def __init__(self, registry: SkillRegistry, most: Callable[[], int] = lambda: MOST) -> None:
        self._registry = registry
        self._most = most
        self._words: dict[str, tuple[Counter[str], Mapping[str, set[str]]]] = {}
        self._read: dict[str, dict[RegisteredTool, set[str]]] = {}

    def warm(self, language: str) -> None:
        """Read the words of this language: a tenth of a second that no request waits for."""
        self._of(self._tools(), primary(language))

    def __call__(self, request: Request) -> Sequence[RegisteredTool]:
        """In well under a millisecond, once a language is warm."""
        tools, most = self._tools(), self._most()
        if len(tools) <= most:
            return tools
        rarity, words = self._of(tools, primary(request.language))
        asked: Counter[str] = Counter()
        for text, weight in _texts(request):
            for word in set(words_of(text)):
                asked[word] = max(asked[word], weight)
        scores = {
            name: sum(
                weight * log(1 + len(tools) / rarity[word]) for word, weight in asked.items() if word in own
            )
            for name, own in words.items()
        }
        best = sorted(tools, key=lambda one: (one.name not in ALWAYS, -scores[one.name]))[:most]
        chosen = {one.name for one in best}
        return [one for one in tools if one.name in chosen]

    def _tools(self) -> list[RegisteredTool]:
        return [one for one in self._registry.tools.values() if one.tool.offered]

    def _of(
        self, tools: Sequence[RegisteredTool], language: str
    ) -> tuple[Counter[str], Mapping[str, set[str]]]:
        read = self._read.get(language, {})
        if language not in self._words or read.keys() != set(tools):
            read = {one: read[one] if one in read else _own_words(one, language) for one in tools}
            words = {one.name: own for one, own in read.items()}
            rarity = Counter(word for own in words.values() for word in own)
            self._read[language], self._words[language] = read, (rarity, words)
        return self._words[language]


def _own_words(registered: RegisteredTool, language: str) -> set[str]:
    return set(words_of(" ".join(_said(registered, language))))


def _texts(request: Request) -> Iterable[tuple[str, int]]:
    yield request.text, 2
    for asked, answered in request.history[-EARLIER:]:
        yield asked, 1
        yield answered[:200], 1


def _said(registered: RegisteredTool, language: str) -> Iterable[str]:
    tool, skill = registered.tool, registered.skill
    yield registered.name.replace("_", " ")
    yield tool.doc
    yield from (parameter.doc for parameter in tool.parameters)
    with suppress(ValueError):  # a sentence that can't be read is left out of the grammar, too
        yield from sentences_of(skill.key, skill.phrases.folder, tool, language_of(language))
    if skill.phrases.has("skill-does", language):
        yield skill.phrases.format("skill-does", {}, language)


def words_of(text: str) -> list[str]:
    """Words without endings, in one spelling; Chinese as pairs of characters."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    found = [word[:_STEM] for word in _WORD.findall(_HAN.sub(" ", plain)) if len(word) > 2]
    for run in re.findall(r"[\u3400-\u9fff]+", plain):
        found += [run[at : at + 2] for at in range(max(1, len(run) - 1))]
    return found
