"""Stretches of a file, against sets of single bytes."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from lorgnette.models.spans import added, length, missing, pieces

SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12)


@settings(max_examples=200, deadline=None)
@given(SPANS)
def test_spans_hold_exactly_the_bytes_that_were_added(news: list[tuple[int, int]]) -> None:
    spans: list[tuple[int, int]] = []
    bytes_: set[int] = set()
    for new in news:
        spans = added(spans, new)
        bytes_ |= set(range(*new))
    assert {at for span in spans for at in range(*span)} == bytes_
    assert length(spans) == len(bytes_)
    assert all(one[1] < other[0] for one, other in pairwise(spans))
    gaps = missing(spans, 60)
    assert {at for gap in gaps for at in range(*gap)} == set(range(60)) - bytes_
    cut = pieces(gaps, 7)
    assert [at for piece in cut for at in range(*piece)] == [at for gap in gaps for at in range(*gap)]
    assert all(0 < end - start <= 7 for start, end in cut)
