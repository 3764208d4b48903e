"""Where free text stands in an utterance: the stretch of tokens that looks most like it."""

from collections.abc import Sequence

import numpy as np

from lorgnette.mind.parser.features import tag_features
from lorgnette.mind.parser.weights import Weights


def find_text(
    weights: Weights, words: Sequence[str], typed: Sequence[str], key: str, free: Sequence[bool]
) -> tuple[int, int] | None:
    """(begin, end) of the free text of a parameter; None where no token is likelier in it than outside.

    `free`: tokens that no other slot has taken.
    """
    if not words:
        return None
    buckets = np.asarray(tag_features(words, typed, key))
    scores = weights.tags[buckets].sum(axis=1, dtype=np.int32) * weights.tag_scale
    best, begin, total = (0.0, 0, 0), 0, 0.0
    for at, score in enumerate(scores):
        if not free[at]:
            begin, total = at + 1, 0.0
            continue
        total += float(score)
        if total <= 0:
            begin, total = at + 1, 0.0
        elif total > best[0]:
            best = (total, begin, at + 1)
    return (best[1], best[2]) if best[0] > 0 else None
