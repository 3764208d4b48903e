"""The section `weather` of `lorgnette.toml`."""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta

from lorgnette.config import Secret, Section


class WeatherSection(Section, frozen=True, kw_only=True):
    """The weather by Open-Meteo (open-meteo.com, data under CC BY 4.0), or by a server of your own."""

    enabled: Annotated[
        bool,
        Meta(
            description="Whether it may be asked: it learns the place that somebody asks for, or where they "
            "are to about a kilometre."
        ),
    ] = False
    url: Annotated[
        str,
        Meta(
            pattern=r"^https?://[^?#\s]+$",
            extra={"words": "an address as https://api.open-meteo.com"},
            description="Where forecasts come from, without /v1/forecast.",
        ),
    ] = "https://api.open-meteo.com"
    places_url: Annotated[
        str,
        Meta(
            pattern=r"^https?://[^?#\s]+$",
            extra={"words": "an address as https://geocoding-api.open-meteo.com"},
            description="Where places are looked up by name, without /v1/search.",
        ),
    ] = "https://geocoding-api.open-meteo.com"
    key: Annotated[
        Secret,
        Meta(
            description="Key of a customer, as env:NAME or file:/path; the addresses then begin with "
            "customer-, as Open-Meteo says."
        ),
    ] = Secret()
    home: Annotated[
        str,
        Meta(
            max_length=80,
            description="A place by its name, as Hamburg, for whoever has no device that knows where it is.",
        ),
    ] = ""

    def asked(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        """Both servers, once it is switched on."""
        if self.enabled:
            yield self.url, ("place",)
            yield self.places_url, ("question",)
