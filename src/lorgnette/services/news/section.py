"""The section `news` of `lorgnette.toml`."""

from collections.abc import Iterable
from typing import Annotated, Final
from urllib.parse import urlsplit

from msgspec import Meta

from lorgnette.config import Section

MOST: Final = 20


class NewsSection(Section, frozen=True, kw_only=True):
    """Headlines from feeds (RSS, Atom), as addresses that begin with https://. None is set by itself."""

    en: Annotated[tuple[str, ...], Meta(max_length=MOST, description="Feeds in English.")] = ()
    de: Annotated[tuple[str, ...], Meta(max_length=MOST, description="Feeds in German.")] = ()
    zh: Annotated[tuple[str, ...], Meta(max_length=MOST, description="Feeds in Chinese.")] = ()
    minutes: Annotated[
        float, Meta(ge=5, le=1440, description="Minutes in which a feed isn't asked for again.")
    ] = 15.0

    def __post_init__(self) -> None:
        for address in (*self.en, *self.de, *self.zh):
            try:
                parts = urlsplit(address)
                good = parts.scheme in {"http", "https"} and bool(parts.hostname)
            except ValueError:
                good = False
            if not good:
                raise ValueError(f"{address!r} is no address of a feed, as https://example.org/news.xml")

    def feeds(self, language: str) -> tuple[str, ...]:
        """Those in a language."""
        return {"en": self.en, "de": self.de, "zh": self.zh}.get(language, ())

    def asked(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        """Every feed's server; they learn nothing but that they are read."""
        for address in dict.fromkeys((*self.en, *self.de, *self.zh)):
            yield address, ("inquiry",)
