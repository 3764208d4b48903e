"""Who speaks into a shared device may say so: "this is Anna", "that's all". Language packs know how."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from lorgnette.sdk.language import language_of

_PUNCTUATION = re.compile(r"[^\w\s']+")
_LONGEST = 120


def introduced(text: str, language: str, names: Mapping[str, str]) -> str:
    """What one of the `names` stands for, if the words introduce them; else an empty string."""
    plain = _plain(text)
    if not names or len(plain) > _LONGEST:
        return ""
    known = {_plain(name): meant for name, meant in names.items()}
    for pattern in _patterns(language_of(language).code):
        match = pattern.fullmatch(plain)
        if match is not None and (meant := known.get(match[1].strip())):
            return meant
    return ""


def farewell(text: str, language: str) -> bool:
    """Whether the words give a shared device back."""
    words = language_of(language).conversation.get("farewells", ())
    return _plain(text) in {_plain(one) for one in words}


@lru_cache(maxsize=16)
def _patterns(code: str) -> tuple[re.Pattern[str], ...]:
    templates = language_of(code).conversation.get("introductions", ())
    return tuple(_pattern(template) for template in templates if template.count("{name}") == 1)


def _pattern(template: str) -> re.Pattern[str]:
    before, after = (re.escape(_plain(part)) for part in template.split("{name}"))
    return re.compile(rf"{before}\s*(.+?)\s*{after}")


def _plain(text: str) -> str:
    """Caseless, without accents, punctuation and double spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(_PUNCTUATION.sub(" ", unicodedata.normalize("NFC", bare)).split())
