"""What a Piper voice's file says of itself, read without loading the voice."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lorgnette.core.errors import EngineError

_ESPEAK = {"cmn": "zh", "yue": "zh"}
_CONFIG_LIMIT = 4_000_000
"""Bytes; the largest published ones, with a thousand speakers, have a tenth of it."""


@dataclass(frozen=True, slots=True)
class PiperModel:
    """`language`: tag in lower case, as en-gb; `speakers`: name → number, empty where there is one."""

    path: Path
    language: str
    speakers: dict[str, int]
    count: int

    @property
    def primary(self) -> str:
        return self.language.partition("-")[0]

    def speaker(self, wanted: str) -> int | None:
        """The number of the wanted speaker; None: the voice's own choice."""
        if wanted in self.speakers:
            return self.speakers[wanted]
        if wanted.isdecimal() and int(wanted) < self.count:
            return int(wanted)
        return None


def read(path: str | Path) -> PiperModel:
    """`voice.onnx`, beside which `voice.onnx.json` lies. EngineError for what isn't a Piper voice."""
    model = Path(path).expanduser()
    config = Path(f"{model}.json")
    for file in (model, config):
        if not file.is_file():
            raise EngineError(
                f"there is no file {file}; a Piper voice is a pair: name.onnx and name.onnx.json"
            )
    if config.stat().st_size > _CONFIG_LIMIT:
        raise EngineError(f"{config} is too large for the description of a voice")
    try:
        found: dict[str, Any] = json.loads(config.read_bytes())
        rate, espeak = int(found["audio"]["sample_rate"]), str(found["espeak"]["voice"])
        speakers = {
            str(name): int(number) for name, number in dict(found.get("speaker_id_map") or {}).items()
        }
        count = int(found["num_speakers"])
        code = str((found.get("language") or {}).get("code") or "")
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise EngineError(
            f"{config} doesn't describe a Piper voice: {type(error).__name__}: {error}"
        ) from error
    if not 8_000 <= rate <= 48_000:
        raise EngineError(f"{config}: {rate} samples a second are outside 8000 to 48000")
    primary = espeak.partition("-")[0].lower()
    language = (code or _ESPEAK.get(primary, espeak)).replace("_", "-").lower()
    return PiperModel(model, language, speakers, count)


def choose(models: Iterable[PiperModel], language: str) -> PiperModel | None:
    """The first that speaks this very tag, else the first of its language."""
    tag = language.lower()
    able = [model for model in models if model.primary == tag.partition("-")[0]]
    return next((model for model in able if model.language == tag), next(iter(able), None))
