import numpy as np
import pytest

from lorgnette.core.errors import MediaError
from lorgnette.media.codecs import libopus as binding
from lorgnette.media.codecs import make_decoder, make_encoder, opus_available
from lorgnette.media.wav import read_audio
from media.signals import chunks, db, samples, tone

pytestmark = pytest.mark.skipif(not opus_available(), reason="no libopus on this machine")


def best_shift(a: np.ndarray, b: np.ndarray, most: int) -> int:
    return int(np.argmax([np.dot(a[at : at + len(b) - most], b[: len(b) - most]) for at in range(most)]))


def test_speech_survives_the_round_trip(shared):
    speech = read_audio(shared / "data/speech/jfk.flac")[: 32_000 * 4]
    encoder, decoder = make_encoder("opus", 48_000), make_decoder("opus", 48_000)
    packets = [encoder.encode(frame) for frame in chunks(speech, 640)]
    out = b"".join(decoder.decode(packet) for packet in packets)
    assert len(out) == len(speech)
    assert sum(map(len, packets)) * 8 / 4 < 45_000  # bits per second, near the 32 000 asked for
    a, b = samples(out), samples(speech)
    shift = best_shift(a, b, 400)
    assert shift < 160  # the codec is at most 10 ms late
    assert np.corrcoef(a[shift:], b[: len(b) - shift])[0, 1] > 0.95


def test_the_last_short_frame_is_filled_up():
    encoder, decoder = make_encoder("opus", 16_000), make_decoder("opus", 16_000)
    assert len(decoder.decode(encoder.encode(tone(500, 0.007)))) == 640
    with pytest.raises(MediaError):
        encoder.encode(bytes(642))


def test_a_lost_packet_is_guessed_and_a_long_loss_fades():
    encoder, decoder = make_encoder("opus", 16_000), make_decoder("opus", 16_000)
    for frame in chunks(tone(300, 0.4), 640):
        heard = decoder.decode(encoder.encode(frame))
    guess = samples(decoder.conceal(20))
    assert abs(db(guess) - db(samples(heard))) < 6
    assert db(samples(decoder.conceal(900))[-1600:]) < db(guess) - 20


@pytest.mark.parametrize("packet", [b"", b"\xff\xff\xff", bytes([0b11]), bytes(9000)])
def test_a_broken_packet_is_a_media_error(packet):
    with pytest.raises(MediaError):
        make_decoder("opus", 16_000).decode(packet)


def test_streams_do_not_share_state():
    encoder = make_encoder("opus", 16_000)
    packets = [encoder.encode(frame) for frame in chunks(tone(700, 0.2), 640)]
    alone, first, second = (make_decoder("opus", 16_000) for _ in range(3))
    expected = [alone.decode(packet) for packet in packets]
    noise = [make_encoder("opus", 16_000).encode(tone(90, 0.02)) for _ in packets]
    mixed = []
    for packet, other in zip(packets, noise, strict=True):
        mixed.append(first.decode(packet))
        second.decode(other)
    assert mixed == expected


def test_without_a_library_the_error_says_what_to_install():
    with pytest.raises(MediaError, match="libopus0"):
        binding.load(["libnothing-of-the-kind.so.9", "libm.so.6"])


def test_every_candidate_that_opens_is_usable():
    usable = []
    for name in binding.candidates():
        try:
            usable.append(binding.load([name]))
        except MediaError:
            continue
    assert usable
    assert all(library.opus_get_version_string().startswith(b"libopus") for library in usable)
