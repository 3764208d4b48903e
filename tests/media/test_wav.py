import io
import struct
import wave

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from lorgnette.core.errors import MediaError
from lorgnette.media.wav import read_audio, wav_bytes, write_wav
from media.signals import db, samples, snr_of_tone, tone

TONE = samples(tone(1000, 0.5)) / 32768


def encoded(signal: np.ndarray, rate: int, kind: str, subtype: str | None = None) -> bytes:
    out = io.BytesIO()
    soundfile.write(out, signal, rate, format=kind, subtype=subtype)
    return out.getvalue()


def test_what_is_written_is_read_back(tmp_path):
    sound = tone(440, 0.3)
    write_wav(tmp_path / "a.wav", sound)
    assert read_audio(tmp_path / "a.wav") == sound
    assert read_audio((tmp_path / "a.wav").read_bytes()) == sound


@pytest.mark.parametrize(
    ("kind", "subtype"),
    [
        ("WAV", "PCM_U8"),
        ("WAV", "PCM_16"),
        ("WAV", "PCM_24"),
        ("WAV", "PCM_32"),
        ("WAV", "FLOAT"),
        ("WAV", "ULAW"),
        ("WAVEX", "PCM_24"),
        ("FLAC", "PCM_16"),
        ("FLAC", "PCM_24"),
        ("OGG", "VORBIS"),
        ("OGG", "OPUS"),
        ("MP3", None),
    ],
)
def test_every_usual_kind_is_read(kind, subtype):
    sound = samples(read_audio(encoded(TONE, 16_000, kind, subtype)))
    assert db(sound[1600:-1600]) == pytest.approx(db(TONE * 32768), abs=0.5)


@pytest.mark.parametrize("rate", [8000, 22_050, 44_100, 48_000, 96_000])
def test_every_rate_becomes_16_khz(rate):
    time = np.arange(rate) / rate
    data = encoded(np.sin(2 * np.pi * 1000 * time) / 2, rate, "WAV", "PCM_16")
    sound = samples(read_audio(data))
    assert len(sound) == pytest.approx(16_000, abs=2)
    assert snr_of_tone(sound[1600:-1600], 1000) > 70


def test_channels_are_averaged():
    stereo = np.stack([TONE, np.zeros_like(TONE)], axis=1)
    assert db(samples(read_audio(encoded(stereo, 16_000, "WAV")))) == pytest.approx(
        db(TONE * 32768) - 6.02, abs=0.05
    )


def test_a_recording_that_broke_off_is_read_as_far_as_it_goes():
    data = wav_bytes(tone(440, 1.0))
    assert len(read_audio(data[: len(data) // 2 + 1])) == pytest.approx(16_000, abs=50)


def test_real_flac_is_read(shared):
    assert len(read_audio(shared / "data/speech/jfk.flac")) == pytest.approx(11 * 32_000, rel=0.01)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"RIFF",
        b"no audio at all, only words",
        b"fLaC" + bytes(100),
        b"OggS" + bytes(200),
        wav_bytes(b""),
        wav_bytes(tone(440, 0.1))[:30],
    ],
)
def test_what_is_no_audio_is_a_media_error(data):
    with pytest.raises(MediaError):
        read_audio(data)


def test_a_missing_file_is_named_in_the_error(tmp_path):
    with pytest.raises(MediaError, match="nowhere"):
        read_audio(tmp_path / "nowhere.wav")
    with pytest.raises(MediaError, match="nowhere"):
        write_wav(tmp_path / "nowhere" / "a.wav", bytes(2))


def test_a_file_longer_than_asked_for_is_refused_by_its_header():
    with pytest.raises(MediaError, match="at most 1 s"):
        read_audio(wav_bytes(tone(440, 1.5)), longest_s=1)
    with pytest.raises(MediaError, match="at most 1 s"):
        read_audio(encoded(np.zeros(24_000), 16_000, "FLAC"), longest_s=1)


def test_half_a_sample_is_refused():
    with pytest.raises(MediaError):
        wav_bytes(b"\0")


def test_a_header_that_lies_is_refused_or_read_but_never_breaks():
    good = wav_bytes(tone(440, 0.1))
    for field, form, values in (
        (22, "<H", (0, 1, 65_535)),
        (24, "<I", (0, 1, 2**32 - 1)),
        (34, "<H", (0, 7, 64)),
    ):
        for value in values:
            data = bytearray(good)
            struct.pack_into(form, data, field, value)
            try:
                assert len(read_audio(bytes(data))) % 2 == 0
            except MediaError:
                continue


@given(st.sampled_from(["WAV", "FLAC", "OGG"]), st.data())
def test_damaged_files_are_read_or_are_a_media_error(kind, data):
    whole = bytearray(encoded(TONE[:800], 16_000, kind))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        sound = read_audio(bytes(whole[: data.draw(st.integers(1, len(whole)))]), longest_s=600)
    except MediaError:
        return
    assert len(sound) % 2 == 0


def test_it_writes_what_others_read(tmp_path):
    write_wav(tmp_path / "a.wav", tone(440, 0.1), 16_000)
    with wave.open(str(tmp_path / "a.wav")) as reader:
        assert (reader.getnchannels(), reader.getsampwidth(), reader.getframerate()) == (1, 2, 16_000)
        assert reader.getnframes() == 1600
