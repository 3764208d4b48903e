"""The household's things for one request: found by what they are called, switched, put back."""

from collections.abc import Iterable
from typing import Any

from lorgnette.core.errors import NotFound, SkillError
from lorgnette.sdk.home import Device, Thing
from lorgnette.services.home.assistant import HomeAssistant
from lorgnette.services.home.naming import meant


class HouseholdHome:
    """Implements `sdk.home.Home`. `assistant`: None where none is set up."""

    def __init__(self, assistant: HomeAssistant | None) -> None:
        self._assistant = assistant

    async def find(self, what: str, language: str, kinds: Iterable[Device] = ()) -> list[Thing]:
        wanted = frozenset(kinds)
        things = await self._there.things()
        pool = [thing for thing in things if not wanted or thing.kind in wanted]
        try:
            return meant(what, pool, language)
        except NotFound:
            # it may be there and be one of those that nothing here changes
            if any(thing.kind == "guarded" for thing in meant(what, things, language)):
                raise SkillError(f"{what!r} is guarded", phrase="error-home-guarded") from None
            raise

    async def switch(self, things: Iterable[Thing], *, on: bool) -> None:
        for thing in things:
            await self._there.call(_service(thing, on=on), thing)

    async def dim(self, things: Iterable[Thing], level: int) -> None:
        for thing in things:
            await self._there.call("turn_on", thing, brightness_pct=min(100, max(1, level)))

    async def heat(self, things: Iterable[Thing], degrees: float) -> None:
        for thing in things:
            await self._there.call("set_temperature", thing, temperature=degrees)

    async def restore(self, things: Iterable[Thing]) -> None:
        for thing in things:
            on = thing.state not in {"off", "closed"}
            data: dict[str, Any] = {}
            if thing.kind == "light" and on and thing.level:
                data = {"brightness_pct": int(thing.level)}
            if thing.kind == "climate" and thing.level is not None:
                await self._there.call("set_temperature", thing, temperature=thing.level)
            else:
                await self._there.call(_service(thing, on=on), thing, **data)

    @property
    def _there(self) -> HomeAssistant:
        if self._assistant is None:
            raise SkillError("no smart home is set up", phrase="error-home-unset")
        return self._assistant


def _service(thing: Thing, *, on: bool) -> str:
    if thing.kind == "cover":
        return "open_cover" if on else "close_cover"
    return "turn_on" if on else "turn_off"
