"""What a measuring process is told; it crosses a pipe as JSON."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from lorgnette.engines.registry import EngineSetup, Kind, Sentence


class Clip(msgspec.Struct, frozen=True):
    """A recording by its path."""

    path: str
    language: str
    text: str = ""
    synthetic: bool = False


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One engine. `seconds`: after them nothing is repeated; `languages`: what voices say."""

    kind: Kind
    engine: str
    settings: Mapping[str, Any] = {}
    sentences: Mapping[str, Sequence[tuple[str, Mapping[str, str | tuple[str, ...]]]]] = {}
    clips: tuple[Clip, ...] = ()
    languages: tuple[str, ...] = ()
    repeats: int = 3
    seconds: float = 10.0

    @property
    def setup(self) -> EngineSetup:
        """For the adapter's factory."""
        sentences = {
            language: [Sentence(template, slots) for template, slots in group]
            for language, group in self.sentences.items()
        }
        return EngineSetup(self.settings, sentences)

    def of(self, language: str) -> list[Clip]:
        """The recordings in it."""
        return [clip for clip in self.clips if clip.language == language]
