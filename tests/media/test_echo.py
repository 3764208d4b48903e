import logging
import subprocess
import sys

import numpy as np
import pytest

from lorgnette.core.errors import MediaError
from lorgnette.media import echo
from lorgnette.media.echo import Aligner, EchoCanceller, open_aligner
from lorgnette.media.wav import read_audio
from media.signals import chunks, db, noise, pcm, samples, tone

pytestmark = pytest.mark.skipif(not echo.echo_available(), reason="pywebrtc-audio is not installed")

FRAME_US = 20_000

WITHOUT = """
import logging, sys
logging.basicConfig()
sys.modules["pywebrtc_audio"] = None
from lorgnette.media.echo import open_aligner
assert open_aligner() is None and open_aligner() is None
"""

LOADED = """
import sys
import lorgnette.media
heavy = {"asyncio", "pywebrtc_audio", "rapidfuzz", "soundfile", "soxr", "ssl"}
print(sorted(heavy & set(sys.modules)))
"""


@pytest.fixture(scope="module")
def voices(request):
    shared = request.getfixturevalue("shared_folder")
    far = samples(read_audio(shared / "data/speech/two_cities_16k.flac"))[: 16_000 * 14]
    near = samples(read_audio(shared / "data/speech/jfk.flac"))[: 16_000 * 5] * 0.5
    return far, near


@pytest.fixture(scope="module")
def shared_folder():
    from pathlib import Path

    folder = Path(__file__).resolve().parents[3] / "shared"
    if not (folder / "data").is_dir():
        pytest.skip("../shared/data is not here")
    return folder


def echoed(far: np.ndarray, delay_ms: int = 120, level_db: float = -20) -> np.ndarray:
    """What the microphone hears of `far`, with a small room's tail."""
    tail = np.zeros(1600)
    tail[0] = 1.0
    tail[1:] = np.random.default_rng(5).standard_normal(1599) * np.exp(-np.arange(1, 1600) / 300) * 0.05
    room = np.fft.irfft(np.fft.rfft(far, len(far) + 1600) * np.fft.rfft(tail, len(far) + 1600))[: len(far)]
    shift = delay_ms * 16
    return np.concatenate([np.zeros(shift), room[: len(far) - shift]]) * 10 ** (level_db / 20)


def run(far, mic, *, play_us=lambda i: i * FRAME_US, capture_us=lambda i: i * FRAME_US, ahead=10):
    """A device's life: playback is pushed `ahead` frames before it sounds."""
    aligner, out = Aligner(), []
    played, heard = chunks(pcm(far), 640), chunks(pcm(mic), 640)
    for i in range(ahead):
        aligner.push_reference(played[i], play_us(i))
    for i, frame in enumerate(heard):
        if i + ahead < len(played):
            aligner.push_reference(played[i + ahead], play_us(i + ahead))
        out.append(aligner.clean(frame, capture_us(i)))
    return samples(b"".join(out))


def erle(mic, out, start_s=2.0):
    at = int(start_s * 16_000)
    return db(mic[at:]) - db(out[at:])


@pytest.mark.parametrize("delay_ms", [0, 30, 120, 300])
def test_the_echo_is_20_db_down(voices, delay_ms):
    far, _ = voices
    mic = echoed(far, delay_ms) + noise("white", len(far) / 16_000, -90)
    assert erle(mic, run(far, mic)) > 20


