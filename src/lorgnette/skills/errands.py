"""Errands: what the hub does or watches on its own, and says when it is so."""

from datetime import date, datetime, time, timedelta
from typing import Any

from lorgnette.sdk import (
    Context,
    FreeText,
    ListScene,
    Phrase,
    Recurrence,
    Reply,
    Skill,
    tool,
)
from lorgnette.sdk.errands import Errand, Errands

MORNING = time(8)
"""When a routine runs for which no time was said."""


class ErrandRunning(Skill):
    """Does things on its own, and tells."""

    name = "errands"

    @tool(effect="act", undo="_cancel_again")
    async def watch_for(self, ctx: Context, what: FreeText) -> Reply:
        """Look again and again, and tell the wearer once something is so. what: the event, as a sentence."""
        errand = await ctx.service(Errands).watch(what, ctx.language, taint=ctx.taint)
        return Reply("errand-watched", what=errand.what, undo=errand.id)

    @tool(effect="act", undo="_cancel_again")
    async def do_regularly(
        self, ctx: Context, what: FreeText, repeat: Recurrence, at: time | None = None
    ) -> Reply:
        """Do or tell something again and again. what: as the wearer would say it now; repeat, at: when."""
        first = datetime.combine(ctx.now.date(), at or MORNING, ctx.zone)
        errand = await ctx.service(Errands).routine(what, ctx.language, first, repeat, taint=ctx.taint)
        values: dict[str, Any] = {"what": errand.what, "repeat": repeat, "time": first.time()}
        return Reply("errand-regular", **values, undo=errand.id)

    @tool(effect="act", undo="_cancel_again")
    async def do_later(
        self,
        ctx: Context,
        what: FreeText,
        at: time | None = None,
        day: date | None = None,
        delay: timedelta | None = None,
    ) -> Reply:
        """Do or tell something once, later. what: as the wearer would say it now; at, day or delay: when."""
        if delay is not None:
            due = ctx.now + delay
        else:
            due = datetime.combine(day or ctx.now.date(), at or MORNING, ctx.zone)
            if due <= ctx.now and day is None:
                due += timedelta(days=1)
        errand = await ctx.service(Errands).later(what, ctx.language, due, taint=ctx.taint)
        return Reply("errand-later", what=errand.what, at=due, undo=errand.id)

    @tool(effect="read")
    async def list_errands(self, ctx: Context) -> Reply:
        """Tell what the hub does or watches on its own."""
        found = await ctx.service(Errands).live()
        if not found:
            return Reply("errands-none")
        scene = ListScene(title=ctx.text("errands-title"), items=tuple(one.what[:60] for one in found[:6]))
        parts = [_part(ctx, one) for one in found[:3]]
        return Reply("errands-some", count=len(found), parts=parts, scene=scene)

    @tool(effect="act", undo="_restore")
    async def cancel_errand(self, ctx: Context, what: FreeText = "") -> Reply:
        """End an errand. what: which one, the newest where nothing is said."""
        errands = ctx.service(Errands)
        errand = await errands.cancel((await errands.find(what)).id)
        return Reply("errand-cancelled", what=errand.what, undo=errand.id)

    async def _cancel_again(self, ctx: Context, id: str) -> Reply:
        errand = await ctx.service(Errands).cancel(id)
        return Reply("errand-cancelled", what=errand.what)

    async def _restore(self, ctx: Context, id: str) -> Reply:
        errand = await ctx.service(Errands).restore(id)
        return Reply("errand-restored", what=errand.what)


def _part(ctx: Context, errand: Errand) -> Phrase:
    due = datetime.fromtimestamp(errand.due, ctx.zone)
    if errand.kind == "watch":
        return Phrase("errand-part-watch", what=errand.what)
    if errand.rule:
        repeat = Recurrence(errand.rule)
        return Phrase("errand-part-regular", what=errand.what, repeat=repeat, time=due.time())
    return Phrase("errand-part-later", what=errand.what, at=due)
