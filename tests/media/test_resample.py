import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lorgnette.core.errors import MediaError
from lorgnette.media.resample import make_resampler
from media.signals import chunks, samples, snr_of_tone, tone

RATES = [8000, 11025, 12000, 22050, 24000, 32000, 44100, 48000]


@pytest.mark.parametrize("rate", [*RATES, 37_123])
@pytest.mark.parametrize("inward", [True, False])
def test_a_tone_in_frames_keeps_its_pitch_level_and_purity(rate: int, inward: bool):
    rate_in, rate_out = (rate, 16_000) if inward else (16_000, rate)
    resampler = make_resampler(rate_in, rate_out)
    sound = tone(1000, 2.0, rate_in)
    parts = [resampler.push(part) for part in chunks(sound, rate_in // 50 * 2)]
    out = samples(b"".join([*parts, resampler.flush()]))
    middle = out[rate_out // 4 : -rate_out // 4]
    assert snr_of_tone(middle, 1000, rate_out) > 80
    assert np.sqrt(np.mean(middle**2)) == pytest.approx(0.5 * 32767 / np.sqrt(2), rel=0.002)
    wanted = len(sound) / 2 * rate_out / rate_in + resampler.delay_ms * rate_out / 1000
    assert len(out) == pytest.approx(wanted, abs=2)


@pytest.mark.parametrize("rate", [8000, 12000, 22050, 24000, 32000, 44100, 48000])
def test_every_20_ms_frame_gives_exactly_one_frame(rate: int):
    inward, outward = make_resampler(rate, 16_000), make_resampler(16_000, rate)
    assert {len(inward.push(bytes(rate // 50 * 2))) for _ in range(100)} == {640}
    assert {len(outward.push(bytes(640))) for _ in range(100)} == {rate // 50 * 2}
    assert inward.delay_ms < 2.5


@pytest.mark.parametrize(("rate", "above"), [(48_000, 11_000), (44_100, 9_000), (32_000, 9_500)])
def test_what_16_khz_cannot_hold_does_not_fold_back(rate: int, above: int):
    resampler = make_resampler(rate, 16_000)
    out = samples(resampler.push(tone(above, 1.0, rate)))
    assert np.sqrt(np.mean(out[200:] ** 2)) < 0.5 * 32767 / np.sqrt(2) * 10 ** (-70 / 20)


def test_the_declared_delay_is_the_real_one():
    resampler = make_resampler(48_000, 16_000)
    pulse = np.zeros(4800, np.int16)
    pulse[2400] = 20_000
    out = samples(resampler.push(pulse.tobytes()) + resampler.flush())
    assert np.argmax(out) == pytest.approx(800 + resampler.delay_ms * 16, abs=1)


@pytest.mark.parametrize("rate", [8000, 44_100, 48_000])
@given(cuts=st.lists(st.integers(0, 700), max_size=12))
def test_cutting_the_stream_elsewhere_changes_nothing(rate: int, cuts: list[int]):
    sound = tone(700, 0.2, rate)
    whole = make_resampler(rate, 16_000)
    expected = whole.push(sound) + whole.flush()
    cut = make_resampler(rate, 16_000)
    out, at = b"", 0
    for size in cuts:
        out += cut.push(sound[at : at + 2 * size])
        at += 2 * size
    out += cut.push(sound[at:]) + cut.flush()
    assert len(out) == len(expected)
    # Matrix products of other shapes round differently in the last bit of a float.
    assert np.max(np.abs(samples(out) - samples(expected)), initial=0) <= 1


def test_full_scale_saturates_and_does_not_wrap():
    resampler = make_resampler(8000, 16_000)
    square = np.where(np.arange(8000) // 20 % 2, 32767, -32768).astype(np.int16)
    out = samples(resampler.push(square.tobytes()))
    assert np.max(np.abs(np.diff(out))) < 40_000  # a wrapped sample would jump by 65 535
    assert out.max() == 32767
    assert out.min() == -32768


def test_a_flushed_resampler_is_fresh():
    resampler = make_resampler(48_000, 16_000)
    first = resampler.push(tone(500, 0.1, 48_000)) + resampler.flush()
    assert resampler.push(tone(500, 0.1, 48_000)) + resampler.flush() == first


def test_equal_rates_pass_the_very_same_bytes():
    frame = bytes(640)
    assert make_resampler(16_000, 16_000).push(frame) is frame


def test_half_a_sample_is_a_media_error_and_the_stream_goes_on():
    resampler = make_resampler(48_000, 16_000)
    with pytest.raises(MediaError):
        resampler.push(bytes(3))
    assert len(resampler.push(bytes(1920))) == 640


@pytest.mark.parametrize("rate", [0, -1, 7999, 48_001])
def test_a_rate_outside_8_to_48_khz_is_a_media_error(rate: int):
    with pytest.raises(MediaError):
        make_resampler(rate, 16_000)
