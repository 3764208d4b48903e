"""Alarms: once, again and again, snoozed and silenced."""

from datetime import date, datetime, time, timedelta

from lorgnette.sdk import (
    ONCE,
    Card,
    Context,
    FreeText,
    HalfDay,
    Item,
    ListScene,
    Phrase,
    Recurrence,
    Reply,
    Schedule,
    Skill,
    SkillError,
    tool,
)

SNOOZE = timedelta(minutes=9)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Alarms(Skill):
    """Wakes and reminds by the clock."""

    @tool(effect="act", undo="_cancel_again")
    async def set_alarm(
        self,
        ctx: Context,
        at: time | None = None,
        day: date | None = None,
        repeat: Recurrence = ONCE,
        label: FreeText = "",
    ) -> Reply:
        """Set an alarm. at: the time; day: only on this day; repeat: on which days; label: what it is for."""
        if at is None:
            return Reply("alarm-when", ask="at")
        due = first(ctx.now, at, day, repeat)
        item = await ctx.service(Schedule).alarm(due, label, repeat)
        key = "alarm-set-again" if repeat else "alarm-set"
        return Reply(
            key,
            at=due,
            time=due.time(),
            repeat=repeat,
            scene=_scene(item, ctx),
            scene_id=_id(item),
            undo=item.id,
        )

    @tool(effect="act", undo="_cancel_again")
    async def wake_in(self, ctx: Context, duration: timedelta) -> Reply:
        """Set an alarm some time from now. duration: how long from now."""
        due = (ctx.now + duration).replace(microsecond=0)
        item = await ctx.service(Schedule).alarm(due)
        return Reply("alarm-set", at=due, scene=_scene(item, ctx), scene_id=_id(item), undo=item.id)

    @tool(effect="act", undo="_restore")
    async def cancel_alarm(
        self,
        ctx: Context,
        at: time | None = None,
        day: date | None = None,
        repeat: Recurrence = ONCE,
    ) -> Reply:
        """Cancel one alarm, the next one where nothing else is said. at: its time; day: its day; repeat: its days."""
        item = _one(await _alarms(ctx), ctx, at, day, repeat)
        if item.status == "ringing":
            await ctx.service(Schedule).dismiss()
            return Reply("alarm-off")
        await ctx.service(Schedule).cancel(item.id)
        ctx.hide(_id(item))
        undo = {"ids": [item.id]}
        if item.rule:
            time = _due(item, ctx).time()
            return Reply("alarm-cancelled-again", time=time, repeat=Recurrence(item.rule), undo=undo)
        return Reply("alarm-cancelled", at=_due(item, ctx), undo=undo)

    @tool(effect="act", undo="_restore")
    async def cancel_all_alarms(self, ctx: Context, day: date | None = None) -> Reply:
        """Cancel every alarm. day: only those of this day."""
        items = [item for item in await _alarms(ctx) if day is None or _due(item, ctx).date() == day]
        if not items:
            raise SkillError("no alarm on that day", phrase="alarm-none-then")
        for item in items:
            await ctx.service(Schedule).cancel(item.id)
            ctx.hide(_id(item))
        return Reply("alarms-cancelled", count=len(items), undo={"ids": [item.id for item in items]})

    @tool(effect="read")
    async def list_alarms(self, ctx: Context, day: date | None = None) -> Reply:
        """Tell which alarms are set. day: only those of this day."""
        items = [item for item in await _alarms(ctx) if day is None or _due(item, ctx).date() == day]
        if not items:
            raise SkillError("no alarm on that day", phrase="alarm-none-then")
        parts = [_part(item, ctx) for item in items[:3]]
        scene = ListScene(items=tuple(_line(item, ctx) for item in items), ttl=10.0)
        key = "alarms-all" if len(items) <= 3 else "alarms-many"
        return Reply(key, count=len(items), alarms=parts, scene=scene)

    @tool(effect="read")
    async def next_alarm(self, ctx: Context) -> Reply:
        """Tell when the next alarm rings."""
        item = (await _alarms(ctx))[0]
        return Reply("alarm-next", alarm=_part(item, ctx), scene=_scene(item, ctx), scene_id=_id(item))

    @tool(effect="act", undo="_dismiss_again")
    async def snooze(self, ctx: Context, duration: timedelta = SNOOZE) -> Reply:
        """Let what rings ring again later. duration: how much later."""
        items = await ctx.service(Schedule).snooze(duration)
        if not items:
            raise SkillError("nothing rings", phrase="alarm-none-ringing")
        return Reply("alarm-snoozed", duration=duration, undo={"ids": [item.id for item in items]})

    @tool(effect="read")
    async def dismiss(self, ctx: Context) -> Reply:
        """Silence what rings."""
        if await ctx.service(Schedule).dismiss():
            return Reply("alarm-off")
        raise SkillError("nothing rings", phrase="alarm-none-ringing")

    # ── taking back ─────────────────────────────────────────────────────────────────────────────────

    async def _cancel_again(self, ctx: Context, id: str) -> Reply:
        item = await ctx.service(Schedule).cancel(id)
        ctx.hide(_id(item))
        return Reply("alarm-cancelled", at=_due(item, ctx))

    async def _restore(self, ctx: Context, ids: list[str]) -> Reply:
        items = [await ctx.service(Schedule).restore(id) for id in ids]
        if len(items) == 1:
            return Reply("alarm-restored", at=_due(items[0], ctx), scene=_scene(items[0], ctx))
        return Reply("alarms-restored", count=len(items))

    async def _dismiss_again(self, ctx: Context, ids: list[str]) -> Reply:
        for id in ids:
            await ctx.service(Schedule).cancel(id)
        return Reply("alarm-off")


