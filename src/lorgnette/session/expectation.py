"""How likely a command is before a word is heard: who pressed a button meant the hub. Pure.

An engine's confidence is right for a room where somebody talks about as often to others as to the hub. A
pushed microphone makes a command `FAVOUR` times as likely: by Bayes' rule the odds grow by that, and the
same limits then hold.
"""

from dataclasses import replace
from typing import Final, Literal

from lorgnette.engines.protocols import Recognition

Decision = Literal["accept", "confirm", "reject"]
FAVOUR: Final = 6.0
ACCEPT: Final = 0.5
CONFIRM: Final = 0.2


def expected(recognition: Recognition) -> Recognition:
    """The same words, weighed as meant for the hub; nothing that was accepted is lost."""
    if recognition.decision == "accept" or not recognition.text:
        return recognition
    confidence = min(max(recognition.confidence, 0.0), 1.0)
    favoured = confidence * FAVOUR / (confidence * FAVOUR + 1 - confidence)
    decision: Decision = "accept" if favoured >= ACCEPT else "confirm" if favoured >= CONFIRM else "reject"
    return replace(recognition, confidence=favoured, decision=decision)
