"""Privacy: what is kept of whom and for how long, what went out, taking it along, forgetting it."""

from lorgnette.services.privacy.bundle import CHUNK, Bundle
from lorgnette.services.privacy.estate import ALL, Estate, Kept
from lorgnette.services.privacy.keeping import Keeping
from lorgnette.services.privacy.outgoing import Entry, OutgoingLog, Total
from lorgnette.services.privacy.service import PrivacyService
from lorgnette.services.privacy.tables import DOMAIN

__all__ = [
    "ALL",
    "CHUNK",
    "DOMAIN",
    "Bundle",
    "Entry",
    "Estate",
    "Keeping",
    "Kept",
    "OutgoingLog",
    "PrivacyService",
    "Total",
]
