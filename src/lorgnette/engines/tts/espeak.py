"""eSpeak NG as the hub's default voice: `Synthesizer` over a pool of its own processes."""

from collections.abc import AsyncGenerator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from lorgnette.core.errors import EngineError
from lorgnette.engines.runner import Health, ProcessPool

LONGEST_TEXT = 4000
"""Characters of one sentence; the session splits long texts long before."""


class EspeakSynthesizer:
    """Speaks every language that the eSpeak NG wheel has data for; `voices`: language → eSpeak voice.

    Two processes: one is enough for hundreds of wearers (0.001 × real time), the second goes on where the
    first crashed or hangs.
    """

    name = "espeak"

    def __init__(
        self, voices: Mapping[str, str] | None = None, *, workers: int = 2, deadline: float = 5.0
    ) -> None:
        if find_spec("espeakng_loader") is None:
            raise EngineError("espeakng-loader isn't installed")
        self._pool = ProcessPool(
            self.name,
            "lorgnette.engines.tts.espeak_voice:EspeakVoice",
            {"voices": dict(voices or {})},
            workers=workers,
            deadline=deadline,
        )
        self._own = frozenset(voices or {})

    @property
    def languages(self) -> frozenset[str]:
        return _bundled_languages() | self._own

    @property
    def pool(self) -> ProcessPool:
        """The processes, for doctor, benchmarks and tests."""
        return self._pool

    def start(self) -> None:
        """Begin to start the processes."""
        self._pool.start()

    async def speak(self, text: str, language: str, rate: float = 1.0) -> AsyncGenerator[bytes]:
        if len(text) > LONGEST_TEXT:
            raise EngineError(f"a sentence of {len(text)} characters is over {LONGEST_TEXT}")
        chunks = self._pool.stream("synthesize", text=text, language=language, rate=rate)
        try:
            async for chunk in chunks:
                yield chunk
        finally:
            await chunks.aclose()

    async def aclose(self) -> None:
        await self._pool.aclose()

    def health(self) -> Health:
        return self._pool.health()


@cache
def _bundled_languages() -> frozenset[str]:
    """What the wheel has a dictionary for, without loading the library."""
    spec = find_spec("espeakng_loader")
    folders = spec.submodule_search_locations if spec is not None else None
    if not folders:
        return frozenset()
    names = {path.name.removesuffix("_dict") for path in (Path(folders[0]) / "espeak-ng-data").glob("*_dict")}
    return frozenset(names | {"zh"} if "cmn" in names else names)
