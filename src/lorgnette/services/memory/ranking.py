"""Which facts are meant: by the words they share with what is asked, and two rankings made one."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lorgnette.services.memory.terms import weight

SURE: Final = 0.6
"""Share of what is asked that a fact must hold to be the answer."""
NEAR: Final = 0.34
"""And to be mentioned at all."""
BESIDE: Final = 0.85
"""What comes within this share of the best may be meant as well."""
WHERE: Final = 1.2
"""A fact about a place counts so much more where a place is asked for."""
RRF: Final = 60
"""Reciprocal rank fusion's constant (Cormack, Clarke, Büttcher 2009)."""


@dataclass(frozen=True, slots=True)
class Hit:
    """`cover`: the share of what is asked, 0–1; `score`: what it is ranked by."""

    fact: str
    cover: float
    score: float


def ranked(
    asked: Sequence[str],
    found: Mapping[str, Iterable[str]],
    total: int,
    places: frozenset[str] = frozenset(),
    least: float = NEAR,
) -> list[Hit]:
    """Best first.

    `asked`: terms; `found`: term → facts that hold it; `total`: facts in all; `least`: the share below which
    a fact isn't even near. A rare term counts more (its inverse document frequency), and one that no fact
    holds counts most: who asks for the bank's PIN doesn't mean the phone's.
    """
    worth = {}
    covered: dict[str, float] = {}
    for term in asked:
        holders = list(found.get(term, ()))
        worth[term] = weight(term) * math.log(1 + max(total, 1) / (len(holders) or 0.5))
        for fact in holders:
            covered[fact] = covered.get(fact, 0.0) + worth[term]
    whole = sum(worth.values()) or 1.0
    hits = [
        Hit(fact, value / whole, value / whole * (WHERE if fact in places else 1.0))
        for fact, value in covered.items()
    ]
    return sorted((hit for hit in hits if hit.cover >= least), key=lambda hit: (-hit.score, hit.fact))


def fused(*rankings: Sequence[str]) -> list[str]:
    """Several rankings as one: who stands high in any of them stands high."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for place, one in enumerate(ranking, 1):
            scores[one] = scores.get(one, 0.0) + 1 / (RRF + place)
    return sorted(scores, key=lambda one: (-scores[one], one))
