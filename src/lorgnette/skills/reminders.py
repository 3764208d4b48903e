"""Reminders by time and by place, and the places that have a name."""

import re
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from lorgnette.sdk import (
    ONCE,
    Card,
    Choice,
    Context,
    FreeText,
    HalfDay,
    ListScene,
    NotFound,
    OneOf,
    Phrase,
    Recurrence,
    Reply,
    Skill,
    SkillError,
    Taint,
    short_date,
    tool,
)
from lorgnette.sdk.places import Place, Places
from lorgnette.sdk.reminders import Reminder, Reminders
from lorgnette.skills.alarms import first

PARTS = {"morning": time(9), "noon": time(12), "afternoon": time(15), "evening": time(19)}
"""What "tomorrow evening" means where no hour was said."""

_TO = re.compile(
    r"((?:ab|an|auf|aus|bei|durch|ein|fort|her|hin|los|mit|nach|rein|um|vor|weg|weiter|zu|zurück)+)zu(\w+n)"
)
"""A German verb with "zu" between its parts: "anzurufen"."""

_PLACES = {
    "en": {
        "home": "home", "the house": "home", "my house": "home", "my place": "home", "back home": "home",
        "at home": "home", "to my house": "home", "my home": "home", "where i live": "home",
        "work": "work", "to work": "work", "at work": "work", "the office": "work", "my office": "work",
        "to the office": "work", "at the office": "work", "my work": "work", "where i work": "work", "my job": "work",
    },
    "de": {
        "zuhause": "home", "zu hause": "home", "nach hause": "home", "heim": "home", "daheim": "home", "hause": "home",
        "das haus": "home", "mein zuhause": "home", "die wohnung": "home", "meine wohnung": "home",
        "bei mir zu hause": "home", "das zuhause": "home", "dem haus": "home",
        "die arbeit": "work", "zur arbeit": "work", "auf der arbeit": "work", "auf die arbeit": "work",
        "auf arbeit": "work", "bei der arbeit": "work", "das büro": "work", "ins büro": "work", "im büro": "work",
        "arbeit": "work", "büro": "work", "meine arbeit": "work", "mein büro": "work", "dem büro": "work",
    },
    "zh": {
        "家": "home", "门": "home", "家门": "home", "家里": "home", "我家": "home", "我的家": "home", "我家里": "home",
        "公司": "work", "单位": "work", "办公室": "work", "上班的地方": "work", "我公司": "work", "我的公司": "work",
        "我们公司": "work", "我单位": "work", "我办公室": "work",
    },
}  # fmt: skip

PlaceNamed = Annotated[str, OneOf(_PLACES, open=True)]
KnownPlace = Annotated[str, OneOf(_PLACES)]
"""Only these: "this is great" names no place."""

Part = Annotated[
    str,
    OneOf(
        {
            "en": {
                "in the morning": "morning", "morning": "morning", "at noon": "noon", "afternoon": "afternoon",
                "in the afternoon": "afternoon", "evening": "evening", "in the evening": "evening", "night": "evening",
                "at lunchtime": "noon", "tonight": "evening", "this evening": "evening", "this afternoon": "afternoon",
                "this morning": "morning", "later today": "evening",
            },
            "de": {
                "früh": "morning", "vormittag": "morning", "mittag": "noon", "nachmittag": "afternoon",
                "abend": "evening", "morgen früh": "morning", "am vormittag": "morning", "am nachmittag": "afternoon",
                "am abend": "evening", "am mittag": "noon",
            },
            "zh": {
                "早上": "morning", "上午": "morning", "中午": "noon", "下午": "afternoon", "傍晚": "evening",
                "晚上": "evening", "今晚": "evening", "今天晚上": "evening",
            },
        }
    ),
]  # fmt: skip


