"""Voices of sherpa-onnx (Kokoro, VITS, Matcha): `Synthesizer` over a pool of processes of their own."""

from collections.abc import Mapping, Sequence
from importlib.util import find_spec

from lorgnette.core.errors import EngineError
from lorgnette.engines.runner import ProcessPool
from lorgnette.engines.tts.pooled import NOTICE_SECONDS, PooledVoice
from lorgnette.engines.tts.sherpa_model import read


class SherpaSynthesizer(PooledVoice):
    """`model`: a folder. `languages`: what it speaks, where its files don't tell.

    `speaker`: its number, `speakers`: by language. `workers`: processes, `threads`: for one sentence.
    """

    def __init__(
        self,
        model: str = "",
        *,
        languages: Sequence[str] = (),
        speaker: int = 0,
        speakers: Mapping[str, int] | None = None,
        workers: int = 1,
        threads: int = 1,
        provider: str = "cpu",
    ) -> None:
        if find_spec("sherpa_onnx") is None:
            raise EngineError("sherpa-onnx isn't installed: pip install 'lorgnette[sherpa]'")
        if not model:
            raise EngineError("no voice is named: tts_sherpa.model is its folder")
        found = read(model)
        pool = ProcessPool(
            "sherpa",
            "lorgnette.engines.tts.sherpa_voice:SherpaVoice",
            {
                "model": model,
                "speaker": speaker,
                "speakers": dict(speakers or {}),
                "threads": threads,
                "provider": provider,
            },
            workers=workers,
            deadline=20.0,
            start_deadline=120.0,
            notice=NOTICE_SECONDS,
        )
        super().__init__(pool, frozenset(languages) or found.languages)
