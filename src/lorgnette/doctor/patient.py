"""What a checkup is told: the configuration as it holds, and what a running hub says of itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from lorgnette.config import ModelSection, NetworkSection
from lorgnette.engines.registry import EngineChoice, Sentence

LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Fetchable:
    """A model of the catalogue whose engine is installed. `here`: it needs no pull any more."""

    kind: str
    engine: str
    languages: tuple[str, ...]
    id: str
    here: bool = False

    @property
    def command(self) -> str:
        """What brings it into use."""
        use = f"lorgnette models use {self.id}"
        return use if self.here else f"lorgnette models pull {self.id} && {use}"


@dataclass(frozen=True, slots=True)
class Patient:
    """`running`: the status of the hub that answers at `socket`, None if none does.

    `home`: addresses at which other devices would reach it; `models`: what could be fetched.
    """

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
    home: tuple[str, ...] = ()
    models: tuple[Fetchable, ...] = ()

    @property
    def home_ports(self) -> tuple[int, int]:
        """HTTPS, and the plain one for `/trust`."""
        https = self.network.port or self.port
        return https, self.network.trust_port or https - 1
