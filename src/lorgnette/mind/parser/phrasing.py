"""A call as a wearer would say it, from the tool's own sentences: "set a timer for ten minutes"."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from lorgnette.mind.parser.words import words_for
from lorgnette.mind.templates import expression_of
from lorgnette.mind.tokens import tokenize
from lorgnette.sdk.language import Language
from lorgnette.sdk.registry import RegisteredTool
from lorgnette.sdk.sentences import sentences_of


def sentence_for(registered: RegisteredTool, said: Mapping[str, str], pack: Language) -> str:
    """The first sentence with just these slots, else the one with most of them; `said`: the slots' words."""
    best: tuple[int, str] = (-1, "")
    for template, names in _templates(registered, pack):
        if not names <= said.keys():
            continue
        if len(names) > best[0]:
            best = (len(names), template)
            if len(names) == len(said):
                break
    if best[0] < 0:
        return registered.tool.doc.partition(".")[0]
    articles = words_for(pack.code).articles
    text = _plainest(expression_of(best[1]), said, articles).strip()
    while len(text.split()) > 1 and text.split()[-1] in articles:
        text = text.rpartition(" ")[0].strip()
    joint = " " if any(len(word) > 1 and word.isalpha() for word in tokenize(text).words) else ""
    return " ".join(text.split()) if joint else "".join(text.split())


def warm(tools: Iterable[RegisteredTool], pack: Language) -> None:
    """Look at the tools' sentences now; the first proposal would take some milliseconds longer."""
    for registered in tools:
        _templates(registered, pack)


@lru_cache(maxsize=1024)
def _templates(registered: RegisteredTool, pack: Language) -> tuple[tuple[str, frozenset[str]], ...]:
    skill = registered.skill
    try:
        templates = sentences_of(skill.key, skill.phrases.folder, registered.tool, pack)
    except ValueError:
        return ()
    return tuple((template, _needed(expression_of(template))) for template in templates)


def _needed(expression: Any) -> frozenset[str]:
    """Slots of the plainest reading."""
    from hassil.expression import Alternative, ListReference, TextChunk

    if isinstance(expression, TextChunk):
        return frozenset()
    if isinstance(expression, ListReference):
        return frozenset({expression.slot_name})
    if isinstance(expression, Alternative):
        return frozenset() if expression.is_optional else _needed(expression.items[0])
    return frozenset(name for item in expression.items for name in _needed(item))


def _plainest(expression: Any, said: Mapping[str, str], articles: frozenset[str]) -> str:
    """The first of alternatives, and of what may be left out only articles."""
    from hassil.expression import Alternative, ListReference, TextChunk

    if isinstance(expression, TextChunk):
        return str(expression.text)
    if isinstance(expression, ListReference):
        return said[expression.slot_name]
    if isinstance(expression, Alternative):
        if expression.is_optional and _needed(expression.items[0]):
            return ""
        first = _plainest(expression.items[0], said, articles)
        return first if not expression.is_optional or first.strip() in articles else ""
    return "".join(_plainest(item, said, articles) for item in expression.items)
