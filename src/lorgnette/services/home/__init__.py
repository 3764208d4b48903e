"""The smart home: lights, switches, blinds and heating of the household, by Home Assistant."""

from lorgnette.services.home.assistant import HomeAssistant
from lorgnette.services.home.naming import meant
from lorgnette.services.home.section import HomeSection
from lorgnette.services.home.service import HouseholdHome

__all__ = ["HomeAssistant", "HomeSection", "HouseholdHome", "meant"]
