"""Configuration: `lorgnette.toml`, the environment and the command line against one schema."""

from lorgnette.config.config import Config, Problem, Setting
from lorgnette.config.edit import set_value
from lorgnette.config.manual import docs
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
    RetentionSection,
    Section,
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
    "Problem",
    "RetentionSection",
    "Schema",
    "Secret",
    "Section",
    "Setting",
    "SpeechSection",
    "StoreSection",
    "WearerSection",
    "docs",
    "private",
    "set_value",
]
