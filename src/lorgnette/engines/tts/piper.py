"""Piper voices: `Synthesizer` over a pool of processes of their own."""

from collections.abc import Sequence
from importlib.util import find_spec

from lorgnette.core.errors import EngineError
from lorgnette.engines.runner import ProcessPool
from lorgnette.engines.tts.piper_model import read
from lorgnette.engines.tts.pooled import NOTICE_SECONDS, PooledVoice


class PiperSynthesizer(PooledVoice):
    """`models`: paths of `name.onnx`, beside each its `name.onnx.json`, which says the language.

    `speaker`: name or number, for voices with several. `workers`: processes, each with all voices loaded;
    `threads`: for one sentence.
    """

    def __init__(
        self, models: Sequence[str] = (), *, speaker: str = "", workers: int = 1, threads: int = 1
    ) -> None:
        if find_spec("piper") is None:
            raise EngineError("piper-tts isn't installed: pip install 'lorgnette[piper]'")
        if not models:
            raise EngineError("no voice is named: tts_piper.models lists files as en_US-name-medium.onnx")
        found = [read(path) for path in models]
        settings = {
            "models": [str(model.path.absolute()) for model in found],
            "speaker": speaker,
            "threads": threads,
        }
        pool = ProcessPool(
            "piper",
            "lorgnette.engines.tts.piper_voice:PiperVoices",
            settings,
            workers=workers,
            deadline=20.0,
            start_deadline=120.0,
            notice=NOTICE_SECONDS,
        )
        super().__init__(pool, frozenset(model.primary for model in found))
