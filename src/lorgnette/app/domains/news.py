"""The news."""

from typing import TYPE_CHECKING

from lorgnette.app.served import Served
from lorgnette.sdk.news import News
from lorgnette.services.news import NewsSection, NewsService

if TYPE_CHECKING:
    from lorgnette.app.hub import Hub


def news(hub: "Hub") -> Served:
    """The feeds are everybody's, what was read to somebody is theirs."""
    service = NewsService(hub.settings.section(NewsSection), hub.clock.steady)
    hub.privacy.estate.on_forgotten(lambda wearer, _what, _span: service.forget(wearer))
    return Served(bound={News: service.for_wearer})
