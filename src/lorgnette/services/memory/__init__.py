"""Memory: what the wearer asked to be remembered, found by words and meaning, and how conversations went."""

from lorgnette.services.memory.facts import WearerFacts
from lorgnette.services.memory.holding import DOMAIN
from lorgnette.services.memory.section import MemorySection
from lorgnette.services.memory.service import MemoryService
from lorgnette.services.memory.summaries import Summary
from lorgnette.services.memory.wishes import Wish

__all__ = ["DOMAIN", "MemorySection", "MemoryService", "Summary", "WearerFacts", "Wish"]
