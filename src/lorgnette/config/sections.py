"""The hub's own sections of `lorgnette.toml`. Every field has a description: it becomes the manual."""

import ipaddress
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

import msgspec
from msgspec import Meta

from lorgnette.config import model_presets, system
from lorgnette.config.secret import Secret

AUTO = "auto"
NO_SECRET = Secret()


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """What every section is: a frozen struct with a default for each field.

    `__post_init__` may raise ValueError about fields that contradict each other; `resolve` replaces what
    depends on the machine.
    """

    made_from: ClassVar[str] = "the system"
    """Where values come from that `resolve` put in, for `config show`."""

    def resolve(self, environ: Mapping[str, str]) -> Self:  # noqa: ARG002
        """Itself, with every `auto` replaced."""
        return self

    def asked(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        """(address, what it learns: `engines.egress.Content`) of each server that the service asks."""
        return ()


class HubSection(Section, frozen=True, kw_only=True):
    """The server that devices connect to."""

    host: Annotated[str, Meta(description="Address to listen on; 0.0.0.0 for the whole network.")] = (
        "127.0.0.1"
    )
    port: Annotated[int, Meta(ge=0, le=65535, description="Port; 0 takes a free one.")] = 8765
    name: Annotated[str, Meta(max_length=60, description="What the hub is called on devices.")] = "Lorgnette"
    allowed_hosts: Annotated[
        tuple[str, ...],
        Meta(description="Host names under which browsers may reach the hub, beside this machine's own."),
    ] = ()
    allowed_origins: Annotated[
        tuple[str, ...],
        Meta(description="Origins of other web pages that may connect, as https://example.org."),
    ] = ()
    max_sessions: Annotated[
        int, Meta(ge=1, le=100_000, description="Wearers at once; more are told that the hub is busy.")
    ] = 1000
    drain: Annotated[
        float,
        Meta(
            ge=0,
            le=600,
            description="Seconds from the order to stop to the end, in which /readyz says no, nobody new is "
            "let in and everybody else is still served: for a load balancer to notice.",
        ),
    ] = 0.0


class NetworkSection(Section, frozen=True, kw_only=True):
    """The hub on the home network, by HTTPS. On this machine it stays where [hub] says."""

    lan: Annotated[bool, Meta(description="Whether other machines at home reach it, as up --lan.")] = False
    name: Annotated[
        str,
        Meta(
            pattern=r"^(auto|[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)$",
            extra={"words": "a name as kitchen, without .local, or auto"},
            description="What it is called there, before .local; auto takes the machine's name.",
        ),
    ] = AUTO
    port: Annotated[int, Meta(ge=0, le=65535, description="Port of HTTPS; 0: the same as the hub's.")] = 0
    trust_port: Annotated[
        int,
        Meta(
            ge=0,
            le=65535,
            description="Port of plain HTTP, which only hands out the certificate; 0: one before HTTPS.",
        ),
    ] = 0
    addresses: Annotated[
        tuple[str, ...],
        Meta(description="Addresses to listen on; empty: all private ones, followed as they change."),
    ] = ()
    certificate: Annotated[
        str, Meta(description="A certificate chain (PEM) of your own; empty: the household's authority.")
    ] = ""
    key: Annotated[str, Meta(description="Its key (PEM).")] = ""
    announce: Annotated[bool, Meta(description="Whether the hub is announced there by mDNS.")] = True

    def __post_init__(self) -> None:
        if bool(self.certificate) != bool(self.key):
            raise ValueError("certificate and key need each other")
        for text in self.addresses:
            try:
                ipaddress.ip_address(text)
            except ValueError:
                raise ValueError(f"addresses: {text!r} is no IP address") from None

    def resolve(self, environ: Mapping[str, str]) -> Self:
        """Name of the machine."""
        del environ
        return self if self.name != AUTO else msgspec.structs.replace(self, name=system.label())


class WearerSection(Section, frozen=True, kw_only=True):
    """What a new wearer starts with; each can change it later."""

    language: Annotated[
        str,
        Meta(
            pattern=r"^(auto|[a-z]{2,3}(-[A-Za-z0-9]{2,8})*)$",
            extra={"words": "a language as de, en-GB or zh, or auto"},
            description="Language; auto takes the system's.",
        ),
    ] = AUTO
    zone: Annotated[
        str,
        Meta(
            extra={"words": "a zone as Europe/Berlin, or auto"},
            description="Time zone; auto takes the system's.",
        ),
    ] = AUTO
    name: Annotated[str, Meta(max_length=60, description="Name of the owner that the first start makes.")] = (
        ""
    )

    def __post_init__(self) -> None:
        if self.zone != AUTO and not system.is_zone(self.zone):
            raise ValueError(f"zone: {self.zone!r} is no time zone; names look like Europe/Berlin")

    def resolve(self, environ: Mapping[str, str]) -> Self:
        """Language and zone of the system."""
        language = system.language(environ) if self.language == AUTO else self.language
        zone = system.zone(environ) if self.zone == AUTO else self.zone
        return msgspec.structs.replace(self, language=language, zone=zone)


class StoreSection(Section, frozen=True, kw_only=True):
    """Where everything is kept."""

    url: Annotated[
        str,
        Meta(
            description="sqlite:///path or postgresql://user@host/name (needs the extra postgres); "
            "empty: a file in the data folder."
        ),
    ] = ""


class SpeechSection(Section, frozen=True, kw_only=True):
    """Ears and voice."""

    asr: Annotated[
        tuple[str, ...],
        Meta(description="Speech recognisers in order of preference; empty: what is installed, best first."),
    ] = ()
    tts: Annotated[
        tuple[str, ...],
        Meta(description="Voices' engines in order of preference; empty: what is installed, best first."),
    ] = ()
    wake: Annotated[
        tuple[str, ...],
        Meta(description="Engines that wait for a wake word, the first that works; empty: none does."),
    ] = ()
    turn: Annotated[
        tuple[str, ...],
        Meta(description="Engines that hear whether a sentence is finished; empty: silence and words tell."),
    ] = ()
    languages: Annotated[
        tuple[str, ...],
        Meta(description="Languages spoken here, as de, en: ready at once. The first start asks for them."),
    ] = ()
    rate: Annotated[
        float, Meta(ge=0.5, le=2, description="Speed of the voice of a new wearer; 1 is normal.")
    ] = 1.0
    pause_complete: Annotated[
        float, Meta(ge=0.1, le=5, description="Seconds of silence that end a complete sentence.")
    ] = 0.3
    pause_open: Annotated[
        float, Meta(ge=0.1, le=10, description='Seconds of silence that end an open one ("and then …").')
    ] = 0.9

    def __post_init__(self) -> None:
        if self.pause_open < self.pause_complete:
            raise ValueError("pause_open must not be shorter than pause_complete")


class ModelSection(Section, frozen=True, kw_only=True):
    """The language model behind everything that no command covers: any OpenAI-compatible endpoint."""

    made_from: ClassVar[str] = "the preset"

    preset: Annotated[
        str,
        Meta(
            description="A well-known server by its name, as dashscope or ollama (lorgnette llm list). "
            "Address, model and key are its own where they are empty here."
        ),
    ] = ""
    url: Annotated[
        str,
        Meta(
            pattern=r"^(https?://.+)?$",
            extra={"words": "an address as http://127.0.0.1:8000/v1"},
            description="Where it answers; empty: the preset's, and without one there is none.",
        ),
    ] = ""
    name: Annotated[
        str, Meta(description="The model's name at that endpoint; empty: the first that it lists.")
    ] = ""
    key: Annotated[Secret, Meta(description="Key for it, as env:NAME or file:/path.")] = NO_SECRET
    timeout: Annotated[
        float, Meta(gt=0, le=600, description="Seconds until a silent endpoint is given up.")
    ] = 30.0
    thinking: Annotated[
        bool,
        Meta(
            description="Whether a model that can think does so before it answers, which takes its time; "
            "false needs a preset that knows how. Thoughts are never spoken."
        ),
    ] = False
    offer: Annotated[
        bool, Meta(description="Whether a model that is found on this machine is offered once.")
    ] = True
    fallback: Annotated[
        tuple[str, ...],
        Meta(
            description="What answers where the model fails before its first word, in this order: each as "
            '"PRESET-OR-ADDRESS MODEL KEY", the last two where they are needed.'
        ),
    ] = ()
    images: Annotated[bool, Meta(description="Whether the model sees pictures.")] = True
    window: Annotated[
        int,
        Meta(
            ge=0,
            le=10_000_000,
            description="Tokens that the model takes at once; 0: what the preset's server does by itself, "
            "else 32768. What is asked is cut to it.",
        ),
    ] = 0
    reply: Annotated[
        int,
        Meta(
            ge=64,
            le=100_000,
            description="Tokens that an answer may have; four times as many with thoughts.",
        ),
    ] = 2048
    steps: Annotated[
        int, Meta(ge=1, le=100, description="How often a turn may ask the model, with tools between.")
    ] = 12
    seconds: Annotated[float, Meta(gt=0, le=3600, description="Seconds that a turn's thought may take.")] = (
        60.0
    )
    tokens: Annotated[
        int, Meta(ge=0, description="Tokens that one turn may use, read and written; 0: no bound.")
    ] = 0

    def __post_init__(self) -> None:
        if self.preset:
            model_presets.preset(self.preset)
        for entry in self.fallback:
            self._other(entry)

    def resolve(self, environ: Mapping[str, str]) -> Self:
        """Address, model and key of the preset where they are empty."""
        del environ
        if not self.preset:
            return self
        known = model_presets.preset(self.preset)
        return msgspec.structs.replace(
            self,
            url=self.url or known.url,
            name=self.name or known.model,
            key=self.key or Secret(f"env:{known.key}" if known.key else ""),
        )

    @property
    def inside(self) -> bool:
        """Whether the model runs in the hub, without a server."""
        return not self.url and bool(self.preset) and model_presets.preset(self.preset).inside

    @property
    def there(self) -> bool:
        """Whether there is a model at all."""
        return bool(self.url) or self.inside

    @property
    def others(self) -> tuple[Self, ...]:
        """Those of `fallback`, each as a section of its own."""
        return tuple(self._other(entry) for entry in self.fallback)

    @property
    def room(self) -> int:
        """Tokens that the model takes at once."""
        return self.window or self.known.window or WINDOW

    @property
    def longest(self) -> int:
        """Tokens of an answer, thoughts included."""
        return self.reply * (4 if self.thinking else 1)

    @property
    def known(self) -> model_presets.Preset:
        """The preset; without one what OpenAI's own servers do."""
        return model_presets.preset(self.preset) if self.preset else OPENAI

    @property
    def wishes(self) -> Mapping[str, Any]:
        """Fields of a request that a server may refuse: not to think, to count, how long at most."""
        known = self.known
        quiet = {} if self.thinking else known.quiet
        counts = {"stream_options": {"include_usage": True}} if known.counts else {}
        return {**quiet, **counts, known.length: self.longest}

    def _other(self, entry: str) -> Self:
        name, _, rest = entry.strip().partition(" ")
        model, _, key = rest.strip().partition(" ")
        if not name:
            raise ValueError("fallback: an entry is empty")
        server = {"url": name, "preset": ""} if "://" in name else {"preset": name, "url": ""}
        key = key.strip()
        if Secret(key).literal:
            raise ValueError("fallback: a key doesn't belong there; write env:NAME or file:/path")
        changes: dict[str, Any] = {**server, "name": model, "key": Secret(key), "fallback": ()}
        return msgspec.structs.replace(self, **changes).resolve({})


WINDOW = 32_768
OPENAI = model_presets.Preset(
    title="OpenAI's API", url="", page="https://platform.openai.com/docs/api-reference"
)


class ModelsSection(Section, frozen=True, kw_only=True):
    """Models that `lorgnette models pull` fetches."""

    mirror: Annotated[
        str,
        Meta(
            pattern=r"^(https://[^?#]+|http://(127\.0\.0\.1|localhost|\[::1\])(:[0-9]+)?[^?#]*)?$",
            extra={"words": "an address as https://mirror.example"},
            description="Where they come from instead: takes the place of each address's scheme and host.",
        ),
    ] = ""
    folder: Annotated[
        str, Meta(description="Where they lie; empty: the folder models beside the store's.")
    ] = ""
    connections: Annotated[
        int, Meta(ge=1, le=16, description="Stretches of a file that are fetched side by side.")
    ] = 4


class RetentionSection(Section, frozen=True, kw_only=True):
    """What is kept how long. Each wearer may choose shorter for what is theirs."""

    transcripts: Annotated[float, Meta(ge=0, description="Days that conversations are kept.")] = 30.0
    traces: Annotated[float, Meta(ge=0, description="Days that timings of turns (no words) are kept.")] = 7.0
    outgoing: Annotated[
        float, Meta(ge=0, description="Days that it is kept what went to which server (no words).")
    ] = 30.0
    copies: Annotated[
        float, Meta(ge=0, description="Days that copies of the store are kept which an upgrade makes.")
    ] = 30.0


class PeopleSection(Section, frozen=True, kw_only=True):
    """Guests, and devices that several wearers use."""

    shared_minutes: Annotated[
        float,
        Meta(gt=0, le=1440, description="Minutes after which a shared device that nobody uses is nobody's."),
    ] = 10.0
    guest_words: Annotated[float, Meta(ge=0, description="Days that conversations of guests are kept.")] = 1.0
    guest_days: Annotated[
        float,
        Meta(
            ge=0,
            description="Days that whatever else a guest leaves is kept; a guest who was not here for so "
            "long is forgotten with all devices.",
        ),
    ] = 30.0


class LogSection(Section, frozen=True, kw_only=True):
    """What the hub writes about itself. Nobody's words are in it."""

    level: Annotated[
        Literal["debug", "info", "warning", "error"], Meta(description="The least that is written.")
    ] = "info"
    format: Annotated[Literal["text", "json"], Meta(description="Lines for people or for programs.")] = "text"


class MetricsSection(Section, frozen=True, kw_only=True):
    """Numbers for Prometheus at `/metrics`; from this machine they are read without a token."""

    token: Annotated[
        Secret,
        Meta(
            description="What a reader elsewhere shows as a bearer token, as env:NAME or file:/path; "
            "empty: only the owner's devices may."
        ),
    ] = NO_SECRET


class SkillsSection(Section, frozen=True, kw_only=True):
    """Which skills are used. `lorgnette skill off` and `on` write it."""

    off: Annotated[
        tuple[str, ...], Meta(description="Skills that are installed and not used, by their names.")
    ] = ()


BUILT_IN: Mapping[str, type[Section]] = {
    "hub": HubSection,
    "network": NetworkSection,
    "wearer": WearerSection,
    "store": StoreSection,
    "speech": SpeechSection,
    "model": ModelSection,
    "models": ModelsSection,
    "people": PeopleSection,
    "skills": SkillsSection,
    "retention": RetentionSection,
    "log": LogSection,
    "metrics": MetricsSection,
}
