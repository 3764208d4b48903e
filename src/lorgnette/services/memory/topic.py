"""What a fact is about, read from how it is told: so that a newer one can take its place, or correct it."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from lorgnette.services.memory.terms import is_han, terms, words
from lorgnette.services.memory.wording import Wording
from lorgnette.services.notes.folding import fold

Aspect = Literal["place", "number", "kind", "what"]
LONGEST: Final = 60
"""Characters of a subject."""


@dataclass(frozen=True, slots=True)
class Topic:
    """`key`: facts with the same one can't both hold; empty: it takes nobody's place.

    `before` and `after`: the words around the value, so that "no, it's 4712" makes a sentence again.
    """

    subject: str = ""
    key: str = ""
    before: str = ""
    after: str = ""


def topic_of(text: str, wording: Wording) -> Topic:
    """By the language's small words alone; where they don't tell, a topic without a key."""
    said = " ".join(text.split()).strip(" .!。！")
    first = words(said)[:1]
    if (first and first[0] in wording.self) or (
        said.startswith(_han(wording.self)) and not said.startswith(_han(wording.definite))
    ):
        return Topic(key=_self(said, wording))
    found = _split_han(said, wording) if _mostly_han(said) else _split(said, wording)
    if found is None:
        return Topic()
    subject, before, value, after = found
    about = sorted(terms(subject, wording))
    if not about or len(subject) > LONGEST:
        return Topic()
    aspect = _aspect(value, wording)
    # "Tom is my boss" and "Tom is my neighbour" may both be so
    one = _definite(subject, wording) or aspect in {"place", "number"}
    return Topic(subject, f"{aspect}:{' '.join(about)}" if one else "", before, after)


def _self(said: str, wording: Wording) -> str:
    """What is about the same: "I eat meat" and "I don't eat meat" are."""
    about = sorted(affirmed(said, wording))
    return f"self:{' '.join(about)}" if about else ""


def affirmed(text: str, wording: Wording) -> list[str]:
    """The terms of a text without its negations."""
    plain = " ".join(word for word in words(text) if word not in wording.negations)
    for no in sorted(_han(tuple(wording.negations)), key=len, reverse=True):
        plain = plain.replace(no, "")
    return terms(plain, wording)


def denies(text: str, wording: Wording) -> bool:
    """Whether a negation is in it."""
    found = words(text)
    return any(
        word in wording.negations or (is_han(word) and any(no in word for no in wording.negations))
        for word in found
    )


def _split(said: str, wording: Wording) -> tuple[str, str, str, str] | None:
    """Subject, what stands before the value, the value, what stands behind it."""
    tokens = said.split(" ")
    plain = [_plain(token) for token in tokens]
    for at in range(1, len(tokens) - 1):
        if plain[at] in wording.links:
            subject = " ".join(tokens[:at])
            return subject, " ".join(tokens[: at + 1]) + " ", " ".join(tokens[at + 1 :]), ""
        begin, _, ending = fold(tokens[at - 1]).replace("’", "'").rpartition("'")
        if begin and ending in wording.links and at == 1:  # "Tom's my boss", not "Tom's birthday is …"
            rest = " ".join(tokens[1:])
            if not any(word in wording.links for word in plain[1:]):
                return tokens[0][: len(begin)], tokens[0] + " ", rest, ""
    if len(tokens) > 2 and plain[-1] in wording.links:  # German behind "dass": "mein Code 4711 ist"
        for at in range(1, len(tokens) - 1):
            if any(letter.isdigit() for letter in plain[at]) or plain[at] in wording.places:
                value = " ".join(tokens[at:-1])
                return " ".join(tokens[:at]), " ".join(tokens[:at]) + " ", value, f" {tokens[-1]}"
    return None


def _split_han(said: str, wording: Wording) -> tuple[str, str, str, str] | None:
    places = [(said.find(link, 1), -len(link), link) for link in wording.links if said.find(link, 1) > 0]
    if not places:
        return None
    at, _, link = min(places)
    end = at + len(link)
    if end >= len(said):
        return None
    return said[:at], said[:end], said[end:] if link != "在" else said[at:], ""


def _aspect(value: str, wording: Wording) -> Aspect:
    found = words(value)
    if not found:
        return "what"
    if any(letter.isdigit() for letter in value) or any(
        word in wording.times or (is_han(word) and any(one in word for one in wording.times))
        for word in found
    ):
        # "on level 3" is a place all the same
        return "place" if found[0] in wording.places and not _dated(found, wording) else "number"
    if found[0] in wording.places or (is_han(found[0]) and found[0].startswith("在")):
        return "place"
    if found[0] in wording.indefinite or value.startswith(_han(wording.indefinite)):
        return "kind"
    return "what"


def _dated(found: list[str], wording: Wording) -> bool:
    return any(word in wording.times for word in found)


def _definite(subject: str, wording: Wording) -> bool:
    found = words(subject)
    return found[0] in wording.definite or len(found) > 1 or (is_han(found[0]) and "的" in subject)


def _mostly_han(said: str) -> bool:
    return sum(is_han(letter) for letter in said) * 2 >= len(said.replace(" ", "")) or is_han(said[:1])


def _han(entries: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in entries if is_han(one)) or ("\0",)


def _plain(token: str) -> str:
    return re.sub(r"[^\w]", "", fold(token))
