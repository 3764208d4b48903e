"""Skills' own settings: a skill that declares `Settings` has a section [skill_<its key>]."""

import inspect
import logging
from collections.abc import Iterator
from functools import cache
from importlib.metadata import entry_points
from typing import Any, Final, cast, get_type_hints

import msgspec

from lorgnette.config.paths import Paths
from lorgnette.config.sections import Section
from lorgnette.core.errors import ConfigError

log = logging.getLogger(__name__)

GROUP: Final = "lorgnette.skills"


def name_of(skill: type[Any]) -> str:
    """The section's name: "skill_timers"."""
    return f"skill_{skill.key()}"


def installed_sections() -> Iterator[tuple[str, type[Section]]]:
    """(name, section) of every installed skill that has settings; one that can't be loaded has none."""
    for entry in entry_points(group=GROUP):
        try:
            skill = entry.load()
            if getattr(skill, "Settings", None) is not None:
                yield name_of(skill), section_of(skill.Settings)
        except Exception:
            log.exception("the settings of the skill %s can't be read", entry.name)


def folder_sections(paths: Paths) -> set[str]:
    """Names of the sections that skills in the data folder may have; the hub reads them with the skill."""
    try:
        entries = list((paths.data / "skills").iterdir())
    except OSError:
        return set()
    return {f"skill_{entry.stem}" for entry in entries}


@cache
def section_of(settings: type[msgspec.Struct]) -> type[Section]:
    """The section with a skill's settings as its keys. `ConfigError` where one has no default."""
    hints = get_type_hints(settings, include_extras=True)
    fields: list[tuple[str, Any, Any]] = []
    for field in msgspec.structs.fields(settings):
        if field.required:
            raise ConfigError(f"{settings.__qualname__}.{field.name} has no default")
        fresh = field.default_factory is not msgspec.NODEFAULT
        default = msgspec.field(default_factory=field.default_factory) if fresh else field.default
        fields.append((field.name, hints[field.name], default))

    def checked(self: Any) -> None:
        settings_in(self, settings)  # the author's own checks, on values of the right types

    doc = inspect.getdoc(settings) if settings.__doc__ else None
    made = msgspec.defstruct(
        f"{settings.__qualname__.replace('.', '')}Section",
        fields,
        bases=(Section,),
        namespace={"__post_init__": checked, "__doc__": doc or "What one may set for this skill."},
        module=settings.__module__,
        frozen=True,
        kw_only=True,
    )
    return cast("type[Section]", made)


def settings_in[S: msgspec.Struct](section: Any, settings: type[S]) -> S:
    """A section's values as the skill declared them."""
    return settings(
        **{field.name: getattr(section, field.name) for field in msgspec.structs.fields(settings)}
    )
