"""sherpa-onnx itself: a folder's model loaded, and heard with. Everything here blocks and frees the GIL.

The library ends the whole process where it dislikes a model or a setting, so a `trial` loads it first.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp
from pathlib import Path
from typing import Any

import numpy as np

from lorgnette.core.audio import RATE
from lorgnette.engines.asr.live import Words
from lorgnette.engines.asr.readable import readable
from lorgnette.engines.asr.sherpa_folder import SherpaFolder, SherpaKind

_TAIL = bytes(RATE * 2 * 6 // 10)
"""Silence that brings out the last words: a chunk (0.32 s) and what the encoder looks ahead (0.13 s)."""
_PIECE = RATE // 2
"""Samples handed over at once: the copy holds the GIL, 0.3 ms a second of audio."""
_LONGEST_WHISPER = 28 * RATE
"""Whisper hears 30 s, and the library drops the rest of what is longer."""


@dataclass(frozen=True, slots=True)
class SherpaSettings:
    """`threads` for one decoding; `provider` as sherpa-onnx names it; `numerals`: digits and punctuation."""

    threads: int = 1
    provider: str = "cpu"
    numerals: bool = True


@dataclass(slots=True)
class SherpaEar:
    """One utterance at a streaming model."""

    stream: Any
    language: str
    words: Words = field(default_factory=Words)


class StreamingSherpa:
    """`LiveModel` on a streaming transducer: one call of the encoder a chunk, for all who speak."""

    def __init__(self, folder: SherpaFolder, settings: SherpaSettings) -> None:
        from sherpa_onnx import OnlineRecognizer

        self._recognizer = OnlineRecognizer.from_transducer(
            **_paths(folder, "tokens", "encoder", "decoder", "joiner"),
            num_threads=settings.threads,
            provider=settings.provider,
            model_type=folder.type,  # else the encoder is loaded twice, to see
        )

    def open(self, language: str) -> SherpaEar:
        return SherpaEar(self._recognizer.create_stream(), language)

    def hear(self, sounds: Sequence[tuple[SherpaEar, bytes]]) -> None:
        for ear, sound in sounds:
            _accept(ear.stream, sound)
        heard: set[int] = set()
        while ready := [ear for ear, _ in sounds if self._recognizer.is_ready(ear.stream)]:
            self._recognizer.decode_streams([ear.stream for ear in ready])
            heard.update(map(id, ready))
        for ear, _ in sounds:
            if id(ear) in heard:
                ear.words = self._said(ear)

    def settle(self, ears: Sequence[SherpaEar]) -> None:
        self.hear([(ear, _TAIL) for ear in ears])

    def words(self, ear: SherpaEar) -> Words:
        return ear.words

    def _said(self, ear: SherpaEar) -> Words:
        result = self._recognizer.get_result_all(ear.stream)
        logs: Sequence[float] = result.ys_probs
        confidence = exp(sum(logs) / len(logs)) if logs else 1.0
        return Words(readable(result.text, ear.language), round(min(1.0, confidence), 3))


class WholeSherpa:
    """Whole utterances, several at once. Whisper is told the language, the others find it themselves."""

    def __init__(self, folder: SherpaFolder, settings: SherpaSettings) -> None:
        self._kind = folder.kind
        self._recognizer = _MAKERS[folder.kind](folder, settings)
        self._languages = frozenset(folder.languages)
        self._told: str | None = None

    def recognize(self, utterances: Sequence[tuple[bytes, str]]) -> list[Words]:
        """(PCM16, language) each → words, in order."""
        if self._kind != "whisper":
            return self._batch(utterances)
        answers: dict[int, Words] = {}
        for language in {language for _, language in utterances}:
            self._tell(language)
            mine = [n for n, (_, other) in enumerate(utterances) if other == language]
            pieces = [(n, piece) for n in mine for piece in in_pieces(utterances[n][0])]
            for (n, _), words in zip(
                pieces, self._batch([(piece, language) for _, piece in pieces]), strict=True
            ):
                before = answers.get(n)
                text = f"{before.text} {words.text}".strip() if before else words.text
                answers[n] = Words(text, language=words.language)
        return [answers.get(n, Words()) for n in range(len(utterances))]

    def _batch(self, utterances: Sequence[tuple[bytes, str]]) -> list[Words]:
        streams = []
        for sound, _ in utterances:
            stream = self._recognizer.create_stream()
            _accept(stream, sound)
            streams.append(stream)
        self._recognizer.decode_streams(streams)
        return [
            Words(readable(stream.result.text, language), language=_language(stream.result.lang))
            for stream, (_, language) in zip(streams, utterances, strict=True)
        ]

    def _tell(self, language: str) -> None:
        """An unknown language would end the process: Whisper finds it by itself then."""
        said = language if language in self._languages else ""
        if said != self._told and len(self._languages) > 1:
            config = self._recognizer.config
            config.model_config.whisper.language = said
            self._recognizer.recognizer.set_config(config)
        self._told = said


def in_pieces(pcm: bytes, longest: int = _LONGEST_WHISPER) -> list[bytes]:
    """Cut where it is quietest in the last five seconds of what still fits."""
    pieces = []
    block = RATE // 10
    while len(pcm) > longest * 2:
        begin = longest - 5 * RATE
        samples = np.frombuffer(pcm[begin * 2 : longest * 2], "<i2").astype(np.float32)
        quietest = int(np.square(samples.reshape(-1, block)).mean(axis=1).argmin())
        at = (begin + quietest * block + block // 2) * 2
        pieces.append(pcm[:at])
        pcm = pcm[at:]
    return [*pieces, pcm]


def _transducer(folder: SherpaFolder, settings: SherpaSettings) -> Any:
    from sherpa_onnx import OfflineRecognizer

    return OfflineRecognizer.from_transducer(
        **_paths(folder, "tokens", "encoder", "decoder", "joiner"),
        **_common(settings),
        model_type="transducer",
    )


def _sense_voice(folder: SherpaFolder, settings: SherpaSettings) -> Any:
    from sherpa_onnx import OfflineRecognizer

    return OfflineRecognizer.from_sense_voice(
        **_paths(folder, "tokens", "model"), **_common(settings), use_itn=settings.numerals
    )


def _paraformer(folder: SherpaFolder, settings: SherpaSettings) -> Any:
    from sherpa_onnx import OfflineRecognizer

    return OfflineRecognizer.from_paraformer(
        tokens=str(folder.files["tokens"]), paraformer=str(folder.files["model"]), **_common(settings)
    )


def _whisper(folder: SherpaFolder, settings: SherpaSettings) -> Any:
    from sherpa_onnx import OfflineRecognizer

    return OfflineRecognizer.from_whisper(
        **_paths(folder, "tokens", "encoder", "decoder"), **_common(settings), language=""
    )


_MAKERS: Mapping[str, Callable[[SherpaFolder, SherpaSettings], Any]] = {
    "transducer": _transducer,
    "sense_voice": _sense_voice,
    "paraformer": _paraformer,
    "whisper": _whisper,
}


def _common(settings: SherpaSettings) -> dict[str, Any]:
    return {"num_threads": settings.threads, "provider": settings.provider}


def _paths(folder: SherpaFolder, *roles: str) -> dict[str, str]:
    return {role: str(folder.files[role]) for role in roles}


def _accept(stream: Any, pcm: bytes) -> None:
    """Hand sound over, as a memoryview: of an array the library makes an object a sample, and is slower."""
    samples = np.frombuffer(pcm, "<i2").astype(np.float32)
    samples *= np.float32(1 / 32768)
    for begin in range(0, len(samples), _PIECE):
        stream.accept_waveform(RATE, memoryview(samples[begin : begin + _PIECE]))


def _language(said: str) -> str:
    """Of SenseVoice's "<|yue|>" or Whisper's "en" a primary subtag of the hub."""
    plain = said.strip("<|>")
    return "zh" if plain == "yue" else plain


def attempt(
    kind: SherpaKind,
    files: Mapping[str, str],
    type: str,
    languages: Sequence[str],
    settings: Mapping[str, Any],
    asked: Sequence[str],
) -> None:
    """For a trial: load it, and decode a second of silence in each language that it will be `asked` for."""
    paths = {role: Path(path) for role, path in files.items()}
    folder = SherpaFolder(kind, paths, type, tuple(languages))
    silence = bytes(RATE * 2)
    if folder.streams:
        live = StreamingSherpa(folder, SherpaSettings(**settings))
        ear = live.open("en")
        live.hear([(ear, silence)])
        live.settle([ear])
        return
    whole = WholeSherpa(folder, SherpaSettings(**settings))
    for language in asked:
        whole.recognize([(silence, language)])