class Reminding(Skill):
    """Reminds of things, at a time or at a place."""

    name = "reminders"

    @tool(effect="act", undo="_cancel_again")
    async def remind_me(
        self,
        ctx: Context,
        text: FreeText = "",
        at: time | None = None,
        day: date | None = None,
        part: Part = "",
        repeat: Recurrence = ONCE,
        duration: timedelta | None = None,
    ) -> Reply:
        """Set a reminder. text: what of; at: the time; day: the day; part: morning, noon, afternoon or evening, where no time is said; repeat: on which days; duration: how long from now, instead of a time."""
        if not text and not ctx.audio:
            return Reply("reminder-what", ask="text")
        text = _plain(text, ctx.language)
        moment = _moment(ctx, at, day, part, repeat, duration)
        if moment is None:
            return Reply("reminder-when", ask="at", **_said(text))
        made = await ctx.service(Reminders).at(moment, text, repeat, taint=_taint(ctx))
        quiet = ctx.wearer.quiet_until(moment)
        values: dict[str, Any] = {"at": moment, "time": moment.time(), "repeat": repeat} | _said(text)
        if quiet is not None and not repeat:
            until = quiet.astimezone(ctx.zone)
            return Reply(
                "reminder-set-quiet", until=until, scene=_scene(made, ctx), undo={"id": made.id}, **values
            )
        if duration is not None:
            values["duration"] = duration
            return Reply("reminder-set-in", scene=_scene(made, ctx), undo={"id": made.id}, **values)
        key = "reminder-set-again" if repeat else "reminder-set"
        return Reply(key, scene=_scene(made, ctx), undo={"id": made.id}, source=_taint(ctx), **values)

    @tool(effect="act", undo="_cancel_again")
    async def remind_at_place(
        self,
        ctx: Context,
        place: PlaceNamed,
        text: FreeText = "",
        leaving: bool = False,
    ) -> Reply:
        """Set a reminder for when the wearer comes to a saved place. place: its name, "home" or "work" for these; text: what of; leaving: when they leave it instead."""
        return await self._there(ctx, place, text, leaving=leaving)

    @tool(effect="act", undo="_cancel_again", offered=False)
    async def remind_on_leaving(self, ctx: Context, place: PlaceNamed, text: FreeText = "") -> Reply:
        """Set a reminder for when the wearer leaves a saved place. place: its name; text: what of."""
        return await self._there(ctx, place, text, leaving=True)

    @tool(effect="read")
    async def list_reminders(self, ctx: Context, day: date | None = None) -> Reply:
        """Tell which reminders wait. day: only those of this day."""
        found = [one for one in await ctx.service(Reminders).waiting() if day is None or _on(one, ctx, day)]
        if not found:
            key = "reminder-none" if day is None else "reminder-none-then"
            raise SkillError("no reminder", phrase=key, day=day)
        parts = [_part(one, ctx) for one in found[:3]]
        scene = ListScene(items=tuple(_line(one, ctx) for one in found), ttl=12.0)
        key = "reminders-all" if len(found) <= len(parts) else "reminders-many"
        choices = [
            Choice(_day(one, ctx), label=ctx.text("reminder-named", **_said(one.text))) for one in found
        ]
        return Reply(key, count=len(found), reminders=parts, scene=scene, choices=choices, source=_all(found))

    @tool(effect="act", undo="_restore")
    async def cancel_reminder(
        self, ctx: Context, text: FreeText = "", at: time | None = None, day: date | None = None
    ) -> Reply:
        """Cancel one reminder, the next one where nothing else is said. text: what of; at: its time; day: its day."""
        waiting = await ctx.service(Reminders).waiting()
        if not waiting:
            raise SkillError("no reminder", phrase="reminder-none")
        found = _meant(waiting, ctx, text, at, day)
        await ctx.service(Reminders).cancel(found.id)
        return Reply(
            "reminder-cancelled", reminder=_part(found, ctx), undo={"id": found.id}, source=found.taint
        )

    # ── places ──────────────────────────────────────────────────────────────────────────────────────

    @tool(effect="act", undo="_unsave")
    async def save_place(self, ctx: Context, place: PlaceNamed) -> Reply:
        """Remember where the wearer is now under a name. place: the name, "home" or "work" for these."""
        return await self._save(ctx, place)

    @tool(effect="act", undo="_unsave", offered=False)
    async def save_known_place(self, ctx: Context, place: KnownPlace) -> Reply:
        """Remember that the wearer is at home or at work. place: which of both."""
        return await self._save(ctx, place)

    async def _save(self, ctx: Context, place: str) -> Reply:
        service = ctx.service(Places)
        old = next((one for one in await service.all() if one.name.casefold() == place.casefold()), None)
        made = await service.save(place)
        undo: dict[str, Any] = {"id": made.id}
        if old is not None:
            undo |= {"latitude": old.latitude, "longitude": old.longitude, "radius": old.radius}
        return Reply("place-saved", place=made.name, undo=undo)

    @tool(effect="read")
    async def list_places(self, ctx: Context) -> Reply:
        """Tell which places have a name."""
        found = await ctx.service(Places).all()
        if not found:
            raise SkillError("no places", phrase="place-none")
        names = [Phrase("place-part", place=one.name) for one in found[:5]]
        return Reply("place-all", count=len(found), places=names)

    @tool(effect="act", undo="_restore_place")
    async def forget_place(self, ctx: Context, place: PlaceNamed) -> Reply:
        """Forget a place with a name. place: the name."""
        found = await ctx.service(Places).named(place)
        await ctx.service(Places).remove(found.id)
        return Reply("place-forgotten", place=found.name, undo={"id": found.id})

    # ── taking back ─────────────────────────────────────────────────────────────────────────────────

    async def _cancel_again(self, ctx: Context, id: str) -> Reply:
        await ctx.service(Reminders).cancel(id)
        return Reply("reminder-gone")

    async def _restore(self, ctx: Context, id: str) -> Reply:
        found = await ctx.service(Reminders).restore(id)
        return Reply("reminder-back", reminder=_part(found, ctx))

    async def _unsave(
        self,
        ctx: Context,
        id: str,
        latitude: float | None = None,
        longitude: float = 0.0,
        radius: float = 0.0,
    ) -> Reply:
        service = ctx.service(Places)
        if latitude is None:
            return Reply("place-forgotten", place=(await service.remove(id)).name)
        return Reply("place-moved-back", place=(await service.move(id, latitude, longitude, radius)).name)

    async def _restore_place(self, ctx: Context, id: str) -> Reply:
        return Reply("place-back", place=(await ctx.service(Places).restore(id)).name)

    async def _there(self, ctx: Context, place: str, text: str, *, leaving: bool) -> Reply:
        if not text and not ctx.audio:
            return Reply("reminder-what", ask="text")
        text = _plain(text, ctx.language)
        try:
            made = await ctx.service(Reminders).there(place, text, leaving=leaving, taint=_taint(ctx))
        except NotFound:
            key = "reminder-no-place" if await ctx.service(Places).all() else "reminder-no-places"
            raise SkillError(f"no place {place!r}", phrase=key, place=place) from None
        assert made.place is not None
        inside = made.place.inside
        key = "reminder-at-place"
        if inside is not None and inside is not leaving:
            key = "reminder-at-place-now"
        elif not ctx.capabilities.location:
            key = "reminder-at-place-blind"
        values: dict[str, Any] = {"place": made.place.name, "leaving": "yes" if leaving else "no"} | _said(
            text
        )
        return Reply(key, scene=_scene(made, ctx), undo={"id": made.id}, source=_taint(ctx), **values)


