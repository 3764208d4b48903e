"""The weather of all wearers: what one has asked for is known to the next for ten minutes."""

from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from lorgnette.core.errors import NotFound, SkillError
from lorgnette.sdk.weather import Outlook, Spot
from lorgnette.services.notes.folding import fold
from lorgnette.services.weather import openmeteo
from lorgnette.services.weather.section import WeatherSection
from lorgnette.services.web import Kept, Unanswered, WebClient

FRESH: Final = 600.0
KNOWN: Final = 7 * 86_400.0
"""Seconds for which a place's coordinates are kept: towns don't move."""
MOST: Final = 500
LONGEST_NAME: Final = 80


class WeatherService:
    """One for the hub. Nothing is kept of who asked."""

    def __init__(self, section: WeatherSection, steady: Callable[[], float]) -> None:
        self.section = section
        self._client = WebClient(what="question")
        self._outlooks: Kept[tuple[str, str], Outlook] = Kept(FRESH, MOST, steady)
        self._spots: Kept[tuple[str, str], Spot] = Kept(KNOWN, MOST, steady)

    def for_wearer(self, wearer: str) -> "WearerWeather":
        """What skills of this wearer get as `sdk.Weather`."""
        del wearer  # the weather is everybody's
        return WearerWeather(self)

    async def find(self, name: str, language: str) -> Spot:
        """See `sdk.Weather`."""
        self.ready()
        name = " ".join(name.split())[:LONGEST_NAME]
        key = (fold(name), language)
        known = self._spots.get(key)
        if known is not None:
            return known
        query = openmeteo.search_query(name, language)
        answer = await self._get(self.section.places_url, openmeteo.SEARCH, query, openmeteo.Places)
        if not answer.results:
            raise NotFound(f"no place {name!r}", phrase="weather-no-place", place=name)
        best = answer.results[0]
        spot = Spot(
            name=best.name[:LONGEST_NAME],
            latitude=best.latitude,
            longitude=best.longitude,
            country=best.country[:LONGEST_NAME],
        )
        return self._spots.put(key, spot)

    async def outlook(self, spot: Spot) -> Outlook:
        """See `sdk.Weather`."""
        self.ready()
        query = openmeteo.forecast_query(spot)
        key = (query["latitude"], query["longitude"])
        found = self._outlooks.get(key)
        if found is None:
            answer = await self._get(self.section.url, openmeteo.FORECAST, query, openmeteo.Forecast)
            try:
                found = self._outlooks.put(key, openmeteo.outlook(spot, answer))
            except (ValueError, OverflowError) as error:
                raise Unanswered(f"the forecast can't be read: {error}") from None
        return replace(found, spot=spot)

    async def close(self) -> None:
        """Drop the connections."""
        await self._client.aclose()

    def ready(self) -> None:
        """Raises where it isn't switched on."""
        if not self.section.enabled:
            raise SkillError("weather.enabled is false", phrase="weather-off")

    async def _get[T](self, base: str, path: str, query: dict[str, object], kind: type[T]) -> T:
        if self.section.key:
            query = {**query, "apikey": self.section.key.reveal()}
        got = await self._client.get(base.rstrip("/").removesuffix(path) + path, query)
        return got.json(kind)


class WearerWeather:
    """Implements `sdk.Weather`."""

    def __init__(self, service: WeatherService) -> None:
        self._service = service

    @property
    def home(self) -> str:
        return self._service.section.home

    async def find(self, name: str, language: str) -> Spot:
        return await self._service.find(name, language)

    def ready(self) -> None:
        self._service.ready()

    async def outlook(self, spot: Spot) -> Outlook:
        return await self._service.outlook(spot)
