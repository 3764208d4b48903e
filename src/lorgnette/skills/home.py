"""The smart home: lights, switches, blinds and heating by their names."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from lorgnette.sdk import Card, Context, FreeName, Percent, Reply, Skill, SkillError, tool
from lorgnette.sdk.home import Device, Home, Thing

SWITCHED: Final[tuple[Device, ...]] = ("light", "switch", "fan", "cover", "climate", "media", "scene")
NAMED: Final = 2
"""Things that are said by name; more of them are counted."""


class SmartHome(Skill):
    """Switches what is in the house."""

    name = "home"

    @tool(effect="act", undo="_put_back")
    async def turn_on(self, ctx: Context, what: FreeName) -> Reply:
        """Turn something at home on, or open it. what: its name or kind, and the room."""
        return await self._switch(ctx, what, on=True)

    @tool(effect="act", undo="_put_back")
    async def turn_off(self, ctx: Context, what: FreeName) -> Reply:
        """Turn something at home off, or close it. what: its name or kind, and the room."""
        return await self._switch(ctx, what, on=False)

    @tool(effect="act", undo="_put_back", offered=False)
    async def lights_on(self, ctx: Context) -> Reply:
        """Turn all lights on."""
        return await self._switch(ctx, ctx.text("word-lights"), on=True)

    @tool(effect="act", undo="_put_back", offered=False)
    async def lights_off(self, ctx: Context) -> Reply:
        """Turn all lights off."""
        return await self._switch(ctx, ctx.text("word-lights"), on=False)

    @tool(effect="act", undo="_put_back")
    async def set_brightness(self, ctx: Context, level: Percent, what: FreeName = "") -> Reply:
        """Set how bright a light is. level: how bright; what: which light."""
        home = _home(ctx)
        things = await home.find(what or ctx.text("word-light"), ctx.language, ("light",))
        await home.dim(things, level)
        return Reply("home-dimmed", **_names(things), level=level, undo=_held(things))

    @tool(effect="act", undo="_put_back")
    async def set_temperature(self, ctx: Context, degrees: float, what: FreeName = "") -> Reply:
        """Set the temperature of a heating. degrees: in the home's unit; what: which one or which room."""
        home = _home(ctx)
        things = await home.find(what or ctx.text("word-heating"), ctx.language, ("climate",))
        await home.heat(things, degrees)
        return Reply("home-heated", **_names(things), degrees=degrees, undo=_held(things))

    @tool(effect="query")
    async def home_state(self, ctx: Context, what: FreeName) -> Reply:
        """Tell how something at home is: on, off, open, locked, how warm. what: its name or kind."""
        (thing, *_) = found = await _home(ctx).find(what, ctx.language)
        if len(found) > 1:
            on = [one for one in found if one.state == "on"]
            return Reply("home-count", count=len(found), on=len(on))
        facts = {"on": thing.state not in {"off", "closed", "idle", "unavailable"}}
        return Reply(_state_key(thing), **_state(thing), scene=_card(thing), facts=facts)

    async def _switch(self, ctx: Context, what: str, *, on: bool) -> Reply:
        home = _home(ctx)
        things = await home.find(what, ctx.language, SWITCHED)
        await home.switch(things, on=on)
        covers = all(thing.kind == "cover" for thing in things)
        key = ("home-opened" if on else "home-closed") if covers else "home-on" if on else "home-off"
        return Reply(key, **_names(things), undo=_held(things))

    async def _put_back(self, ctx: Context, things: Sequence[Mapping[str, Any]]) -> Reply:
        await _home(ctx).restore([Thing(**thing) for thing in things])
        return Reply("home-as-before")


def _home(ctx: Context) -> Home:
    if ctx.wearer.role == "guest":
        raise SkillError("a guest", phrase="error-home-guest")
    return ctx.service(Home)


def _names(things: Sequence[Thing]) -> dict[str, Any]:
    return {
        "count": len(things),
        "many": "yes" if len(things) > NAMED else "no",
        "names": [thing.name for thing in things[:NAMED]],
    }


def _held(things: Sequence[Thing]) -> dict[str, Any]:
    return {"things": [{name: getattr(thing, name) for name in thing.__struct_fields__} for thing in things]}


def _state_key(thing: Thing) -> str:
    if thing.measured is not None:
        return "home-warm"
    return "home-measured" if thing.unit else "home-state"


def _state(thing: Thing) -> dict[str, Any]:
    number = _number(thing.state)
    return {
        "name": thing.name,
        "state": thing.state,
        "value": thing.state if number is None else number,
        "unit": thing.unit,
        "measured": thing.measured or 0.0,
        "wished": "no" if thing.level is None else "yes",
        "level": thing.level or 0.0,
    }


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _card(thing: Thing) -> Card:
    value = f"{thing.measured:g}°" if thing.measured is not None else f"{thing.state} {thing.unit}".strip()
    return Card(title=thing.name[:60], value=value[:40], ttl=8.0)