def _moment(
    ctx: Context,
    at: time | None,
    day: date | None,
    part: str,
    repeat: str,
    duration: timedelta | None,
) -> datetime | None:
    """When; None: it must be asked."""
    if duration is not None:
        return (ctx.now + duration).replace(microsecond=0)
    if at is None and part:
        at = PARTS[part]
        if day is None and not repeat and datetime.combine(ctx.now.date(), at, ctx.zone) > ctx.now:
            day = ctx.now.date()
    if at is None and ((day is not None and day != ctx.now.date()) or repeat):
        at = PARTS["morning"]
    if at is None:
        return None
    if day is not None and day != ctx.now.date() and isinstance(at, HalfDay) and 1 <= at.hour < 7:
        at = time(at.hour + 12, at.minute)  # nobody is reminded "tomorrow at five" in the night
    if day is None and not repeat and isinstance(at, HalfDay):
        return min((first(ctx.now, half) for half in _awake(at)), default=None)
    try:
        return first(ctx.now, at, day, repeat)
    except SkillError as error:
        raise SkillError(error.detail, phrase="reminder-past") from None


def _awake(at: time) -> list[time]:
    """The readings of "at three" at which one is awake; both at six and at eleven."""
    both = (time(at.hour % 12, at.minute), time(at.hour % 12 + 12, at.minute))
    return [half for half in both if 6 <= half.hour <= 23]


