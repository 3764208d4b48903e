"""The web as a skill sees it: what a search finds, and the words of a page."""

from collections.abc import Sequence
from typing import Protocol
from urllib.parse import urlsplit

import msgspec


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A page that was found. Title and snippet are its words, plain and short."""

    title: str
    url: str
    snippet: str = ""

    @property
    def host(self) -> str:
        """Whose words these are."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a search gave. `answer`: in a sentence or two, of which `by` is the source; empty: none."""

    query: str
    answer: str = ""
    by: str = ""
    hits: Sequence[Hit] = ()


class WebPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page's words, without what surrounds them."""

    title: str
    host: str
    text: str


class WebSearch(Protocol):
    """Bound to one wearer."""

    async def search(self, query: str, language: str) -> Found:
        """Ask the search engine; the wearer's words go there. `SkillError` where none is set up."""
        ...

    async def last(self) -> Found | None:
        """What they searched for in the last minutes."""
        ...

    async def read(self, url: str) -> WebPage:
        """Fetch a page from the internet, never one at home."""
        ...
