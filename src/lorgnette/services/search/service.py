"""Searches of all wearers: each remembers their own last one for a while, in memory only."""

import asyncio
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from lorgnette.core.errors import SkillError
from lorgnette.sdk.search import Found, WebPage
from lorgnette.services.search import searxng
from lorgnette.services.search.reading import LONGEST, words_of
from lorgnette.services.search.section import SearchSection
from lorgnette.services.web import Kept, Page, Refused, Strangers, Unanswered, WebClient

FRESH: Final = 600.0
MOST: Final = 2000
LONGEST_QUERY: Final = 300
PAGE_BYTES: Final = 1_500_000
_READABLE: Final = frozenset({"text/html", "application/xhtml+xml", "text/plain", ""})


class SearchService:
    """One for the hub. `strangers`: who fetches pages."""

    def __init__(
        self, section: SearchSection, steady: Callable[[], float], strangers: Strangers | None = None
    ) -> None:
        self.section = section
        self._client = WebClient(what="question")
        self._strangers = strangers or Strangers(what="question", longest=PAGE_BYTES)
        self._last: Kept[str, Found] = Kept(FRESH, MOST, steady)

    def for_wearer(self, wearer: str) -> "WearerSearch":
        """What skills of this wearer get as `sdk.WebSearch`."""
        return WearerSearch(self, wearer)

    def forget(self, wearer: str) -> None:
        """What they searched for is known to nobody any more."""
        self._last.drop(wearer)

    async def search(self, wearer: str, query: str, language: str) -> Found:
        """See `sdk.WebSearch`."""
        if not self.section.url:
            raise SkillError("search.url is empty", phrase="search-off")
        query = " ".join(query.split())[:LONGEST_QUERY]
        asked = searxng.query(query, language, self.section.safe, self.section.engines)
        base = self.section.url.rstrip("/").removesuffix(searxng.SEARCH)
        got = await self._client.get(base + searxng.SEARCH, asked)
        return self._last.put(wearer, searxng.found(query, got.json(searxng.Results)))

    def last(self, wearer: str) -> Found | None:
        """See `sdk.WebSearch`."""
        return self._last.get(wearer)

    async def read(self, url: str) -> WebPage:
        """See `sdk.WebSearch`."""
        if not self.section.pages:
            raise SkillError("search.pages is false", phrase="search-pages-off")
        host = urlsplit(url).hostname or ""
        try:
            page = await self._strangers.get(url, headers={"accept": "text/html, text/plain;q=0.8"})
        except (Unanswered, Refused) as error:
            raise SkillError(error.detail, phrase="search-page-silent", host=host) from error
        if page.type not in _READABLE:
            raise SkillError(f"{page.host} sent {page.type}", phrase="search-unreadable", host=page.host)
        title, text = await asyncio.to_thread(_words, page)
        if not text:
            raise SkillError(f"{page.host} has no words", phrase="search-unreadable", host=page.host)
        return WebPage(title=title, host=page.host.removeprefix("www."), text=text)

    async def close(self) -> None:
        """Drop the connections."""
        await self._client.aclose()


class WearerSearch:
    """Implements `sdk.WebSearch`."""

    def __init__(self, service: SearchService, wearer: str) -> None:
        self._service = service
        self._wearer = wearer

    async def search(self, query: str, language: str) -> Found:
        return await self._service.search(self._wearer, query, language)

    async def last(self) -> Found | None:
        return self._service.last(self._wearer)

    async def read(self, url: str) -> WebPage:
        return await self._service.read(url)


def _words(page: Page) -> tuple[str, str]:
    told = page.headers.get("content-type", "").lower()
    named = told.partition("charset=")[2].split(";")[0].strip("\"' ")
    try:
        body = page.body.decode(named or "utf-8", "replace")
    except LookupError:
        body = page.body.decode("utf-8", "replace")
    if page.type == "text/plain":
        return "", searxng.plain(body, LONGEST)
    try:
        return words_of(body)
    except (ValueError, AssertionError, RecursionError) as error:  # what html.parser says of the worst
        raise Unanswered(f"{page.host} can't be read: {error}") from None