def first(now: datetime, at: time, day: date | None = None, repeat: str = "") -> datetime:
    """When an alarm rings first: after `now`, on `day` or on one of the days of `repeat`.

    "Seven" without morning or evening is the next seven o'clock there is, unless the day was named.
    """
    zone = now.tzinfo
    if day is not None:
        due = datetime.combine(day, at, zone)
        if due <= now and isinstance(at, HalfDay):
            due += timedelta(hours=12)
        if due <= now:
            raise SkillError("that time is over", phrase="alarm-past")
        return due
    parts = dict(part.partition("=")[::2] for part in repeat.split(";") if part)
    days = {_DAYS.index(name) for name in parts.get("BYDAY", "").split(",") if name in _DAYS}
    halves = [at]
    if isinstance(at, HalfDay) and not repeat:
        halves.append(at.replace(hour=(at.hour + 12) % 24))
    candidates = [
        datetime.combine(now.date() + timedelta(days=ahead), half, zone)
        for ahead in range(8)
        for half in halves
    ]
    return min(due for due in candidates if due > now and (not days or due.weekday() in days))


async def _alarms(ctx: Context) -> list[Item]:
    items = await ctx.service(Schedule).items("alarm")
    if not items:
        raise SkillError("no alarm", phrase="alarm-none")
    return items


def _one(items: list[Item], ctx: Context, at: time | None, day: date | None, repeat: str) -> Item:
    """The alarm that is meant: what rings, else the next that fits; for one day rather one of that day alone."""
    fitting = [item for item in items if _fits(item, ctx, at, day, repeat)]
    if not fitting:
        raise SkillError("no such alarm", phrase="alarm-none-then")
    return min(fitting, key=lambda item: (item.status != "ringing", bool(item.rule and day), item.due))


def _fits(item: Item, ctx: Context, at: time | None, day: date | None, repeat: str) -> bool:
    due = _due(item, ctx)
    if day is not None and due.date() != day:
        return False
    if repeat and item.rule != repeat:
        return False
    if at is None:
        return True
    same_half = isinstance(at, HalfDay) and (due.hour - at.hour) % 12 == 0
    return due.minute == at.minute and (due.hour == at.hour or same_half)


def _due(item: Item, ctx: Context) -> datetime:
    return datetime.fromtimestamp(item.due, ctx.zone)


def _part(item: Item, ctx: Context) -> Phrase:
    due = _due(item, ctx)
    if item.rule:
        return Phrase("alarm-part-again", time=due.time(), repeat=Recurrence(item.rule))
    return Phrase("alarm-part", at=due)


def _line(item: Item, ctx: Context) -> str:
    return f"{_due(item, ctx):%H:%M}" + (f" {item.label}" if item.label else "")


def _scene(item: Item, ctx: Context) -> Card:
    return Card(title=item.label or ctx.text("alarm-title"), value=f"{_due(item, ctx):%H:%M}", ttl=8.0)


def _id(item: Item) -> str:
    return f"alarm:{item.id}"
