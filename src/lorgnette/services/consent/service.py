"""Consents of all wearers, and how long they are kept."""

from typing import Annotated

from msgspec import Meta
from sqlalchemy import delete

from lorgnette.config import Section
from lorgnette.services.consent.bound import WearerConsents
from lorgnette.services.consent.tables import consents
from lorgnette.store import Store


class ConsentSection(Section, frozen=True, kw_only=True):
    """The log of what wearers were asked to allow."""

    days: Annotated[float, Meta(ge=0, description="Days that questions for consent are kept.")] = 365.0


class ConsentService:
    """Gives each wearer their own."""

    def __init__(self, store: Store, section: ConsentSection) -> None:
        self._store = store
        self._days = section.days

    def of(self, wearer: str) -> WearerConsents:
        """What mind and skills of this wearer get as `sdk.Consents`."""
        return WearerConsents(self._store, wearer)

    async def prune(self) -> None:
        """What is too old goes; rules stay until they are revoked."""
        before = self._store.clock.now().timestamp() - self._days * 86_400
        await self._store.write(
            lambda connection: connection.execute(delete(consents).where(consents.c.at < before))
        )
