"""How loud the hub speaks."""

from lorgnette.sdk import BarePercent, Card, Context, Percent, Reply, Skill, tool

STEP = 0.15


class Volume(Skill):
    """Turns the volume up and down."""

    @tool(effect="act", undo="_back")
    async def louder(self, ctx: Context, by: Percent | None = None) -> Reply:
        """Turn the volume up. by: how much."""
        return await _set(ctx, ctx.control.volume + (by / 100 if by else STEP))

    @tool(effect="act", undo="_back")
    async def quieter(self, ctx: Context, by: Percent | None = None) -> Reply:
        """Turn the volume down. by: how much."""
        return await _set(ctx, ctx.control.volume - (by / 100 if by else STEP))

    @tool(effect="act", undo="_back")
    async def set_volume(self, ctx: Context, level: Percent) -> Reply:
        """Set the volume. level: 0 to 100."""
        if isinstance(level, BarePercent) and 0 < level <= 10:  # "volume four" is four of ten
            level = Percent(level * 10)
        return await _set(ctx, level / 100)

    @tool(effect="act", undo="_back")
    async def loudest(self, ctx: Context) -> Reply:
        """As loud as it goes."""
        return await _set(ctx, 1.0)

    @tool(effect="act", undo="_back")
    async def mute(self, ctx: Context) -> Reply:
        """Turn the sound off."""
        before = ctx.control.volume
        await ctx.control.set_volume(0.0)
        return Reply("volume-muted", scene=_scene(0.0), scene_id="volume", undo=before)

    @tool(effect="act", undo="_back")
    async def unmute(self, ctx: Context) -> Reply:
        """Turn the sound on again."""
        return await _set(ctx, ctx.control.volume or 0.5)

    @tool(effect="read")
    async def tell_volume(self, ctx: Context) -> Reply:
        """Tell how loud it is."""
        level = ctx.control.volume
        return Reply("volume-now", level=Percent(round(level * 100)), scene=_scene(level), scene_id="volume")

    async def _back(self, ctx: Context, level: float) -> Reply:
        await ctx.control.set_volume(level)
        return Reply("volume-set", level=Percent(round(level * 100)))


async def _set(ctx: Context, level: float) -> Reply:
    before, level = ctx.control.volume, min(1.0, max(0.0, level))
    await ctx.control.set_volume(level)
    key = "volume-most" if level == before == 1.0 else "volume-set"
    return Reply(key, level=Percent(round(level * 100)), scene=_scene(level), scene_id="volume", undo=before)


def _scene(level: float) -> Card:
    return Card(value=f"{round(level * 100)} %", ttl=3.0)
