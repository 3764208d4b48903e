"""Keyword spotting by sherpa-onnx: any words as text, a streaming transducer, one thread for all."""

import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from lorgnette.config import Paths, private
from lorgnette.core.audio import RATE
from lorgnette.core.errors import EngineError
from lorgnette.engines.asr.sherpa_folder import find
from lorgnette.engines.asr.trial import Trial
from lorgnette.engines.wake.keywords import Keywords
from lorgnette.engines.wake.slots import WakeSlots

LAST_TOKEN_SECONDS = 0.12
"""From where the last token of a word is placed to the word's end."""


class SherpaKeywords(WakeSlots):
    """`WakeDetector`. `model`: a folder of a keyword-spotting model; `words` as they are said.

    `threshold`: how sure it must be, 0–1; `boost`: how much the words are favoured. The model is tried in a
    process of its own before the hub loads it: sherpa-onnx ends the process over one that it dislikes.
    """

    def __init__(
        self, model: str = "", words: Sequence[str] = (), threshold: float = 0.25, boost: float = 1.0
    ) -> None:
        if find_spec("sherpa_onnx") is None:
            raise EngineError("sherpa-onnx isn't installed: pip install 'lorgnette[sherpa]'")
        if not model or not words:
            raise EngineError("wake_sherpa needs a model, which is a folder, and words")
        self._folder = find(Path(model).expanduser(), "streaming")
        keywords = Keywords(self._folder.files["tokens"])
        self.words = tuple(words)
        self._lines = [
            f"{' '.join(keywords.spelt(word))} @{number}" for number, word in enumerate(self.words)
        ]
        self._settings: dict[str, Any] = {
            "files": {role: str(path) for role, path in self._folder.files.items()},
            "lines": self._lines,
            "threshold": threshold,
            "boost": boost,
        }
        super().__init__("sherpa", self._made)

    def _made(self) -> "_Spotters":
        files = tuple(self._folder.files.values())
        notes = private(Paths.of().cache / "trials")
        Trial("lorgnette.engines.wake.sherpa:load", self._settings, files, "sherpa-onnx").passed(notes)
        return _Spotters(load(**self._settings), self.words)


def load(files: dict[str, str], lines: Sequence[str], threshold: float, boost: float) -> Any:
    """sherpa-onnx's spotter, on one thread."""
    import sherpa_onnx

    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as words:
        words.write("\n".join(lines) + "\n")
        words.flush()
        return sherpa_onnx.KeywordSpotter(
            **{role: files[role] for role in ("tokens", "encoder", "decoder", "joiner")},
            keywords_file=words.name,
            num_threads=1,
            keywords_score=boost,
            keywords_threshold=threshold,
        )


class _Spotters:
    """Loaded in the thread."""

    def __init__(self, network: Any, words: tuple[str, ...]) -> None:
        self.network = network
        self.words = words

    def spotter(self) -> "_Spotter":
        return _Spotter(self)


class _Spotter:
    """One stretch of one microphone's sound."""

    def __init__(self, shared: _Spotters) -> None:
        self._shared = shared
        self._stream = shared.network.create_stream()
        self._seconds = 0.0

    def push(self, window: bytes) -> tuple[str, float, float] | None:
        network, stream = self._shared.network, self._stream
        samples = np.frombuffer(window, "<i2").astype(np.float32) / np.float32(32768)
        stream.accept_waveform(RATE, samples)
        self._seconds += len(samples) / RATE
        while network.is_ready(stream):
            network.decode_stream(stream)
            said = network.keyword_spotter.get_result(stream)  # once: a second time it is empty
            if said.keyword:
                placed = list(said.timestamps)
                end = placed[-1] + LAST_TOKEN_SECONDS if placed else self._seconds
                number = int(said.keyword.strip().lstrip("@"))
                return self._shared.words[number], 1.0, max(0.0, self._seconds - end)
        return None
