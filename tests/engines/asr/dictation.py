"""A live model without a network: a word for each half second of sound that isn't silence."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from lorgnette.engines.asr.live import LiveModel, LiveRecognizer, Words
from lorgnette.engines.protocols import RecognitionStream

WORDS = ("set", "a", "timer", "for", "five", "minutes", "and", "call", "me", "then")
HALF = 16_000
WINDOW = 1024


@dataclass
class Ear:
    language: str
    bytes: int = 0
    settled: int = 0


@dataclass
class Dictation(LiveModel[Ear]):
    """`breaks_after`: bytes of one utterance after which decoding fails."""

    breaks_after: int = 1 << 40
    batches: list[int] = field(default_factory=list)
    settlings: int = 0
    opened: int = 0

    def open(self, language: str) -> Ear:
        self.opened += 1
        return Ear(language)

    def hear(self, sounds: Sequence[tuple[Ear, bytes]]) -> None:
        self.batches.append(len(sounds))
        for ear, sound in sounds:
            if sound.strip(b"\0"):
                ear.bytes += len(sound)
            if ear.bytes > self.breaks_after:
                raise RuntimeError("the network broke")

    def settle(self, ears: Sequence[Ear]) -> None:
        self.settlings += 1
        for ear in ears:
            ear.settled = 1

    def words(self, ear: Ear) -> Words:
        count = ear.bytes // HALF + ear.settled
        return Words(" ".join(WORDS[n % len(WORDS)] for n in range(count)), 0.75, ear.language)


def dictating(model: Dictation | None = None, name: str = "dictation", **more: object) -> LiveRecognizer[Ear]:
    return LiveRecognizer(name, frozenset({"en"}), lambda: model or Dictation(), **more)


async def spoken(utterance: RecognitionStream, sound: bytes) -> list[str]:
    """As it comes from a microphone, only faster; the partials on the way."""
    seen: list[str] = []
    for begin in range(0, len(sound), WINDOW):
        utterance.feed(sound[begin : begin + WINDOW])
        await asyncio.sleep(0.001)
        if utterance.partial and utterance.partial not in seen[-1:]:
            seen.append(utterance.partial)
    return seen
