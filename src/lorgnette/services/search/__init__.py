"""The web, searched through a SearXNG that the settings name, and its pages read."""

from lorgnette.services.search.section import SearchSection
from lorgnette.services.search.service import SearchService, WearerSearch

__all__ = ["SearchSection", "SearchService", "WearerSearch"]
