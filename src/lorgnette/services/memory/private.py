"""Which facts are nobody else's business: by plain rules, so that one can say why."""

import re
from typing import Final

from lorgnette.services.memory.terms import words
from lorgnette.services.memory.wording import known, wording_of
from lorgnette.services.notes.folding import fold

LONG: Final = re.compile(r"\d(?:[ -]?\d){11,}|\b[a-z]{2}\d{2}(?: ?[a-z0-9]){11,30}\b")
"""Cards and accounts: twelve digits and more, or an IBAN."""
SPELT: Final = 2
"""Digits that are said one by one make a number."""


def is_private(text: str) -> bool:
    """A code, a PIN, a password, a card's number, in whatever language it is told.

    Digits beside a word for such a thing, or a word for a password whatever stands beside it. It errs on the
    safe side: a postal code is private, too.
    """
    folded = fold(text)
    if LONG.search(folded):
        return True
    said = words(text)
    for language in known():
        wording = wording_of(language)
        if wording.sealed.search(folded):
            return True
        spelt = sum(1 for word in said for part in _parts(word) if part in wording.digits)
        if wording.secrets.search(folded) and (spelt >= SPELT or re.search(r"\d", folded)):
            return True
    return False


def _parts(word: str) -> tuple[str, ...]:
    """Han characters one by one."""
    return (word,) if word.isascii() or word[:1] < "\u3000" else tuple(word)
