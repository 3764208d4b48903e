"""The session's own sentences, in every language that has a pack."""

from pathlib import Path

from lorgnette.mind.yesno import yes_or_no
from lorgnette.sdk.phrases import Phrases


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
        return yes_or_no(text, language)
