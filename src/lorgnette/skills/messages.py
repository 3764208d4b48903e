"""Messages: what came in is read out, and what the wearer writes goes out after a yes."""

import re
from collections.abc import Sequence

from lorgnette.sdk import (
    Card,
    Context,
    FreeText,
    ListScene,
    Messages,
    Offer,
    PersonName,
    Phrase,
    Received,
    Recipient,
    Reply,
    Skill,
    SkillError,
    Source,
    Taint,
    tool,
)

HAN = re.compile(r"[\u3400-\u9fff]")
NAME = 4
"""Characters of a Chinese name, at most."""
STOPS = (".", "!", "?", "…", "。", "！", "？")
ALOUD = 3
"""Read out at once."""
LONGEST = 280
"""Characters of one that are read out."""


class Correspondence(Skill):
    """Reads what came in, and writes to people."""

    name = "messages"

    @tool(effect="read")
    async def read_messages(self, ctx: Context, who: PersonName | None = None) -> Reply:
        """Read new messages and notifications. who: only what this person or application sent."""
        messages = ctx.service(Messages)
        new = await messages.received(sender=who or "", unread=True, limit=50)
        if not new:
            last = await messages.received(sender=who or "", limit=1)
            if not last:
                return _none(who)
            return Reply(
                "messages-old",
                message=_part(last[0]),
                at=ctx.now.fromtimestamp(last[0].at, ctx.zone),
                scene=_card(last[0]),
                source=_taint(last),
                facts={"new": False},
            )
        aloud = new[:ALOUD]
        await messages.mark(one.id for one in aloud)
        scene = _card(aloud[0]) if len(new) == 1 else _list(ctx, new)
        parts = [_part(one) for one in aloud]
        key = "messages-new" if len(new) <= ALOUD else "messages-many"
        return Reply(
            key, count=len(new), parts=parts, scene=scene, source=_taint(new[:8]), facts={"new": True}
        )

    @tool(effect="read")
    async def last_message(self, ctx: Context) -> Reply:
        """Read once more what came in last."""
        last = await ctx.service(Messages).received(limit=1)
        if not last:
            return _none(None)
        await ctx.service(Messages).mark([last[0].id])
        return Reply("message-last", message=_part(last[0]), scene=_card(last[0]), source=_taint(last))

    @tool(effect="reach_out", preview="offer_message")
    async def send_message(
        self, ctx: Context, who: PersonName, text: FreeText = "", address: str = ""
    ) -> Reply:
        """Write somebody a message. who: their name; text: what to write, in the wearer's words."""
        to = Recipient(name=who, address=address)
        await ctx.service(Messages).send(to, text, ctx.key)
        return Reply("message-sent", who=to.name)

    async def offer_message(
        self, ctx: Context, who: PersonName, text: FreeText = "", address: str = ""
    ) -> Offer | Reply:
        """Who it is, by which address, and what exactly goes there. An address that a model names isn't used."""
        messages = ctx.service(Messages)
        name, text = await _told_apart(messages, who, text)
        to = _one(await messages.recipients(name), name)
        if not text:
            return Reply("message-what", who=to.name, ask="text", source=_named([to]))
        return _offer(to, text)

    @tool(effect="reach_out", preview="offer_answer")
    async def answer_message(
        self, ctx: Context, text: FreeText = "", who: str = "", address: str = ""
    ) -> Reply:
        """Answer the message that was read last. text: what to write, in the wearer's words."""
        return await self.send_message(ctx, PersonName(who), text, address)

    async def offer_answer(
        self, ctx: Context, text: FreeText = "", who: str = "", address: str = ""
    ) -> Offer | Reply:
        """To whoever wrote what was read last."""
        messages = ctx.service(Messages)
        seen = [one for one in await messages.received(kind="message") if one.address]
        if not seen:
            raise SkillError("nothing to answer", phrase="message-nothing-to-answer")
        last = next((one for one in seen if one.read), seen[0])
        found = await messages.recipients(last.sender)
        known = any(one.known and one.address == last.address for one in found)
        to = Recipient(name=last.sender, address=last.address, known=known)
        if not text:
            return Reply("message-what", who=to.name, ask="text", source=_named([to]))
        return _offer(to, text)


def _offer(to: Recipient, text: str) -> Offer:
    order = {"who": to.name, "text": text, "address": to.address}
    place = to.address.partition(":")[2]
    if to.known or place.startswith("!"):  # a room's address tells an ear nothing
        return Offer("message-ask", order=order, to=to.address, who=to.name, text=text)
    return Offer("message-ask-at", order=order, to=to.address, who=to.name, text=text, place=place)


async def _told_apart(messages: Messages, who: str, text: str) -> tuple[str, str]:
    """Name and text where nothing stands between them, as in Chinese: the longest name that is known."""
    if not (HAN.match(who) and HAN.match(text)):
        return who, text
    joined = who + text
    for end in range(min(NAME, len(joined) - 1), 0, -1):
        name = joined[:end]
        if any(name in one.name for one in await messages.recipients(name)):
            return name, joined[end:]
    return who, text


def _one(found: Sequence[Recipient], who: str) -> Recipient:
    if not found:
        raise SkillError(f"nobody called {who!r}", phrase="error-message-nobody", who=who)
    exact = [one for one in found if one.name.casefold() == who.casefold()]
    if len(exact) == 1 or len(found) == 1:
        return (exact or found)[0]
    names = [one.name for one in found[:ALOUD]]
    theirs = next(iter(_named(found[:ALOUD])), None)
    raise SkillError(
        f"{who!r} may be one of several", phrase="error-message-which", names=names, source=theirs
    )


def _named(found: Sequence[Recipient]) -> Taint:
    """What somebody calls themselves is their own words."""
    return frozenset(Source("message", one.name[:60]) for one in found if not one.known)


def _none(who: str | None) -> Reply:
    key = "messages-none-from" if who else "messages-none"
    return Reply(key, who=who or "", facts={"new": False})


def _from(one: Received) -> str:
    return one.sender or one.channel


def _words(one: Received) -> str:
    """What it says, short enough for an ear."""
    text = ": ".join(part for part in (one.title, " ".join(one.text.split())) if part)
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rpartition(" ")[0] + " …"


def _part(one: Received) -> Phrase:
    text = _words(one)
    key = "message-part-whole" if text.endswith(STOPS) else "message-part" if text else "message-part-bare"
    return Phrase(key, who=_from(one), text=text)


def _taint(messages: Sequence[Received]) -> Taint:
    return frozenset(Source(one.kind, _from(one)[:60]) for one in messages)


def _card(one: Received) -> Card:
    return Card(title=_from(one)[:60], lines=(_words(one)[:200],), ttl=15.0)


def _list(ctx: Context, messages: Sequence[Received]) -> ListScene:
    items = tuple(f"{_from(one)[:40]}: {_words(one)[:80]}" for one in messages[:6])
    return ListScene(title=ctx.text("messages-title"), items=items, ttl=20.0)
