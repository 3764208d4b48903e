"""The calendar: what is on, what comes next, entries made, taken away, and whether there is time."""

import re
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from lorgnette.sdk import (
    Card,
    Choice,
    Context,
    FreeText,
    HalfDay,
    ListScene,
    OneOf,
    Phrase,
    Reply,
    Skill,
    SkillError,
    Taint,
    short_date,
    tool,
)
from lorgnette.sdk.calendar import Calendar, Event

AHEAD = timedelta(days=60)
"""How far the next event is looked for."""

HOUR = timedelta(hours=1)

_EVENING = re.compile(
    r"concert|party|dinner|movie|cinema|theat|drinks|opera|gig|date night|show|"
    r"konzert|feier|abendessen|kino|oper|stammtisch|auftritt|"
    r"音乐会|演唱会|聚会|晚饭|晚餐|电影|派对|演出|宵夜",
    re.IGNORECASE,
)
"""At eight these are in the evening."""

Span = Annotated[
    str,
    OneOf(
        {
            "en": {
                "this week": "week", "my week": "week", "the week": "week", "the rest of the week": "week", "next week": "next_week",
                "this weekend": "weekend", "the weekend": "weekend", "at the weekend": "weekend",
                "the next few days": "week", "the coming days": "week",
            },
            "de": {
                "diese woche": "week", "meine woche": "week", "in dieser woche": "week", "die woche": "week", "nächste woche": "next_week",
                "in der nächsten woche": "next_week", "am wochenende": "weekend", "dieses wochenende": "weekend",
                "das wochenende": "weekend", "in den nächsten tagen": "week", "kommende woche": "next_week",
            },
            "zh": {
                "这周": "week", "本周": "week", "这个星期": "week", "这星期": "week", "下周": "next_week",
                "下个星期": "next_week", "下星期": "next_week", "周末": "weekend", "这个周末": "weekend",
                "这周末": "weekend", "最近几天": "week",
            },
        }
    ),
]  # fmt: skip


