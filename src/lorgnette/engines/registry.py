"""Which engines there are and how the hub gets its own: adapters by entry point, chosen by name.

An adapter is a callable `(EngineSetup) -> engine` under the entry point group `lorgnette.engines.KIND`, one
of `KINDS`. Built-ins use the same door. What can't be made is switched off with a message, and the next name
takes its place.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Literal

from lorgnette.core.errors import ConfigError, EngineError
from lorgnette.engines.absent import NoSynthesizer
from lorgnette.engines.chain import FallbackChat, FallbackRecognizer, FallbackSynthesizer, Tell, parts_of
from lorgnette.engines.egress import Egress, declared
from lorgnette.engines.health import Health
from lorgnette.engines.protocols import (
    ChatModel,
    Embedder,
    Recognizer,
    Supervised,
    Synthesizer,
    TurnJudge,
    VoiceDetector,
    WakeDetector,
)

_log = logging.getLogger(__name__)

type Kind = Literal["vad", "asr", "tts", "llm", "wake", "turn", "embed"]
KINDS: tuple[Kind, ...] = ("vad", "asr", "tts", "llm", "wake", "turn", "embed")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence template of a skill (hassil's notation) and what its slots hold.

    `slots`: slot → a kind that the recogniser's grammar knows ("duration", "text" for free text …), or the
    phrases to choose from.
    """

    template: str
    slots: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EngineSetup:
    """What an adapter's factory gets. `settings`: its table of the configuration, secrets resolved."""

    settings: Mapping[str, Any] = field(default_factory=dict)
    sentences: Mapping[str, Sequence[Sentence]] = field(default_factory=dict)
    """What the installed skills understand, by language: for engines that need a grammar or hints."""


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """Names of adapters, first choice first; of `llm`, `wake`, `turn`, `embed` the first that can be made.

    `settings`: "asr.pocketsphinx" → that adapter's table.
    """

    vad: tuple[str, ...] = ("silero",)
    asr: tuple[str, ...] = ("pocketsphinx",)
    tts: tuple[str, ...] = ("espeak",)
    llm: tuple[str, ...] = ()
    wake: tuple[str, ...] = ()
    turn: tuple[str, ...] = ()
    embed: tuple[str, ...] = ()
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


class Engines:
    """The hub's engines, made once. `chat`, `wake`, `turn` and `embed` are None where none is configured."""

    def __init__(
        self,
        vad: VoiceDetector,
        recognizer: Recognizer,
        synthesizer: Synthesizer,
        chat: ChatModel | None,
        parts: Sequence[object],
        off: Sequence[Health],
        *,
        wake: WakeDetector | None = None,
        turn: TurnJudge | None = None,
        embed: Embedder | None = None,
    ) -> None:
        self.vad = vad
        self.recognizer = recognizer
        self.synthesizer = synthesizer
        self.chat = chat
        self.wake = wake
        self.turn = turn
        self.embed = embed
        self._parts = tuple(part for part in parts if isinstance(part, Supervised))
        self._off = tuple(off)

    def start(self) -> None:
        """Begin to load models and start workers, all at once and in the background."""
        for part in self._parts:
            part.start()

    async def aclose(self) -> None:
        await asyncio.gather(*(part.aclose() for part in self._parts), return_exceptions=True)

    def exchange_chat(self, chat: ChatModel | None) -> ChatModel | None:
        """Another chat model from now on, started; gives the former one, which the caller closes."""
        former, self.chat = self.chat, chat
        gone = {id(part) for part in parts_of(former)}
        parts = [part for part in self._parts if id(part) not in gone]
        for one in parts_of(chat):
            if isinstance(one, Supervised):
                one.start()
                parts.append(one)
        self._parts = tuple(parts)
        return former

    def health(self) -> tuple[Health, ...]:
        """Every engine, those that were switched off too."""
        return (*(part.health() for part in self._parts), *self._off)


def available(kind: Kind) -> tuple[str, ...]:
    """Names of the installed adapters of a kind; nothing is imported."""
    return tuple(sorted(installed(kind)))


