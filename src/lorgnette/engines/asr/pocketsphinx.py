"""The recogniser of spoken commands: one utterance in, one sentence of the grammar out, or none.

Synchronous and single-threaded; it lives in a worker process, since the library holds the GIL.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from lorgnette.engines.asr.evidence import evidence
from lorgnette.engines.asr.grammar import CompiledGrammar, plain_word, written
from lorgnette.engines.asr.passes import FRAMES_PER_SECOND, Passes, Segments
from lorgnette.engines.asr.rejection import Calibration, Decision, shipped

RATE = 16_000
LONGEST_SECONDS = 15.0
"""What comes later isn't decoded; with the decoder's own bound on its work, that bounds a call's time."""
SHORTEST_SECONDS = 0.2
QUIETEST_DBFS = -60.0
"""An utterance whose loudest tenth of a second is below this is silence."""


@dataclass(frozen=True, slots=True)
class CommandRecognition:
    """What was heard. `score`: probability that the command is right; `slots`: spans of free text in seconds.

    `runner_up`: the next best sentence, sought only where the decision is to ask.
    """

    text: str = ""
    score: float = 0.0
    decision: Decision = "reject"
    runner_up: str | None = None
    slots: Mapping[str, tuple[float, float]] = field(default_factory=dict)


class PocketSphinxRecognizer:
    """One decoder with its grammar, 0.05 s to make. `calibration`: None for the shipped one, or a file."""

    def __init__(self, grammar: CompiledGrammar, calibration: Calibration | str | Path | None = None) -> None:
        if calibration is None:
            calibration = shipped()
        elif not isinstance(calibration, Calibration):
            calibration = Calibration.read(Path(calibration))
        self._calibration = calibration
        self._grammar = grammar
        self._passes = Passes(grammar) if grammar.network.arcs else None

    def recognize(self, pcm: bytes) -> CommandRecognition:
        """One endpointed utterance: PCM16, mono, 16 kHz. Anything else in it is merely not understood."""
        pcm = pcm[: int(LONGEST_SECONDS * RATE) * 2]
        pcm = pcm[: len(pcm) // 2 * 2]
        if self._passes is None or not audible(pcm):
            return CommandRecognition()
        command = self._passes.command(pcm)
        words = tuple(part.word for part in command if not part.is_filler)
        text = written(words)
        if not text:
            return CommandRecognition()
        score = self._calibration.probability(
            evidence(command, self._passes.phones(pcm), self._grammar.lexicon)
        )
        decision = self._calibration.decide(score)
        return CommandRecognition(
            text=text,
            score=round(score, 4),
            decision=decision,
            runner_up=self._runner_up(pcm, words) if decision == "confirm" else None,
            slots=self._slots(command, words),
        )

    def _runner_up(self, pcm: bytes, words: tuple[str, ...]) -> str | None:
        assert self._passes is not None
        rival = self._passes.rival(pcm, tuple(plain_word(word) for word in words))
        return written(part.word for part in rival if not part.is_filler) or None

    def _slots(self, command: Segments, words: tuple[str, ...]) -> dict[str, tuple[float, float]]:
        """Where each free text was heard, by the states that the words lead through."""
        network = self._grammar.network
        states = network.follow([plain_word(word) for word in words]) or []
        spans: dict[str, tuple[float, float]] = {}
        parts = [part for part in command if not part.is_filler]
        for part, state in zip(parts, states[1:], strict=False):
            name = network.spans.get(state)
            if name is not None and part.is_phone:
                begin = spans.get(name, (part.first / FRAMES_PER_SECOND, 0.0))[0]
                spans[name] = (begin, (part.last + 1) / FRAMES_PER_SECOND)
        return spans


def audible(pcm: bytes) -> bool:
    """Whether there is anything to decode: long enough, and somewhere louder than silence."""
    samples = np.frombuffer(pcm, "<i2").astype(np.float32)
    if len(samples) < SHORTEST_SECONDS * RATE:
        return False
    block = RATE // 10
    blocks = samples[: len(samples) // block * block].reshape(-1, block)
    power = float(np.max(np.var(blocks, axis=1)))
    return power > (32768.0 * 10 ** (QUIETEST_DBFS / 20)) ** 2
