"""The news: feeds that the settings name, read seldom and kept for a while."""

from lorgnette.services.news.section import NewsSection
from lorgnette.services.news.service import NewsService, WearerNews

__all__ = ["NewsSection", "NewsService", "WearerNews"]
