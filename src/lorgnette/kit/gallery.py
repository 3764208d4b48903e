"""Camera and gallery in memory, on a clock that is moved by hand."""

from typing import Any

from lorgnette.core.clock import ManualClock
from lorgnette.core.errors import NotFound
from lorgnette.sdk import Shot, SkillError


class MemoryGallery:
    """`Gallery`, and a `Camera` that fills it."""

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock
        self._shots: dict[str, Shot] = {}
        self._gone: set[str] = set()
        self.filming = False
        self.fails = ""
        """The phrase of what goes wrong."""

    def _taken(self, kind: Any) -> Shot:
        now = self._clock.now().timestamp()
        id = f"g{len(self._shots) + 1}"
        seconds = 42.0 if kind == "film" else 0.0
        shot = Shot(id=id, kind=kind, mime="", bytes=1, seconds=seconds, taken=now, thumb=kind == "photo")
        self._shots[id] = shot
        return shot

    async def photo(self) -> Shot:
        if self.fails:
            raise SkillError("no picture", phrase=self.fails)
        return self._taken("photo")

    async def look(self) -> bytes:
        return b"seen"

    async def film(self) -> None:
        if self.filming:
            raise SkillError("a film runs", phrase="error-camera-filming")
        self.filming = True

    async def stop(self) -> Shot:
        if not self.filming:
            raise SkillError("no film", phrase="error-camera-no-film")
        self.filming = False
        return self._taken("film")

    async def recent(self, limit: int = 10) -> list[Shot]:
        return [shot for shot in reversed(self._shots.values()) if shot.id not in self._gone][:limit]

    async def get(self, id: str) -> Shot:
        if id not in self._shots or id in self._gone:
            raise NotFound(f"no {id}")
        return self._shots[id]

    async def thumbnail(self, id: str) -> bytes | None:
        return b"small" if (await self.get(id)).thumb else None

    async def delete(self, id: str) -> Shot:
        shot = await self.get(id)
        self._gone.add(id)
        return shot

    async def restore(self, id: str) -> Shot:
        self._gone.discard(id)
        return self._shots[id]
