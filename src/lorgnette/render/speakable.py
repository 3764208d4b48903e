"""Text as written to text as people say it, so that any synthesizer says it right: a pure function.

`speakable("Am 24.11. um 14:30 kostet es 3,50 €.", "de")` gives
"Am vierundzwanzigsten November um vierzehn Uhr dreißig kostet es drei Euro fünfzig."
"""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

from lorgnette.render.speakable_markup import plain
from lorgnette.render.speakable_rules import LanguageRules, Rule

BUILT_IN = ("de", "en", "zh")
"""Languages whose rules are in this room; others come by entry point or from CLDR."""

_log = logging.getLogger(__name__)
_TOKEN = re.compile(r"[A-Za-zÀ-ɏ]+|[^\W\d_A-Za-zÀ-ɏ]+|\d|[^\w\s]|_")
_TOP = "com|org|net|de|cn|io|dev|app|ai|eu|at|ch|uk|info|edu|gov|fr|it|es|nl|jp|tv|me|co|shop|wiki|local"
_MAIL = r"[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,4}[A-Za-z]{2,12}"
_REST = r"[^\s<>\"'“”„()\u2e80-\uffef]{0,2000}"
_LINK = re.compile(
    rf"(?P<mail>(?:mailto:)?{_MAIL})"
    rf"|(?:https?|ftp)://(?:[^\s/@<>]{{1,64}}@)?(?P<host>[\wÀ-ɏ.-]{{1,255}}){_REST}"
    rf"|(?<![A-Za-z\d_.@-])(?P<name>(?:[A-Za-z0-9-]{{1,63}}\.){{1,4}}(?:{_TOP}))(?![A-Za-z\d_-]|\.[A-Za-z])"
    rf"(?:/{_REST})?",
    re.ASCII,
)
_HINT = re.compile(r"://|@|\w\.(?:" + _TOP + r")\b")
_END = re.compile(r"[.,;:!?…*_]+$")
_TIDY = re.compile(r"\s+(?=[,;:!?%。，！？；：、)\]}»”](?!\w))|\s+(?=\.(?:\s|$))|(?<=[(\[„«“])\s+")
_REPEATS = re.compile(r"([!?,;:，。！？])\1+")


def speakable(text: str, language: str) -> str:
    """What to say for `text` in the BCP 47 `language`; never raises, whatever the text."""
    found = _table(language)
    text = plain(text, found.rules)
    out: list[str] = []
    position = 0
    linked = _HINT.search(text) is not None
    while token := _TOKEN.search(text, position):
        start = token.start()
        out.append(text[position:start])
        end, said = _said(text, token, found, linked=linked)
        if end > token.end() or said != token[0]:
            said = _spaced(out, said, text[end : end + 1])
        out.append(said)
        position = end
    out.append(text[position:])
    return _tidy("".join(out), found.rules)


def warm_up(language: str) -> None:
    """Load what `speakable` needs for a language (50–100 ms), so that no turn waits for it."""
    speakable("1 km, 1 €, 1.1.2026, **1**", language)


def language_rules(language: str) -> LanguageRules:
    """The rules of speech for a BCP 47 tag: a language pack's, a built-in's, or what CLDR knows."""
    return _table(language).rules


@dataclass(frozen=True, slots=True)
class _Table:
    """A language's rules, by what they begin with."""

    rules: LanguageRules
    digit: tuple[Rule, ...]
    keyed: Mapping[str, tuple[Rule, ...]]


@lru_cache(maxsize=64)
def _table(language: str) -> _Table:
    rules = _load(language.replace("_", "-") or "en")
    keyed: dict[str, tuple[Rule, ...]] = {}
    digit: tuple[Rule, ...] = ()
    for rule in rules.rules():
        for key in rule.keys:
            keyed[key] = (*keyed.get(key, ()), rule)
        if not rule.keys:
            digit = (*digit, rule)
    return _Table(rules, digit, keyed)


def _load(language: str) -> LanguageRules:
    from importlib.metadata import entry_points

    base = language.split("-", 1)[0].lower()
    for entry in entry_points(group="lorgnette.speakable", name=base):
        try:
            pack: LanguageRules = entry.load()(language)
            pack.rules()
        except Exception:  # noqa: BLE001  a pack may fail in any way and must not take the voice with it
            _log.exception("the language pack %s is broken and left out", entry.value)
        else:
            return pack
    if base in BUILT_IN:
        built_in: LanguageRules = import_module(f"lorgnette.render.speakable_{base}").RULES(language)
        return built_in
    from lorgnette.render.speakable_cldr import CldrRules

    try:
        return CldrRules(language)
    except ValueError:
        return CldrRules("en")


def _said(text: str, token: re.Match[str], found: _Table, *, linked: bool) -> tuple[int, str]:
    """Where the match at `token` ends and what to say for it; the token itself where no rule fits."""
    start, first = token.start(), token[0]
    if linked and (first[0].isalnum() or first == "_") and (link := _LINK.match(text, start)):
        written = _END.sub("", link[0])
        host = link["mail"] or link["host"] or link["name"]
        host = _END.sub("", host.removeprefix("mailto:").removeprefix("www.").removeprefix("WWW."))
        return start + max(len(written), 1), found.rules.link(host)
    for rule in found.digit if first.isdecimal() else found.keyed.get(first, ()):
        match = rule.pattern.match(text, start)
        if match and match.end() > start:
            said = rule.say(match)
            if said is not None:
                return match.end(), said
    return token.end(), first


def _spaced(out: list[str], said: str, after: str) -> str:
    """Words that replace a sign or a number don't run into their neighbours (B7: B seven)."""
    before = next((part for part in reversed(out) if part), "")[-1:]
    if said[:1].isalnum() and _latin(before) and _latin(said[0]):
        said = " " + said
    if said[-1:].isalnum() and _latin(after) and _latin(said[-1]):
        said += " "
    return said


def _latin(char: str) -> bool:
    return char.isalnum() and char < "\u2e80"


def _tidy(text: str, rules: LanguageRules) -> str:
    text = " ".join(text.split())
    return rules.finish(_REPEATS.sub(r"\1", _TIDY.sub("", text))).strip()
