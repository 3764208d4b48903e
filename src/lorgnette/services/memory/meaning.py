"""Facts by what they mean: vectors of an embedding engine, kept, renewed in the background, compared here.

What is private is never embedded, nor a question that is; nothing is, for a wearer who switched memory off.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, delete, or_, select

from lorgnette.core.errors import LorgnetteError
from lorgnette.engines.protocols import Embedder
from lorgnette.services.memory.private import is_private
from lorgnette.services.memory.tables import facts, vectors, wishes
from lorgnette.services.memory.wishes import Wishes
from lorgnette.store import Store, insert_new

if TYPE_CHECKING:
    import numpy as np

log = logging.getLogger(__name__)

BATCH: Final = 32
ASKING: Final = 0.8
"""Seconds that a question waits for its vector: then words alone decide."""
AT_HAND: Final = 16
"""Wearers whose vectors are in memory."""
PAUSES: Final = (5.0, 60.0, 600.0)
"""Seconds until a server that failed is tried again."""
LISTED: Final = 5


@dataclass(frozen=True, slots=True)
class _Shelf:
    ids: tuple[str, ...]
    matrix: "np.ndarray[Any, Any]"


class Meaning:
    """`likeness`: cosine from which a fact counts; `behalf`: in it, requests are on that wearer's behalf."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder | None,
        wishes: Wishes,
        behalf: Callable[[str], AbstractContextManager[None]],
        likeness: float = 0.55,
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._wishes = wishes
        self._behalf = behalf
        self._likeness = likeness
        self._shelves: OrderedDict[str, _Shelf] = OrderedDict()
        self._work = asyncio.Event()
        self._work.set()

    def changed(self, wearer: str) -> None:
        """Their facts are others now."""
        self._shelves.pop(wearer, None)
        self._work.set()

    async def alike(self, wearer: str, about: str, limit: int = LISTED) -> list[str]:
        """Facts that mean something like it, best first; none without an engine, and none that fails."""
        if self._embedder is None or is_private(about) or not await self._wishes.facts(wearer):
            return []
        shelf = await self._shelf(wearer, self._embedder.name)
        if not shelf.ids:
            return []
        try:
            with self._behalf(wearer):
                async with asyncio.timeout(ASKING):
                    asked = unit(await self._embedder.embed([about]))
        except (LorgnetteError, TimeoutError) as error:
            log.info("meanings can't be compared now: %s", getattr(error, "detail", "no answer in time"))
            return []
        if asked.shape[1] != shelf.matrix.shape[1]:
            return []
        scores = shelf.matrix @ asked[0]
        order = scores.argsort()[::-1][:limit]
        return [shelf.ids[at] for at in order if scores[at] >= self._likeness]

    async def run(self) -> None:
        """Give every fact its vector, for as long as the hub lives."""
        if self._embedder is None or not self._wishes.hub.facts:
            return
        failed = 0
        while True:
            await self._work.wait()
            self._work.clear()
            try:
                while await self.renew():
                    failed = 0
            except LorgnetteError as error:
                pause = PAUSES[min(failed, len(PAUSES) - 1)]
                failed += 1
                log.warning("%s; facts are embedded in %.0f s", error.detail, pause)
                self._work.set()
                await asyncio.sleep(pause)

    async def renew(self) -> int:
        """Embed one wearer's next few facts that have no vector of this model; how many those were."""
        if self._embedder is None:
            return 0
        model = self._embedder.name
        mine = select(facts.c.id, facts.c.wearer, facts.c.text).select_from(
            facts.outerjoin(vectors, vectors.c.fact == facts.c.id).outerjoin(
                wishes, wishes.c.wearer == facts.c.wearer
            )
        )
        live = facts.c.deleted.is_(None) & facts.c.replaced.is_(None) & (facts.c.text != "")
        lacking = live & facts.c.private.is_(False) & or_(vectors.c.fact.is_(None), vectors.c.model != model)
        wanted = or_(wishes.c.facts.is_(None), wishes.c.facts.is_(True))
        query = mine.where(lacking, wanted).order_by(facts.c.wearer, facts.c.created).limit(BATCH)
        rows = await self._store.read(lambda connection: connection.execute(query).all())
        if not rows:
            return 0
        return await self._embed(rows[0].wearer, [row for row in rows if row.wearer == rows[0].wearer], model)

    async def _embed(self, wearer: str, rows: list[Any], model: str) -> int:
        assert self._embedder is not None
        with self._behalf(wearer):
            found = unit(await self._embedder.embed([row.text for row in rows]))

        def work(connection: Connection) -> None:
            held = select(facts.c.id).where(facts.c.id.in_([row.id for row in rows]))
            there = set(connection.execute(held).scalars())
            for row, vector in zip(rows, found, strict=True):
                if row.id in there:
                    value = {"model": model, "vector": vector.astype("<f4").tobytes()}
                    insert: Any = insert_new(connection, vectors).values(fact=row.id, wearer=wearer, **value)
                    connection.execute(
                        insert.on_conflict_do_update(index_elements=[vectors.c.fact], set_=value)
                    )

        await self._store.write(work)
        self._shelves.pop(wearer, None)
        return len(rows)

    async def drop(self, wearer: str) -> None:
        """What memory means to an engine is deleted: the wearer switched it off."""
        gone = delete(vectors).where(vectors.c.wearer == wearer)
        await self._store.write(lambda connection: connection.execute(gone))
        self._shelves.pop(wearer, None)

    async def _shelf(self, wearer: str, model: str) -> _Shelf:
        shelf = self._shelves.get(wearer)
        if shelf is None:
            shelf = await self._store.read(lambda connection: _read(connection, wearer, model))
            self._shelves[wearer] = shelf
        self._shelves.move_to_end(wearer)
        while len(self._shelves) > AT_HAND:
            self._shelves.popitem(last=False)
        return shelf


def unit(rows: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
    """Of length 1 each."""
    import numpy as np

    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12), dtype=np.float32)


def _read(connection: Connection, wearer: str, model: str) -> _Shelf:
    import numpy as np

    live = facts.c.deleted.is_(None) & facts.c.replaced.is_(None)
    query = select(vectors.c.fact, vectors.c.vector).join(facts, facts.c.id == vectors.c.fact)
    query = query.where(vectors.c.wearer == wearer, vectors.c.model == model, live)
    rows = connection.execute(query).all()
    sizes = {len(row.vector) for row in rows}
    if len(sizes) != 1:
        return _Shelf((), np.zeros((0, 0), np.float32))
    matrix = np.frombuffer(b"".join(row.vector for row in rows), "<f4").reshape(len(rows), -1)
    return _Shelf(tuple(row.fact for row in rows), matrix)