def _meant(waiting: list[Reminder], ctx: Context, text: str, at: time | None, day: date | None) -> Reminder:
    """By time and day exactly, by words as nearly as one says them."""
    fitting = [one for one in waiting if (day is None or _on(one, ctx, day)) and _at(one, ctx, at)]
    if text:
        wanted = set(_words(text))
        scored = [(len(wanted & set(_words(one.text))) / len(wanted), one) for one in fitting if wanted]
        best = max((score for score, _ in scored), default=0.0)
        fitting = [one for score, one in scored if score == best] if best >= 0.5 else []
    if not fitting:
        raise SkillError("no such reminder", phrase="reminder-none-such")
    return fitting[0]


def _words(text: str) -> list[str]:
    """Words, or single characters where a language writes none apart."""
    folded = text.casefold()
    return folded.split() if " " in folded.strip() or folded.isascii() else [*folded.replace(" ", "")]


def _on(one: Reminder, ctx: Context, day: date) -> bool:
    return bool(one.due) and _due(one, ctx).date() == day


def _day(one: Reminder, ctx: Context) -> dict[str, date]:
    return {"day": _due(one, ctx).date()} if one.due else {}


def _at(one: Reminder, ctx: Context, at: time | None) -> bool:
    if at is None:
        return True
    due = _due(one, ctx)
    same_half = isinstance(at, HalfDay) and (due.hour - at.hour) % 12 == 0
    return bool(one.due) and due.minute == at.minute and (due.hour == at.hour or same_half)


def _due(one: Reminder, ctx: Context) -> datetime:
    return datetime.fromtimestamp(one.due, ctx.zone)


def _taint(ctx: Context) -> Taint:
    found: Taint = getattr(ctx, "taint", frozenset())
    return found


def _all(found: list[Reminder]) -> Taint:
    return frozenset(source for one in found for source in one.taint)


def _plain(text: str, language: str) -> str:
    """German as one notes it: "den Müll" is "Müll", "die Katze zu füttern" is "die Katze füttern"."""
    if not language.startswith("de"):
        return text
    words = text.split()
    if len(words) > 1 and words[-2] == "zu":
        return " ".join((*words[:-2], words[-1]))
    if words and (found := _TO.fullmatch(words[-1])):
        return " ".join((*words[:-1], found[1] + found[2]))
    if len(words) == 2 and words[0] in {"den", "die", "das", "dem", "der"} and words[1][0].isupper():
        return words[1]
    return text


def _said(text: str) -> dict[str, Any]:
    return {"text": text or "none"}


def _part(one: Reminder, ctx: Context) -> Phrase:
    said = _said(one.text)
    if one.place is not None:
        leaving = "yes" if one.leaving else "no"
        return Phrase("reminder-part-place", place=one.place.name, leaving=leaving, **said)
    due = _due(one, ctx)
    if one.rule:
        return Phrase("reminder-part-again", time=due.time(), repeat=Recurrence(one.rule), **said)
    return Phrase("reminder-part", at=due, **said)


def _line(one: Reminder, ctx: Context) -> str:
    if one.place is not None:
        return f"{_shown(one.place, ctx)} · {one.text}"
    due = _due(one, ctx)
    when = f"{due:%H:%M}" if due.date() == ctx.now.date() else f"{short_date(due, ctx.language)} {due:%H:%M}"
    return f"{when} {one.text}".strip()


def _shown(place: Place, ctx: Context) -> str:
    return ctx.text(f"place-{place.name}") if place.name in {"home", "work"} else place.name


def _scene(one: Reminder, ctx: Context) -> Card:
    if one.place is not None:
        value = _shown(one.place, ctx)
    else:
        due = _due(one, ctx)
        value = (
            f"{due:%H:%M}" if due.date() == ctx.now.date() else f"{short_date(due, ctx.language)} {due:%H:%M}"
        )
    return Card(title=ctx.text("reminder-title"), value=value, lines=(one.text,), ttl=8.0)
