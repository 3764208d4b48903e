"""What the hub remembers of what was said, and how to make it forget."""

from lorgnette.sdk import Context, Memory, Phrase, Reply, Skill, SkillError, tool

ALOUD = ("conversations", "memory", "notes", "lists", "schedule", "gallery", "summaries")
"""Kinds that one would name; the rest (timings, what went out) is on the privacy page."""


class Remembering(Skill):
    """Says what is remembered, and forgets it."""

    name = "memory"

    @tool(effect="read")
    async def what_is_kept(self, ctx: Context) -> Reply:
        """Say what the hub keeps of the wearer, by kind and count."""
        counts = {one.kind: one.count for one in await ctx.service(Memory).held()}
        parts = [Phrase(f"memory-{kind}", count=counts[kind]) for kind in ALOUD if kind in counts]
        if not parts:
            return Reply("memory-nothing")
        return Reply("memory-held", parts=parts)

    @tool(effect="act", final=True)
    async def forget_last(self, ctx: Context) -> Reply:
        """Delete what the wearer said last, and its answer, for good."""
        if not await ctx.service(Memory).forget_last():
            raise SkillError("nothing was said", phrase="memory-nothing-said")
        return Reply("memory-forgotten")

    @tool(effect="act", final=True)
    async def forget_today(self, ctx: Context, sure: bool | None = None) -> Reply:
        """Delete what the wearer said today, for good."""
        midnight = ctx.now.replace(hour=0, minute=0, second=0, microsecond=0)
        return await _forget(ctx, midnight.timestamp(), "memory-sure-today", sure)

    @tool(effect="act", final=True)
    async def forget_conversations(self, ctx: Context, sure: bool | None = None) -> Reply:
        """Delete all that the wearer ever said, for good."""
        return await _forget(ctx, 0.0, "memory-sure-ever", sure)


async def _forget(ctx: Context, since: float, question: str, sure: bool | None) -> Reply:
    """Ask, with how much it is; then do it or leave it. Not where somebody else may say yes."""
    if ctx.shared:
        raise SkillError("not at a shared device", phrase="memory-not-here")
    memory = ctx.service(Memory)
    if sure is False:
        return Reply("memory-left")
    if sure is None:
        # the question itself is something said by the time it is answered
        count = await memory.said(since)
        if not count:
            raise SkillError("nothing was said", phrase="memory-nothing-said")
        return Reply(question, count=count, ask="sure")
    await memory.forget_said(since)
    return Reply("memory-forgotten")
