"""PocketSphinx in a worker: the skills' sentences in, recognitions out. The grammar is kept on disk."""

import contextlib
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import msgspec

from lorgnette.engines.asr.grammar import CompiledGrammar, Phrase, compile_grammar

_KEPT = 8
"""Grammars on disk: one for each set of skills of late."""


class Heard(Protocol):
    """What the recogniser says of an utterance."""

    @property
    def text(self) -> str: ...

    @property
    def score(self) -> float: ...

    @property
    def decision(self) -> str: ...

    @property
    def slots(self) -> Mapping[str, tuple[float, float]]: ...


class GrammarDecoder:
    """One decoder. `sentences`: `[template, {slot: kind or [choices]}]` each; `cache`: a folder, or empty."""

    def __init__(self, sentences: Sequence[Sequence[Any]], calibration: Any = None, cache: str = "") -> None:
        from lorgnette.engines.asr.pocketsphinx import PocketSphinxRecognizer

        grammar = compiled(sentences, Path(cache) if cache else None)
        self._recognizer = PocketSphinxRecognizer(grammar, calibration)

    def recognize(self, pcm: bytes) -> dict[str, Any]:
        """One utterance, PCM16 mono 16 kHz."""
        heard: Heard = self._recognizer.recognize(pcm)
        return {
            "text": heard.text,
            "confidence": heard.score,
            "decision": heard.decision,
            "slots": {name: list(span) for name, span in heard.slots.items()},
        }


def compiled(sentences: Sequence[Sequence[Any]], cache: Path | None) -> CompiledGrammar:
    """The grammar of the sentences, from the cache where it is there; several workers compile it once."""
    if cache is None:
        return _compile(sentences)
    path = cache / f"{_key(sentences)}.json"
    with _alone(cache):
        try:
            kept = msgspec.json.decode(path.read_bytes(), type=CompiledGrammar)
        except (OSError, msgspec.MsgspecError):
            kept = _compile(sentences)
            with contextlib.suppress(OSError):  # a full disk costs the next start some time
                fresh = path.with_suffix(f".{os.getpid()}")
                fresh.write_bytes(msgspec.json.encode(kept))
                fresh.replace(path)
                _tidy(cache)
    return kept


def _compile(sentences: Sequence[Sequence[Any]]) -> CompiledGrammar:
    return compile_grammar([Phrase(template, _kinds(slots)) for template, slots in sentences])


def _kinds(slots: Mapping[str, Any]) -> dict[str, str | tuple[str, ...]]:
    return {name: kind if isinstance(kind, str) else tuple(kind) for name, kind in slots.items()}


def _key(sentences: Sequence[Sequence[Any]]) -> str:
    """Of the sentences, and of the code that compiles them."""
    digest = hashlib.sha256(json.dumps(sentences, sort_keys=True).encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:32]


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _tidy(folder: Path) -> None:
    kept = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[_KEPT:]:
        path.unlink(missing_ok=True)
