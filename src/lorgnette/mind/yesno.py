"""What counts as a yes, as a no, and as a yes for every time."""

import re
from typing import Literal

from lorgnette.sdk.language import language_of

_PUNCTUATION = re.compile(r"[^\w\s']+")


def yes_or_no(text: str, language: str) -> bool | None:
    """True for a yes, False for a no, None for anything else. The whole of it counts, never a part."""
    plain = _plain(text)
    table = language_of(language).conversation
    if plain in table.get("yes", ()):
        return True
    return False if plain in table.get("no", ()) else None


def agreed(text: str, language: str) -> Literal["yes", "always", "no", ""]:
    """Likewise, where one may also agree once and for all ("yes, always")."""
    if _plain(text) in language_of(language).conversation.get("always", ()):
        return "always"
    answer = yes_or_no(text, language)
    return "" if answer is None else "yes" if answer else "no"


def _plain(text: str) -> str:
    return " ".join(_PUNCTUATION.sub("", text.casefold()).split())
