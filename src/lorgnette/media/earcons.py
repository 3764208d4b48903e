"""Earcons, generated: soft, under 250 ms, told apart by contour and not by volume.

    play(earcon("listening"))      # PCM16 mono, 16 kHz unless said

Every one is a row of notes; a note is a sine with two quiet partials under a raised-cosine envelope, so it
begins and ends at zero. All have the same level (RMS -20 dBFS). Listening rises, done falls, a question is
two equal notes, an error is low; connect and disconnect are listening and done in three steps.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lorgnette.core.audio import RATE
from lorgnette.core.errors import MediaError

LEVEL_DB: Final = -20.0
"""RMS over the whole earcon, in dBFS. Rests don't count."""


@dataclass(frozen=True, slots=True)
class Note:
    """A tone from `start` to `end` Hz (a glide where they differ) of `ms`; 0 Hz is a rest."""

    start: float
    end: float
    ms: float
    attack_ms: float = 12.0
    release_ms: float = 40.0


def _tone(hz: float, ms: float, to: float | None = None) -> Note:
    return Note(hz, hz if to is None else to, ms)


_REST = 0.0
_CLICK = Note(1800, 1500, 34, attack_ms=2, release_ms=26)
_TICK = (_tone(988, 110), _tone(_REST, 40), _tone(988, 110), _tone(_REST, 40), _tone(1319, 200))

_SCORES: Final[Mapping[str, tuple[Note, ...]]] = MappingProxyType(
    {
        "alarm": (*_TICK, _tone(_REST, 500)),  # one second and joins its own beginning: loop it
        "capture": (_CLICK, _tone(_REST, 46), Note(1300, 1050, 46, attack_ms=2, release_ms=36)),  # a shutter
        "connect": (_tone(523, 70), _tone(659, 70), _tone(784, 100)),
        "disconnect": (_tone(784, 70), _tone(659, 70), _tone(523, 100)),
        "done": (_tone(784, 80), _tone(587, 120)),
        "error": (_tone(247, 100), _tone(_REST, 20), _tone(220, 120)),
        "film": (_tone(784, 55), _tone(1047, 65), _tone(784, 90)),  # up and back: a camera runs
        "filmed": (_tone(1047, 55), _tone(784, 65), _tone(1047, 90)),  # the reverse: it ended
        "listening": (_tone(587, 80), _tone(784, 120)),
        "question": (_tone(659, 90), _tone(_REST, 40), _tone(659, 90)),
        "thinking": (_tone(440, 190, to=494),),
        "timer": (_tone(1047, 60), _tone(_REST, 15), _tone(1047, 60), _tone(_REST, 15), _tone(1319, 80)),
    }
)

EARCONS: Final = tuple(sorted(_SCORES))
LOOPS: Final = frozenset({"alarm"})
"""These end in a rest and may be repeated without a seam; all others stay under 250 ms."""


@lru_cache(maxsize=64)
def earcon(name: str, rate: int = RATE) -> bytes:
    """The sound `name` (one of `EARCONS`) as PCM16 mono; made once, then the same bytes."""
    if name not in _SCORES:
        raise MediaError(f"no earcon {name!r}; there are {', '.join(EARCONS)}")
    if not 8_000 <= rate <= 48_000:
        raise MediaError(f"a sample rate of {rate} Hz is outside 8000 to 48000")
    notes = _SCORES[name]
    sound = np.concatenate([_note(note, rate) for note in notes])
    heard = np.concatenate([_note(note, rate) for note in notes if note.start])
    factor = 10 ** (LEVEL_DB / 20) * 32768 / np.sqrt(np.mean(heard**2))
    samples: NDArray[np.int16] = np.rint(sound * factor).astype(np.int16)
    return samples.tobytes()


def _note(note: Note, rate: int) -> NDArray[np.float64]:
    count = round(note.ms * rate / 1000)
    if not note.start:
        return np.zeros(count)
    frequency = np.linspace(note.start, note.end, count)
    phase = 2 * np.pi * np.cumsum(frequency) / rate
    wave = np.sin(phase)
    for partial, share in ((2, 0.18), (3, 0.06)):
        if partial * max(note.start, note.end) < 0.45 * rate:
            wave += share * np.sin(partial * phase)
    envelope = np.ones(count)
    up, down = round(note.attack_ms * rate / 1000), round(note.release_ms * rate / 1000)
    envelope[:up] = 0.5 - 0.5 * np.cos(np.pi * np.arange(up) / up)
    envelope[count - down :] *= 0.5 + 0.5 * np.cos(np.pi * np.arange(1, down + 1) / down)
    return wave * envelope
