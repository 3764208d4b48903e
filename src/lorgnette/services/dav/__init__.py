"""CalDAV and CardDAV: one client for calendars and address books."""

from lorgnette.services.dav.account import Account, checked
from lorgnette.services.dav.client import Collection, DavClient, Kind, Resource
from lorgnette.services.dav.following import follow

__all__ = ["Account", "Collection", "DavClient", "Kind", "Resource", "checked", "follow"]
