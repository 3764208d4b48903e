import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lorgnette.media.jitter import Frame, Gap, JitterBuffer


def expand(out):
    """Every number once, with whether it came."""
    numbers = []
    for item in out:
        match item:
            case Frame(seq, payload):
                assert payload == b"%d" % seq
                numbers.append((seq, True))
            case Gap(seq, count):
                assert count > 0
                numbers += [(seq + step, False) for step in range(count)]
    return numbers


def test_frames_in_order_come_straight_out():
    buffer = JitterBuffer()
    assert buffer.push(0, b"0") == (Frame(0, b"0"),)
    assert buffer.push(1, b"1") == (Frame(1, b"1"),)
    assert buffer.next == 2


def test_an_overtaken_frame_is_waited_for():
    buffer = JitterBuffer(depth=3)
    assert not buffer.push(1, b"1")
    assert not buffer.push(2, b"2")
    assert buffer.missing() == [range(1)]
    assert [item.seq for item in buffer.push(0, b"0")] == [0, 1, 2]
    assert not buffer.missing()


def test_a_gap_is_given_up_when_too_many_wait_behind_it():
    buffer = JitterBuffer(depth=2)
    buffer.push(0, b"0")
    assert not buffer.push(3, b"3")
    assert not buffer.push(4, b"4")
    assert buffer.push(5, b"5") == [Gap(1, 2), Frame(3, b"3"), Frame(4, b"4"), Frame(5, b"5")]
    assert not buffer.push(2, b"2")  # too late
    assert buffer.tally.late == 1
    assert buffer.tally.lost == 2


def test_without_depth_a_gap_is_told_at_once():
    buffer = JitterBuffer(depth=0)
    assert buffer.push(2, b"2") == [Gap(0, 2), Frame(2, b"2")]


def test_the_caller_may_end_the_wait():
    buffer = JitterBuffer()
    buffer.push(4, b"4")
    buffer.push(6, b"6")
    assert buffer.give_up() == [Gap(0, 4), Frame(4, b"4")]
    assert buffer.flush() == [Gap(5, 1), Frame(6, b"6")]
    assert not buffer.give_up()


def test_a_resend_after_a_reconnect_repeats_nothing():
    buffer = JitterBuffer()
    out = [item for seq in range(30) for item in buffer.push(seq, b"%d" % seq)]
    out += [item for seq in range(20, 60) for item in buffer.push(seq, b"%d" % seq)]
    assert [item.seq for item in out] == list(range(60))
    assert buffer.tally.late == 10


@given(
    count=st.integers(1, 120),
    depth=st.integers(0, 20),
    reach=st.integers(0, 25),
    seed=st.integers(0, 2**32),
)
def test_any_disorder_comes_out_ascending_each_number_once(count, depth, reach, seed):
    chance = random.Random(seed)
    arrivals = [seq for seq in range(count) if chance.random() > 0.2]
    arrivals += [chance.choice(arrivals)] * 3 if arrivals else []
    arrivals.sort(key=lambda seq: seq + chance.random() * reach)
    buffer, out = JitterBuffer(depth=depth), []
    for seq in arrivals:
        out += buffer.push(seq, b"%d" % seq)
        assert len(buffer) <= depth
        assert buffer.next == len(expand(out))
    out += buffer.flush()
    numbers = expand(out)
    assert [seq for seq, _ in numbers] == list(range(len(numbers)))
    came = {seq for seq, here in numbers if here}
    assert came <= set(arrivals)
    if depth >= reach + 1:
        assert came == set(arrivals)  # disorder within the depth loses nothing
    assert buffer.tally.lost == len(numbers) - len(came)


@given(st.lists(st.integers(-10, 2**40), max_size=50))
def test_a_lying_device_costs_no_memory(numbers):
    buffer = JitterBuffer(depth=5)
    last = -1
    for seq in numbers:
        for item in buffer.push(seq, b"x"):
            assert item.seq > last
            last = item.seq if isinstance(item, Frame) else item.seq + item.frames - 1
    assert len(buffer) <= 5


def test_a_negative_depth_is_refused():
    with pytest.raises(ValueError, match="-1"):
        JitterBuffer(depth=-1)
