"""What each wearer wants of memory: remembered facts, summed up conversations, or neither."""

import msgspec
from sqlalchemy import Connection, select

from lorgnette.services.memory.section import MemorySection
from lorgnette.services.memory.tables import wishes
from lorgnette.store import Store, insert_new


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """True: as the hub does it; what the hub has switched off stays off."""

    facts: bool = True
    summaries: bool = True


class Wishes:
    """In the store, and at hand for those who were asked about."""

    def __init__(self, store: Store, section: MemorySection) -> None:
        self._store = store
        self.hub = Wish(facts=section.facts, summaries=section.summaries)

    async def of(self, wearer: str) -> Wish:
        """What holds for them."""
        query = select(wishes).where(wishes.c.wearer == wearer)
        row = await self._store.read(lambda connection: connection.execute(query).first())
        if row is None:
            return self.hub
        return Wish(
            facts=bool(row.facts) and self.hub.facts, summaries=bool(row.summaries) and self.hub.summaries
        )

    async def facts(self, wearer: str) -> bool:
        """Whether anything new is remembered for them, and what there is reaches a model."""
        return (await self.of(wearer)).facts

    async def choose(self, wearer: str, wish: Wish) -> Wish:
        """From now on; what holds is given back."""
        changed = self._store.clock.now().timestamp()
        values = {"facts": wish.facts, "summaries": wish.summaries, "changed": changed}

        def work(connection: Connection) -> None:
            row = insert_new(connection, wishes).values({"wearer": wearer, **values})
            connection.execute(row.on_conflict_do_update(index_elements=[wishes.c.wearer], set_=values))

        await self._store.write(work)
        return await self.of(wearer)
