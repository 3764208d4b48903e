"""What the language model is used: counted for each wearer, limited by the month."""

from typing import TYPE_CHECKING

from lorgnette.api.usage import UsageApi
from lorgnette.app.served import Served
from lorgnette.services.usage import Metered, UsageSection, UsageService

if TYPE_CHECKING:
    from lorgnette.app.hub import Hub


def usage(hub: "Hub") -> Served:
    """Stands between the hub and its chat model, also one that comes later."""
    service = UsageService(hub.store, hub.settings.section(UsageSection))
    hub.chat.through(lambda chat: Metered(chat, service))

    async def prune() -> None:
        await service.prune()

    return Served(api=UsageApi(service), prune=prune, forgotten=service.forget)
