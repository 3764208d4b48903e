"""sherpa-onnx's voices inside their worker process: text in, 16 kHz PCM chunks out as they are made.

Its `generate` releases the GIL, so a thread would do; but it ends the process over a file it dislikes, and it
writes words that it can't pronounce to stderr. Here the first costs one sentence, the second nothing.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from lorgnette.engines.tts.pieces import pieces
from lorgnette.engines.tts.shaper import Emit, Shaper, gain_db
from lorgnette.engines.tts.sherpa_model import SherpaModel, read


class SherpaVoice:
    """One voice; `speakers`: language → number of the speaker, `speaker` for all others."""

    def __init__(
        self,
        model: str,
        speaker: int = 0,
        speakers: Mapping[str, int] | None = None,
        threads: int = 1,
        provider: str = "cpu",
    ) -> None:
        self._speaker = speaker
        self._speakers = dict(speakers or {})
        self._tts = _load(read(model), threads, provider)

    def synthesize(self, text: str, language: str, rate: float, emit: Emit) -> float:
        """Speak `text`; returns how many seconds of audio were made. Stops when `emit` says False."""
        tag = language.lower()
        speaker = self._speakers.get(tag, self._speakers.get(tag.partition("-")[0], self._speaker))
        if speaker >= max(1, self._tts.num_speakers):
            raise RuntimeError(f"there is no speaker {speaker}: this voice has {self._tts.num_speakers}")
        shaper = Shaper(self._tts.sample_rate, 0.0, emit)
        heard = True

        def made(samples: Any, _progress: float) -> int:
            nonlocal heard
            wave = np.asarray(samples, np.float32)
            shaper.level(gain_db(wave, self._tts.sample_rate))
            heard = shaper.push((np.clip(wave, -1, 1) * 32767).astype("<i2").tobytes())
            return int(heard)

        for piece in pieces(text.replace("\0", " ").encode("utf-8", "replace").decode()):
            self._tts.generate(piece, sid=speaker, speed=rate, callback=made)
            if not heard:
                return shaper.seconds
        shaper.end()
        return shaper.seconds


def _load(model: SherpaModel, threads: int, provider: str) -> Any:
    import sherpa_onnx

    kinds = {
        "kokoro": sherpa_onnx.OfflineTtsKokoroModelConfig,
        "vits": sherpa_onnx.OfflineTtsVitsModelConfig,
        "matcha": sherpa_onnx.OfflineTtsMatchaModelConfig,
    }
    part = {model.family: kinds[model.family](**model.files)}
    network = sherpa_onnx.OfflineTtsModelConfig(**part, num_threads=threads, provider=provider)
    config = sherpa_onnx.OfflineTtsConfig(model=network, rule_fsts=model.rules, max_num_sentences=1)
    if not config.validate():
        raise RuntimeError(f"sherpa-onnx refuses this {model.family} voice: a file is missing or doesn't fit")
    return sherpa_onnx.OfflineTts(config)
