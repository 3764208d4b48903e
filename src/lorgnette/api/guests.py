"""Guests leave nothing behind: their words go after a day, the rest after a month, as they do themselves."""

import logging
from typing import Final

from lorgnette.api.household import Household
from lorgnette.config import PeopleSection
from lorgnette.services.privacy.estate import Estate
from lorgnette.store import People, Store

log = logging.getLogger(__name__)

DAY: Final = 86_400.0
WORDS: Final = "conversations"


class Guests:
    """Swept with everything else that is too old, once an hour."""

    def __init__(
        self, store: Store, people: People, household: Household, estate: Estate, keep: PeopleSection
    ) -> None:
        self._store = store
        self._people = people
        self._household = household
        self._estate = estate
        self._keep = keep

    async def prune(self) -> None:
        """Delete what guests said and left long ago, guests who come no more, and rows of nobody."""
        guests = [one for one in await self._people.all() if one.role == "guest"]
        await self._estate.sweep({one.id: self.days for one in guests})
        before = self._store.clock.now().timestamp() - self._keep.guest_days * DAY
        for id in await self._people.guests_since(before):
            if not self._household.present(id):
                await self._household.remove(id)
                log.info("a guest who was not here for %g days is forgotten", self._keep.guest_days)
        if gone := await self._people.sweep():
            log.info("%d rows of nobody who is here were deleted", gone)

    @property
    def days(self) -> dict[str, float]:
        """How long a guest's things are kept, by holding."""
        days = dict.fromkeys(self._estate.names, self._keep.guest_days)
        return days | {WORDS: min(self._keep.guest_words, self._keep.guest_days)}
