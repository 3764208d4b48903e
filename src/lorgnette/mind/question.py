"""How a consent is asked for: in plain code's words, from the call itself and whose words are behind it."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Final

from lorgnette.core.taint import Source, Taint
from lorgnette.sdk.language import language_of
from lorgnette.sdk.phrases import Phrases
from lorgnette.sdk.registry import RegisteredTool
from lorgnette.sdk.saying import say_values
from lorgnette.sdk.sentences import sentences_of

LONGEST: Final = 120
"""Characters of one value that are read out; what is longer ends in "…"."""
MOST_SOURCES: Final = 2
PLAIN: Final = 48
"""Characters of a template: among those that say as much, the longest up to this is the clearest."""

_SLOT: Final = re.compile(r"\{([a-z_]+)\}")
_HOST: Final = re.compile(r"(?i)(?:[a-z]+://)?[^\s/@]+\.[^\s/@.]{2,}(?:/\S*)?")


def behind(taint: Taint, phrases: Phrases, language: str) -> str:
    """Who is behind it: "the page example.org and a message"."""
    named = [
        phrases.format(f"source-{one.kind}", {"name": shown(one.name, 60) or "none"}, language)
        for one in sorted(taint, key=lambda one: (one.kind, one.name))
    ]
    named = list(dict.fromkeys(named))
    if len(named) > MOST_SOURCES:
        named[MOST_SOURCES:] = [phrases.format("source-others", {}, language)]
    return str(say_values({"list": named}, language_of(language))["list"])


def wish(registered: RegisteredTool, arguments: Mapping[str, Any], language: str) -> str:
    """A call as a wearer would say it ("set a timer for 5 minutes"): the tool's own sentence, filled."""
    pack, skill = language_of(language), registered.skill
    given = {name: value for name, value in arguments.items() if value not in (None, "")}
    best, missing = "", set(given)
    for template in sentences_of(skill.key, skill.phrases.folder, registered.tool, pack):
        plain = _first(template)
        slots = set(_SLOT.findall(plain))
        left = set(given) - slots
        longer = len(left) == len(missing) and len(best) < len(plain) <= PLAIN  # says more of what it is
        if slots <= set(given) and (not best or len(left) < len(missing) or longer):
            best, missing = plain, left
    said = {name: _said(value, language) for name, value in given.items()}
    text = _SLOT.sub(lambda slot: said[slot[1]], best) or " ".join(registered.name.split("_"))
    rest = [f"{name.replace('_', ' ')}: {said[name]}" for name in sorted(missing)]
    return text + (f" ({', '.join(rest)})" if rest else "")


def shown(text: str, most: int = LONGEST) -> str:
    """Somebody else's words, fit to be read out: one line, no hidden signs, no host that only looks right."""
    visible = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in text)
    plain = " ".join(_HOST.sub(lambda found: _host(found[0]), visible).split())
    return plain if len(plain) <= most else plain[: most - 1] + "…"


def named(source: Source) -> str:
    """A source for the log."""
    return f"{source.kind} {shown(source.name, 60)}".strip()


def _said(value: Any, language: str) -> str:
    if isinstance(value, str) and type(value) is str:
        return shown(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{shown(str(key), 40)}: {_said(item, language)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_said(item, language) for item in value[:5])
    return shown(str(say_values({"value": value}, language_of(language))["value"]))


def _host(text: str) -> str:
    """Where a host has letters that are neither Latin nor Han, kana or Hangul: its form in ASCII."""
    if all(_told_apart(sign) for sign in text if sign.isalpha()):
        return text
    try:
        return "".join(
            label if label.isascii() else "xn--" + label.casefold().encode("punycode").decode()
            for label in re.split(r"([./:]+)", text)
        )
    except UnicodeError:
        return text.encode("ascii", "replace").decode()


def _told_apart(sign: str) -> bool:
    return sign.isascii() or unicodedata.name(sign, "").startswith(("LATIN", "CJK", "HIRAGANA", "KATAKANA"))


def _first(template: str) -> str:
    """The plainest sentence of a template: nothing optional, the first of each choice."""
    while (found := re.search(r"\[[^\[\]()]*\]|\(([^()\[\]]*)\)", template)) is not None:
        inside = (found[1] or "").split("|")[0]
        template = template[: found.start()] + inside + template[found.end() :]
    return " ".join(template.replace("|", " ").replace(";", " ").split())
