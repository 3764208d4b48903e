"""The recogniser `sherpa`: any model of sherpa-onnx in a folder, streaming or for whole utterances."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path

from lorgnette.core.errors import Busy, EngineError
from lorgnette.engines.asr.buffered import BufferedStream
from lorgnette.engines.asr.live import GATHER, LiveRecognizer, Words
from lorgnette.engines.asr.sherpa_folder import SherpaFolder, find
from lorgnette.engines.asr.sherpa_model import SherpaEar, SherpaSettings, StreamingSherpa, WholeSherpa
from lorgnette.engines.asr.trial import Trial
from lorgnette.engines.chain import primary
from lorgnette.engines.health import Health
from lorgnette.engines.protocols import Recognition
from lorgnette.engines.remote.utterance import LONGEST_SECONDS, nothing
from lorgnette.engines.runner import BatchThread, cores

NAME = "sherpa"
_FALLS_BACK = "Fallback to cpu"
"""What the library says where it wasn't built for a chip, and goes on without it."""
_BATCH = 8
"""Whole utterances in one batch: shorter ones wait for the longest."""


def recogniser(
    folder: str = "",
    kind: str = "",
    languages: Iterable[str] = (),
    threads: int = 0,
    provider: str = "cpu",
    timeout: float = 10.0,
    *,
    numerals: bool = True,
    notes: Path | None = None,
) -> "LiveRecognizer[SherpaEar] | WholeRecognizer":
    """The recogniser of the model in `folder`. EngineError where there is none or it isn't understood.

    `notes`: a folder that remembers which models passed their trial.
    """
    if find_spec("sherpa_onnx") is None:
        raise EngineError("sherpa-onnx isn't installed: pip install 'lorgnette[sherpa]'")
    if not folder:
        raise EngineError("asr_sherpa.folder names no model; lorgnette models list shows some")
    place = Path(folder).expanduser()
    found = find(place, kind)
    known = understood(found, languages, place)
    settings = SherpaSettings(threads or _threads(), provider, numerals)

    trial = _trial(found, settings, known)

    if found.streams:

        def live() -> StreamingSherpa:
            trial.passed(notes)
            return StreamingSherpa(found, settings)

        return LiveRecognizer(NAME, known, live, timeout=timeout)

    def whole() -> WholeSherpa:
        trial.passed(notes)
        return WholeSherpa(found, settings)

    return WholeRecognizer(known, whole, timeout=timeout)


def understood(found: SherpaFolder, wanted: Iterable[str], place: Path) -> frozenset[str]:
    """The languages it is asked for: those that are `wanted`, as far as the model knows them."""
    asked = frozenset(primary(language) for language in wanted)
    if not asked:
        if not found.languages:
            raise EngineError(f"asr_sherpa.languages has to say what the model in {place.name} understands")
        return frozenset(found.languages)
    if found.kind in {"sense_voice", "whisper"} and not asked & frozenset(found.languages):
        raise EngineError(f"the model in {place.name} understands none of {', '.join(sorted(asked))}")
    return asked & frozenset(found.languages) if found.kind in {"sense_voice", "whisper"} else asked


def _trial(found: SherpaFolder, settings: SherpaSettings, asked: Iterable[str]) -> Trial:
    told = {
        "kind": found.kind,
        "files": {role: str(path.absolute()) for role, path in found.files.items()},
        "type": found.type,
        "languages": list(found.languages),
        "settings": asdict(settings),
        "asked": sorted(asked),
    }
    chip = settings.provider
    return Trial(
        "lorgnette.engines.asr.sherpa_model:attempt",
        told,
        list(found.files.values()),
        "sherpa-onnx",
        {_FALLS_BACK: f"the installed sherpa-onnx was not built for {chip}"} if chip != "cpu" else {},
    )


def _threads() -> int:
    """All cores but one, four at most: more don't help models of this size."""
    return max(1, min(4, cores() - 1))


@dataclass(slots=True)
class _Wanted:
    pcm: bytes
    language: str
    answer: asyncio.Future[Words]


class WholeRecognizer:
    """`Recognizer` that decodes at the endpoint or in the first pause, the utterances of several at once."""

    name = NAME

    def __init__(
        self,
        languages: frozenset[str],
        load: Callable[[], WholeSherpa],
        *,
        timeout: float = 10.0,
        queue: int = 64,
    ) -> None:
        self.languages = languages
        self.timeout = timeout
        self._load = load
        self._model: WholeSherpa | None = None
        self._thread = BatchThread[_Wanted](
            NAME, self._work, self._failed, prepare=self._prepare, batch=_BATCH, queue=queue, gather=GATHER
        )

    def open(self, language: str) -> BufferedStream:
        return BufferedStream(self, language, LONGEST_SECONDS)

    async def recognize(self, pcm: bytes, language: str) -> Recognition:
        """A whole utterance at once."""
        wanted = _Wanted(pcm, primary(language), asyncio.get_running_loop().create_future())
        if not self._thread.put(wanted):
            raise Busy(f"{NAME}: too much waits")
        try:
            async with asyncio.timeout(self.timeout):
                words = await wanted.answer
        except TimeoutError:
            raise EngineError(f"{NAME} has no answer after {self.timeout:g} s", retryable=True) from None
        if not words.text:
            return nothing(language, NAME)
        known = words.language in self.languages
        return Recognition(words.text, words.language if known else language, words.confidence, engine=NAME)

    def start(self) -> None:
        self._thread.start()

    async def aclose(self) -> None:
        await self._thread.aclose()

    def health(self) -> Health:
        return self._thread.health()

    def _failed(self, items: Sequence[_Wanted]) -> None:
        detail = self._thread.health().last_error or "it failed"
        for each in items:
            if not each.answer.done():
                each.answer.set_exception(EngineError(f"{NAME}: {detail}", retryable=True))

    # ── in the thread ───────────────────────────────────────────────────────────────────────────────────

    def _prepare(self) -> None:
        self._model = self._load()

    def _work(self, items: Sequence[_Wanted]) -> Callable[[], None] | None:
        assert self._model is not None
        wanted = [each for each in items if not each.answer.done()]  # a dead turn's work is skipped
        if not wanted:
            return None
        found = self._model.recognize([(each.pcm, each.language) for each in wanted])

        def answer() -> None:
            for each, words in zip(wanted, found, strict=True):
                if not each.answer.done():
                    each.answer.set_result(words)

        return answer
