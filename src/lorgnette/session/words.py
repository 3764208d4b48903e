"""The session's own sentences, in every language that has a pack."""

import re
from pathlib import Path

from lorgnette.sdk.language import language_of
from lorgnette.sdk.phrases import Phrases

_PUNCTUATION = re.compile(r"[^\w\s']+")


class SessionWords:
    """`Words` over the Fluent files beside this module."""

    def __init__(self) -> None:
        self._phrases = Phrases("session", Path(__file__).parent / "phrases")

    def say(self, key: str, language: str, *, formal: bool = False, **values: object) -> str:
        """The sentence; an empty `label` counts as none. `formal`: Sie, 您."""
        if "label" in values:
            values["label"] = values["label"] or "none"
        return self._phrases.format(key, values, language, formal=formal)

    def answer(self, text: str, language: str) -> bool | None:
        """True for a yes, False for a no, None for anything else."""
        plain = _PUNCTUATION.sub("", text.casefold()).strip()
        table = language_of(language).conversation
        if plain in table.get("yes", ()):
            return True
        return False if plain in table.get("no", ()) else None
