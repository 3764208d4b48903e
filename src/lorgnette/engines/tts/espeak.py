"""eSpeak NG as the hub's default voice: `Synthesizer` over a pool of its own processes."""

from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from lorgnette.core.errors import EngineError
from lorgnette.engines.runner import ProcessPool
from lorgnette.engines.tts.pooled import PooledVoice


class EspeakSynthesizer(PooledVoice):
    """Speaks every language that the eSpeak NG wheel has data for; `voices`: language → eSpeak voice.

    Two processes: one is enough for hundreds of wearers (0.001 × real time), the second goes on where the
    first crashed or hangs.
    """

    def __init__(
        self, voices: Mapping[str, str] | None = None, *, workers: int = 2, deadline: float = 5.0
    ) -> None:
        if find_spec("espeakng_loader") is None:
            raise EngineError("espeakng-loader isn't installed")
        pool = ProcessPool(
            "espeak",
            "lorgnette.engines.tts.espeak_voice:EspeakVoice",
            {"voices": dict(voices or {})},
            workers=workers,
            deadline=deadline,
        )
        super().__init__(pool, _bundled_languages() | frozenset(voices or {}))


@cache
def _bundled_languages() -> frozenset[str]:
    """What the wheel has a dictionary for, without loading the library."""
    spec = find_spec("espeakng_loader")
    folders = spec.submodule_search_locations if spec is not None else None
    if not folders:
        return frozenset()
    names = {path.name.removesuffix("_dict") for path in (Path(folders[0]) / "espeak-ng-data").glob("*_dict")}
    return frozenset(names | {"zh"} if "cmn" in names else names)
