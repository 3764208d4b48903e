"""Whether a sentence sounds unfinished: it ends on a word that calls for another. Pure."""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


OPEN_WORDS: Final = {
    "en": _words(
        "and or but then for to the a an my at in on of with by from so because that is are was remind set "
        "add take tell please uh um er"
    ),
    "de": _words(
        "und oder aber dann für auf zu zum zur der die das den dem ein eine einen einem mein meine um am im "
        "in an mit von bei so weil dass ist sind bitte äh ähm also stell setz"
    ),
}
OPEN_ENDINGS_ZH: Final = (
    "和",
    "或者",
    "但是",
    "然后",
    "还有",
    "的",
    "把",
    "在",
    "给",
    "因为",
    "那个",
    "嗯",
    "请",
)


def is_open(text: str, language: str) -> bool:
    """True for "set a timer for", "und dann", "提醒我在"; punctuation and case don't matter."""
    words = text.strip().rstrip(".,;:!?…。，！？").casefold()
    if not words or text.rstrip().endswith(("…", "...", ",", "，")):
        return bool(words)
    base = language.partition("-")[0]
    if base == "zh":
        return words.endswith(OPEN_ENDINGS_ZH)
    return words.rpartition(" ")[2] in OPEN_WORDS.get(base, frozenset())
