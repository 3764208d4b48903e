"""What the language model is used for whom: tokens and money, a day at a time, with a limit a month."""

from lorgnette.services.usage.metered import Metered
from lorgnette.services.usage.section import UsageSection
from lorgnette.services.usage.service import Day, UsageService
from lorgnette.services.usage.tables import DOMAIN

__all__ = ["DOMAIN", "Day", "Metered", "UsageSection", "UsageService"]
