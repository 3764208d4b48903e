"""What a hub is made with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lorgnette.config import PeopleSection, Section
from lorgnette.config.skills import section_of, settings_in
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

    def section[S: Section](self, kind: type[S]) -> S:
        """A domain's section."""
        found = self.sections.get(kind, None)
        return found if isinstance(found, kind) else kind()

    def of_skill(self, skill: Installed) -> Any:
        """What a skill is set to, as it declared it; None if it has nothing to set."""
        kind = type(skill.skill).Settings
        return None if kind is None else settings_in(self.section(section_of(kind)), kind)
