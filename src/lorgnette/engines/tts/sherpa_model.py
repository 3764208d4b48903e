"""Which files of a folder make a voice for sherpa-onnx: Kokoro, VITS or Matcha, as its releases unpack."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from lorgnette.core.errors import EngineError

type Family = Literal["kokoro", "vits", "matcha"]


@dataclass(frozen=True, slots=True)
class SherpaModel:
    """`files`: sherpa-onnx's argument → path, several joined by commas."""

    family: Family
    files: Mapping[str, str]
    rules: str = ""
    languages: frozenset[str] = field(default_factory=frozenset)


def read(folder: str | Path) -> SherpaModel:
    """EngineError, with the missing file, for a folder that isn't a voice."""
    place = Path(folder).expanduser().absolute()
    if not place.is_dir():
        raise EngineError(f"there is no folder {place}")
    tokens = _one(place, "tokens.txt")
    lexicon = ",".join(str(path) for path in sorted(place.glob("lexicon*.txt")))
    rules = ",".join(str(path) for path in sorted(place.glob("*.fst")))
    vocoder = next(iter(sorted((*place.glob("vocos*.onnx"), *place.glob("hifigan*.onnx")))), None)
    words = {"tokens": tokens, "lexicon": lexicon, "dict_dir": _folder(place / "dict")}
    if (place / "voices.bin").is_file():
        files = {"model": _network(place), "voices": str(place / "voices.bin"), **words}
        return SherpaModel("kokoro", files, rules, _languages(place))
    if vocoder is not None:
        files = {"acoustic_model": _network(place, besides=vocoder), "vocoder": str(vocoder), **words}
        return SherpaModel("matcha", files, rules, _languages(place))
    return SherpaModel("vits", {"model": _network(place), **words}, rules, _languages(place))


def _network(place: Path, besides: Path | None = None) -> str:
    """`model.onnx` or `model.int8.onnx`, else the only one there is."""
    for name in ("model.onnx", "model.int8.onnx"):
        if (place / name).is_file():
            return str(place / name)
    found = [path for path in sorted(place.glob("*.onnx")) if path != besides]
    if len(found) != 1:
        raise EngineError(f"{place} has {len(found)} networks (.onnx); a voice is a folder of its own")
    return str(found[0])


def _one(place: Path, name: str) -> str:
    if not (place / name).is_file():
        raise EngineError(f"{place / name} is missing")
    return str(place / name)


def _folder(path: Path) -> str:
    return str(path) if path.is_dir() else ""


def _languages(place: Path) -> frozenset[str]:
    """What the lexicons' names tell; English where they tell nothing."""
    names = {part for path in place.glob("lexicon-*.txt") for part in path.stem.split("-")[1:]}
    told = names & {"en", "zh", "de"}
    return frozenset(told or {"en"})
