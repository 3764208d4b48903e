"""Finding facts by their words, in a thread of the store."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, func, select

from lorgnette.services.memory.ranking import Hit, ranked
from lorgnette.services.memory.rows import holding
from lorgnette.services.memory.tables import facts, terms
from lorgnette.services.memory.terms import is_han

MOST: Final = 24
"""Terms of a question."""
ALIKE: Final = 84.0
"""Of 100: a word that is spelt so much like another was misheard, or is a form of it."""
WITHIN: Final = 4
"""Letters of a word that is looked for inside others: "Spind" in "Spindcode"."""


def search(connection: Connection, wearer: str, asked: Sequence[str], *, where: bool = False) -> list[Hit]:
    """Best first. Single Han characters and words that are only alike come in where nothing else is found."""
    asked = asked[:MOST]
    total = connection.execute(select(func.count()).select_from(facts).where(holding(wearer))).scalar_one()
    if not asked or not total:
        return []
    strong = [term for term in asked if not (len(term) == 1 and is_han(term))]
    places = _places(connection, wearer) if where else frozenset()
    for these in (strong, list(asked)):
        if these and (hits := ranked(these, _held(connection, wearer, these), total, places)):
            return hits
    return ranked(asked, _alike(connection, wearer, asked), total, places)


def touching(connection: Connection, wearer: str, asked: Sequence[str], limit: int) -> list[str]:
    """Facts that share words with a longer text, those with the rarest first."""
    asked = asked[:MOST]
    total = connection.execute(select(func.count()).select_from(facts).where(holding(wearer))).scalar_one()
    if not asked or not total:
        return []
    hits = ranked(asked, _held(connection, wearer, asked), total, least=0.0)
    return [hit.fact for hit in hits[:limit]]


def _held(connection: Connection, wearer: str, asked: Sequence[str]) -> dict[str, list[str]]:
    query = select(terms.c.term, terms.c.fact).where(terms.c.wearer == wearer, terms.c.term.in_(asked))
    found: dict[str, list[str]] = {}
    for term, fact in connection.execute(query):
        found.setdefault(term, []).append(fact)
    return found


def _places(connection: Connection, wearer: str) -> frozenset[str]:
    query = select(facts.c.id).where(holding(wearer), facts.c.topic.startswith("place:"))
    return frozenset(connection.execute(query).scalars())


def _alike(connection: Connection, wearer: str, asked: Sequence[str]) -> dict[str, list[str]]:
    """Facts with words like those that are asked for, under the asked word."""
    from rapidfuzz import fuzz, process

    if not any(len(term) >= WITHIN and not is_han(term) and not term[0].isdigit() for term in asked):
        return {}
    # numbers sort before letters in either database, and aren't alike: they needn't be read
    query = select(terms.c.term).where(terms.c.wearer == wearer, terms.c.term >= "a").distinct()
    known = [term for term in connection.execute(query).scalars() if not is_han(term)]
    forms: dict[str, set[str]] = {}
    for term in asked:
        if is_han(term) or term[0].isdigit() or len(term) < WITHIN:
            continue
        near = process.extract(term, known, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=8)
        inside = [other for other in known if len(other) >= WITHIN and (term in other or other in term)]
        forms[term] = {other for other, _, _ in near} | set(inside[:8])
    every = sorted({form for found in forms.values() for form in found})
    held = _held(connection, wearer, every) if every else {}
    return {
        term: list(dict.fromkeys(fact for form in sorted(found) for fact in held.get(form, ())))
        for term, found in forms.items()
    }
