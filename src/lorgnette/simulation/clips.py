"""Recordings as simulated wearers say them: 20 ms frames, with the places where speech begins and ends."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lorgnette.core.audio import FRAME_BYTES, FRAME_MS, FRAME_SAMPLES, RATE
from lorgnette.core.errors import ConfigError
from lorgnette.media.wav import read_audio

SUFFIXES: Final = (".wav", ".flac", ".ogg")
BACKGROUND_DB: Final = -66.0
"""What a microphone hears while nobody speaks: noise, not digital silence."""
LONGEST_PAUSE: Final = 0.16
"""Seconds of silence inside a clip: more might end the utterance."""
LONGEST_CLIP: Final = 8.0

_UNDER_PEAK_DB = 24.0
_OVER_FLOOR_DB = 7.0
_LEAD_FRAMES = 5
_TAIL_FRAMES = 5


@dataclass(frozen=True, slots=True)
class Clip:
    """One utterance. `begin`, `end`: the first and the last frame with speech."""

    name: str
    frames: tuple[bytes, ...]
    begin: int
    end: int


def clips_of(
    paths: Iterable[Path], pause: float = LONGEST_PAUSE, longest: float = LONGEST_CLIP
) -> list[Clip]:
    """Every utterance in these files and folders; long recordings are cut at their pauses."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files += sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES)
        else:
            files.append(path)
    clips = [clip for file in files for clip in cut(read_audio(file), file.stem, pause, longest)]
    if not clips:
        raise ConfigError(f"no speech in {', '.join(map(str, paths)) or 'no files'}")
    return clips


def cut(
    pcm: bytes, name: str = "speech", pause: float = LONGEST_PAUSE, longest: float = LONGEST_CLIP
) -> list[Clip]:
    """The stretches of speech in a recording (PCM16 mono 16 kHz), by level.

    `pause`: seconds of silence inside one; `longest`: seconds after which it is cut anyway.
    """
    samples = np.frombuffer(pcm[: len(pcm) // FRAME_BYTES * FRAME_BYTES], np.int16)
    frames = samples.reshape(-1, FRAME_SAMPLES)
    if not len(frames):
        return []
    levels = _levels(frames)
    peak, floor = float(np.percentile(levels, 95)), float(np.percentile(levels, 5))
    loud = np.flatnonzero(levels > max(peak - _UNDER_PEAK_DB, floor + _OVER_FLOOR_DB))
    most_pause, most = int(pause * 1000 / FRAME_MS), int(longest * 1000 / FRAME_MS)
    found: list[Clip] = []
    start = 0
    for at in range(1, len(loud) + 1):
        whole = at == len(loud) or loud[at] - loud[at - 1] > most_pause or loud[at] - loud[start] >= most
        if whole:
            first, last = int(loud[start]), int(loud[at - 1])
            if last - first >= 15:
                found.append(_clip(frames, first, last, f"{name}.{len(found)}"))
            start = at
    return found


def background(seconds: float = 2.0, db: float = BACKGROUND_DB, seed: int = 0) -> list[bytes]:
    """Frames of steady noise at `db` dBFS."""
    count = int(seconds * 1000 / FRAME_MS)
    noise = np.random.default_rng(seed).normal(0.0, 32768.0 * 10 ** (db / 20), count * FRAME_SAMPLES)
    pcm = np.rint(noise).astype(np.int16).tobytes()
    return [pcm[at : at + FRAME_BYTES] for at in range(0, len(pcm), FRAME_BYTES)]


def some(clips: Sequence[Clip], count: int, seed: int = 0) -> list[Clip]:
    """`count` of them, the same ones each time."""
    return random.Random(seed).sample(list(clips), min(count, len(clips)))  # noqa: S311 - no secret


def _clip(frames: NDArray[np.int16], first: int, last: int, name: str) -> Clip:
    low, high = max(0, first - _LEAD_FRAMES), min(len(frames), last + 1 + _TAIL_FRAMES)
    part = frames[low:high].astype(np.float32)
    ramp = np.linspace(0.0, 1.0, RATE // 50, dtype=np.float32)
    part[0] *= ramp
    part[-1] *= ramp[::-1]
    pieces = tuple(np.rint(frame).astype(np.int16).tobytes() for frame in part)
    return Clip(name, pieces, first - low, last - low)


def _levels(frames: NDArray[np.int16]) -> NDArray[np.float64]:
    power = np.mean(np.square(frames.astype(np.float64)), axis=1)
    levels: NDArray[np.float64] = 10 * np.log10(power + 1e-3) - 90.3
    return levels
