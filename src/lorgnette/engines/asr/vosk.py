"""The recogniser `vosk`: a Kaldi model in a folder, with words while one speaks."""

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from lorgnette.core.errors import EngineError
from lorgnette.engines.asr.live import LiveRecognizer
from lorgnette.engines.asr.named import named_languages
from lorgnette.engines.asr.trial import Trial
from lorgnette.engines.asr.vosk_model import VoskEar, VoskModel
from lorgnette.engines.chain import primary

NAME = "vosk"
_LAYOUTS = (("am/final.mdl", "conf/mfcc.conf", "conf/model.conf"), ("final.mdl", "mfcc.conf"))
"""What makes a folder a model: the layout of today's, and that of the first ones."""


def recogniser(
    folder: str = "", languages: Iterable[str] = (), timeout: float = 10.0, *, notes: Path | None = None
) -> LiveRecognizer[VoskEar]:
    """EngineError where Vosk isn't installed or `folder` holds no model of it."""
    if find_spec("vosk") is None:
        raise EngineError("Vosk isn't installed: pip install 'lorgnette[vosk]'")
    if not folder:
        raise EngineError("asr_vosk.folder names no model; lorgnette models list shows some")
    place = Path(folder).expanduser().absolute()
    if not any(all((place / part).is_file() for part in layout) for layout in _LAYOUTS):
        raise EngineError(f"asr_vosk.folder: {place} holds no Vosk model (am/final.mdl, conf/model.conf)")
    known = frozenset(primary(language) for language in languages) or frozenset(named_languages(place.name))
    if not known:
        raise EngineError(f"asr_vosk.languages has to say what the model in {place.name} understands")
    files = sorted(path for path in place.rglob("*") if path.is_file())
    trial = Trial("lorgnette.engines.asr.vosk_model:attempt", {"folder": str(place)}, files, "vosk")

    def load() -> VoskModel:
        trial.passed(notes)
        return VoskModel(str(place))

    return LiveRecognizer(NAME, known, load, timeout=timeout)
