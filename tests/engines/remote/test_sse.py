import pytest
from hypothesis import given
from hypothesis import strategies as st

from lorgnette.core.errors import EngineError
from lorgnette.engines.remote.sse import LONGEST, EventReader


def test_comments_names_and_carriage_returns_are_no_data():
    reader = EventReader()
    assert reader.push(b": keep-alive\r\nevent: x\r\ndata: a\r\ndata: b\r\n\r\n") == ["a\nb"]


def test_an_unfinished_event_comes_at_the_end():
    reader = EventReader()
    assert reader.push(b"data: a") == []
    assert reader.end() == ["a"]


def test_an_endless_event_is_an_error():
    with pytest.raises(EngineError):
        EventReader().push(b"data: " + b"x" * LONGEST + b"xxxx")


@given(st.lists(st.text("aé€好 {}", min_size=1), max_size=5), st.lists(st.integers(1, 30), min_size=1))
def test_events_split_anywhere_are_the_same_events(events, cuts):
    data = "".join(f"data: {event}\n\n" for event in events).encode()
    reader, found, at = EventReader(), [], 0
    for n in range(len(data)):
        if at >= len(data):
            break
        size = cuts[n % len(cuts)]
        found += reader.push(data[at : at + size])
        at += size
    assert found + reader.end() == events