def installed(kind: Kind) -> dict[str, EntryPoint]:
    """The adapters of a kind that installed packages bring."""
    return {point.name: point for point in entry_points(group=f"lorgnette.engines.{kind}")}


def adapter_of(name: str) -> str:
    """The adapter's name: one may be there several times, with other settings, as "openai", "openai:2"."""
    return name.partition(":")[0]


def egress_of(
    kind: Kind,
    name: str,
    settings: Mapping[str, Any],
    adapters: Callable[[Kind], Mapping[str, EntryPoint]] = installed,
) -> Egress | None:
    """Who would hear what of this engine (`engines.egress`); None where it doesn't say. Nothing is made."""
    try:
        return declared(adapters(kind)[adapter_of(name)].load(), settings)
    except Exception:  # noqa: BLE001 - what can't be loaded says nothing and sends nothing
        return None


def build_engines(
    choice: EngineChoice | None = None,
    sentences: Mapping[str, Sequence[Sentence]] | None = None,
    tell: Tell | None = None,
    *,
    adapters: Callable[[Kind], Mapping[str, EntryPoint]] = installed,
) -> Engines:
    """Make what `choice` names; nothing is started. `tell` hears when an engine is replaced in mid-turn.

    Raises ConfigError for a name that no installed package brings; everything else that goes wrong switches
    the adapter off.
    """
    choice = choice or EngineChoice()
    off: list[Health] = []
    made: dict[Kind, list[Any]] = {}
    for kind in KINDS:
        names: tuple[str, ...] = getattr(choice, kind)
        made[kind] = []
        for name in names:
            setup = EngineSetup(choice.settings.get(f"{kind}.{name}", {}), sentences or {})
            engine = _make(kind, name, adapters(kind), setup, off)
            if engine is not None:
                made[kind].append(engine)
    vad = made["vad"][0] if made["vad"] else _without_a_model()
    synthesizer = FallbackSynthesizer(made["tts"], tell) if made["tts"] else NoSynthesizer()
    wake, turn = (next(iter(made[kind]), None) for kind in ("wake", "turn"))
    chat = _one_of(made["llm"])
    parts = [vad, *(part for kind in KINDS if kind != "vad" for part in made[kind])]
    recognizer = FallbackRecognizer(made["asr"], tell)
    embed = next(iter(made["embed"]), None)
    return Engines(vad, recognizer, synthesizer, chat, parts, off, wake=wake, turn=turn, embed=embed)


def build_chat(
    choice: EngineChoice, adapters: Callable[[Kind], Mapping[str, EntryPoint]] = installed
) -> ChatModel | None:
    """The chat models of `choice` that can be made, as one, not started; ConfigError for a wrong setting."""
    made = [
        _make("llm", name, adapters("llm"), EngineSetup(choice.settings.get(f"llm.{name}", {})), [])
        for name in choice.llm
    ]
    return _one_of([model for model in made if model is not None])


def _one_of(models: Sequence[ChatModel]) -> ChatModel | None:
    return FallbackChat(models) if len(models) > 1 else next(iter(models), None)


def _without_a_model() -> VoiceDetector:
    from lorgnette.engines.vad.energy import EnergyDetector

    return EnergyDetector()


def _make(
    kind: Kind, name: str, adapters: Mapping[str, EntryPoint], setup: EngineSetup, off: list[Health]
) -> Any:
    adapter = adapter_of(name)
    if adapter not in adapters:
        known = ", ".join(sorted(adapters)) or "none"
        raise ConfigError(f"no {kind} engine is called {adapter!r}; installed: {known}")
    try:
        factory: Callable[[EngineSetup], Any] = adapters[adapter].load()
        return factory(setup)
    except ConfigError:
        raise
    except Exception as error:  # noqa: BLE001 - a broken adapter is switched off and the hub lives
        detail = error.detail if isinstance(error, EngineError) else f"{type(error).__name__}: {error}"
        _log.warning("%s engine %s is switched off: %s", kind, name, detail)
        off.append(Health(name, "off", last_error=detail))
        return None
