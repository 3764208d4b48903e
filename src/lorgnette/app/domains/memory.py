"""Memory: facts for skills and pages, lines for the model's prompt, conversations summed up."""

import logging
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Final

from lorgnette.api.memory import MemoryApi
from lorgnette.app.served import Served
from lorgnette.core.errors import LorgnetteError
from lorgnette.core.outgoing import Behalf, on
from lorgnette.core.taint import Taint
from lorgnette.mind.recollection import Recollected
from lorgnette.mind.request import Request
from lorgnette.sdk.facts import Facts
from lorgnette.services.memory import MemorySection, MemoryService

if TYPE_CHECKING:
    from lorgnette.app.hub import Hub

log = logging.getLogger(__name__)

NOTHING: Final = Recollected()


class Remembrance:
    """Implements `mind.recollection.Recollection` with the service."""

    def __init__(self, memory: MemoryService) -> None:
        self._memory = memory

    async def for_prompt(self, wearer: str, request: Request) -> Recollected:
        """A memory that can't be read says nothing: the answer doesn't wait for it."""
        try:
            text, taint = await self._memory.prompt(
                wearer, request.text, request.language, begins=not request.history
            )
        except LorgnetteError as error:
            log.warning("memory gives nothing to a prompt: %s", error.detail)
            return NOTHING
        self._memory.heard(request.turn, taint)
        return Recollected(text, taint)

    def heard(self, request: Request, taint: Taint) -> None:
        self._memory.heard(request.turn, taint)


def memory(hub: "Hub") -> Served:
    """By the engine and the model that the hub has."""

    def behalf(wearer: str) -> AbstractContextManager[None]:
        return on(Behalf(wearer, hub.privacy.log.note))

    service = MemoryService(
        hub.store,
        hub.journal,
        hub.settings.section(MemorySection),
        behalf,
        embedder=hub.engines.embed,
        chat=lambda: hub.mind.chat,
        transcripts=hub.settings.retention.transcripts,
    )
    hub.mind.recollection = Remembrance(service)
    return Served(
        bound={Facts: service.facts_of},
        api=MemoryApi(service),
        run=service.run,
        prune=service.prune,
        forgotten=service.forgotten,
    )
