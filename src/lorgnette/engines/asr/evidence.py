"""What speaks for a recognised command: measures of both passes, made to mean the same in every grammar."""

import math
from collections.abc import Mapping
from itertools import pairwise

from lorgnette.engines.asr.lexicon import Pronunciations
from lorgnette.engines.asr.passes import Segment, Segments

BOUNDS: dict[str, tuple[float, float]] = {
    "ratio": (-80, 30),
    "worst": (-100, 30),
    "phones": (0, 1.5),
    "uncovered": (0, 1),
    "shortest": (0, 12),
    "length": (1, 4.5),
    "brief": (0, 1.5),
    "clarity": (-70, -20),
    "free": (0, 1),
    "silence": (-60, 10),
}
"""Measures and the range they are held in, so that one wild value never decides alone.

ratio: log-likelihood ratio of the words against free phones, per frame · worst: the same of the worst word ·
phones: edit distance between the words' phones and the freely heard ones, per phone · uncovered: share of the
heard phones that the command calls silence · shortest: frames per phone of the fastest word · length: log of
the number of phones · brief: how far that is below ten · clarity: score of the free phones per frame · free:
has free text · silence: log-likelihood ratio of the pauses, per frame.
"""

_BRIEF = math.log(10)
_SOFTEN = 6
"""Frames added below a word's ratio: one short word is weak evidence either way."""

_CLASSES = ("AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW", "B D G P T K", "CH JH SH ZH S Z F V TH DH HH")
_CLASS = {
    phone: number
    for number, phones in enumerate((*_CLASSES, "M N NG", "L R W Y"))
    for phone in phones.split()
}


def evidence(command: Segments, heard: Segments, lexicon: Mapping[str, Pronunciations]) -> dict[str, float]:
    """The measures of `BOUNDS`. `command` has at least one word of `lexicon`."""
    words = [part for part in command if not part.is_filler and not part.is_phone]
    pauses = [part for part in command if part.is_filler]
    gained = _Gain(command, heard)
    spoken = [_spoken(part.word, lexicon) for part in words]
    expected = [phone for phones in spoken for phone in phones]
    rates = [part.frames / len(phones) for part, phones in zip(words, spoken, strict=True)]
    frames = sum(part.frames for part in words)
    pause_frames = sum(part.frames for part in pauses)
    uncovered = sum(_overlap(pause, heard) for pause in pauses)
    first, last = words[0].first, words[-1].last
    free = [part for part in command if part.is_phone]
    found = [
        part.word[1:]
        for part in heard
        if part.is_phone and first <= part.middle <= last and not _inside(part, free)
    ]
    length = math.log(len(expected))
    measures = {
        "ratio": sum(gained.over(part) for part in words) / frames,
        "worst": min(gained.over(part) / (part.frames + _SOFTEN) for part in words),
        "phones": _distance(expected, found) / len(expected),
        "uncovered": uncovered / (frames + uncovered),
        "shortest": min(rates),
        "length": length,
        "brief": max(0.0, _BRIEF - length),
        "clarity": gained.heard(first, last) / (last - first + 1),
        "free": float(bool(free)),
        "silence": sum(gained.over(part) for part in pauses) / max(pause_frames, 1),
    }
    return {name: min(max(measures[name], low), high) for name, (low, high) in BOUNDS.items()}


class _Gain:
    """How much better the command explains a stretch of frames than the free phones do."""

    def __init__(self, command: Segments, heard: Segments) -> None:
        frames = max(part.last for part in (*command, *heard)) + 1
        self._heard = _running(heard, frames)
        self._command = _running(command, frames)

    def over(self, part: Segment) -> float:
        command = self._command[part.last + 1] - self._command[part.first]
        return command - self.heard(part.first, part.last)

    def heard(self, first: int, last: int) -> float:
        return self._heard[last + 1] - self._heard[first]


def _running(parts: Segments, frames: int) -> list[float]:
    """Running sum of the scores, each spread evenly over its frames."""
    per_frame = [0.0] * frames
    for part in parts:
        share = part.score / part.frames
        for frame in range(part.first, part.last + 1):
            per_frame[frame] += share
    total = [0.0]
    for value in per_frame:
        total.append(total[-1] + value)
    return total


def _spoken(word: str, lexicon: Mapping[str, Pronunciations]) -> list[str]:
    """Phones of the pronunciation that the decoder chose; it names the second one "word(2)"."""
    if word not in lexicon and word.endswith(")"):
        plain, _, number = word[:-1].rpartition("(")
        return lexicon[plain][int(number) - 1].split()
    return lexicon[word][0].split()


def _overlap(pause: Segment, heard: Segments) -> int:
    return sum(
        max(0, min(part.last, pause.last) - max(part.first, pause.first) + 1)
        for part in heard
        if part.is_phone
    )


def _inside(part: Segment, others: list[Segment]) -> bool:
    return any(other.first <= part.middle <= other.last for other in others)


def _distance(expected: list[str], found: list[str]) -> float:
    """Edit distance where a phone for another of its class costs half."""
    row = [float(column) for column in range(len(found) + 1)]
    for want in expected:
        previous, row = row, [row[0] + 1]
        for (diagonal, above), got in zip(pairwise(previous), found, strict=True):
            cost = 0.0 if want == got else 0.5 if _CLASS[want] == _CLASS[got] else 1.0
            row.append(min(above + 1, row[-1] + 1, diagonal + cost))
    return row[-1]
