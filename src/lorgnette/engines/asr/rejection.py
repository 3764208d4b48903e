"""Whether a recognised command was really said: a probability from the evidence, and what to do with it.

A logistic model of the measures in `evidence`, shipped in `calibration.json` and made by
`benchmarks/calibrate_rejection.py`. The probability is right for a mix like the one it was made from: as much
else as commands, a quarter of that else near misses.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from lorgnette.engines.asr.evidence import BOUNDS

Decision = Literal["accept", "confirm", "reject"]
SHIPPED = "calibration.json"


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weight of each measure, and from which probability on to act or to ask."""

    weights: Mapping[str, float]
    bias: float
    accept: float
    confirm: float

    def __post_init__(self) -> None:
        if self.weights.keys() != BOUNDS.keys():
            odd = sorted(self.weights.keys() ^ BOUNDS.keys())
            raise ValueError(f"calibration and evidence differ in {', '.join(odd)}")
        if not 0 <= self.confirm <= self.accept <= 1:
            raise ValueError("calibration: 0 ≤ confirm ≤ accept ≤ 1 is asked for")

    def probability(self, evidence: Mapping[str, float]) -> float:
        """That the command is right."""
        total = self.bias + sum(weight * evidence[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def decide(self, probability: float) -> Decision:
        """Act, ask "did you say …?", or take it for noise."""
        if probability >= self.accept:
            return "accept"
        return "confirm" if probability >= self.confirm else "reject"

    @classmethod
    def read(cls, path: Path) -> "Calibration":
        """From a JSON file. Raises ValueError where it isn't one."""
        return _calibration(json.loads(path.read_text("utf-8")))


@cache
def shipped() -> Calibration:
    """The calibration that comes with the engine."""
    return _calibration(json.loads((files(__package__) / SHIPPED).read_text("utf-8")))


def _calibration(data: Any) -> Calibration:
    try:
        return Calibration(
            weights={str(name): float(weight) for name, weight in data["weights"].items()},
            bias=float(data["bias"]),
            accept=float(data["accept"]),
            confirm=float(data["confirm"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a calibration: {error}") from error
