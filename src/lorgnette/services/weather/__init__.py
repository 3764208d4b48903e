"""The weather: Open-Meteo asked for places and forecasts, once the operator has switched it on."""

from lorgnette.services.weather.section import WeatherSection
from lorgnette.services.weather.service import WearerWeather, WeatherService

__all__ = ["WearerWeather", "WeatherSection", "WeatherService"]
