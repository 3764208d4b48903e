"""The trained numbers: one file, of which a language is read when it is first spoken."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

MODEL: Final = Path(__file__).parent / "model.npz"
FORMAT: Final = 1


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """One language's model.

    `intents`: (feature buckets × labels) int8, `scale` and `bias` per label; a label is a tool's name or,
    with a leading "~", a domain in which no tool is meant. `known`: bits (word buckets × labels): which word
    stood beside the slots of a label's sentences. `tags`: per feature bucket whether a token is free text.
    `calibration`: weights of the signs that make the confidence, the bias last.
    """

    labels: tuple[str, ...]
    intents: NDArray[np.int8]
    scale: NDArray[np.float32]
    bias: NDArray[np.float32]
    known: NDArray[np.uint8]
    tags: NDArray[np.int8]
    tag_scale: float
    calibration: NDArray[np.float32]


@cache
def load_weights(language: str, file: Path = MODEL) -> Weights | None:
    """The model of a language (a primary subtag); None where there is none."""
    if not file.is_file():
        return None
    with np.load(file) as arrays:
        about: Mapping[str, Any] = json.loads(str(arrays["about"]))
        if about["format"] != FORMAT or language not in about["labels"]:
            return None
        return Weights(
            labels=tuple(about["labels"][language]),
            intents=arrays[f"{language}.intents"],
            scale=arrays[f"{language}.scale"],
            bias=arrays[f"{language}.bias"],
            known=arrays[f"{language}.known"],
            tags=arrays[f"{language}.tags"],
            tag_scale=float(arrays[f"{language}.tag_scale"]),
            calibration=arrays[f"{language}.calibration"],
        )


def save_weights(models: Mapping[str, Weights], file: Path = MODEL) -> None:
    """Write the models of several languages; the same numbers give the same bytes."""
    arrays: dict[str, Any] = {}
    for language, one in models.items():
        for name in ("intents", "scale", "bias", "known", "tags", "tag_scale", "calibration"):
            arrays[f"{language}.{name}"] = getattr(one, name)
    labels = {language: list(one.labels) for language, one in models.items()}
    about = json.dumps({"format": FORMAT, "labels": labels})
    np.savez_compressed(file, allow_pickle=False, about=np.array(about), **arrays)
