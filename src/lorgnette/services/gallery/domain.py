"""The gallery's tables as the store takes them in."""

from pathlib import Path

from lorgnette.services.gallery.holding import HOLDINGS
from lorgnette.services.gallery.tables import metadata
from lorgnette.store import Domain

DOMAIN = Domain("gallery", metadata, Path(__file__).parent / "versions", HOLDINGS)
