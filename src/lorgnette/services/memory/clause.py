"""What was told behind "that …" as a sentence of its own: German puts the verb back where it belongs."""

from lorgnette.services.memory.terms import words
from lorgnette.services.memory.wording import Wording

LONGEST_SUBJECT = 5
"""Words."""


def sentence_of(text: str, wording: Wording) -> str:
    """Without "that"; "dass ich kein Fleisch esse" is "ich esse kein Fleisch"; others stay as they are."""
    tokens = text.split()
    begins = words(tokens[0])[:1] if tokens else []
    told = bool(begins) and begins[0] in wording.conjunctions
    if told and len(tokens) > 1:
        tokens = tokens[1:]
    if not wording.verb_last or len(tokens) < 3:
        return " ".join(tokens)
    verb = tokens[-1].rstrip(".!")
    plain = (words(verb) or [""])[0]
    if plain not in wording.links and not (told and verb.islower() and verb.isalpha()):
        return " ".join(tokens)
    if any(word in wording.links for token in tokens[1:-1] for word in words(token)):
        return " ".join(tokens)  # there is one in its place already
    end = _subject(tokens, wording)
    return " ".join([*tokens[:end], verb, *tokens[end:-1]])


def _subject(tokens: list[str], wording: Wording) -> int:
    """How many words it has: a pronoun, a name, or everything from an article up to its noun."""
    first = (words(tokens[0]) or [""])[0]
    if first not in wording.definite and first not in wording.indefinite:
        genitive = tokens[0][:1].isupper() and tokens[0].endswith("s") and tokens[1][:1].isupper()
        return 2 if genitive and len(tokens) > 2 else 1
    for at, token in enumerate(tokens[1:LONGEST_SUBJECT], 1):
        if token[:1].isupper() and at + 1 < len(tokens):
            return at + 1
    return 1
