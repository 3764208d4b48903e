"""What a hub is made with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lorgnette.config import PeopleSection, Section, SkillsSection
from lorgnette.config.skills import name_of, section_of, settings_in
from lorgnette.engines.registry import EngineChoice
from lorgnette.sdk.registry import Installed
from lorgnette.services.gallery import GallerySection
from lorgnette.session.endpoint import Patience
from lorgnette.store import Retention


@dataclass(frozen=True, slots=True)
class HubSettings:
    """What a hub is made with; `cli` fills it from the configuration."""

    store: str = "sqlite://"
    host: str = "127.0.0.1"
    port: int = 8765
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    max_sessions: int = 1000
    metrics_token: str = ""
    name: str = ""
    language: str = "en"
    zone: str = "UTC"
    languages: tuple[str, ...] = ()
    """Spoken here, so made ready at the start, the others when first used; empty: all that are installed."""
    engines: EngineChoice = field(default_factory=EngineChoice)
    patience: Patience = field(default_factory=Patience)
    retention: Retention = field(default_factory=Retention)
    people: PeopleSection = field(default_factory=PeopleSection)
    gallery: GallerySection = field(default_factory=GallerySection)
    realtime: bool = True
    """False: everything sounds at once, for recordings that are worked off faster than they last."""
    sections: Mapping[type[Section], Section] = field(default_factory=dict)
    """Those of the domains, as they were read; what isn't there has its defaults."""

    skills: Path | None = None
    """The folder whose skills are followed as they change; None: there is none."""
    read: Callable[[str, type[Section]], Section] | None = None
    """A section as the configuration has it now, by name and type. `ConfigError` for what is wrong in it."""
    late: dict[type[Section], Section] = field(default_factory=dict)
    """Those of skills in the folder, read with them."""

    def section[S: Section](self, kind: type[S]) -> S:
        """A domain's section."""
        found = self.sections.get(kind) or self.late.get(kind)
        return found if isinstance(found, kind) else kind()

    def read_skill(self, skill: Installed) -> None:
        """Read what is set for a skill that came after the configuration. Raises `ConfigError`."""
        kind = type(skill.skill).Settings
        if kind is not None and self.read is not None:
            section = section_of(kind)
            self.late[section] = self.read(name_of(type(skill.skill)), section)

    @property
    def skills_off(self) -> frozenset[str]:
        """Skills that aren't wanted, as the configuration says now."""
        kind = SkillsSection
        found = self.read("skills", kind) if self.read is not None else self.section(kind)
        return frozenset(found.off) if isinstance(found, kind) else frozenset()

    def of_skill(self, skill: Installed) -> Any:
        """What a skill is set to, as it declared it; None if it has nothing to set."""
        kind = type(skill.skill).Settings
        return None if kind is None else settings_in(self.section(section_of(kind)), kind)
