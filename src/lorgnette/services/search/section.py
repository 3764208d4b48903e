"""The section `search` of `lorgnette.toml`."""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta

from lorgnette.config import Section


class SearchSection(Section, frozen=True, kw_only=True):
    """Web search through a SearXNG, best your own. Its settings.yml must allow the format json."""

    url: Annotated[
        str,
        Meta(
            pattern=r"^(https?://[^?#\s]+)?$",
            extra={"words": "an address as http://127.0.0.1:8888"},
            description="Where it answers, without /search; empty: the web isn't searched.",
        ),
    ] = ""
    safe: Annotated[
        int,
        Meta(ge=0, le=2, description="What it leaves out: 0 nothing, 1 some, 2 whatever isn't for children."),
    ] = 1
    engines: Annotated[
        str,
        Meta(max_length=200, description="Engines that it asks, as wikipedia,duckduckgo; empty: its own."),
    ] = ""
    pages: Annotated[
        bool,
        Meta(description="Whether a page that was found may be fetched and read; its server learns of it."),
    ] = True

    def asked(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        """The search engine, once it is set."""
        if self.url:
            yield self.url, ("question",)
