"""Configuration: `lorgnette.toml`, the environment and the command line against one schema."""

from lorgnette.config.config import Config, Problem, Setting
from lorgnette.config.edit import set_value, set_values
from lorgnette.config.manual import docs
from lorgnette.config.model_presets import Preset, preset, preset_of, presets
from lorgnette.config.paths import Paths, private
from lorgnette.config.schema import Schema
from lorgnette.config.secret import Secret
from lorgnette.config.sections import (
    HubSection,
    LogSection,
    MetricsSection,
    ModelSection,
    ModelsSection,
    NetworkSection,
    PeopleSection,
    RetentionSection,
    Section,
    SkillsSection,
    SpeechSection,
    StoreSection,
    WearerSection,
)

__all__ = [
    "Config",
    "HubSection",
    "LogSection",
    "MetricsSection",
    "ModelSection",
    "ModelsSection",
    "NetworkSection",
    "Paths",
    "PeopleSection",
    "Preset",
    "Problem",
    "RetentionSection",
    "Schema",
    "Secret",
    "Section",
    "Setting",
    "SkillsSection",
    "SpeechSection",
    "StoreSection",
    "WearerSection",
    "docs",
    "preset",
    "preset_of",
    "presets",
    "private",
    "set_value",
    "set_values",
]
