"""The headlines of the wearer's feeds."""

from collections.abc import Sequence

from lorgnette.sdk import (
    Context,
    FreeText,
    ListScene,
    Ordinal,
    Phrase,
    Reply,
    Skill,
    SkillError,
    Source,
    tool,
)
from lorgnette.sdk.news import Headline, News
from lorgnette.sdk.reply import Choice

FIRST = Ordinal(1)
ALOUD = 3
SHOWN = 6
TOLD = 10


class Reading(Skill):
    """Reads the news."""

    name = "news"

    @tool(effect="query")
    async def headlines(self, ctx: Context, topic: FreeText = "") -> Reply:
        """Read the headlines. topic: words that they must have; empty: all."""
        found = await ctx.service(News).headlines(ctx.language, topic)
        if not found:
            raise SkillError("no headlines", phrase="news-none-about" if topic else "news-none", topic=topic)
        first = found[:ALOUD]
        scene = ListScene(items=tuple(one.title for one in found[:SHOWN]), ttl=20.0)
        return Reply(
            "news-titles",
            titles=[Phrase("news-title", title=one.title) for one in first],
            count=len(first),
            scene=scene,
            choices=[
                Choice({"which": at}, tool="read_headline", label=one.title)
                for at, one in enumerate(found[:SHOWN], 1)
            ],
            source=_sources(found[:TOLD]),
            told="\n".join(f"{at}. {_line(one)}" for at, one in enumerate(found[:TOLD], 1)),
        )

    @tool(effect="query")
    async def read_headline(self, ctx: Context, which: Ordinal = FIRST) -> Reply:
        """Read more of a headline. which: its place among those that were read."""
        news = ctx.service(News)
        found = await news.last() or await news.headlines(ctx.language)
        at = which - 1 if which > 0 else len(found) + which
        if not 0 <= at < len(found):
            raise SkillError(f"no headline {which}", phrase="news-no-such", count=len(found))
        one = found[at]
        scene = ListScene(title=one.by[:60], items=(one.title,), ttl=20.0)
        key = "news-more" if one.summary else "news-only-title"
        source = _sources([one])
        return Reply(
            key, title=_closed(one.title), summary=_closed(one.summary), by=one.by, scene=scene, source=source
        )


def _line(one: Headline) -> str:
    return f"{one.title} ({one.by}): {one.summary}"


def _closed(text: str) -> str:
    text = text.removesuffix(" …").rstrip(" ,;:")
    return text if text[-1:] in ".!?。！？…" else f"{text}."


def _sources(found: Sequence[Headline]) -> frozenset[Source]:
    return frozenset(Source("page", one.host[:60]) for one in found)
