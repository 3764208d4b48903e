"""The floor decides who is heard; these hold for any sequence of requests."""

from hypothesis import given, settings
from hypothesis import strategies as st

from lorgnette.session.floor import MAX_WAITING, Act, Claim, Floor, Priority


def claim(id: str, priority: Priority = Priority.ANSWER, **more) -> Claim:
    return Claim(id, priority, **more)


def test_a_free_floor_is_given_at_once() -> None:
    floor = Floor()
    assert floor.claim(claim("a"), 0) == [Act("start", "a")]


def test_an_alarm_ends_an_answer_and_an_answer_waits_for_an_alarm() -> None:
    floor = Floor()
    floor.claim(claim("answer", when_busy="interrupt"), 0)
    acts = floor.claim(claim("alarm", Priority.ALARM, when_busy="interrupt"), 0)
    assert acts == [Act("stop", "answer"), Act("start", "alarm")]
    assert floor.claim(claim("late", when_busy="interrupt"), 0) == []
    assert floor.finished("alarm", 1) == [Act("start", "late")]


def test_music_is_ducked_under_speech_and_comes_back() -> None:
    floor = Floor()
    assert floor.claim(claim("song", Priority.MUSIC, background=True), 0) == [Act("start", "song")]
    assert floor.claim(claim("turn left", Priority.NAVIGATION), 0) == [
        Act("duck", "song"),
        Act("start", "turn left"),
    ]
    assert floor.finished("turn left", 1) == [Act("restore", "song")]


def test_what_waited_too_long_is_never_said() -> None:
    floor = Floor()
    floor.claim(claim("a"), 0)
    floor.claim(claim("in 50 metres", Priority.NAVIGATION, expires=3.0), 0)
    assert floor.finished("a", 5) == [Act("drop", "in 50 metres")]


def test_the_queue_is_in_order_of_priority_then_of_arrival() -> None:
    floor = Floor()
    floor.claim(claim("a"), 0)
    for id, priority in (("n1", 2), ("v1", 4), ("n2", 2), ("v2", 4)):
        floor.claim(claim(id, Priority(priority)), 0)
    assert [one.id for one in floor.waiting] == ["v1", "v2", "n1", "n2"]


requests = st.lists(
    st.one_of(
        st.tuples(
            st.just("claim"),
            st.integers(0, 12),
            st.sampled_from(list(Priority)),
            st.sampled_from(["queue", "duck", "drop", "interrupt"]),
            st.booleans(),
            st.sampled_from([1.0, 5.0, float("inf")]),
        ),
        st.tuples(st.just("finished"), st.integers(0, 12)),
        st.tuples(st.just("expire")),
        st.tuples(st.just("clear")),
    ),
    max_size=80,
)


@settings(max_examples=300, deadline=None)
@given(requests)
def test_never_two_in_front_and_nobody_is_forgotten(moves) -> None:
    floor = Floor()
    sounding: dict[str, bool] = {}
    """What a speaker would play: id → in the background."""
    pending: set[str] = set()
    for now, move in enumerate(moves):
        background = False
        if move[0] == "claim":
            _, number, priority, busy, background, expires = move
            id = str(number)
            known = id in sounding or id in pending
            acts = floor.claim(Claim(id, priority, busy, expires, background), now)
            if not known:
                pending.add(id)
            elif acts == [Act("drop", id)]:
                acts = []  # asked twice: the second request is refused, the first one stays
        elif move[0] == "finished":
            id = str(move[1])
            acts = floor.finished(id, now)
            sounding.pop(id, None)
            pending.discard(id)
        else:
            acts = floor.expire(now) if move[0] == "expire" else floor.clear()
        for act in acts:
            if act.do == "start":
                assert act.id in pending, "what starts was asked for"
                pending.discard(act.id)
                sounding[act.id] = floor.background is not None and floor.background.id == act.id
            elif act.do == "stop":
                sounding.pop(act.id)
            elif act.do == "drop":
                pending.discard(act.id)
            else:
                assert act.id in sounding
        front = [id for id, behind in sounding.items() if not behind]
        assert len(front) <= 1
        assert (floor.speaking.id if floor.speaking else None) == (front[0] if front else None)
        assert {one.id for one in floor.waiting} == pending
        assert len(floor.waiting) <= MAX_WAITING
        assert not floor.waiting or floor.speaking is not None, "nobody waits for a free floor"
