"""Tells the hub's own sentence, heard back through the microphone, from a wearer who cuts in.

The last guard behind the canceller: a partial transcript that repeats what is being spoken never interrupts.
But words after the echo do: "the timer is set for five minutes *stop*" is an interruption.
About 4 µs a partial (rapidfuzz), only while something is being spoken.
"""

import unicodedata
from functools import lru_cache

SAME = 80.0
"""Percent of likeness of the whole partial with its best place in the sentence."""
SAME_WORD = 70.0
"""Percent for the last word alone: recognisers bend words, but not into other words."""


def is_echo_of(partial_text: str, sentence_being_spoken: str) -> bool:
    """Whether `partial_text` is nothing but a piece of `sentence_being_spoken`, in de, en or zh.

    Case, accents, punctuation and spaces don't count. An empty partial or sentence is no echo. For two
    sentences in a row pass both, joined: an echo is heard up to half a second later.
    """
    heard, spoken = _words(partial_text), _words(sentence_being_spoken)
    if not heard or not spoken:
        return False
    if len(heard) == 1 or len("".join(heard)) <= 4:
        # Too short to measure likeness ("no" is in "notes"): whole words in a row, or one long word bent.
        return _contains(spoken, heard) or (len(heard[0]) > 4 and _known(heard[0], spoken))
    from rapidfuzz.fuzz import partial_ratio

    said, sentence = " ".join(heard), " ".join(spoken)
    if len(said) > len(sentence):
        # `partial_ratio` looks for the shorter in the longer: here the partial holds more than was said.
        sentence = sentence.ljust(len(said))
    if partial_ratio(said, sentence, score_cutoff=SAME) < SAME:
        return False
    return _known(heard[-1], spoken) or (_is_han(heard[-1]) and _contains(spoken, heard[-2:-1]))


def _known(word: str, spoken: tuple[str, ...]) -> bool:
    if word in spoken:
        return True
    from rapidfuzz.fuzz import ratio

    begins = len(word) >= 2 and any(other.startswith(word) for other in spoken)  # a word cut by the partial
    return begins or any(ratio(word, other) >= SAME_WORD for other in spoken)


def _contains(spoken: tuple[str, ...], heard: tuple[str, ...]) -> bool:
    span = len(heard)
    return any(spoken[at : at + span] == heard for at in range(len(spoken) - span + 1))


@lru_cache(maxsize=256)
def _words(text: str) -> tuple[str, ...]:
    """Case-folded words without marks; each Han character is a word, since nothing parts them."""
    flat = unicodedata.normalize("NFKD", text.casefold())
    out: list[str] = []
    word = ""
    for letter in flat:
        if _is_han(letter):
            if word:
                out.append(word)
            out.append(letter)
            word = ""
        elif letter.isalnum():
            word += letter
        elif not unicodedata.combining(letter) and letter not in "'’" and word:
            out.append(word)
            word = ""
    if word:
        out.append(word)
    return tuple(out)


def _is_han(text: str) -> bool:
    return "㐀" <= text[:1] <= "鿿"
