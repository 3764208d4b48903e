"""Piper itself, inside its worker process: text in, 16 kHz PCM chunks out, a piece of a sentence at a time.

piper-tts is GPL-3.0 and is only ever imported here; nothing of the hub links with it.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from lorgnette.engines.tts.pieces import pieces
from lorgnette.engines.tts.piper_model import PiperModel, choose, read
from lorgnette.engines.tts.shaper import Emit, Shaper, gain_db

_G2PW = "g2pW"
"""Chinese voices look here, beside the voice, for the model that tells how a character is read."""


class PiperVoices:
    """The voices in `models`, loaded when it is made; `threads`: for one sentence."""

    def __init__(self, models: Sequence[str], speaker: str = "", threads: int = 1) -> None:
        self._models = [read(path) for path in models]
        self._speaker = speaker
        self._voices = {model.path: _load(model, threads) for model in self._models}

    def synthesize(self, text: str, language: str, rate: float, emit: Emit) -> float:
        """Speak `text`; returns how many seconds of audio were made. Stops when `emit` says False."""
        from piper.config import SynthesisConfig

        model = choose(self._models, language)
        if model is None:
            raise RuntimeError(f"Piper has no voice for {language!r}")
        voice = self._voices[model.path]
        how = SynthesisConfig(
            speaker_id=model.speaker(self._speaker), length_scale=voice.config.length_scale / rate
        )
        shaper = Shaper(voice.config.sample_rate, 0.0, emit)
        for piece in pieces(_plain(text)):
            for chunk in voice.synthesize(piece, how):
                wave = np.asarray(chunk.audio_float_array, np.float32)
                shaper.level(gain_db(wave, chunk.sample_rate))
                if not shaper.push(chunk.audio_int16_bytes):
                    return shaper.seconds
        shaper.end()
        return shaper.seconds


def _plain(text: str) -> str:
    """Without Piper's own notation for phonemes, which isn't meant by whoever wrote the sentence."""
    return text.replace("\0", " ").replace("[[", "[ [").encode("utf-8", "replace").decode()


def _load(model: PiperModel, threads: int) -> Any:
    """Not by `PiperVoice.load`, whose session takes all cores and spins."""
    from piper import PiperVoice
    from piper.config import PhonemeType, PiperConfig

    from lorgnette.engines.vad.silero import session_of

    config = PiperConfig.from_dict(json.loads(Path(f"{model.path}.json").read_bytes()))
    folder = model.path.parent
    if config.phoneme_type == PhonemeType.PINYIN and not (folder / _G2PW).is_dir():
        raise RuntimeError(f"{model.path.name} needs the folder {_G2PW} beside it")
    session = session_of(model.path, threads=threads)
    return PiperVoice(session=session, config=config, download_dir=folder)
