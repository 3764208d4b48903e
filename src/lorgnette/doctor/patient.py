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
    host: str = "127.0.0.1"
    port: int = 0
    language: str = "en"
    languages: tuple[str, ...] = ()
    engines: EngineChoice = field(default_factory=EngineChoice)
    model: ModelSection = field(default_factory=ModelSection)
    network: NetworkSection = field(default_factory=NetworkSection)
    sentences: Mapping[str, Sequence[Sentence]] = field(default_factory=dict)
    running: Mapping[str, Any] | None = None
