"""`/trust`: how a phone comes to trust the household's certificate authority."""

from lorgnette.api.trust.page import LANGUAGES, page
from lorgnette.api.trust.routes import front_door, trust_routes

__all__ = ["LANGUAGES", "front_door", "page", "trust_routes"]