class Scheduling(Skill):
    """Looks into the calendar and writes into it."""

    name = "calendar"

    @tool(effect="read")
    async def agenda(self, ctx: Context, day: date | None = None, span: Span = "") -> Reply:
        """Tell what is in the calendar. day: on which day, today where none is said; span: week, next_week or weekend instead."""
        begin, end = _bounds(ctx, day, span)
        found = await ctx.service(Calendar).between(begin, end)
        found = [one for one in found if one.end > ctx.now.timestamp() or begin.date() != ctx.now.date()]
        late = await _late(ctx)
        one_day = end - begin <= timedelta(days=1, hours=1)
        when: dict[str, Any] = {"day": begin.date(), "span": span or "none"}
        if not found:
            return Reply("agenda-none", late=late, **when)
        parts = [_part(one, ctx, dated=not one_day) for one in found[:3]]
        scene = ListScene(items=tuple(_line(one, ctx, dated=not one_day) for one in found[:20]), ttl=15.0)
        key = "agenda-all" if len(found) <= len(parts) else "agenda-many"
        return Reply(
            key,
            count=len(found),
            events=parts,
            late=late,
            scene=scene,
            choices=[_choice(one, ctx) for one in found[:20]],
            source=_taint(found),
            **when,
        )

    @tool(effect="read")
    async def next_event(self, ctx: Context) -> Reply:
        """Tell what comes next in the calendar."""
        found = await ctx.service(Calendar).between(ctx.now, ctx.now + AHEAD)
        now = ctx.now.timestamp()
        coming = [one for one in found if one.begin >= now and not one.all_day]
        if not coming:
            coming = [one for one in found if one.begin >= now]
        if not coming:
            raise SkillError("nothing comes", phrase="event-none-ahead")
        one = min(coming, key=lambda event: event.begin)
        return Reply(
            "event-next", event=_part(one, ctx, dated=True), scene=_scene(one, ctx), source=one.taint
        )

    @tool(effect="act", undo="_take_away")
    async def add_event(
        self,
        ctx: Context,
        title: FreeText = "",
        day: date | None = None,
        at: time | None = None,
        duration: timedelta | None = None,
        place: FreeText = "",
    ) -> Reply:
        """Write something into the calendar. title: what; day: the day; at: the time, all day where none is said; duration: how long, an hour where nothing is said; place: where."""
        if not title:
            return Reply("event-what", ask="title")
        if day is None and at is None:
            return Reply("event-when", ask="day", title=title)
        begin = _begin(ctx, title, day, at)
        taint: Taint = getattr(ctx, "taint", frozenset())
        made = await ctx.service(Calendar).add(title, begin, duration, place, taint=taint)
        clash = await _clash(ctx, made)
        where: dict[str, Any] = {"place": made.place or "none", "title": made.title}
        shown: dict[str, Any] = {"scene": _scene(made, ctx), "undo": {"id": made.id}}
        if made.all_day:
            return Reply("event-added-day", day=day, source=taint, **where, **shown)
        at_ = datetime.fromtimestamp(made.begin, ctx.zone)
        if clash is not None:
            source = taint | clash.taint
            return Reply("event-added-clash", at=at_, clash=clash.title, source=source, **where, **shown)
        return Reply("event-added", at=at_, source=taint, **where, **shown)

    @tool(effect="act", undo="_bring_back")
    async def delete_event(
        self, ctx: Context, title: FreeText = "", day: date | None = None, at: time | None = None
    ) -> Reply:
        """Take something out of the calendar. title: what it is called; day: its day; at: its time."""
        if not title and day is None and at is None:
            return Reply("event-delete-what", ask="title")
        begin, end = (ctx.now - HOUR, ctx.now + AHEAD) if day is None else _bounds(ctx, day, "")
        found = [one for one in await ctx.service(Calendar).between(begin, end) if _at(one, ctx, at)]
        fitting = _called(found, title) if title else found
        if not fitting:
            raise SkillError("no such event", phrase="event-none-such")
        first = fitting[0]
        others = {(one.title, one.begin) for one in fitting if one.id != first.id}
        if others and len({title for title, _ in others} | {first.title}) > 1:
            names = [one.title for one in fitting[:3]]
            return Reply("event-which", events=names, ask="title", source=_taint(fitting))
        await ctx.service(Calendar).remove(first)
        return Reply(
            "event-deleted", event=_part(first, ctx, dated=True), undo={"id": first.id}, source=first.taint
        )

    @tool(effect="read")
    async def is_free(
        self, ctx: Context, day: date | None = None, at: time | None = None, duration: timedelta = HOUR
    ) -> Reply:
        """Tell whether the wearer has time. day: the day, today where none is said; at: the time, the whole day where none is said; duration: for how long."""
        day = day or ctx.now.date()
        begin, end = _bounds(ctx, day, "")
        if at is not None:
            begin = datetime.combine(day, _awake(at), ctx.zone)
            end = begin + duration
        found = [one for one in await ctx.service(Calendar).between(begin, end) if one.busy]
        late = await _late(ctx)
        if not found:
            if at is None:
                return Reply("free-day", day=day, late=late)
            return Reply("free-at", at=begin, late=late)
        parts = [_part(one, ctx, dated=False) for one in found[:3]]
        source = _taint(found)
        if at is None:
            return Reply("busy-day", day=day, count=len(found), events=parts, late=late, source=source)
        return Reply("busy-at", at=begin, event=parts[0], late=late, source=source)

    async def _take_away(self, ctx: Context, id: str) -> Reply:
        service = ctx.service(Calendar)
        made = await service.restore(id)
        await service.remove(made)
        return Reply("event-gone", title=made.title)

    async def _bring_back(self, ctx: Context, id: str) -> Reply:
        found = await ctx.service(Calendar).restore(id)
        return Reply("event-back", title=found.title, source=found.taint)


def _bounds(ctx: Context, day: date | None, span: str) -> tuple[datetime, datetime]:
    """Midnight to midnight, of the wearer's zone."""
    today = ctx.now.date()
    first, last = day or today, day or today
    if span == "week":
        first, last = today, today + timedelta(days=6 - today.weekday())
    elif span == "next_week":
        first = today + timedelta(days=7 - today.weekday())
        last = first + timedelta(days=6)
    elif span == "weekend":
        saturday = today + timedelta(days=5 - today.weekday())
        first, last = max(today, saturday), saturday + timedelta(days=1)
    begin = datetime.combine(first, time(), ctx.zone)
    return begin, datetime.combine(last + timedelta(days=1), time(), ctx.zone)


