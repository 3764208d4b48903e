"""Kitchen timers: several at once, with names."""

from datetime import timedelta
from difflib import SequenceMatcher
from typing import Any

from lorgnette.sdk import (
    Context,
    FreeText,
    Item,
    ListScene,
    Phrase,
    Progress,
    Reply,
    Schedule,
    Skill,
    SkillError,
    tool,
)

LIKENESS = 0.6


class Timers(Skill):
    """Sets and watches timers."""

    @tool(effect="act", undo="_cancel_again")
    async def set_timer(self, ctx: Context, duration: timedelta | None = None, label: FreeText = "") -> Reply:
        """Start a timer. duration: how long; label: what it is for."""
        if duration is None:
            return Reply("timer-how-long", ask="duration")
        item = await ctx.service(Schedule).start(duration, label)
        return _reply("timer-set", item, undo=item.id, duration=duration)

    @tool(effect="read")
    async def time_left(self, ctx: Context, label: FreeText = "", duration: timedelta | None = None) -> Reply:
        """Tell how long timers still run. label: which one; duration: how long it was set for."""
        items = await _timers(ctx)
        if label or duration or len(items) == 1:
            item = _one(items, label, duration)
            key = "timer-left-paused" if item.status == "paused" else "timer-left"
            return _reply(key, item, left=_left(item, ctx))
        return _several(items, ctx)

    @tool(effect="act", undo="_resume_again")
    async def pause_timer(
        self, ctx: Context, label: FreeText = "", duration: timedelta | None = None
    ) -> Reply:
        """Hold a timer. label: which one; duration: how long it was set for."""
        item = _one(await _timers(ctx, "running"), label, duration)
        item = await ctx.service(Schedule).pause(item.id)
        return _reply("timer-paused", item, undo=item.id, left=_left(item, ctx))

    @tool(effect="act", undo="_pause_again")
    async def resume_timer(
        self, ctx: Context, label: FreeText = "", duration: timedelta | None = None
    ) -> Reply:
        """Let a held timer go on. label: which one; duration: how long it was set for."""
        item = _one(await _timers(ctx, "paused"), label, duration)
        item = await ctx.service(Schedule).resume(item.id)
        return _reply("timer-resumed", item, undo=item.id, left=_left(item, ctx))

    @tool(effect="act", undo="_change_again")
    async def add_time(self, ctx: Context, more: timedelta, label: FreeText = "") -> Reply:
        """Lengthen a timer. more: by how much; label: which one."""
        return await self._change(ctx, more, label, "timer-longer")

    @tool(effect="act", undo="_change_again")
    async def take_time_off(self, ctx: Context, less: timedelta, label: FreeText = "") -> Reply:
        """Shorten a timer. less: by how much; label: which one."""
        return await self._change(ctx, -less, label, "timer-shorter")

    @tool(effect="act", undo="_restore")
    async def cancel_timer(
        self, ctx: Context, label: FreeText = "", duration: timedelta | None = None
    ) -> Reply:
        """End a timer before its time. label: which one; duration: how long it was set for."""
        items = await _timers(ctx)
        ringing = [item for item in items if item.status == "ringing"]
        if ringing and not label and duration is None:
            await ctx.service(Schedule).dismiss()
            return Reply("timer-stopped")
        item = _one(items, label, duration)
        await ctx.service(Schedule).cancel(item.id)
        ctx.hide(_scene_id(item))
        return Reply("timer-cancelled", undo={"ids": [item.id]}, **_names(item))

    @tool(effect="act", undo="_restore")
    async def cancel_all_timers(self, ctx: Context) -> Reply:
        """End all timers."""
        items = await _timers(ctx)
        for item in items:
            await ctx.service(Schedule).cancel(item.id)
            ctx.hide(_scene_id(item))
        return Reply("timers-cancelled", count=len(items), undo={"ids": [item.id for item in items]})

    @tool(effect="read")
    async def list_timers(self, ctx: Context) -> Reply:
        """Tell which timers there are."""
        return _several(await _timers(ctx), ctx)

    # ── taking back ─────────────────────────────────────────────────────────────────────────────────

    async def _cancel_again(self, ctx: Context, id: str) -> Reply:
        item = await ctx.service(Schedule).cancel(id)
        ctx.hide(_scene_id(item))
        return Reply("timer-cancelled", **_names(item))

    async def _restore(self, ctx: Context, ids: list[str]) -> Reply:
        items = [await ctx.service(Schedule).restore(id) for id in ids]
        for item in items:
            ctx.show(_scene(item), _scene_id(item))
        if len(items) > 1:
            return Reply("timers-restored", count=len(items))
        return _reply("timer-restored", items[0], left=_left(items[0], ctx))

    async def _pause_again(self, ctx: Context, id: str) -> Reply:
        item = await ctx.service(Schedule).pause(id)
        return _reply("timer-paused", item, left=_left(item, ctx))

    async def _resume_again(self, ctx: Context, id: str) -> Reply:
        item = await ctx.service(Schedule).resume(id)
        return _reply("timer-resumed", item, left=_left(item, ctx))

    async def _change_again(self, ctx: Context, id: str, seconds: float) -> Reply:
        item = await ctx.service(Schedule).add(id, timedelta(seconds=seconds))
        return _reply("timer-left", item, left=_left(item, ctx))

    async def _change(self, ctx: Context, change: timedelta, label: str, key: str) -> Reply:
        before = _one(await _timers(ctx), label, None)
        item = await ctx.service(Schedule).add(before.id, change)
        undo = {"id": item.id, "seconds": -change.total_seconds()}
        return _reply(key, item, undo=undo, change=abs(change), left=_left(item, ctx))


