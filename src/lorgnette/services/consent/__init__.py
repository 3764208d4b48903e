"""What wearers allowed: each question with its answer, and the standing rules."""

from lorgnette.services.consent.bound import WearerConsents
from lorgnette.services.consent.service import ConsentSection, ConsentService
from lorgnette.services.consent.tables import DOMAIN

__all__ = ["DOMAIN", "ConsentSection", "ConsentService", "WearerConsents"]
