"""Web search."""

from typing import TYPE_CHECKING

from lorgnette.app.served import Served
from lorgnette.sdk.search import WebSearch
from lorgnette.services.search import SearchSection, SearchService

if TYPE_CHECKING:
    from lorgnette.app.hub import Hub


def search(hub: "Hub") -> Served:
    """Each wearer's own."""
    service = SearchService(hub.settings.section(SearchSection), hub.clock.steady)
    hub.privacy.estate.on_forgotten(lambda wearer, _what, _span: service.forget(wearer))
    return Served(bound={WebSearch: service.for_wearer}, close=service.close)
