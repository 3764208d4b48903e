"""Memory of all wearers: facts, their meanings, and conversations summed up."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection, delete, select

from lorgnette.core.taint import CLEAN, Taint
from lorgnette.engines.protocols import ChatModel, Embedder
from lorgnette.services.memory.facts import PARKING, WearerFacts
from lorgnette.services.memory.lately import Lately
from lorgnette.services.memory.meaning import Meaning
from lorgnette.services.memory.prompts import block
from lorgnette.services.memory.section import MemorySection
from lorgnette.services.memory.summaries import Summaries
from lorgnette.services.memory.tables import facts, summaries
from lorgnette.services.memory.taints import Taints
from lorgnette.services.memory.wishes import Wish, Wishes
from lorgnette.store import Journal, Store

UNDO: Final = timedelta(hours=24)
"""How long a fact that was forgotten can come back, and where the car stood before is known."""
IN_PROMPT: Final = 5
EARLIER: Final = 3


class MemoryService:
    """Gives each wearer their own memory; nobody else's exists.

    `behalf(wearer)`: a context in which requests leave on that wearer's behalf; `chat()`: the model of now;
    `transcripts`: days after which summaries go, as conversations do.
    """

    def __init__(
        self,
        store: Store,
        journal: Journal,
        section: MemorySection,
        behalf: Callable[[str], AbstractContextManager[None]],
        *,
        embedder: Embedder | None = None,
        chat: Callable[[], ChatModel | None] = lambda: None,
        transcripts: float = 30.0,
    ) -> None:
        self._store = store
        self._transcripts = timedelta(days=transcripts)
        self.wishes = Wishes(store, section)
        self._taints = Taints()
        self._lately = Lately(store.clock.steady)
        self.meaning = Meaning(store, embedder, self.wishes, behalf, section.likeness)
        idle = timedelta(minutes=section.idle_minutes)
        self.summaries = Summaries(store, journal, self.wishes, self._taints, chat, behalf, idle)

    def facts_of(self, wearer: str) -> WearerFacts:
        """What skills of this wearer get as `sdk.Facts`."""
        return WearerFacts(self._store, wearer, self._lately, self.wishes, self.meaning)

    async def choose(self, wearer: str, wish: Wish) -> Wish:
        """What is switched off is no more sent or summed up; vectors and summaries that there are go."""
        now = await self.wishes.choose(wearer, wish)
        if not now.facts:
            await self.meaning.drop(wearer)
        if not now.summaries:
            gone = delete(summaries).where(summaries.c.wearer == wearer)
            await self._store.write(lambda connection: connection.execute(gone))
        self.meaning.changed(wearer)
        return now

    async def prompt(self, wearer: str, text: str, language: str, *, begins: bool) -> tuple[str, Taint]:
        """Lines for a model that is asked `text`, and whose words they are; `begins`: a new conversation."""
        wish = await self.wishes.of(wearer)
        found = []
        if wish.facts:
            found = await self.facts_of(wearer).fitting(text, language, IN_PROMPT)
        earlier = await self.summaries.recent(wearer, EARLIER) if wish.summaries and begins else []
        return block(found, earlier) if found or earlier else ("", CLEAN)

    def heard(self, turn: str, taint: Taint) -> None:
        """Whose words are in a turn."""
        self._taints.note(turn, taint)

    def forgotten(self, wearer: str) -> None:
        """Something of theirs was deleted: nothing of it is kept in mind."""
        self._lately.drop(wearer)
        self.meaning.changed(wearer)

    async def run(self) -> None:
        """As long as the hub lives."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.meaning.run())
            tasks.create_task(self.summaries.run())

    async def prune(self) -> None:
        """Really delete what was forgotten a day ago, and summaries that are too old."""
        now = self._store.clock.now()
        day, words = (now - UNDO).timestamp(), (now - self._transcripts).timestamp()
        stood = (facts.c.kind == PARKING) & (facts.c.replaced < day)

        def work(connection: Connection) -> None:
            connection.execute(delete(facts).where((facts.c.deleted < day) | stood))
            connection.execute(delete(summaries).where(summaries.c.began < words))

        old = select(facts.c.id).where((facts.c.deleted < day) | stood).limit(1)
        late = select(summaries.c.id).where(summaries.c.began < words).limit(1)
        if await self._store.read(lambda one: one.execute(old).first() or one.execute(late).first()):
            await self._store.write(work)
