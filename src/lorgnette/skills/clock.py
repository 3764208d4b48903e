"""Time and date, here and in other cities."""

from datetime import date, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from lorgnette.sdk import Card, Context, FullDate, OneOf, Reply, Skill, tool
from lorgnette.skills.cities import HEARD, cities, city_name, zones

City = Annotated[str, OneOf(cities, heard=HEARD)]
"""A city by its English name."""


class Clock(Skill):
    """Tells the time and the date."""

    @tool(effect="read")
    async def tell_time(self, ctx: Context) -> Reply:
        """Tell the time."""
        now = ctx.now.time().replace(second=0, microsecond=0)
        return Reply("time-now", time=now, scene=Card(value=f"{now:%H:%M}", ttl=6.0))

    @tool(effect="read")
    async def tell_date(self, ctx: Context) -> Reply:
        """Tell today's date and weekday."""
        return _day("date-today", ctx.now.date(), ctx)

    @tool(effect="read")
    async def tell_weekday(self, ctx: Context, day: date) -> Reply:
        """Tell the date and weekday of a day. day: the day."""
        return _day("date-that", day, ctx)

    @tool(effect="read")
    async def days_until(self, ctx: Context, day: date) -> Reply:
        """Tell how many days there are until a day. day: the day."""
        return Reply(
            "days-until", days=(day - ctx.now.date()).days, date=FullDate(day.year, day.month, day.day)
        )

    @tool(effect="read")
    async def time_in(self, ctx: Context, city: City) -> Reply:
        """Tell the time elsewhere. city: a large city, by its English name."""
        there = ctx.now.astimezone(ZoneInfo(zones()[city]))
        ahead = there.date() - ctx.now.date()
        key = {timedelta(1): "time-there-tomorrow", timedelta(-1): "time-there-yesterday"}.get(
            ahead, "time-there"
        )
        name = city_name(city, ctx.language)
        scene = Card(title=name, value=f"{there:%H:%M}", ttl=8.0)
        return Reply(key, time=there.time().replace(second=0, microsecond=0), city=name, scene=scene)


def _day(key: str, day: date, ctx: Context) -> Reply:
    full = FullDate(day.year, day.month, day.day)
    return Reply(key, date=full, scene=Card(value=ctx.text("date-shown", date=full), ttl=6.0))
