"""The weather, now and in the next days, here and elsewhere."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from lorgnette.sdk import Card, Context, ListScene, NotFound, Phrase, Reply, Skill, SkillError, tool
from lorgnette.sdk.kinds import PlaceName
from lorgnette.sdk.places import Places
from lorgnette.sdk.region import fahrenheit
from lorgnette.sdk.weather import WET, DayWeather, Hour, Outlook, Sky, Spot, Weather

HOME = "home"
LIKELY, POSSIBLE = 50, 25
"""Percent from which rain is a yes, and from which it is a maybe."""
FELT = 3.0
"""Degrees Celsius by which it must feel otherwise to be worth saying."""


class Forecasts(Skill):
    """Knows the weather."""

    name = "weather"

    @tool(effect="query")
    async def weather(self, ctx: Context, day: date | None = None, place: PlaceName | None = None) -> Reply:
        """Tell the weather. day: today if empty; place: where the wearer is if empty."""
        outlook = await _outlook(ctx, place)
        if outlook is None:
            return Reply("weather-where", ask="place")
        today = outlook.at.date()
        wanted = _known(outlook, day or today)
        values = _at(outlook) | {"high": _degrees(wanted.high, ctx), "scene": _card(outlook, wanted, ctx)}
        if wanted.day == today:
            sky = _sky(outlook.sky, dark=outlook.dark)
            return Reply("weather-now", degrees=_degrees(outlook.temperature, ctx), sky=sky, **values)
        return Reply("weather-day", day=wanted.day, sky=_sky(wanted.sky), **values)

    @tool(effect="query")
    async def will_it_rain(
        self, ctx: Context, day: date | None = None, place: PlaceName | None = None
    ) -> Reply:
        """Tell whether it will rain or snow. day: today if empty; place: where the wearer is if empty."""
        outlook = await _outlook(ctx, place)
        if outlook is None:
            return Reply("weather-where", ask="place")
        today = outlook.at.date()
        wanted = _known(outlook, day or today)
        hours = outlook.left_of(wanted.day)
        facts = {"raining": outlook.sky in WET}
        scene = _rain_scene(outlook, wanted, hours, ctx)
        values = _at(outlook) | {"day": wanted.day, "scene": scene, "facts": facts}
        if wanted.day == today and outlook.sky in WET:
            return _wet_now(outlook.sky, hours, values)
        chances = [hour.chance for hour in hours if hour.chance is not None]
        chance = max(chances, default=None) if hours else wanted.chance
        first = next((hour for hour in hours if hour.wet), None)
        if first is not None:
            wet = _wet(next((hour.sky for hour in hours if hour.wet and hour.sky in WET), wanted.sky))
            key = "rain-from" if chance is None else "rain-from-chance"
            return Reply(key, wet=wet, time=first.at.time(), chance=chance or 0, **values)
        if (chance or 0) >= LIKELY:
            return Reply("rain-likely", wet=_wet(wanted.sky), chance=chance, **values)
        return Reply("rain-maybe" if (chance or 0) >= POSSIBLE else "rain-no", chance=chance or 0, **values)

    @tool(effect="query")
    async def temperature(
        self, ctx: Context, day: date | None = None, place: PlaceName | None = None
    ) -> Reply:
        """Tell how warm it is or will be. day: now if empty; place: where the wearer is if empty."""
        outlook = await _outlook(ctx, place)
        if outlook is None:
            return Reply("weather-where", ask="place")
        today = outlook.at.date()
        wanted = _known(outlook, day or today)
        values = _at(outlook) | {"scene": _card(outlook, wanted, ctx)}
        if wanted.day != today:
            low, high = _number(wanted.low, ctx), _number(wanted.high, ctx)
            return Reply("temperature-day", day=wanted.day, low=low, high=high, **values)
        degrees = _degrees(outlook.temperature, ctx)
        if abs(outlook.feels - outlook.temperature) < FELT:
            return Reply("temperature-now", degrees=degrees, **values)
        return Reply("temperature-felt", degrees=degrees, feels=_number(outlook.feels, ctx), **values)


# ── where ──────────────────────────────────────────────────────────────────────────────────────────────


async def _outlook(ctx: Context, place: str | None) -> Outlook | None:
    """None: nobody knows where the wearer is, and no home is set."""
    weather = ctx.service(Weather)
    weather.ready()  # before anybody is asked for a place
    spot = await _named(ctx, weather, place) if place else await _here(ctx, weather)
    return None if spot is None else await weather.outlook(spot)


async def _named(ctx: Context, weather: Weather, place: str) -> Spot:
    """A place that the wearer has given a name, else one of the world's."""
    for own in await _own(ctx):
        if own.name.casefold() == place.strip().casefold():
            return own
    return await weather.find(place, ctx.language)


