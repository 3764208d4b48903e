"""Quiet hours: set, taken away, asked after."""

from datetime import time
from itertools import product
from typing import Any

from lorgnette.sdk import (
    DAYS,
    ONCE,
    Card,
    Context,
    HalfDay,
    Phrase,
    QuietHours,
    Recurrence,
    Reply,
    Skill,
    tool,
)

SIESTA = 4 * 60
"""Minutes: shorter quiet hours said without morning or evening are a nap in the afternoon."""
NIGHT = 3 * 60
"""In the middle of the night: quiet hours said without morning or evening hold this moment."""
DAY = 24 * 60


class Quiet(Skill):
    """Sets hours in which nothing is said that nobody asked for."""

    @tool(effect="act", undo="_back")
    async def set_quiet(self, ctx: Context, begin: time, end: time, repeat: Recurrence = ONCE) -> Reply:
        """Set quiet hours: no messages in them. begin: when they begin; end: when they end; repeat: on which days."""
        begin, end = spoken(begin, end)
        named = dict(part.partition("=")[::2] for part in repeat.split(";")).get("BYDAY", "").split(",")
        hours = QuietHours(f"{begin:%H:%M}", f"{end:%H:%M}", tuple(day for day in DAYS if day in named))
        before = ctx.wearer.quiet
        await ctx.control.set_quiet(hours)
        return Reply(
            "quiet-set",
            hours=_said(hours),
            scene=_scene(hours, ctx),
            scene_id="quiet",
            undo={"hours": before},
        )

    @tool(effect="act", undo="_back")
    async def no_quiet(self, ctx: Context) -> Reply:
        """Have no quiet hours any more."""
        before = ctx.wearer.quiet
        if before is None:
            return Reply("quiet-none")
        await ctx.control.set_quiet(None)
        return Reply("quiet-over", undo={"hours": before})

    @tool(effect="read")
    async def tell_quiet(self, ctx: Context) -> Reply:
        """Tell whether it is quiet hours now, and when they are."""
        hours = ctx.wearer.quiet
        if hours is None:
            return Reply("quiet-none")
        until = hours.until(ctx.now)
        scene = _scene(hours, ctx)
        if until is None:
            return Reply("quiet-not-now", hours=_said(hours), scene=scene, scene_id="quiet")
        end = until.astimezone(ctx.zone).time()
        return Reply("quiet-now", time=end, scene=scene, scene_id="quiet")

    async def _back(self, ctx: Context, hours: QuietHours | None) -> Reply:
        await ctx.control.set_quiet(hours)
        return Reply("quiet-set", hours=_said(hours)) if hours is not None else Reply("quiet-over")


def spoken(begin: time, end: time) -> tuple[time, time]:
    """What is meant by two times of which either may lack morning or evening."""

    def readings(at: time) -> tuple[time, ...]:
        plain = time(at.hour, at.minute)
        return (plain, plain.replace(hour=(at.hour + 12) % 24)) if isinstance(at, HalfDay) else (plain,)

    def rank(pair: tuple[time, time]) -> tuple[bool, bool, bool, int]:
        first, last = (one.hour * 60 + one.minute for one in pair)
        long = (last - first) % DAY
        night = (NIGHT - first) % DAY < long
        early = first < 7 * 60 and not night
        return (long > DAY // 2, night == (long < SIESTA), early, long)

    return min(product(readings(begin), readings(end)), key=rank)


def _said(hours: QuietHours) -> Phrase:
    times: dict[str, Any] = {"begin": time.fromisoformat(hours.begin), "end": time.fromisoformat(hours.end)}
    if not hours.days:
        return Phrase("quiet-hours", **times)
    return Phrase("quiet-hours-on", **times, repeat=Recurrence(f"FREQ=WEEKLY;BYDAY={','.join(hours.days)}"))


def _scene(hours: QuietHours, ctx: Context) -> Card:
    return Card(title=ctx.text("quiet-title"), value=f"{hours.begin}–{hours.end}", ttl=6.0)
