"""The web: asked, and its pages read."""

from collections.abc import Sequence

from lorgnette.sdk import Context, FreeText, ListScene, Ordinal, Reply, Skill, SkillError, Source, tool
from lorgnette.sdk.search import Found, Hit, WebSearch

FIRST = Ordinal(1)
SHOWN = 3
TOLD = 5
"""Pages of which a model is told."""
ALOUD = 600
"""Characters of a page that are read in one go."""


class Searching(Skill):
    """Searches the web."""

    name = "search"

    @tool(effect="query")
    async def web_search(self, ctx: Context, query: FreeText = "") -> Reply:
        """Search the web. query: the words to search for."""
        if not query:
            return Reply("search-what", ask="query")
        found = await ctx.service(WebSearch).search(query, ctx.language)
        if not found.answer and not found.hits:
            raise SkillError("nothing found", phrase="search-nothing", query=query)
        scene = ListScene(title=query[:60], items=tuple(hit.title for hit in found.hits[:SHOWN]), ttl=20.0)
        key = "search-found" if found.by else "search-answer"
        return Reply(
            key,
            text=_closed(found.answer),
            by=found.by,
            scene=scene if scene.items else None,
            source=_sources(found),
            told=_told(found),
        )

    @tool(effect="query")
    async def read_result(self, ctx: Context, which: Ordinal = FIRST) -> Reply:
        """Read a page that the last search found. which: its place among the results."""
        search = ctx.service(WebSearch)
        found = await search.last()
        if found is None or not found.hits:
            raise SkillError("no search yet", phrase="search-first")
        hit = _at(found.hits, which)
        if hit is None:
            raise SkillError(f"no result {which}", phrase="search-no-such", count=len(found.hits))
        page = await search.read(hit.url)
        text = page.text.replace("\n", " ")
        aloud = text if len(text) <= ALOUD else text[:ALOUD].rpartition(" ")[0] or text[:ALOUD]
        return Reply(
            "page-read",
            title=page.title or hit.title,
            host=page.host,
            text=_closed(aloud),
            source=Source("page", page.host[:60]),
            told=f"{page.title} ({page.host}):\n{page.text}",
        )


def _at(hits: Sequence[Hit], which: int) -> Hit | None:
    at = which - 1 if which > 0 else len(hits) + which
    return hits[at] if 0 <= at < len(hits) else None


def _closed(text: str) -> str:
    """A sentence that was cut off is none; it ends anyhow."""
    text = text.removesuffix(" …").rstrip(" ,;:")
    return text if text[-1:] in ".!?。！？" else f"{text}…"


def _sources(found: Found) -> frozenset[Source]:
    names = {hit.host for hit in found.hits[:TOLD]} | {found.by}
    return frozenset(Source("page", name[:60]) for name in names if name) or frozenset({Source("page")})


def _told(found: Found) -> str:
    lines = [f"{found.answer} ({found.by or 'search engine'})"] if found.answer else []
    lines += [f"{at}. {hit.title} ({hit.host}): {hit.snippet}" for at, hit in enumerate(found.hits[:TOLD], 1)]
    return "\n".join(lines)
