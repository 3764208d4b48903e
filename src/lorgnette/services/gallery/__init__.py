"""The gallery: pictures and films that the wearer asked to be kept."""

from lorgnette.services.gallery.bound import WearerGallery
from lorgnette.services.gallery.domain import DOMAIN
from lorgnette.services.gallery.section import GallerySection
from lorgnette.services.gallery.service import GalleryService

__all__ = ["DOMAIN", "GallerySection", "GalleryService", "WearerGallery"]