async def _timers(ctx: Context, status: str = "") -> list[Item]:
    items = [
        item for item in await ctx.service(Schedule).items("timer") if not status or item.status == status
    ]
    if not items:
        raise SkillError("no such timer", phrase=f"timer-none-{status}" if status else "timer-none")
    return items


def _one(items: list[Item], label: str, duration: timedelta | None) -> Item:
    """The timer that is meant: by name, by its length, else the newest."""
    if duration is not None:
        items = [item for item in items if abs(item.total - duration.total_seconds()) < 1] or items
    if label:
        wanted = label.casefold()
        likeness, best = max(
            ((SequenceMatcher(None, item.label.casefold(), wanted).ratio(), item) for item in items),
            key=lambda pair: pair[0],
        )
        if likeness < LIKENESS:
            raise SkillError(f"no timer {label!r}", phrase="timer-none-named", label=label)
        return best
    return max(items, key=lambda item: item.created)


def _left(item: Item, ctx: Context) -> timedelta:
    seconds = item.left if item.status == "paused" else max(0.0, item.due - ctx.now.timestamp())
    return timedelta(seconds=round(seconds))


def _several(items: list[Item], ctx: Context) -> Reply:
    """At most three aloud, all of them shown."""
    if len(items) == 1:
        return _reply("timer-left", items[0], left=_left(items[0], ctx))
    parts = [Phrase("timer-part", left=_left(item, ctx), **_names(item)) for item in items[:3]]
    scene = ListScene(items=tuple(item.label or _clock(item.total) for item in items), ttl=10.0)
    key = "timers-several" if len(items) <= 3 else "timers-many"
    return Reply(key, count=len(items), parts=parts, scene=scene)


def _reply(key: str, item: Item, *, undo: object = None, **values: Any) -> Reply:
    return Reply(key, scene=_scene(item), scene_id=_scene_id(item), undo=undo, **_names(item), **values)


def _names(item: Item) -> dict[str, Any]:
    """What a phrase may call a timer."""
    return {"named": "yes" if item.label else "no", "label": item.label}


def _scene(item: Item) -> Progress:
    paused = item.status == "paused"
    return Progress(
        title=item.label,
        start=item.created,
        due=0.0 if paused else item.due,
        left=item.left if paused else 0.0,
        total=item.total,
    )


def _scene_id(item: Item) -> str:
    return f"timer:{item.id}"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
