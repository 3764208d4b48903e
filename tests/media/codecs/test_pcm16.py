import pytest

from lorgnette.core.errors import MediaError
from lorgnette.media.codecs import make_decoder, make_encoder
from media.signals import chunks, samples, snr_of_tone, tone


def test_16_khz_passes_the_very_same_bytes():
    frame = tone(300, 0.02)
    assert make_decoder("pcm16", 16_000).decode(frame) is frame
    assert make_encoder("pcm16", 16_000).encode(frame) is frame


@pytest.mark.parametrize("payload", [b"\0", bytes(641), bytes(2 * 16_000 + 2)])
def test_half_a_sample_or_more_than_a_second_is_refused(payload):
    with pytest.raises(MediaError):
        make_decoder("pcm16", 16_000).decode(payload)


def test_a_48_khz_round_trip_is_clean():
    encoder, decoder = make_encoder("pcm16", 48_000), make_decoder("pcm16", 48_000)
    out = b"".join(decoder.decode(encoder.encode(frame)) for frame in chunks(tone(1000, 1.0), 640))
    out += decoder.decode(encoder.flush()) + decoder.flush()
    assert snr_of_tone(samples(out)[1600:-1600], 1000) > 75
