"""Barge-in: speech over playback ducks it, stops it when it goes on, or lets it fade back. Pure.

Times are in seconds of the microphone's audio. A sound of assent ("mhm", "ja", "嗯") is no interruption.
"""

import re
from typing import Final, Literal

from lorgnette.sdk.language import language_of

DUCK_AT: Final = 0.2
"""Probability of speech that ducks: lower than what counts as speech, for a word's first consonant is not
sure yet and a needless duck is soon given back (docs/decisions/0014)."""
SPEECH_AT: Final = 0.35
"""As the endpointer takes speech that goes on."""
STOP_AFTER: Final = 0.22
"""Seconds of speech that make an interruption: with what the detector takes to be sure it is 350 ms."""
GIVE_BACK_AFTER: Final = 0.35
"""Seconds of silence after which ducked playback comes back."""

Move = Literal["none", "duck", "stop", "restore"]

_PUNCTUATION = re.compile(r"[^\w\s]+")


def is_backchannel(words: str, language: str) -> bool:
    """Whether these words only show that somebody listens."""
    plain = _PUNCTUATION.sub("", words.casefold()).strip()
    return plain in language_of(language).conversation.get("backchannels", ())


class BargeIn:
    """One playback that a wearer may interrupt. Feed each window while something sounds."""

    def __init__(self) -> None:
        self.ducked = False
        self._speech = 0.0
        self._silence = 0.0
        self._forgiven = False

    def reset(self) -> None:
        """A new utterance begins to sound, or none does."""
        self.ducked = False
        self._speech = self._silence = 0.0
        self._forgiven = False

    def step(self, seconds: float, probability: float) -> Move:
        """One window of `seconds` and how probably it is speech."""
        if probability >= DUCK_AT:
            self._silence = 0.0
            if probability >= SPEECH_AT:
                self._speech += seconds
            if not self.ducked:
                self.ducked = True
                return "duck"
            if self._speech >= STOP_AFTER and not self._forgiven:
                return "stop"
            return "none"
        if not self.ducked:
            return "none"
        self._silence += seconds
        if self._silence >= GIVE_BACK_AFTER:
            self.reset()
            return "restore"
        return "none"

    def words(self, partial: str, language: str) -> Move:
        """Words recognised over the playback: assent is forgiven, anything else stops it now."""
        if not self.ducked or not partial.strip():
            return "none"
        if is_backchannel(partial, language):
            self._forgiven = True
            return "none"
        self._forgiven = False
        return "stop"
