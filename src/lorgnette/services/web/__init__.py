"""The web as services ask it: servers that the settings name, and pages of strangers behind a guard."""

from lorgnette.services.web.client import Got, Refused, Unanswered, WebClient
from lorgnette.services.web.fetch import Forbidden, Page, Strangers
from lorgnette.services.web.kept import Kept

__all__ = ["Forbidden", "Got", "Kept", "Page", "Refused", "Strangers", "Unanswered", "WebClient"]
