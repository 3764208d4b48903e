"""What the wearer allowed, once and for all times, and how to take that back."""

from datetime import UTC, datetime
from difflib import SequenceMatcher

from lorgnette.sdk import (
    Card,
    Consent,
    Consents,
    Context,
    ListScene,
    PersonName,
    Phrase,
    Reply,
    Rule,
    Skill,
    SkillError,
    Source,
    tool,
)

ALOUD = 3
SHOWN = 8
LOOKED_AT = 200
ALIKE = 0.72
"""Of 1: so much must a name that was heard be like the one that is meant."""
RECENT_SECONDS = 300.0
""""Always" means what was allowed at most so long ago."""


class Allowing(Skill):
    """Says what was allowed, and keeps what needs no question any more."""

    name = "consents"

    @tool(effect="read")
    async def what_did_i_allow(self, ctx: Context) -> Reply:
        """Say what the wearer was asked to allow lately, and the answers."""
        log = [one for one in await ctx.service(Consents).log(LOOKED_AT) if one.answer != "open"]
        if not log:
            return Reply("consents-none")
        return Reply(
            "consents-log",
            first=_told(log[0], ctx),
            second=_told(log[1], ctx) if len(log) > 1 else "",
            third=_told(log[2], ctx) if len(log) > 2 else "",
            scene=ListScene(
                title=ctx.text("consents-title"),
                items=tuple(
                    ctx.text(f"consents-row-{one.answer}", question=one.question) for one in log[:SHOWN]
                ),
            ),
            source=frozenset[Source]().union(*(one.sources for one in log[:SHOWN])),
        )

    @tool(effect="read")
    async def list_rules(self, ctx: Context) -> Reply:
        """Say what is always allowed."""
        rules = await ctx.service(Consents).rules()
        if not rules:
            return Reply("consents-no-rules")
        names = [one.who or one.to for one in rules]
        return Reply(
            "consents-rules",
            count=len(rules),
            names=names[:ALOUD],
            more=max(0, len(rules) - ALOUD),
            scene=Card(title=ctx.text("consents-rules-title"), lines=tuple(names[:SHOWN])),
        )

    @tool(effect="act", undo="_forbid", offered=False)
    async def always_allow(self, ctx: Context, person: PersonName | None = None) -> Reply:
        """Ask no more before a message to somebody. person: who; empty: whoever was just allowed."""
        _not_for_others(ctx)
        found = _meant(await ctx.service(Consents).log(LOOKED_AT), person or "", ctx.now.timestamp())
        if found is None:
            raise SkillError(
                "nobody like that was allowed", phrase="consents-nobody", person=person or "none"
            )
        rule = await ctx.service(Consents).allow(found.tool, found.to, found.who)
        return Reply("consents-always", who=rule.who or rule.to, undo=rule.id)

    @tool(effect="act", undo="_allow_again", offered=False)
    async def ask_again(self, ctx: Context, person: PersonName | None = None) -> Reply:
        """Ask again before a message to somebody. person: who; empty: everybody."""
        _not_for_others(ctx)
        consents = ctx.service(Consents)
        rules = await consents.rules()
        if person:
            best = max(rules, key=lambda one: _alike(person, one.who), default=None)
            rules = [best] if best is not None and _alike(person, best.who) >= ALIKE else []
        if not rules:
            raise SkillError("no such rule", phrase="consents-no-rule", person=person or "none")
        for rule in rules:
            await consents.revoke(rule.id)
        again = [[rule.tool, rule.to, rule.who] for rule in rules]
        names = [rule.who or rule.to for rule in rules[:ALOUD]]
        return Reply("consents-revoked", names=names, undo={"again": again})

    async def _forbid(self, ctx: Context, id: str) -> Reply:
        rule = await ctx.service(Consents).revoke(id)
        return Reply("consents-revoked", names=[rule.who or rule.to])

    async def _allow_again(self, ctx: Context, again: list[list[str]]) -> Reply:
        rules: list[Rule] = [await ctx.service(Consents).allow(*one) for one in again]
        return Reply("consents-again", names=[rule.who or rule.to for rule in rules[:ALOUD]])


def _not_for_others(ctx: Context) -> None:
    """Not where somebody else may say it."""
    if ctx.shared or ctx.wearer.role == "guest":
        raise SkillError("not here", phrase="consents-not-here")


def _meant(log: list[Consent], person: str, now: float) -> Consent | None:
    """The last yes to that person, or the last one at all if it is fresh; what others were behind never is."""
    allowed = [one for one in log if one.answer in {"yes", "rule"} and one.to and not one.sources]
    if not person:
        return next((one for one in allowed if now - one.at < RECENT_SECONDS), None)
    best = max(allowed, key=lambda one: (round(_alike(person, one.who), 2), one.at), default=None)
    return best if best is not None and _alike(person, best.who) >= ALIKE else None


def _alike(said: str, name: str) -> float:
    said, name = said.casefold(), name.casefold()
    first = name.split(" ")[0]
    return max(SequenceMatcher(None, said, one).ratio() for one in (name, first))


def _told(one: Consent, ctx: Context) -> Phrase:
    at = datetime.fromtimestamp(one.at, UTC).astimezone(ctx.zone)
    return Phrase(f"consents-one-{one.answer}", question=one.question, at=at)
