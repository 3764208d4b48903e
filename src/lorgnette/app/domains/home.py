"""The smart home of the household."""

from typing import TYPE_CHECKING

from lorgnette.app.served import Served
from lorgnette.sdk.home import Home
from lorgnette.services.home import HomeAssistant, HomeSection, HouseholdHome

if TYPE_CHECKING:
    from lorgnette.app.hub import Hub


def home(hub: "Hub") -> Served:
    """Home Assistant where its address is set."""
    section = hub.settings.section(HomeSection)
    token = section.token.reveal() if section.token else ""
    assistant = HomeAssistant(section.url, token) if section.url else None
    household = HouseholdHome(assistant)
    return Served(bound={Home: lambda _: household}, close=None if assistant is None else assistant.aclose)
