"""What a sentence asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Match:
    """A tool and its arguments. `open`: ends in free text, so that more may follow.

    `confidence`: share of the tokens that the sentence explains word by word, never below 0.5.
    """

    skill: str
    tool: str
    arguments: Mapping[str, Any]
    confidence: float = 1.0
    open: bool = False
