"""Named places and where wearers are: kept a day, and never told to anybody."""

from lorgnette.services.places.bound import WearerPlaces
from lorgnette.services.places.service import PlacesService
from lorgnette.services.places.tables import DOMAIN

__all__ = ["DOMAIN", "PlacesService", "WearerPlaces"]
