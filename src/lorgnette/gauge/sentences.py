"""What voices are asked to say here, and recognisers to hear where nobody brings recordings."""

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, tuple[str, ...]]] = {
    "de": (
        "Wie spät ist es?",
        "Stell einen Timer auf fünf Minuten.",
        "Morgen früh fahre ich mit dem Zug nach Hamburg und komme erst am Abend zurück.",
        "Der Bäcker an der Ecke hat heute leider schon geschlossen.",
    ),
    "en": (
        "What time is it?",
        "Set a timer for five minutes.",
        "Tomorrow morning I take the train to the coast and come back late in the evening.",
        "The bakery on the corner has unfortunately closed for today.",
    ),
    "zh": (
        "现在几点？",
        "设一个五分钟的计时器。",
        "明天早上我坐火车去海边，晚上很晚才回来。",
        "街角的面包店今天已经关门了。",
    ),
}
"""Two of them are commands; a recogniser that knows only those gets half of them wrong, as it should."""


def sentences(language: str) -> tuple[str, ...]:
    """For a language without sentences of its own, digits: they say how fast a voice is."""
    return SENTENCES.get(language, ("1 2 3 4 5", "10 20 30 40 50 60 70 80 90 100"))
