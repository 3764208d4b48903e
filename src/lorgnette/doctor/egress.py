"""Who would hear what, from the configuration and what engines declare. Nobody is asked."""

from collections.abc import Iterator
from dataclasses import dataclass

from lorgnette.engines.egress import Content, Reach
from lorgnette.engines.registry import KINDS, EngineChoice, egress_of

WHAT: dict[Content, str] = {
    "speech": "the sound of what you say, sentence by sentence",
    "sentences": "the sentences it says to you, in words",
    "conversation": "what you say and are told, in words, with the last twelve exchanges; "
    "what skills answer it; your name, time zone, the time, and which senses your devices have",
    "pictures": "pictures from your camera",
}


@dataclass(frozen=True, slots=True)
class Listener:
    """One engine in use. `host` empty: nobody else hears it; `contents` None: the engine doesn't say."""

    kind: str
    engine: str
    host: str
    reach: Reach
    contents: tuple[Content, ...] | None
    encrypted: bool

    @property
    def sends(self) -> tuple[str, ...] | None:
        """In words."""
        return None if self.contents is None else tuple(WHAT[content] for content in self.contents)

    @property
    def leaves(self) -> bool:
        """Whether something may leave this machine."""
        return self.contents is None or (bool(self.contents) and self.reach != "machine")


def listeners(choice: EngineChoice) -> Iterator[Listener]:
    """Every engine that the hub would use, also those that only stand in."""
    for kind in KINDS:
        names: tuple[str, ...] = getattr(choice, kind)
        for name in names:
            told = egress_of(kind, name, choice.settings.get(f"{kind}.{name}", {}))
            if told is None:
                yield Listener(kind, name, "", "beyond", None, encrypted=False)
            else:
                yield Listener(kind, name, told.host, told.reach, told.sends, told.secret)
