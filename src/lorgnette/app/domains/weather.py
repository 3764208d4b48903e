"""The weather."""

from typing import TYPE_CHECKING

from lorgnette.app.served import Served
from lorgnette.sdk.weather import Weather
from lorgnette.services.weather import WeatherSection, WeatherService

if TYPE_CHECKING:
    from lorgnette.app.hub import Hub


def weather(hub: "Hub") -> Served:
    """Everybody's."""
    service = WeatherService(hub.settings.section(WeatherSection), hub.clock.steady)
    return Served(bound={Weather: service.for_wearer}, close=service.close)
