"""The conversation itself: stop, never mind, say that again, slower, undo, yes and no."""

from lorgnette.sdk import Context, Reply, Skill, tool

STEP = 0.15


class Control(Skill):
    """Steers the conversation."""

    @tool(effect="read")
    async def stop(self, ctx: Context) -> Reply:
        """Silence whatever sounds."""
        return Reply("" if await ctx.control.stop() else "control-quiet")

    @tool(effect="read", offered=False)
    async def never_mind(self, ctx: Context) -> Reply:
        """Drop the matter."""
        await ctx.control.stop()
        return Reply("control-all-right")

    @tool(effect="read", offered=False)
    async def repeat(self, ctx: Context) -> Reply:
        """Say the last answer again."""
        said = ctx.control.last_reply
        return Reply("control-again", said=said) if said else Reply("control-nothing-said")

    @tool(effect="act", undo="_rate")
    async def slower(self, ctx: Context) -> Reply:
        """Speak more slowly."""
        return await self._speak(ctx, -STEP, "control-slower")

    @tool(effect="act", undo="_rate")
    async def faster(self, ctx: Context) -> Reply:
        """Speak faster."""
        return await self._speak(ctx, STEP, "control-faster")

    @tool(effect="act", undo="_rate")
    async def normal_speed(self, ctx: Context) -> Reply:
        """Speak at the usual pace."""
        before = ctx.control.rate
        await ctx.control.set_rate(1.0)
        return Reply("control-normal", undo=before)

    @tool(effect="read", offered=False)  # what was done is taken back by the wearer, and by nobody's text
    async def undo(self, ctx: Context) -> Reply:
        """Take the last act back."""
        return Reply("" if await ctx.control.undo() else "control-nothing-to-undo")

    @tool(effect="read", offered=False)
    async def yes(self, ctx: Context) -> Reply:
        """A yes to which nothing was asked."""
        return Reply("control-all-right")

    @tool(effect="read", offered=False)
    async def no(self, ctx: Context) -> Reply:
        """A no to which nothing was asked."""
        return Reply("control-all-right")

    @tool(effect="read", offered=False)
    async def thanks(self, ctx: Context) -> Reply:
        """The wearer says thank you."""
        return Reply("control-welcome")

    async def _rate(self, ctx: Context, rate: float) -> Reply:
        await ctx.control.set_rate(rate)
        return Reply("control-rate-back")

    async def _speak(self, ctx: Context, change: float, key: str) -> Reply:
        before = ctx.control.rate
        await ctx.control.set_rate(before + change)
        return Reply(key, undo=before)
