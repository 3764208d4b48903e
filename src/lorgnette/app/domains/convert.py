"""Units, money and arithmetic."""

from typing import TYPE_CHECKING

from lorgnette.app.served import Served
from lorgnette.sdk.convert import Reckoning
from lorgnette.services.convert import ConvertSection, ConvertService

if TYPE_CHECKING:
    from lorgnette.app.hub import Hub


def convert(hub: "Hub") -> Served:
    """Everybody's."""
    service = ConvertService(hub.settings.section(ConvertSection), hub.store.folder, hub.clock.now)
    return Served(bound={Reckoning: lambda _: service}, close=service.close)
