"""Which sections there are: the hub's own and those of plugins."""

import difflib
import logging
import re
from collections.abc import Iterable, Mapping
from importlib.metadata import entry_points
from typing import Any, Self, get_type_hints

from lorgnette.config.paths import Paths
from lorgnette.config.sections import BUILT_IN, Section
from lorgnette.config.skills import folder_sections, installed_sections
from lorgnette.core.errors import ConfigError

log = logging.getLogger(__name__)

GROUP = "lorgnette.config"
"""Entry points of this group: the section's name = its `Section` class."""


class Schema:
    """Names of sections and their types.

    `absent`: sections of plugins that couldn't be loaded; `later`: those of skills in the data folder, which
    are read when such a skill is loaded.
    """

    def __init__(self) -> None:
        self._sections: dict[str, type[Section]] = dict(BUILT_IN)
        self.absent: set[str] = set()
        self.later: set[str] = set()

    @classmethod
    def installed(cls, environ: Mapping[str, str] | None = None) -> Self:
        """With the sections of every installed plugin and skill; a broken one is left out with a message."""
        schema = cls()
        for entry in entry_points(group=GROUP):
            try:
                schema.register_section(entry.name, entry.load())
            except Exception:
                log.exception("the settings of %s (%s) can't be loaded", entry.name, entry.value)
                schema.absent.add(entry.name)
        for name, section in installed_sections():
            schema.register_section(name, section)
        schema.later = folder_sections(Paths.of(environ)) - schema.sections.keys()
        return schema

    def register_section(self, name: str, kind: type[Section]) -> None:
        """A plugin's section. Names are lower case and nobody else's."""
        if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
            raise ConfigError(f"{name!r} can't name a section: lower case letters, digits and single _")
        if not issubclass(kind, Section):
            raise ConfigError(f"the section {name} isn't made from lorgnette.config.Section")
        if self._sections.get(name, kind) is not kind:
            raise ConfigError(f"the section {name} exists already")
        kind()  # every field has a default
        self._sections[name] = kind
        self.absent.discard(name)

    def define(self, name: str, kind: type[Section]) -> None:
        """`register_section`, whatever had the name."""
        self._sections.pop(name, None)
        self.register_section(name, kind)

    @property
    def sections(self) -> dict[str, type[Section]]:
        """Name → type, the hub's own first."""
        return dict(self._sections)

    def name_of(self, kind: type[Section]) -> str:
        """KeyError for a type that isn't registered."""
        for name, known in self._sections.items():
            if known is kind:
                return name
        raise KeyError(kind.__name__)

    def find(self, section: str, key: str) -> Any:
        """The key's annotated type; `ConfigError` with the nearest name."""
        if section not in self._sections:
            raise ConfigError(f"there is no section [{section}]{nearest(section, self._sections)}")
        keys = fields(self._sections[section])
        if key not in keys:
            raise ConfigError(f"[{section}] has no key {key!r}{nearest(key, keys)}")
        return keys[key]

    def split(self, name: str) -> tuple[str, str]:
        """`section.key` as typed; `ConfigError` for anything else."""
        section, dot, key = name.strip().partition(".")
        if not dot or not key:
            raise ConfigError(f"{name!r} doesn't name a setting; write section.key, as hub.port")
        self.find(section, key)
        return section, key


def fields(kind: type[Section]) -> dict[str, Any]:
    """A section's keys and their annotated types, in the order of the class."""
    hints = get_type_hints(kind, include_extras=True)
    return {name: hints[name] for name in kind.__struct_fields__}


def nearest(name: str, known: Iterable[str]) -> str:
    """What to say behind an unknown name."""
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    return f"; did you mean {close[0]!r}?" if close else f"; there are {', '.join(names)}"
