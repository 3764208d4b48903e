"""Where a recorded command's first word begins, by forced alignment: many recordings begin with a breath.

PocketSphinx aligns the known words with the sound, to 10 ms. A clip made here begins with its first word;
`begin` is the word's first frame within 24 dB of the loudest: before it there is the closure of a "t" or an
"s" that is as quiet as the room.
"""

import re
from collections.abc import Iterable
from typing import Any

import command_audio
import numpy as np

from lorgnette.core.audio import FRAME_BYTES, FRAME_MS
from lorgnette.media import level_db
from lorgnette.simulation import Clip

LEAD_MS = 20
"""Kept before the first word, under a ramp: a cut click would be an onset of its own."""
AUDIBLE_DB = 24.0
DOUBTFUL_MS = 50
"""A word that is aligned to the recording's very begin may have swallowed a breath."""


def from_first_word(recordings: Iterable[command_audio.Clip]) -> list[Clip]:
    """The commands whose begin is known, cut there."""
    from pocketsphinx import Decoder

    decoder = Decoder(lm=None, loglevel="FATAL")
    clips = []
    for recording in recordings:
        start = first_word_ms(decoder, recording.pcm, recording.text or "")
        if start is not None and start >= DOUBTFUL_MS:
            clips.append(_cut(recording, start))
    return clips


def first_word_ms(decoder: Any, pcm: bytes, text: str) -> int | None:
    """None where a word isn't in the dictionary, or the words don't fit the sound."""
    words = re.sub(r"[^a-z' ]", " ", text).split()
    if not words or any(decoder.lookup_word(word) is None for word in words):
        return None
    try:
        decoder.set_align_text(" ".join(words))
        decoder.start_utt()
        decoder.process_raw(pcm, full_utt=True)
        decoder.end_utt()
        segments = list(decoder.seg() or ())
    except RuntimeError:
        return None
    return next((10 * segment.start_frame for segment in segments if segment.word[0] not in "<[("), None)


def _cut(recording: command_audio.Clip, start_ms: int) -> Clip:
    first = max(0, start_ms - LEAD_MS) * FRAME_BYTES // FRAME_MS // 2 * 2
    samples = np.frombuffer(recording.pcm[first:], np.int16).astype(np.float32)
    ramp = np.linspace(0.0, 1.0, FRAME_BYTES // 2, dtype=np.float32)
    samples[: len(ramp)] *= ramp
    pcm = np.rint(samples).astype(np.int16).tobytes()
    frames = tuple(pcm[at : at + FRAME_BYTES] for at in range(0, len(pcm) - FRAME_BYTES + 1, FRAME_BYTES))
    levels = [level_db(frame) for frame in frames]
    begin = next(at for at, level in enumerate(levels) if level >= max(levels) - AUDIBLE_DB)
    return Clip(recording.name, frames, begin, len(frames) - 1)
