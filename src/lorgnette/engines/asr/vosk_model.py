"""Vosk itself: a Kaldi model that hears while one speaks. Called by cffi, which frees the GIL."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lorgnette.core.audio import RATE
from lorgnette.engines.asr.live import Words
from lorgnette.engines.asr.readable import readable

_TAIL = bytes(RATE * 2 * 4 // 10)
"""Silence that brings out the last words: what the network looks ahead, and a chunk."""


@dataclass(slots=True)
class VoskEar:
    """One utterance: the words of the parts that are settled, and those of the running one."""

    recognizer: Any
    language: str
    settled: list[str] = field(default_factory=list)
    confidences: list[float] = field(default_factory=list)
    running: str = ""

    def take(self, result: Mapping[str, Any]) -> None:
        """A part has ended: by itself after a silence, or because it was settled."""
        self.running = ""
        if text := str(result.get("text", "")).strip():
            self.settled.append(text)
        self.confidences += [float(word.get("conf", 1.0)) for word in result.get("result", ())]


class VoskModel:
    """`LiveModel`; each utterance is decoded by itself, one after another."""

    def __init__(self, folder: str) -> None:
        import vosk

        vosk.SetLogLevel(-1)
        self._vosk = vosk
        self._model = vosk.Model(folder)

    def open(self, language: str) -> VoskEar:
        recognizer = self._vosk.KaldiRecognizer(self._model, RATE)
        recognizer.SetWords(True)
        return VoskEar(recognizer, language)

    def hear(self, sounds: Sequence[tuple[VoskEar, bytes]]) -> None:
        for ear, sound in sounds:
            if ear.recognizer.AcceptWaveform(sound):
                ear.take(json.loads(ear.recognizer.Result()))
            else:
                ear.running = str(json.loads(ear.recognizer.PartialResult()).get("partial", ""))

    def settle(self, ears: Sequence[VoskEar]) -> None:
        """`Result` and not `FinalResult`: what was learnt of the speaker's voice stays."""
        for ear in ears:
            ear.recognizer.AcceptWaveform(_TAIL)
            ear.take(json.loads(ear.recognizer.Result()))

    def words(self, ear: VoskEar) -> Words:
        text = " ".join(part for part in (*ear.settled, ear.running) if part)
        sure = sum(ear.confidences) / len(ear.confidences) if ear.confidences else 1.0
        return Words(readable(text, ear.language), round(min(1.0, sure), 3))


def attempt(folder: str) -> None:
    """For a trial: load it, and decode a second of silence."""
    model = VoskModel(folder)
    ear = model.open("en")
    model.hear([(ear, bytes(RATE * 2))])
    model.settle([ear])
