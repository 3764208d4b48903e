"""Units, money and arithmetic."""

from lorgnette.services.convert.section import ConvertSection
from lorgnette.services.convert.service import ConvertService

__all__ = ["ConvertSection", "ConvertService"]
