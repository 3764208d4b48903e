"""The feeds of all wearers: each is fetched at most every few minutes, and only again if it has changed."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Final
from urllib.parse import urlsplit

from lorgnette.core.errors import LorgnetteError, SkillError
from lorgnette.sdk.news import Headline
from lorgnette.services.news import feed
from lorgnette.services.news.section import NewsSection
from lorgnette.services.notes.folding import fold
from lorgnette.services.web import Kept, Strangers, Unanswered

log = logging.getLogger(__name__)

SIDE_BY_SIDE: Final = 4
AGAIN: Final = 60.0
"""Seconds for which a feed that failed isn't asked again."""
TOLD: Final = 600.0
MOST_WEARERS: Final = 2000
MOST: Final = 30
_ACCEPT: Final = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.1"


@dataclass(slots=True)
class _Feed:
    """What is known of one. `until`: when it may be asked again (steady clock)."""

    headlines: Sequence[Headline] = ()
    until: float = float("-inf")
    etag: str = ""
    modified: str = ""
    known: bool = False


class NewsService:
    """One for the hub. `strangers` fetches: a feed may be at home, what it redirects to may not."""

    def __init__(
        self, section: NewsSection, steady: Callable[[], float], strangers: Strangers | None = None
    ) -> None:
        self.section = section
        self._steady = steady
        every = [*section.en, *section.de, *section.zh]
        trusted = frozenset(urlsplit(address).hostname or "" for address in every)
        self._strangers = strangers or Strangers(what="inquiry", longest=feed.LONGEST, trusted=trusted)
        self._feeds: dict[str, _Feed] = {address: _Feed() for address in every}
        self._locks: dict[str, asyncio.Lock] = {address: asyncio.Lock() for address in every}
        self._gate = asyncio.Semaphore(SIDE_BY_SIDE)
        self._told: Kept[str, Sequence[Headline]] = Kept(TOLD, MOST_WEARERS, steady)

    def for_wearer(self, wearer: str) -> "WearerNews":
        """What skills of this wearer get as `sdk.News`."""
        return WearerNews(self, wearer)

    def forget(self, wearer: str) -> None:
        """What they were told is known to nobody any more."""
        self._told.drop(wearer)

    async def headlines(self, wearer: str, language: str, topic: str = "") -> Sequence[Headline]:
        """See `sdk.News`."""
        addresses = self.section.feeds(language)
        if not addresses:
            raise SkillError(f"no feeds for {language}", phrase="news-off")
        results = await asyncio.gather(*(self._fresh(one) for one in addresses), return_exceptions=True)
        lists: list[Sequence[Headline]] = []
        failed: LorgnetteError | None = None
        for result in results:
            if isinstance(result, LorgnetteError):
                failed = result
                log.info("a feed: %s", result.detail)
            elif isinstance(result, BaseException):
                raise result
            else:
                lists.append(result)
        if not lists and failed is not None:
            raise failed
        found = _about(_merged(lists), topic)[:MOST]
        return self._told.put(wearer, found)

    def last(self, wearer: str) -> Sequence[Headline]:
        """See `sdk.News`."""
        return self._told.get(wearer) or ()

    async def _fresh(self, address: str) -> Sequence[Headline]:
        known = self._feeds[address]
        async with self._locks[address]:
            if self._steady() < known.until:
                if not known.known:
                    raise Unanswered("a feed failed a moment ago")
                return known.headlines
            async with self._gate:
                try:
                    await self._fetch(address, known)
                except LorgnetteError:
                    known.until = self._steady() + AGAIN
                    if not known.known:
                        raise
        return known.headlines

    async def _fetch(self, address: str, known: _Feed) -> None:
        headers = {"accept": _ACCEPT}
        if known.etag:
            headers["if-none-match"] = known.etag
        if known.modified:
            headers["if-modified-since"] = known.modified
        page = await self._strangers.get(address, headers=headers, accept=frozenset({200, 304}))
        if page.status != 304:
            known.headlines = await asyncio.to_thread(feed.read, page)
            known.etag = page.headers.get("etag", "")[:200]
            known.modified = page.headers.get("last-modified", "")[:100]
        known.known = True
        known.until = self._steady() + self.section.minutes * 60


class WearerNews:
    """Implements `sdk.News`."""

    def __init__(self, service: NewsService, wearer: str) -> None:
        self._service = service
        self._wearer = wearer

    async def headlines(self, language: str, topic: str = "") -> Sequence[Headline]:
        return await self._service.headlines(self._wearer, language, topic)

    async def last(self) -> Sequence[Headline]:
        return self._service.last(self._wearer)


def _merged(lists: Sequence[Sequence[Headline]]) -> list[Headline]:
    """By turns from each feed, so that the one that writes most isn't all; each title once."""
    found: dict[str, Headline] = {}
    for one in chain.from_iterable(zip_longest(*lists)):
        if one is not None:
            found.setdefault(fold(one.title), one)
    return list(found.values())


def _about(headlines: list[Headline], topic: str) -> list[Headline]:
    words = fold(topic).split()
    if not words:
        return headlines
    return [
        one for one in headlines if all(word in fold(f"{one.title} {one.summary} {one.by}") for word in words)
    ]
