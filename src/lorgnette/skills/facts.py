"""What one wants remembered: told, asked for, corrected, forgotten; and where the car stands."""

import math
from datetime import timedelta
from typing import Annotated, Any

from lorgnette.sdk import (
    Card,
    Context,
    Fact,
    Facts,
    FreeText,
    ListScene,
    NotFound,
    OneOf,
    Phrase,
    Recalled,
    Remembered,
    Reply,
    Skill,
    SkillError,
    Source,
    tool,
)
from lorgnette.sdk.places import Places

ALOUD = 3
SHOWN = 200
"""Characters of a fact that are shown."""
NEAR_M = 30.0
"""Nearer than a position is exact."""
EARTH_M = 6_371_000.0

VALUE = {
    "en": r"(?=.*\d).+|(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)[ -]?)+"
    r"|(?:in|on|at|under|behind|beside|next to|near|inside) .+",
    "de": r"(?=.*\d).+|(?:(?:null|eins|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun)[ -]?)+"
    r"|(?:in|im|auf|am|an|unter|hinter|neben|bei|beim) .+",
    "zh": r"(?=.*\d).+|[零〇一二三四五六七八九幺]+|在.+",
}
"""What a short "no, it's …" may be followed by; anything else isn't about memory."""

KEPT = {
    "en": r"(?:.* )?(?:codes?|pins?|passwords?|passcode|combination|wifi|locker|seat|number plate|licen[cs]e plate"
    r"|(?:shoe|ring|shirt|dress|hat|clothes) size|blood (?:type|group)|allerg(?:y|ies)|anniversary|nickname"
    r"|(?:wife|husband|partner|son|daughter|mother|mum|mom|father|dad|brother|sister|boss|dog|cat|doctor|dentist)"
    r"s name|favou?rite .+)",
    "de": r"(?:.* )?(?:.*code|.*pin|.*passwort|.*kennwort|geheimzahl|.*kombination|wlan|spind|sitzplatz|kennzeichen"
    r"|autokennzeichen|(?:schuh|ring|kleider|konfektions)größe|blutgruppe|.*allergien?|hochzeitstag|spitzname"
    r"|lieblings.+)",
    "zh": r".*(?:密码|口令|储物柜|座位|车牌|车牌号|鞋码|尺码|血型|过敏|纪念日|外号|最喜欢的.+)",
}
"""Of what somebody asks as "what's my …", these are what one has remembered; of the rest others know more."""

Value = Annotated[str, OneOf({}, open=VALUE)]
Kept = Annotated[str, OneOf({}, open=KEPT)]


class FactKeeping(Skill):
    """Remembers what it is told, and finds it again."""

    name = "facts"

    @tool(effect="act", undo="_take_back")
    async def remember(self, ctx: Context, text: FreeText = "") -> Reply:
        """Remember a fact about the wearer, for as long as they want. text: the fact, in their words."""
        if not text.strip():
            return Reply("memory-what", ask="text")
        kept = await ctx.service(Facts).remember(text, ctx.language, taint=ctx.taint)
        return _kept(kept, ctx)

    @tool(effect="act", undo="_take_back")
    async def correct_fact(self, ctx: Context, value: Value) -> Reply:
        """Correct the fact that was remembered or recalled last. value: what is right."""
        return _kept(await ctx.service(Facts).correct(value, taint=ctx.taint), ctx)

    @tool(effect="read")
    async def recall(self, ctx: Context, about: FreeText, where: bool = False) -> Reply:
        """Find what the wearer asked to be remembered. about: what it is about; where: a place is asked for."""
        # a text of others may ask for a code in the wearer's name
        found = await ctx.service(Facts).recall(about, ctx.language, where=where, private=not ctx.taint)
        if not found:
            raise SkillError("nothing like it is remembered", phrase="memory-unknown", about=about)
        return _told(found, ctx)

    @tool(effect="read", offered=False)
    async def recall_where(self, ctx: Context, about: FreeText) -> Reply:
        """Say where something is. about: what is looked for."""
        return await self.recall(ctx, about, where=True)

    @tool(effect="read", offered=False)
    async def recall_mine(self, ctx: Context, about: Kept) -> Reply:
        """Say a code, a size, what one likes best. about: what is asked for."""
        return await self.recall(ctx, about)

    @tool(effect="act", undo="_restore")
    async def forget_fact(self, ctx: Context, about: FreeText) -> Reply:
        """Forget a fact that was remembered. about: what it is about."""
        facts = ctx.service(Facts)
        found = await facts.recall(about, ctx.language)
        sure = [one.fact for one in found if not one.near]
        if not sure:
            raise SkillError("nothing like it is remembered", phrase="memory-forget-none", about=about)
        if len(sure) > 1 and len(sure) == len(found):
            return Reply("memory-forget-which", said=[_part(fact) for fact in sure], ask="about")
        gone = await facts.forget(sure[0].id)
        return Reply("fact-forgotten", fact=_part(gone), source=_source([gone]), undo=gone.id)

    @tool(effect="act", undo="_take_back")
    async def park_here(self, ctx: Context, spot: FreeText = "") -> Reply:
        """Remember where the car or bicycle is parked: here. spot: what the wearer says of the place."""
        place = await _here(ctx)
        if place is None and not spot:
            return Reply("park-where", ask="spot")
        fact = await ctx.service(Facts).park(spot, ctx.language, place)
        key = "parked-at" if fact.text else "parked-here"
        return Reply(key, spot=fact.text, scene=Card(lines=(_shown(fact, ctx),), ttl=8.0), undo=fact.id)

    @tool(effect="read")
    async def where_parked(self, ctx: Context) -> Reply:
        """Say where the car or bicycle is parked."""
        fact = await ctx.service(Facts).parked()
        if fact is None:
            raise SkillError("nothing is parked", phrase="parked-nowhere")
        ago = timedelta(seconds=max(60, round((ctx.now.timestamp() - fact.created) / 60) * 60))
        way = await _way(fact, ctx)
        values: dict[str, Any] = {"spot": fact.text, "ago": ago}
        if way is None:
            key = "parked-spot" if fact.text else "parked-ago"
            return Reply(key, **values, scene=Card(lines=(_shown(fact, ctx),), ttl=12.0))
        metres, bearing = way
        if metres < NEAR_M:
            return Reply("parked-close", **values, has="yes" if fact.text else "no")
        towards = Phrase(_wind(bearing))
        shown = ctx.text("parked-way-shown", metres=_round(metres), towards=towards)
        scene = Card(value=shown, lines=(_shown(fact, ctx),), ttl=20.0)
        key = "parked-way-spot" if fact.text else "parked-way"
        return Reply(key, **values, metres=_round(metres), towards=towards, scene=scene)

    async def _take_back(self, ctx: Context, id: str) -> Reply:
        await ctx.service(Facts).take_back(id)
        return Reply("fact-taken-back")

    async def _restore(self, ctx: Context, id: str) -> Reply:
        fact = await ctx.service(Facts).restore(id)
        return Reply("fact-restored", fact=_part(fact), source=_source([fact]))


