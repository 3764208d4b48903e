import pytest
from hypothesis import given
from hypothesis import strategies as st

from lorgnette.core.errors import MediaError
from lorgnette.media.codecs import available_codecs, make_decoder, make_encoder
from media.signals import tone


def test_pcm16_is_always_offered_and_opus_first_where_it_is():
    names = available_codecs()
    assert names[-1] == "pcm16"
    assert names in {("opus", "pcm16"), ("pcm16",)}


@pytest.mark.parametrize("make", [make_decoder, make_encoder])
def test_an_unknown_codec_is_named_in_the_error(make):
    with pytest.raises(MediaError, match="lc3"):
        make("lc3", 16_000)


@pytest.mark.parametrize("make", [make_decoder, make_encoder])
@pytest.mark.parametrize("codec", available_codecs())
def test_a_silly_rate_is_refused(make, codec):
    with pytest.raises(MediaError):
        make(codec, 1)


@pytest.mark.parametrize("codec", available_codecs())
@pytest.mark.parametrize("rate", [16_000, 48_000])
def test_any_bytes_decode_or_raise_a_media_error_and_the_stream_goes_on(codec, rate):
    decoder, encoder = make_decoder(codec, rate), make_encoder(codec, rate)
    good = encoder.encode(tone(440, 0.02))
    silent = decoder.decode(good)

    @given(st.one_of(st.binary(max_size=400), st.binary(max_size=400).map(lambda tail: good[:8] + tail)))
    def check(payload: bytes) -> None:
        try:
            sound = decoder.decode(payload)
        except MediaError:
            sound = b""
        assert len(sound) % 2 == 0
        assert len(sound) <= 2 * 16_000
        assert len(decoder.decode(good)) == len(silent)

    check()


@pytest.mark.parametrize("codec", available_codecs())
@given(milliseconds=st.integers(-5, 2000))
def test_concealment_has_the_length_that_was_lost_up_to_a_second(codec, milliseconds):
    decoder = make_decoder(codec, 16_000)
    assert len(decoder.conceal(milliseconds)) == 32 * max(0, min(milliseconds, 1000))
