"""What the canceller leaves of the hub's own voice is turned down; a wearer who speaks over it is not."""

import numpy as np
import pytest

from lorgnette.core.audio import FRAME_SAMPLES
from lorgnette.media.residue import DOWN, Residue
from media.signals import noise, pcm


def frames(samples: np.ndarray) -> np.ndarray:
    return np.frombuffer(pcm(samples), np.int16).reshape(-1, FRAME_SAMPLES)


def bursts(seconds: float, level_db: float, seed: int = 1) -> np.ndarray:
    """Noise that comes and goes four times a second, as syllables do."""
    count = int(seconds * 16_000)
    return noise("pink", seconds, level_db, seed)[:count] * (
        0.55 + 0.45 * np.sin(np.arange(count) * np.pi * 8 / 16_000)
    )


def level(part: np.ndarray) -> float:
    return 10 * np.log10(np.mean(np.square(part.astype(float))) + 1e-3) - 90.31


def learnt(played: np.ndarray, coupling_db: float = -20.0) -> Residue:
    """After four seconds in which the canceller took everything away."""
    residue = Residue()
    for frame in frames(played):
        heard = (frame * 10 ** (coupling_db / 20)).astype(np.int16)
        residue.pass_on(heard, np.zeros_like(heard), frame)
    return residue


@pytest.mark.parametrize("coupling_db", [-30.0, -20.0, -12.0])
def test_the_coupling_is_learnt_where_the_canceller_removes_much(coupling_db):
    assert learnt(bursts(4.0, -20), coupling_db).coupling == pytest.approx(coupling_db, abs=6.0)


def test_an_echo_that_leaks_at_full_level_is_turned_down():
    played = bursts(6.0, -20)
    residue = learnt(played)
    for frame in frames(played)[-50:]:
        leak = (frame / 10).astype(np.int16)
        out = residue.pass_on(leak, leak, frame)
        assert level(out) <= max(level(leak) + 20 * np.log10(DOWN) + 1.0, -85)


def test_before_anything_is_learnt_an_echo_passes_as_little():
    residue = Residue()
    for frame in frames(bursts(0.5, -20))[1:]:
        leak = (frame / 10).astype(np.int16)
        out = residue.pass_on(leak, leak, frame)
    assert level(out) < level(leak) - 25


def test_a_wearer_at_a_normal_level_passes_with_every_frame_between_loud_ones():
    played, near = bursts(6.0, -20), bursts(1.0, -24, seed=9)
    residue = learnt(played)
    outs = []
    for frame, voice in zip(frames(played)[-50:], frames(near), strict=True):
        heard = (voice + frame / 10).astype(np.int16)
        outs.append((residue.pass_on(heard, voice, frame), voice))
    loud = next(at for at, (out, voice) in enumerate(outs) if np.array_equal(out, voice))
    assert loud <= 8, "heard within 160 ms"
    assert all(np.array_equal(out, voice) for out, voice in outs[loud:])


def test_half_a_second_after_the_playback_nothing_is_touched():
    residue = learnt(bursts(1.0, -20))
    silent, quiet = np.zeros(FRAME_SAMPLES, np.int16), frames(noise("white", 0.02, -60, 3))[0]
    for _ in range(26):
        residue.pass_on(quiet, quiet, silent)
    assert np.array_equal(residue.pass_on(quiet, quiet, silent), quiet)
    assert np.array_equal(residue.pass_on(quiet, quiet, None), quiet)
