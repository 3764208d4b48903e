import numpy as np

from lorgnette.engines.asr.dither import dithered


def loudness(pcm: bytes) -> np.ndarray:
    frames = np.frombuffer(pcm, "<i2").astype(float).reshape(-1, 320)
    return np.sqrt((frames**2).mean(axis=1))


def tone(seconds: float, level: float) -> bytes:
    return (np.sin(np.arange(int(seconds * 16_000)) * 0.2) * level).astype("<i2").tobytes()


def test_digital_silence_beside_speech_gets_a_floor_32_db_below():
    pcm = bytes(16_000) + tone(1, 10_000) + bytes(16_000)
    quiet = loudness(dithered(pcm))[:20]
    assert np.all(np.abs(20 * np.log10(quiet / (10_000 / np.sqrt(2))) + 32) < 1.5)


def test_audio_with_a_floor_is_left_alone():
    noise = (np.random.default_rng(1).standard_normal(32_000) * 300).astype("<i2").tobytes()
    assert dithered(noise) == noise


def test_it_is_the_same_every_time():
    pcm = bytes(9_600) + tone(0.5, 3_000)
    assert dithered(pcm) == dithered(pcm)
    assert len(dithered(pcm)) == len(pcm)


def test_loud_silent_and_empty_audio_stay_audio():
    for pcm in (b"", bytes(100), bytes(64_000), b"\xff\x7f" * 3200, tone(1, 32_767) + bytes(3200)):
        assert len(dithered(pcm)) == len(pcm)