async def _here(ctx: Context, weather: Weather) -> Spot | None:
    try:
        here = await ctx.service(Places).here()
    except (SkillError, KeyError):
        here = None
    if here is not None:
        return Spot(latitude=here.latitude, longitude=here.longitude)
    home = next((own for own in await _own(ctx) if own.name == HOME), None)
    if home is not None:
        return Spot(latitude=home.latitude, longitude=home.longitude)
    return await weather.find(weather.home, ctx.language) if weather.home else None


async def _own(ctx: Context) -> list[Spot]:
    try:
        places = await ctx.service(Places).all()
    except KeyError:
        return []
    return [Spot(name=one.name, latitude=one.latitude, longitude=one.longitude) for one in places]


def _known(outlook: Outlook, day: date) -> DayWeather:
    found = outlook.on(day)
    if found is None:
        past = day < outlook.at.date()
        raise NotFound(f"no forecast for {day}", phrase="weather-past" if past else "weather-too-far")
    return found


# ── how it is said and shown ───────────────────────────────────────────────────────────────────────────


def _at(outlook: Outlook) -> dict[str, Any]:
    name = "" if outlook.spot.name == HOME else outlook.spot.name
    return {"place": name, "named": bool(name)}


def _scaled(celsius: float, ctx: Context) -> int:
    return round(celsius * 9 / 5 + 32) if fahrenheit(ctx.wearer) else round(celsius)


def _degrees(celsius: float, ctx: Context) -> Phrase:
    value = _scaled(celsius, ctx)
    return Phrase("degrees", n=abs(value), below=value < 0)


def _number(celsius: float, ctx: Context) -> Phrase:
    value = _scaled(celsius, ctx)
    return Phrase("number", n=abs(value), below=value < 0)


def _shown(celsius: float, ctx: Context) -> str:
    return f"{_scaled(celsius, ctx)}°".replace("-", "−")


def _sky(sky: Sky, *, dark: bool = False) -> Phrase:
    return Phrase("sky", sky=sky, dark=dark)


def _wet(sky: Sky) -> Phrase:
    return Phrase("wet", snow=sky == "snow")


def _wet_now(sky: Sky, hours: Sequence[Hour], values: Mapping[str, Any]) -> Reply:
    dry = next((hour for hour in hours[1:] if not hour.wet), None)
    if dry is None:
        return Reply("rain-now-on", wet=_wet(sky), **values)
    return Reply("rain-now", wet=_wet(sky), time=dry.at.time(), **values)


def _card(outlook: Outlook, day: DayWeather, ctx: Context) -> Card:
    """Whose data it is stands with it: their licence asks for that."""
    now = day.day == outlook.at.date()
    sky = outlook.sky if now else day.sky
    value = _shown(outlook.temperature if now else day.high, ctx)
    span = f"{_shown(day.low, ctx)} – {_shown(day.high, ctx)}"
    rain = "" if day.chance is None else ctx.text("shown-rain", chance=day.chance)
    title = ctx.text("shown-title", day=day.day, **_at(outlook))
    lines = (ctx.text("sky", sky=sky, dark=now and outlook.dark), "  ".join(filter(None, (span, rain))))
    return Card(title=title, value=value, lines=(*lines, outlook.by), ttl=10.0)


def _rain_scene(outlook: Outlook, day: DayWeather, hours: Sequence[Hour], ctx: Context) -> Card | ListScene:
    wet = [hour for hour in hours if hour.wet and hour.chance is not None]
    if not wet:
        return _card(outlook, day, ctx)
    items = tuple(f"{hour.at:%H:%M}  {hour.chance} %" for hour in wet[:3])
    title = ctx.text("shown-title", day=day.day, **_at(outlook))
    return ListScene(title=title, items=(*items, outlook.by), ttl=10.0)
