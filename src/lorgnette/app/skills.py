"""The skills of a running hub: those that are installed, and those of a folder as they change."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from lorgnette.app.settings import HubSettings
from lorgnette.sdk.folder import Place, Stamp, forget, places
from lorgnette.sdk.registry import Candidate, Installed, SkillRegistry, load_skills, make_registry

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 1.5
"""Between two looks at the files of a folder that is there."""
ABSENT_SECONDS: Final = 15.0
"""… and whether it has come to be."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A skill of the folder as it was last looked at: loaded, or what was wrong with it."""

    stamp: Stamp
    loaded: Installed | None = None
    error: Exception | None = None


class Skills:
    """Loads, and loads again what changed. A broken edit leaves the version before it at work."""

    def __init__(self, settings: HubSettings) -> None:
        self._settings = settings
        self._seen: dict[str, Seen] = {}
        self._good: dict[str, Installed] = {}
        self._former: dict[str, str] = {}
        self._rest: list[Candidate] = []
        self._rest_broken: dict[str, str] = {}
        self._off: frozenset[str] = frozenset()

    def first(self) -> SkillRegistry:
        """Everything, at the start of the hub."""
        self._off = self._settings.skills_off
        registry = load_skills(self._candidates(self._look()), self._off)
        installed = (*registry.skills.values(), *registry.off.values())
        self._rest = [
            Candidate(one.key, lambda one=one: one, one.origin)  # type: ignore[misc]
            for one in installed
            if one.origin.kind != "folder"
        ]
        self._rest_broken = {
            name: why for name, why in registry.broken.items() if registry.origins[name].kind != "folder"
        }
        self._keep(registry)
        return registry

    def there(self) -> bool:
        """Whether there is a folder to look at."""
        folder = self._settings.skills
        return folder is not None and folder.is_dir()

    def again(self) -> SkillRegistry | None:
        """Everything as it is now; None where nothing changed. Reads files and runs what changed."""
        found, off = self._look(), self._settings.skills_off
        stamps = {name: stamp for name, (_, stamp) in found.items()}
        if off == self._off and stamps == {name: seen.stamp for name, seen in self._seen.items()}:
            return None
        registry = make_registry([*self._rest, *self._candidates(found)], off, self._good.get)
        for name, why in self._rest_broken.items():
            registry.broken.setdefault(name, why)
        self._off = off
        self._keep(registry)
        return registry

    def _look(self) -> dict[str, tuple[Place, Stamp]]:
        folder = self._settings.skills
        return {one.name: (one, one.stamp()) for one in places(folder)} if folder is not None else {}

    def _candidates(self, found: Mapping[str, tuple[Place, Stamp]]) -> Iterable[Candidate]:
        for gone in self._seen.keys() - found.keys():
            del self._seen[gone]
            self._good.pop(gone, None)
        for name, (place, stamp) in found.items():
            candidate = place.candidate()
            seen = self._seen.get(name)
            load = self._loading(place, stamp) if seen is None or seen.stamp != stamp else _as_it_was(seen)
            yield candidate._replace(load=load)

    def _loading(self, place: Place, stamp: Stamp) -> Callable[[], Installed]:
        def load() -> Installed:
            try:
                loaded = place.load()
                self._settings.read_skill(loaded)
            except Exception as error:
                self._seen[place.name] = Seen(stamp, error=error)
                raise
            self._seen[place.name] = Seen(stamp, loaded)
            return loaded

        return load

    def _keep(self, registry: SkillRegistry) -> None:
        """What works now is what is gone back to; modules of the version before the last aren't needed."""
        for one in (*registry.skills.values(), *registry.off.values()):
            before = self._good.get(one.key)
            if one.origin.kind != "folder" or before is one:
                continue
            if before is not None:
                if former := self._former.get(one.key):
                    forget(former)
                self._former[one.key] = type(before.skill).__module__
            self._good[one.key] = one


def _as_it_was(seen: Seen) -> Callable[[], Installed]:
    def load() -> Installed:
        if seen.loaded is None:
            assert seen.error is not None
            raise seen.error
        return seen.loaded

    return load


class Following:
    """Has the mind use the skills as they are, without anybody waiting.

    `told` hears of each skill that broke, and why.
    """

    def __init__(
        self,
        skills: Skills,
        learn: Callable[[SkillRegistry], Any],
        hold: Callable[[SkillRegistry, Any], None],
        serves: Callable[[type[Any]], bool],
        told: Callable[[str, str], Any],
    ) -> None:
        self._skills = skills
        self._learn = learn
        self._hold = hold
        self._serves = serves
        self._told = told
        self._broken: dict[str, str] = {}
        self._turn = asyncio.Lock()

    def begin(self, registry: SkillRegistry) -> SkillRegistry:
        """The registry without skills that need what this hub hasn't got."""
        ready = self._served(registry)
        self._broken = dict(ready.broken)
        return ready

    async def look(self) -> bool:
        """Look at the files now; whether something changed. What is compiled is so away from the loop."""
        async with self._turn:
            registry = await asyncio.to_thread(self._skills.again)
            if registry is None:
                return False
            registry = self._served(registry)
            learned = await asyncio.to_thread(self._learn, registry)
            self._hold(registry, learned)
            broken, self._broken = self._broken, dict(registry.broken)
            for name, why in registry.broken.items():
                if broken.get(name) != why:
                    self._told(name, why)
            log.info("skills: %d in use, %d broken", len(registry.skills), len(registry.broken))
            return True

    async def run(self) -> None:
        """Look again and again, as long as the hub lives."""
        while True:
            there = self._skills.there()
            await asyncio.sleep(LOOK_SECONDS if there else ABSENT_SECONDS)
            if not there:
                continue
            try:
                await self.look()
            except Exception:
                log.exception("the folder of skills can't be looked at; the next try is soon")

    def _served(self, registry: SkillRegistry) -> SkillRegistry:
        lacking = {
            key: f"it needs {', '.join(kind.__name__ for kind in missing)}, which this hub hasn't got"
            for key, one in registry.skills.items()
            if (missing := [kind for kind in type(one.skill).needs if not self._serves(kind)])
        }
        return registry.without(lacking.keys(), lacking) if lacking else registry
