"""What wearers allowed."""

from typing import TYPE_CHECKING

from lorgnette.api.consent import ConsentApi
from lorgnette.app.served import Served
from lorgnette.sdk import Consents
from lorgnette.sdk.reader import Reader
from lorgnette.services.consent import ConsentSection, ConsentService

if TYPE_CHECKING:
    from lorgnette.app.hub import Hub


def consent(hub: "Hub") -> Served:
    """Each their own."""
    service = ConsentService(hub.store, hub.settings.section(ConsentSection))
    return Served(
        bound={Consents: service.of, Reader: lambda _: hub.mind.reader},
        api=ConsentApi(service),
        prune=service.prune,
    )
