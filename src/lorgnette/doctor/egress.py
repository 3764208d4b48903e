"""Who would hear what, from the configuration and what engines declare. Nobody is asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lorgnette.config import Section
from lorgnette.engines.egress import UNSET, Reach, place_of, reach
from lorgnette.engines.registry import KINDS, EngineChoice, egress_of

SERVICE: Final = "service"
WHAT: Mapping[str, str] = {
    "speech": "the sound of what you say, sentence by sentence",
    "sentences": "the sentences it says to you, in words",
    "conversation": "what you say and are told, in words, with the last twelve exchanges; "
    "what skills answer it; your name, time zone, the time, and which senses your devices have",
    "pictures": "pictures from your camera",
    "question": "what you ask for, in words",
    "place": "where you are, to about a kilometre",
    "message": "the messages that you send, and to whom",
    "calendar": "your calendar, which is kept there",
    "contacts": "your contacts, which are kept there",
    "inquiry": "that somebody asks, and nothing of yours",
    "memories": "what you asked it to remember, codes and the like left out, and what you ask of it",
}


@dataclass(frozen=True, slots=True)
class Listener:
    """One engine or service in use. `kind`: of the engine, or `service`.

    `host` empty: nobody else hears it; `contents` None: the engine doesn't say.
    """

    kind: str
    engine: str
    host: str
    reach: Reach
    contents: tuple[str, ...] | None
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


def services(sections: Mapping[type[Section], Section]) -> Iterator[Listener]:
    """Every server that a service would ask; its name is its section's: `WeatherSection`, [weather]."""
    for kind, section in sections.items():
        for address, contents in section.asked():
            yield service(kind.__name__.removesuffix("Section").lower(), address, contents)


def service(name: str, address: str, contents: tuple[str, ...]) -> Listener:
    """One server that is asked."""
    host, secret = place_of(address)
    return Listener(SERVICE, name, host or UNSET, reach(host or UNSET), contents, encrypted=secret)
