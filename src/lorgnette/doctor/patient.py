"""What a checkup is told: the configuration as it holds, and what a running hub says of itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lorgnette.config import ModelSection, NetworkSection
from lorgnette.engines.registry import EngineChoice, Sentence


@dataclass(frozen=True, slots=True)
class Patient:
    """`running`: the status of the hub that answers at `socket`, None if none does."""

    store: str
    data: Path
    socket: Path
    host: str
    port: int
    language: str
    zone: str
    languages: tuple[str, ...]
    engines: EngineChoice
    model: ModelSection
    network: NetworkSection
    sentences: Mapping[str, Sequence[Sentence]] = field(default_factory=dict)
    running: Mapping[str, Any] | None = None
