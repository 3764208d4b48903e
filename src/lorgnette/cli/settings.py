"""From the configuration to what a hub is made with."""

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from lorgnette.app import HubSettings
from lorgnette.cli.logs import logs
from lorgnette.config import (
    Config,
    HubSection,
    LogSection,
    MetricsSection,
    ModelSection,
    Paths,
    PeopleSection,
    RetentionSection,
    Secret,
    SpeechSection,
    StoreSection,
    WearerSection,
    private,
)
from lorgnette.core.errors import ConfigError
from lorgnette.engines.protocols import ChatModel
from lorgnette.engines.registry import EngineChoice, EngineSetup, installed
from lorgnette.services.gallery import GallerySection
from lorgnette.services.memory.section import MemorySection
from lorgnette.session.endpoint import Patience
from lorgnette.store import Retention
from lorgnette.store.backup import finish_pending

DEFAULT_ASR = ("pocketsphinx",)
DEFAULT_TTS = ("espeak",)
VAD = EngineChoice().vad
SETTINGS_VARIABLE = "LORGNETTE_CONFIG"


@dataclass(frozen=True, slots=True)
class Loaded:
    """The configuration as it holds for one command."""

    config: Config
    paths: Paths
    settings: HubSettings

    @property
    def socket(self) -> Path:
        """Where a running hub of this user listens."""
        return self.paths.socket

    @property
    def offline(self) -> HubSettings:
        """For `say` and `hear` by themselves: everything sounds at once, into nothing."""
        return replace(self.settings, realtime=False)


def files_of(config: Path | None) -> list[Path] | None:
    """The file that `--config` or LORGNETTE_CONFIG names; None: those of the XDG folders."""
    named = config or (Path(os.environ[SETTINGS_VARIABLE]) if os.environ.get(SETTINGS_VARIABLE) else None)
    return [named] if named is not None else None


def load(
    config: Path | None, overrides: Sequence[str], *, verbose: bool = False, quiet: bool = False
) -> Loaded:
    """Read, check and set up the log; a mistake in the configuration is a `ConfigError`."""
    paths = Paths.of()
    files = files_of(config)
    loaded = Config.load(files, overrides=overrides)
    log_section = loaded.section(LogSection)
    level = "debug" if verbose else "error" if quiet else log_section.level
    logs(level, log_section.format)
    for problem in () if quiet else loaded.warnings:
        logging.getLogger("lorgnette.config").warning("%s", problem)
    settings = replace(
        settings_of(loaded, paths),
        skills=paths.data / "skills",
        read=lambda name, kind: Config.one(name, kind, files, overrides=overrides),
    )
    if finish_pending(settings.store):  # a restore that was cut off may have brought other settings
        return load(config, overrides, verbose=verbose, quiet=quiet)
    return Loaded(loaded, paths, settings)


def settings_of(config: Config, paths: Paths) -> HubSettings:
    """The sections, put together."""
    hub, wearer = config.section(HubSection), config.section(WearerSection)
    store, keep = config.section(StoreSection), config.section(RetentionSection)
    if not store.url:
        private(paths.data)
    speech = config.section(SpeechSection)
    metrics = config.section(MetricsSection)
    return HubSettings(
        store=store.url or paths.store,
        host=hub.host,
        port=hub.port,
        hosts=hub.allowed_hosts,
        origins=hub.allowed_origins,
        max_sessions=hub.max_sessions,
        metrics_token=metrics.token.reveal() if metrics.token else "",
        name=wearer.name,
        language=wearer.language,
        zone=wearer.zone,
        languages=speech.languages,
        engines=_engines(config),
        patience=Patience(complete=speech.pause_complete, open=speech.pause_open),
        retention=Retention(keep.transcripts, keep.traces, keep.outgoing, keep.copies),
        gallery=config.section(GallerySection),
        sections=config.sections,
        people=config.section(PeopleSection),
    )


def _engines(config: Config) -> EngineChoice:
    speech = config.section(SpeechSection)
    asr, tts = speech.asr or DEFAULT_ASR, speech.tts or DEFAULT_TTS
    embed = config.section(MemorySection).embed
    settings = {
        f"{kind}.{name}": table
        for kind, names in (
            ("vad", VAD),
            ("asr", asr),
            ("tts", tts),
            ("wake", speech.wake),
            ("turn", speech.turn),
            ("embed", embed),
        )
        for name in names
        if (table := engine_table(config, f"{kind}_{name}")) is not None
    }
    try:
        chat = chat_engines(config)
    except ConfigError:
        chat = {}  # the configuration's warning has told it; without a model the reflexes work
    settings |= {f"llm.{name}": table for name, table in chat.items()}
    return EngineChoice(
        asr=asr,
        tts=tts,
        llm=tuple(chat),
        wake=speech.wake,
        turn=speech.turn,
        embed=embed,
        settings=settings,
    )


def chat_engines(config: Config) -> dict[str, dict[str, Any]]:
    """The chat models with their settings, in the order in which they are asked; empty: there is none.

    One of several that lacks something is left out with a warning; ConfigError where none is left of them.
    """
    model = config.section(ModelSection)
    found: dict[str, dict[str, Any]] = {}
    wrong: list[ConfigError] = []
    for one in (model, *model.others) if model.there else ():
        if not one.there:
            continue
        name = "local" if one.inside else "openai"
        try:
            table = _inside(config, one) if one.inside else model_settings(one)
        except ConfigError as error:
            wrong.append(error)
            logging.getLogger("lorgnette.config").warning("[model] %s", error.detail)
            continue
        found[name if name not in found else f"{name}:{len(found) + 1}"] = table
    if wrong and not found:
        raise wrong[0]
    return found


def one_chat(config: Config, model: ModelSection) -> ChatModel:
    """The chat model of one section, not started. ConfigError or EngineError where it can't be made."""
    name, table = ("local", _inside(config, model)) if model.inside else ("openai", model_settings(model))
    factory = installed("llm")[name].load()
    made: ChatModel = factory(EngineSetup(table))
    return made


def model_settings(model: ModelSection) -> dict[str, Any]:
    """The settings of the chat adapter `openai`. ConfigError for a missing key."""
    return {
        "url": model.url,
        "model": model.name,
        "key": model.key.reveal() if model.key else "",
        "first_token": model.timeout,
        "wishes": model.wishes,
        "with_tools": model.known.with_tools,
        "images": model.images,
        "window": model.room,
        "reply": model.longest,
    }


def _inside(config: Config, model: ModelSection) -> dict[str, Any]:
    return {
        **(engine_table(config, "llm_local") or {}),
        "window": model.room,
        "reply": model.longest,
        "thinking": model.thinking,
        "first_token": max(model.timeout, 60.0),
    }


def engine_table(config: Config, section: str) -> dict[str, Any] | None:
    """An engine's section as its adapter's settings, secrets resolved; None: it has none."""
    kind = config.schema.sections.get(section)
    if kind is None:
        return None
    values = msgspec.structs.asdict(config.section(kind))
    try:
        return {key: value.reveal() if isinstance(value, Secret) else value for key, value in values.items()}
    except ConfigError as error:
        raise ConfigError(f"[{section}] {error.detail}") from error