def _kept(kept: Remembered, ctx: Context) -> Reply:
    fact = kept.fact
    scene = Card(lines=(_shown(fact, ctx),), ttl=8.0)
    taint = _source([fact])
    if kept.how == "known":
        return Reply("fact-known", fact=_part(fact), source=taint)
    if kept.how == "replaced" and kept.former is not None:
        key = "fact-replaced"
        return Reply(
            key, fact=_part(fact), former=_part(kept.former), source=taint, scene=scene, undo=fact.id
        )
    return Reply("fact-kept", fact=_part(fact), source=taint, scene=scene, undo=fact.id)


def _told(found: list[Recalled], ctx: Context) -> Reply:
    """The best answers; at most three aloud."""
    facts = [one.fact for one in found[:ALOUD]]
    scene = ListScene(items=tuple(_shown(fact, ctx) for fact in facts), ttl=12.0)
    key = "fact-near" if found[0].near else "fact-told" if len(facts) == 1 else "facts-told"
    who = sorted({source.name for fact in facts for source in fact.taint if source.name})
    if facts[0].taint:
        key = "fact-from"
    told = facts[:1] if key != "facts-told" else facts
    return Reply(
        key,
        said=[_part(fact) for fact in told],
        who=", ".join(who) or Phrase("somebody"),
        source=_source(told),
        scene=scene,
    )


def _source(facts: list[Fact]) -> frozenset[Source]:
    """Others' words stay others' words; from here on they come from memory."""
    return frozenset(Source("memory", one.name or one.kind) for fact in facts for one in fact.taint)


def _part(fact: Fact) -> Phrase:
    return Phrase("fact-words", text=fact.text)


def _shown(fact: Fact, ctx: Context) -> str:
    return fact.text[:SHOWN] or ctx.text("parked-mark")


async def _here(ctx: Context) -> tuple[float, float] | None:
    """Where the wearer is; None where no device says it."""
    try:
        here = await ctx.service(Places).here()
    except (NotFound, SkillError):
        return None
    return here.latitude, here.longitude


async def _way(fact: Fact, ctx: Context) -> tuple[float, float] | None:
    """Metres and degrees from north, as the crow flies; None where either end is unknown."""
    here = await _here(ctx)
    if here is None or fact.place is None:
        return None
    (lat, lon), (lat2, lon2) = (tuple(map(math.radians, at)) for at in (here, fact.place))
    east = (lon2 - lon + math.pi) % (2 * math.pi) - math.pi
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin(east / 2) ** 2
    bearing = math.atan2(
        math.sin(east) * math.cos(lat2),
        math.cos(lat) * math.sin(lat2) - math.sin(lat) * math.cos(lat2) * math.cos(east),
    )
    return 2 * EARTH_M * math.asin(min(1.0, math.sqrt(half))), math.degrees(bearing) % 360


def _round(metres: float) -> int:
    """As one would say it: tens, then hundreds."""
    step = 10 if metres < 1000 else 100
    return int(round(metres / step) * step)


def _wind(bearing: float) -> str:
    names = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
    return f"wind-{names[round(bearing / 45) % 8]}"
