"""Words as models write them, made readable: case, marks, spaces between Chinese characters."""

import re

_MARK = re.compile(r"<\|[^|<>]*\|>|<unk>|<blk>|<sos/eos>|<blank>", re.IGNORECASE)
_ASIDE = re.compile(r"[\[(（【][^\])）】]*[\])）】]|[♪♫🎼]")
"""What Whisper writes where nobody speaks: "[BLANK_AUDIO]", "(music)"."""
_CJK = r"\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_BETWEEN = re.compile(rf"(?<=[{_CJK}])\s+(?=[{_CJK}])")
_SEAM = re.compile(r"(?<=[\u3400-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u3400-\u9fff])")
_I = re.compile(r"\bi\b(?=$|\s|['’](?:m|ve|ll|d)\b|[.,!?])")


def readable(text: str, language: str) -> str:
    """`text` for the eye and the mind. All upper case becomes a sentence; what has case already keeps it.

    `language`: the wearer's, for English's "I". Nothing where only asides were heard.
    """
    text = " ".join(_MARK.sub(" ", text).replace("▁", " ").split())
    if not _ASIDE.sub("", text).strip(" .,!?。，！？"):
        return ""
    text = _SEAM.sub(" ", _BETWEEN.sub("", text))
    letters = [letter for letter in text if letter.isalpha() and letter.lower() != letter.upper()]
    if letters and all(letter.isupper() for letter in letters) and len(letters) > 1:
        text = text.lower()
        letters = []
    if not any(letter.isupper() for letter in letters):
        if language.startswith("en") or re.search(rf"[{_CJK}]", text):
            text = _I.sub("I", text)
        text = text[:1].upper() + text[1:]
    return text
