"""What the parser makes of an utterance."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lorgnette.sdk.registry import RegisteredTool


@dataclass(frozen=True, slots=True)
class Guess:
    """A tool, the values of its slots, and how sure that is.

    `confidence`: the calibrated probability that the tool is meant; `ranked`: (tool's unique name, score) of
    the likeliest; `missing`: required parameters without a value; `held`: why it must not be done whatever
    the confidence (negation, reported speech …), "" where nothing speaks against it; `signs`: what the
    confidence was made of; `spans`: (kind or parameter, words) found in the utterance.
    """

    registered: RegisteredTool
    slots: Mapping[str, Any]
    confidence: float
    ranked: tuple[tuple[str, float], ...]
    missing: tuple[str, ...] = ()
    held: str = ""
    signs: tuple[float, ...] = ()
    spans: tuple[tuple[str, str], ...] = ()