def test_a_wearer_who_talks_over_the_playback_is_kept(voices):
    far, near = voices
    mic = echoed(far) + noise("white", len(far) / 16_000, -80)
    at = 16_000 * 7
    mic[at : at + len(near)] += near
    out = run(far, mic)
    late = 128
    kept, said = out[at + late : at + late + len(near)], near
    assert np.corrcoef(kept, said)[0, 1] > 0.9
    frames = slice(0, len(near) // 320 * 320)
    said_db = np.array([db(row) for row in said[frames].reshape(-1, 320)])
    kept_db = np.array([db(row) for row in kept[frames].reshape(-1, 320)])
    assert np.mean(np.abs(kept_db - said_db)[said_db > -40] < 6) > 0.95


def test_stamps_may_jitter_by_10_ms(voices):
    far, _ = voices
    rng = np.random.default_rng(2)
    mic = echoed(far)
    out = run(
        far,
        mic,
        play_us=lambda i: i * FRAME_US + int(rng.integers(-10_000, 10_000)),
        capture_us=lambda i: i * FRAME_US + int(rng.integers(-10_000, 10_000)),
    )
    assert erle(mic, out) > 15


def test_a_play_clock_that_drifts_is_followed(voices):
    far, _ = voices
    mic = echoed(far)
    out = run(far, mic, play_us=lambda i: int(i * FRAME_US * 1.0005))  # 500 ppm, ten times a bad crystal
    assert erle(mic, out) > 15


def test_a_device_may_send_pieces_of_any_length(voices):
    far, _ = voices
    mic = echoed(far)
    aligner, out, at, pushed = Aligner(), [], 0, 0
    heard, played = pcm(mic), chunks(pcm(far), 640)
    for size in [210, 2, 700, 1600, 0, 42] * 2000:
        while pushed * 640 < at + 6400 and pushed < len(played):
            aligner.push_reference(played[pushed], pushed * FRAME_US)
            pushed += 1
        if at >= 16_000 * 2 * 8:
            break
        out.append(aligner.clean(heard[at : at + size], at * 1_000_000 // 32_000))
        at += size
    cleaned = samples(b"".join(out))
    assert 0 <= at // 2 - len(cleaned) < 160
    assert erle(mic[: len(cleaned)], cleaned) > 20


def test_playback_that_pauses_and_resumes_stays_aligned(voices):
    far, _ = voices
    gap = np.zeros(16_000 * 2)
    far = np.concatenate([far[: 16_000 * 5], gap, far[16_000 * 5 : 16_000 * 10]])
    mic = echoed(far)
    aligner, out = Aligner(), []
    played, heard = chunks(pcm(far), 640), chunks(pcm(mic), 640)
    for i in range(len(heard)):
        if not 250 <= i < 350:  # nothing is pushed in the pause
            aligner.push_reference(played[i], i * FRAME_US)
        if i >= 3:  # the device plays 60 ms after the hub sent
            out.append(aligner.clean(heard[i - 3], (i - 3) * FRAME_US))
    out = samples(b"".join(out))
    assert db(mic[16_000 * 8 :]) - db(out[16_000 * 8 :]) > 20


def test_without_playback_the_very_same_bytes_pass_and_nothing_is_loaded():
    aligner = Aligner()
    frame = tone(300, 0.02)
    assert all(aligner.clean(frame, i * FRAME_US) is frame for i in range(10))
    assert not aligner.running
    aligner.push_reference(bytes(640), 200_000)  # silence is no reference either
    assert aligner.clean(frame, 200_000) is frame


def test_it_sleeps_half_a_second_after_the_last_sound():
    aligner = Aligner()
    sound, quiet = tone(500, 0.02), bytes(640)
    for i in range(50):
        aligner.push_reference(sound, i * FRAME_US + 60_000)
        aligner.clean(sound, i * FRAME_US)
    assert aligner.running
    states = []
    for i in range(50, 110):
        aligner.clean(quiet, i * FRAME_US)
        states.append(aligner.running)
    assert 25 <= states.index(False) <= 28
    assert not any(states[states.index(False) :])


def test_a_stopped_reference_is_forgotten():
    aligner = Aligner()
    for i in range(100):
        aligner.push_reference(tone(500, 0.02), i * FRAME_US)
    aligner.drop_reference(200_000)
    for i in range(11, 60):
        aligner.clean(bytes(640), i * FRAME_US)
    assert not aligner.running


@pytest.mark.parametrize("seed", range(5))
def test_wild_stamps_and_sizes_never_break_it(seed):
    rng = np.random.default_rng(seed)
    aligner = Aligner()
    for _ in range(200):
        when = int(rng.choice([0, -(10**15), 10**15, int(rng.integers(0, 10**7))]))
        size = int(rng.integers(0, 2000))
        match int(rng.integers(0, 3)):
            case 0:
                aligner.push_reference(pcm(rng.normal(0, 5000, size)), when)
            case 1:
                aligner.drop_reference(when)
            case 2:
                parts = int(rng.integers(0, 900))
                assert len(aligner.clean(pcm(rng.normal(0, 3000, parts)), when)) % 320 == 0


def test_frames_of_different_length_are_a_media_error():
    with pytest.raises(MediaError):
        EchoCanceller().process(bytes(640), bytes(320))
    with pytest.raises(MediaError):
        EchoCanceller().process(bytes(100), bytes(100))
    with pytest.raises(MediaError):
        Aligner().clean(bytes(641), 0)


def test_a_hub_without_the_canceller_says_so_once(caplog):
    caplog.set_level(logging.WARNING)
    gone = subprocess.run(
        [
            sys.executable,
            "-c",
            WITHOUT,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert gone.returncode == 0, gone.stderr
    assert gone.stderr.count("half duplex") == 1


def test_importing_the_room_loads_no_canceller():
    seen = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "[]"


def test_an_aligner_opens_here():
    assert isinstance(open_aligner(), Aligner)
