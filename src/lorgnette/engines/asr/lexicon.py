"""How words are pronounced: the bundled dictionary first, then parts, letters and a few spelling rules."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from unicodedata import combining, normalize

PHONES = [
    "AA",
    "AE",
    "AH",
    "AO",
    "AW",
    "AY",
    "B",
    "CH",
    "D",
    "DH",
    "EH",
    "ER",
    "EY",
    "F",
    "G",
    "HH",
    "IH",
    "IY",
    "JH",
    "K",
    "L",
    "M",
    "N",
    "NG",
    "OW",
    "OY",
    "P",
    "R",
    "S",
    "SH",
    "T",
    "TH",
    "UH",
    "UW",
    "V",
    "W",
    "Y",
    "Z",
    "ZH",
]

Pronunciations = tuple[str, ...]


def model_folder() -> Path:
    """Where the recogniser's wheel keeps its English model."""
    from pocketsphinx import get_model_path

    return Path(get_model_path("en-us"))


@cache
def dictionary() -> dict[str, Pronunciations]:
    """The bundled dictionary: word → pronunciations, phones separated by spaces. Takes 0.2 s, once."""
    found: dict[str, list[str]] = {}
    text = (model_folder() / "cmudict-en-us.dict").read_text("utf-8")
    for line in text.splitlines():
        word, _, phones = line.partition(" ")
        if word.endswith(")") and "(" in word[1:]:
            word = word[: word.rindex("(")]
        found.setdefault(word, []).append(phones)
    return {word: tuple(several) for word, several in found.items()}


def pronounce(word: str) -> tuple[Pronunciations, bool]:
    """Pronunciations of a lower-case word and whether they were guessed; none if it can't be said."""
    known = dictionary()
    if word in known and word not in _WITHOUT_APOSTROPHE:
        return known[word], False
    word = _WITHOUT_APOSTROPHE.get(word, word)
    word = "".join(letter for letter in normalize("NFD", word) if not combining(letter))
    if word in known:
        return known[word], True
    if not re.fullmatch(r"[a-z][a-z'.-]*", word):
        return (), True
    for guess in (_inflected, _compound, _letters, _spelled):
        phones = guess(word)
        if phones:
            return (phones,), True
    return (), True


def _inflected(word: str) -> str:
    """Possessive, plural and past of a known word."""
    known = dictionary()
    for ending in ("'s", "s'", "es", "s", "ed", "d", "ing"):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 3:
            continue
        for base in (stem, stem + "e"):
            if base not in known:
                continue
            phones = known[base][0]
            last = phones.split()[-1]
            if ending == "ing":
                return f"{phones} IH NG"
            if ending in {"ed", "d"}:
                return phones + (" AH D" if last in {"T", "D"} else " T" if last in _VOICELESS else " D")
            return phones + (" AH Z" if last in _SIBILANT else " S" if last in _VOICELESS else " Z")
    return ""


def _compound(word: str) -> str:
    """Two known words of three letters or more, or parts joined by a hyphen ("ecobee", "e-mail")."""
    known = dictionary()
    if "-" in word:
        parts = [known.get(part, ("",))[0] for part in word.split("-")]
        return " ".join(parts) if all(parts) else ""
    cuts = [cut for cut in range(3, len(word) - 2) if word[:cut] in known and word[cut:] in known]
    if not cuts:
        return ""
    best = min(cuts, key=lambda cut: abs(cut - len(word) / 2))
    return f"{known[word[:best]][0]} {known[word[best:]][0]}"


def _letters(word: str) -> str:
    """Letter by letter where there is no vowel to say it by ("hdmi" has one, "tvs" hasn't)."""
    plain = word.replace(".", "")
    if "." not in word and (set(plain) & set("aeiouy") or len(plain) > 5):
        return ""
    known = dictionary()
    names = [known.get(f"{letter}.", ("",))[0] for letter in plain]
    return " ".join(names) if all(names) else ""


def _spelled(word: str) -> str:
    """By the commonest value of each spelling, longest first. Rough, but near enough for a name."""
    phones: list[str] = []
    rest = re.sub(r"[^a-z]", "", word)
    rest = re.sub(r"(.)\1", r"\1", rest) if rest[:2] not in {"oo", "ee"} else rest
    rest = re.sub(r"([aiou])([bcdfgklmnprstvz])e$", lambda m: m[1].upper() + m[2], rest)  # silent e
    position = 0
    while position < len(rest):
        for length in (4, 3, 2, 1):
            part = rest[position : position + length]
            last = position + len(part) == len(rest)
            value = _ENDINGS.get(part) if last and part in _ENDINGS and phones else _SPELLINGS.get(part)
            if value is not None:
                phones += value.split()
                position += length
                break
        else:
            position += 1
    return " ".join(phones)


def lexicon(words: Iterable[str]) -> dict[str, Pronunciations]:
    """Entries for those of the words that can be pronounced."""
    return {word: phones for word in words if (phones := pronounce(word)[0])}


_WITHOUT_APOSTROPHE = {
    "id": "i'd",
    "im": "i'm",
    "ive": "i've",
    "dont": "don't",
    "doesnt": "doesn't",
    "didnt": "didn't",
    "cant": "can't",
    "wont": "won't",
    "isnt": "isn't",
    "thats": "that's",
    "whats": "what's",
    "whos": "who's",
    "hows": "how's",
    "wheres": "where's",
    "theres": "there's",
    "youre": "you're",
    "lets": "let's",
    "todays": "today's",
    "tomorrows": "tomorrow's",
    "oclock": "o'clock",
}
"""Spellings of templates whose sound is another word's, or that the dictionary lacks."""

_VOICELESS = {"P", "T", "K", "F", "TH"}
_SIBILANT = {"S", "Z", "SH", "ZH", "CH", "JH"}

_ENDINGS = {"a": "AH", "e": "", "i": "IY", "o": "OW", "u": "UW"}
"""Values of a last letter."""

_SPELLINGS = {
    "tion": "SH AH N",
    "ough": "AO",
    "eigh": "EY",
    "sch": "SH",
    "tch": "CH",
    "igh": "AY",
    "ch": "CH",
    "sh": "SH",
    "th": "TH",
    "ph": "F",
    "wh": "W",
    "ck": "K",
    "ng": "NG",
    "qu": "K W",
    "ee": "IY",
    "ea": "IY",
    "oo": "UW",
    "ou": "AW",
    "ow": "OW",
    "oa": "OW",
    "ai": "EY",
    "ay": "EY",
    "oy": "OY",
    "oi": "OY",
    "au": "AO",
    "aw": "AO",
    "ie": "IY",
    "ei": "AY",
    "ey": "IY",
    "ew": "UW",
    "er": "ER",
    "ir": "ER",
    "ur": "ER",
    "ar": "AA R",
    "or": "AO R",
    "ce": "S EH",
    "ci": "S IH",
    "cy": "S IY",
    "ge": "JH EH",
    "gi": "JH IH",
    "a": "AE",
    "b": "B",
    "c": "K",
    "d": "D",
    "e": "EH",
    "f": "F",
    "g": "G",
    "h": "HH",
    "i": "IH",
    "j": "JH",
    "k": "K",
    "l": "L",
    "m": "M",
    "n": "N",
    "o": "AA",
    "p": "P",
    "q": "K",
    "r": "R",
    "s": "S",
    "t": "T",
    "u": "AH",
    "v": "V",
    "w": "W",
    "x": "K S",
    "y": "IY",
    "z": "Z",
    "A": "EY",
    "I": "AY",
    "O": "OW",
    "U": "UW",
}
