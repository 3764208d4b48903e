"""A noise floor under audio that has none: digital silence, or what a noise gate left.

The decoder subtracts each utterance's mean cepstrum; frames without any sound pull that mean so far away that
speech beside them is no longer recognised (40 of 100 sentences instead of 92, docs/decisions/0020).
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

UNDER_SPEECH_DB = 32.0
"""The floor that is kept, below the loudest tenth of the frames."""
_FRAME = 320
_PERIOD = 16_381
"""Samples of noise that are repeated; a prime, so that frames don't see the same noise in step."""


def dithered(pcm: bytes) -> bytes:
    """The same audio, with white noise added where its quietest frames are too quiet for its loudest."""
    samples = np.frombuffer(pcm, "<i2").astype(np.float32)
    frames = samples[: len(samples) // _FRAME * _FRAME].reshape(-1, _FRAME)
    if not len(frames):
        return pcm
    loudness = np.sqrt(np.mean(np.square(frames), axis=1))
    speech, floor = np.quantile(loudness, 0.9), np.quantile(loudness, 0.1)
    wanted = speech * 10 ** (-UNDER_SPEECH_DB / 20)
    if floor >= wanted:
        return pcm
    noise = np.resize(_noise(), len(samples)) * np.sqrt(wanted**2 - floor**2)
    return bytes(np.clip(np.rint(samples + noise), -32768, 32767).astype("<i2").tobytes())


@cache
def _noise() -> NDArray[np.float32]:
    return np.random.default_rng(0).standard_normal(_PERIOD).astype(np.float32)
