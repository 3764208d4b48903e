"""Whether a sentence sounds unfinished: it ends on a word that calls for another. Pure."""

from lorgnette.sdk.language import language_of


def is_open(text: str, language: str) -> bool:
    """True for "set a timer for", "und dann", "请把"; punctuation and case don't matter."""
    plain = text.strip()
    words = plain.rstrip(".,;:!?…。，！？").casefold()
    if not words or plain.endswith(("…", "...", ",", "，")):
        return bool(words)
    table = language_of(language).conversation
    if words.endswith(tuple(table.get("open_endings", ()))):
        return True
    return words.rpartition(" ")[2] in table.get("open_words", ())
