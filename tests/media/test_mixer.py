import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lorgnette.media.mixer import (
    DUCK_DB,
    DUCK_RAMP_MS,
    SILENCE_DB,
    STOP_RAMP_MS,
    UNDUCK_RAMP_MS,
    Gain,
    amplitude,
    apply,
    mix,
)
from media.signals import chunks, pcm, samples, tone

FRAME = tone(440, 0.02)
FULL = pcm(np.full(320, 10_000.0))


def test_one_source_at_full_level_passes_the_very_same_object():
    gain, mute = Gain(), Gain(SILENCE_DB)
    assert mix([(FRAME, gain)]) is FRAME
    assert mix([(FULL, mute), (FRAME, gain), (FULL, mute)]) is FRAME
    assert apply(FRAME, gain) is FRAME


def test_no_source_is_silence():
    assert mix([]) == bytes(640)
    assert mix([], size=320) == bytes(320)
    assert mix([(FRAME, Gain(SILENCE_DB))]) == bytes(640)


def test_the_sum_saturates():
    loud = pcm(np.full(320, 30_000.0))
    assert set(samples(mix([(loud, Gain()), (loud, Gain())]))) == {32767}
    low = pcm(np.full(320, -30_000.0))
    assert set(samples(mix([(low, Gain()), (low, Gain())]))) == {-32768}


def test_a_short_last_frame_is_filled_up_with_silence():
    out = samples(mix([(FULL[:200], Gain())]))
    assert len(out) == 320
    assert set(out[:100]) == {10_000}
    assert set(out[100:]) == {0}


def test_ducking_reaches_its_depth_in_its_time_and_not_before():
    gain = Gain()
    gain.duck()
    out = np.concatenate([samples(apply(FULL, gain)) for _ in range(4)])
    at = DUCK_RAMP_MS * 16
    floor = 10_000 * amplitude(DUCK_DB)
    assert out[at - 1] == pytest.approx(floor, abs=1)
    assert out[at - 40] > floor + 100
    assert np.all(np.abs(out[at:] - floor) <= 1)
    gain.restore()
    back = np.concatenate([samples(apply(FULL, gain)) for _ in range(UNDUCK_RAMP_MS // 20)])
    assert np.all(np.diff(back) >= 0)
    assert gain.unity


def test_a_stop_fades_to_silence_within_two_frames():
    gain = Gain()
    gain.fade_out()
    frames = [samples(mix([(FULL, gain)])) for _ in range(STOP_RAMP_MS // 20)]
    assert gain.silent
    assert frames[-1][-1] == 0
    assert np.max(np.abs(np.diff(np.concatenate(frames)))) < 20  # 10 000 in 640 even steps


@given(
    st.lists(
        st.tuples(
            st.sampled_from([0.0, -15.0, -40.0, SILENCE_DB, 6.0]), st.integers(20, 400), st.integers(1, 9)
        ),
        max_size=8,
    )
)
def test_whatever_overtakes_a_ramp_there_is_never_a_step(moves):
    gain, out = Gain(), [np.full(1, 10_000.0)]
    for target, ramp_ms, frames in moves:
        gain.set_db(target, ramp_ms)
        out += [samples(apply(FULL, gain)) for _ in range(frames)]
    steps = np.abs(np.diff(np.concatenate(out)))
    assert np.max(steps, initial=0) <= 10_000 * amplitude(6) / (20 * 16) + 2


@given(st.integers(1, 500), st.lists(st.integers(1, 300), min_size=1, max_size=20))
def test_a_ramp_does_not_depend_on_the_frames_it_is_cut_into(ramp_ms, sizes):
    total = sum(sizes)
    whole, cut = Gain(), Gain()
    for gain in (whole, cut):
        gain.set_db(-20, ramp_ms)
    expected = samples(apply(pcm(np.full(total, 10_000.0)), whole))
    parts = [samples(apply(pcm(np.full(size, 10_000.0)), cut)) for size in sizes]
    assert np.max(np.abs(np.concatenate(parts) - expected)) <= 1


def test_two_sources_add_each_under_its_own_gain():
    low, high = tone(300, 0.2, amplitude=0.3), tone(2000, 0.2, amplitude=0.3)
    music, voice = Gain(-12), Gain()
    out = b"".join(
        mix([(a, music), (b, voice)]) for a, b in zip(chunks(low, 640), chunks(high, 640), strict=True)
    )
    expected = samples(low) * amplitude(-12) + samples(high)
    assert np.max(np.abs(samples(out) - expected)) <= 1


def test_a_ramp_goes_on_while_its_source_is_silent():
    gain = Gain()
    gain.set_db(-20, 100)
    gain.skip(800)
    assert gain.level == pytest.approx((1 + amplitude(-20)) / 2)
    gain.skip(10_000)
    assert gain.level == pytest.approx(amplitude(-20))
