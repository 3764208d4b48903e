"""The hub's own sentences and the wearer's yes and no, as the session asks for them."""

from collections.abc import Callable

from lorgnette.mind.mind import hub_phrases
from lorgnette.mind.reflexes import Match
from lorgnette.sdk.phrases import Phrases


class HubWords:
    """`session.Words` over the mind's phrases and reflexes. `reflex`: `Mind.reflex`."""

    def __init__(self, reflex: Callable[[str, str], Match | None], phrases: Phrases | None = None) -> None:
        self._reflex = reflex
        self._phrases = phrases or hub_phrases()

    def say(self, key: str, language: str, **values: object) -> str:
        """A sentence; `<key>-named` where there is one and `label` isn't empty."""
        named = f"{key}-named"
        if values.get("label") and self._phrases.has(named, language):
            key = named
        return self._phrases.format(key, values, language)

    def answer(self, text: str, language: str) -> bool | None:
        """True for a yes, False for a no, None for anything else. English counts everywhere."""
        for code in dict.fromkeys((language, "en")):
            match = self._reflex(text, code)
            if match is not None and match.skill == "control" and match.tool in {"yes", "no"}:
                return match.tool == "yes"
        return None
