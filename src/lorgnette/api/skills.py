"""Skills by HTTP: what is installed, from where, what it may do, and what is wrong with it."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, get_args

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from lorgnette.api.access import Caller
from lorgnette.api.app import Known
from lorgnette.core.errors import Denied
from lorgnette.sdk.registry import Installed, Origin, SkillRegistry
from lorgnette.sdk.skill import Effect


class SkillsApi:
    """Implements `api.app.Domain`. `look`: see what changed, now."""

    def __init__(self, registry: SkillRegistry, look: Callable[[], Awaitable[bool]]) -> None:
        self._registry = registry
        self._look = look

    def routes(self, known: Known) -> Sequence[BaseRoute]:
        """For the application."""
        return [
            Route("/v1/skills", known(self._list)),
            Route("/v1/skills", known(self._refresh), methods=["POST"]),
        ]

    async def _list(self, request: Request, who: Caller) -> Any:
        del request
        who.require_owner()
        return {"skills": list(rows(self._registry))}

    async def _refresh(self, request: Request, who: Caller) -> Any:
        """Whoever writes the files is at this machine; nobody else has a skill loaded."""
        del request
        if not who.local:
            raise Denied("skills are looked at again from the hub's own machine")
        changed = await self._look()
        return {"changed": changed, "skills": list(rows(self._registry))}


def rows(registry: SkillRegistry) -> Iterator[dict[str, Any]]:
    """Each skill as commands and pages get it: `state` is on, off or broken; `why`: what is wrong."""
    at_work = {**registry.skills, **registry.off}
    for key, one in sorted(at_work.items()):
        why = registry.broken.get(key, "") if _its_own(registry, key, one) else ""
        yield {
            **_row(key, one.origin, "off" if key in registry.off else "on", why),
            "does": one.doc,
            "effects": effects(one),
            "tools": [tool.name for tool in one.tools],
        }
    for name, why in sorted(registry.broken.items()):
        if name not in at_work or not _its_own(registry, name, at_work[name]):
            origin = registry.origins.get(name, Origin())
            yield {**_row(name, origin, "broken", why), "does": "", "effects": [], "tools": []}


def effects(one: Installed) -> list[str]:
    """What its tools do, the mildest first."""
    found = {tool.effect for tool in one.tools}
    return [effect for effect in get_args(Effect) if effect in found]


def _its_own(registry: SkillRegistry, name: str, one: Installed) -> bool:
    """Whether a broken candidate is a newer version of what works under that name."""
    origin = registry.origins.get(name)
    return origin is not None and (origin.kind, origin.place) == (one.origin.kind, one.origin.place)


def _row(name: str, origin: Origin, state: str, why: str) -> dict[str, Any]:
    return {
        "name": name,
        "state": state,
        "why": why,
        "from": origin.kind,
        "place": origin.place,
        "version": origin.version,
    }
