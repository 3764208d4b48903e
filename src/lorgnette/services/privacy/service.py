"""What the hub offers of privacy, to pages, commands and skills."""

import asyncio
from collections.abc import Mapping
from typing import Final

from lorgnette.services.privacy.bound import WearerMemory
from lorgnette.services.privacy.estate import Estate
from lorgnette.services.privacy.keeping import Keeping
from lorgnette.services.privacy.outgoing import OutgoingLog
from lorgnette.store import Journal, Store
from lorgnette.store.scrub import LARGEST

DAY: Final = 86_400.0


class PrivacyService:
    """`limits`: days by holding, after which the hub deletes on its own."""

    def __init__(self, store: Store, journal: Journal, limits: Mapping[str, float]) -> None:
        self._journal = journal
        self.estate = Estate(store)
        self.keeping = Keeping(store, limits)
        self.log = OutgoingLog(store)
        self._store = store
        self._rewritten = store.clock.steady()

    def memory_of(self, wearer: str) -> WearerMemory:
        """What skills of this wearer get as `sdk.Memory`."""
        return WearerMemory(self.estate, self._journal, wearer)

    async def choose(self, wearer: str, what: str, days: float | None) -> None:
        """Keep it shorter than the hub does, from now on and for what is there; None: as the hub does."""
        await self.keeping.choose(wearer, what, days)
        if days is not None and await self.estate.sweep({wearer: {what: days}}):
            await self._store.scrub(anew=self._small)

    async def prune(self) -> None:
        """Delete what is too old. Once a day the store's files are written anew, if they aren't huge."""
        now, store = self._store.clock.now().timestamp(), self._store
        await self.log.prune(now - self.keeping.limits["outgoing"] * DAY)
        await self.estate.sweep(await self.keeping.all())
        daily = self._small and store.clock.steady() - self._rewritten >= DAY
        anew = daily or await asyncio.to_thread(lambda: store.owes_scrub)
        if anew:
            self._rewritten = store.clock.steady()
        await store.scrub(anew=anew)

    @property
    def copies(self) -> int:
        """Copies of the store from before upgrades, which still hold what was there then."""
        return len(self._store.copies)

    @property
    def _small(self) -> bool:
        return self._store.size <= LARGEST