def _begin(ctx: Context, title: str, day: date | None, at: time | None) -> datetime | date:
    if at is None:
        assert day is not None
        return day
    at = _awake(at, evening=_EVENING.search(title) is not None)
    if day is None:
        day = ctx.now.date()
        if datetime.combine(day, at, ctx.zone) <= ctx.now:
            day += timedelta(days=1)
    return datetime.combine(day, at, ctx.zone)


def _awake(at: time, *, evening: bool = False) -> time:
    """Where morning or evening was left open: from seven on in the morning, or what belongs to the evening."""
    if not isinstance(at, HalfDay) or not 1 <= at.hour <= 11:
        return time(at.hour, at.minute)
    late = at.hour < 7 or evening
    return time(at.hour + 12 if late else at.hour, at.minute)


async def _clash(ctx: Context, made: Event) -> Event | None:
    """Something else at the same time."""
    if made.all_day:
        return None
    begin, end = (datetime.fromtimestamp(moment, ctx.zone) for moment in (made.begin, made.end))
    found = await ctx.service(Calendar).between(begin, end)
    return next((one for one in found if one.id != made.id and one.busy and not one.all_day), None)


async def _late(ctx: Context) -> str:
    """The first account of which little is known, for the end of an answer; "none" if all is well."""
    return next(iter(await ctx.service(Calendar).unreachable()), "none")


def _called(found: list[Event], title: str) -> list[Event]:
    """Those with all the words, the next one of each first; else those with most of them."""
    wanted = set(_words(title))
    scored = [(len(wanted & set(_words(one.title))) / max(1, len(wanted)), one) for one in found]
    best = max((score for score, _ in scored), default=0.0)
    if best < 0.5:
        return []
    return sorted((one for score, one in scored if score == best), key=lambda one: one.begin)


def _words(text: str) -> list[str]:
    plain = re.sub(r"[^\w\s]", " ", text.casefold())
    return plain.split() if plain.isascii() or " " in plain.strip() else [*plain.replace(" ", "")]


def _at(one: Event, ctx: Context, at: time | None) -> bool:
    if at is None:
        return True
    begin = datetime.fromtimestamp(one.begin, ctx.zone)
    same_half = isinstance(at, HalfDay) and (begin.hour - at.hour) % 12 == 0
    return not one.all_day and begin.minute == at.minute and (begin.hour == at.hour or same_half)


def _taint(found: list[Event]) -> Taint:
    return frozenset(source for one in found for source in one.taint)


def _choice(one: Event, ctx: Context) -> Choice:
    begin = datetime.fromtimestamp(one.begin, ctx.zone)
    return Choice({"day": begin.date()}, label=ctx.text("event-named", title=one.title) if one.title else "")


def _part(one: Event, ctx: Context, *, dated: bool) -> Phrase:
    begin = datetime.fromtimestamp(one.begin, ctx.zone)
    title = one.title or "none"
    if one.all_day:
        return Phrase("event-part-day" if dated else "event-part-whole", day=begin.date(), title=title)
    if dated:
        return Phrase("event-part-dated", at=begin, title=title)
    return Phrase("event-part", time=begin.time(), title=title)


def _line(one: Event, ctx: Context, *, dated: bool) -> str:
    begin = datetime.fromtimestamp(one.begin, ctx.zone)
    day = f"{short_date(begin, ctx.language)} " if dated else ""
    hour = "" if one.all_day else f"{begin:%H:%M} "
    return f"{day}{hour}{one.title}"[:200]


def _scene(one: Event, ctx: Context) -> Card:
    begin = datetime.fromtimestamp(one.begin, ctx.zone)
    value = short_date(begin, ctx.language) if one.all_day else f"{begin:%H:%M}"
    lines = tuple(
        line for line in (short_date(begin, ctx.language) if not one.all_day else "", one.place) if line
    )
    return Card(title=one.title, value=value, lines=lines, ttl=10.0)
