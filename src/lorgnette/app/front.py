"""The running hub as pages and commands see it."""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lorgnette.api.reading import Reading
from lorgnette.engines.standing import lacking, standings
from lorgnette.sdk.language import languages
from lorgnette.services.offers import ModelOffers
from lorgnette.session.local import LocalDevice

if TYPE_CHECKING:
    from lorgnette.app.hub import Hub


class Front:
    """Implements `api.Live`."""

    def __init__(self, hub: "Hub") -> None:
        self._hub = hub
        self.at_home: Callable[[], dict[str, str]] | None = None
        """Where it is reached on the home network; whoever opens its doors there sets it."""

    @property
    def offers(self) -> ModelOffers | None:
        return self._hub.chat.offers

    def online(self, device: str) -> bool:
        return self._hub.gateway.online(device)

    def reached(self) -> dict[str, str]:
        return self.at_home() if self.at_home is not None else {"url": self.local_url}

    @property
    def local_url(self) -> str:
        """Where a browser on this machine finds it."""
        hub = self._hub
        host = "127.0.0.1" if hub.settings.host in ("0.0.0.0", "::") else hub.settings.host  # noqa: S104
        return f"http://{f'[{host}]' if ':' in host else host}:{hub.doorkeeper.port}/"

    def status(self) -> dict[str, Any]:
        hub = self._hub
        return {
            "started": hub.started.timestamp(),
            "host": hub.settings.host,
            "port": hub.doorkeeper.port,
            "sessions": len(hub.sessions),
            "refused": hub.sessions.refused,
            "connections": hub.gateway.connections,
            "links": hub.gateway.links,
            "tasks": len(asyncio.all_tasks()),
            "files": _open_files(),
            "loop_lag_ms": round(hub.sessions.lag.milliseconds, 2),
            "loop_lag_worst_ms": round(hub.sessions.lag.worst, 2),
            "writes_failed": hub.store.failed,
            "writes_dropped": hub.store.dropped + hub.journal.dropped,
            "engines": hub.engines.health(),
            "skills": sorted(hub.registry.skills),
            "broken_skills": dict(hub.registry.broken),
        }

    def unready(self) -> Mapping[str, str]:
        hub = self._hub
        if hub.gateway.draining:
            return {"hub": "draining"}
        if hub.sessions.full:
            return {"hub": "busy"}
        return lacking(hub.engines, hub.chat.choice)

    def reading(self) -> Reading:
        hub = self._hub
        return Reading(
            ready=not self.unready(),
            sessions=len(hub.sessions),
            sessions_refused=hub.sessions.refused,
            connections=hub.gateway.connections,
            links=hub.gateway.links,
            tasks=len(asyncio.all_tasks()),
            lag=hub.sessions.lag.milliseconds,
            lag_worst=hub.sessions.lag.worst,
            writes_failed=hub.store.failed,
            writes_dropped=hub.store.dropped + hub.journal.dropped,
            engines=standings(hub.engines),
            engines_off=sum(one.state == "off" for one in hub.engines.health()),
            skills_off=len(hub.registry.broken),
            meter=hub.meter,
        )

    async def turn(self, wearer: str, work: Mapping[str, Any]) -> list[dict[str, Any]]:
        """`{text, language}` or `{pcm, language, realtime}`, as `say` and `hear` send it."""
        language = str(work.get("language", ""))
        async with LocalDevice(self._hub.sessions, wearer) as device:
            if "pcm" in work:
                realtime = bool(work.get("realtime"))
                return await device.recorded(work["pcm"], language, realtime=realtime)
            return [await device.typed(str(work["text"]), language)]

    def chime(self, wearer: str, device: str) -> bool:
        session = self._hub.sessions.of(wearer)
        return session is not None and session.chime(device)

    def examples(self, language: str) -> list[dict[str, str]]:
        hub = self._hub
        if language not in languages():
            language = hub.settings.language
        return [
            {
                "skill": skill.key,
                "does": skill.phrases.format("skill-does", {}, language),
                "example": skill.phrases.format("skill-example", {}, language),
            }
            for skill in hub.registry.skills.values()
            if skill.phrases.has("skill-example", language)
        ]

    async def snapshot(self) -> Path:
        return await self._hub.store.snapshot()

    async def simulated(self, devices: int) -> list[str]:
        """Tokens for `simulate`: each device belongs to a temporary wearer of its own."""
        hub = self._hub

        async def one(number: int) -> str:
            wearer = await hub.people.add_temporary(f"simulated {number}")
            _, token = await hub.devices.pair(wearer.id, f"simulated {number}")
            return token

        return await asyncio.gather(*(one(number) for number in range(devices)))

    async def forget_simulated(self) -> int:
        """Hang up on the temporary wearers and delete them."""
        hub = self._hub
        wearers = await hub.people.forget_temporary()
        for wearer in wearers:
            hub.gateway.forget(wearer)
            hub.sessions.forget(wearer)
        return len(wearers)


def _open_files() -> int | None:
    """File descriptors of this process, where the system tells."""
    try:
        return sum(1 for _ in Path("/proc/self/fd").iterdir())
    except OSError:
        return None
