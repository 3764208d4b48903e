"""Errands of all wearers: run when they are due, told what came of them, begun again after a crash."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final, Literal, Protocol

from lorgnette.core.taint import Taint
from lorgnette.sdk.errands import Errand
from lorgnette.services.errands import ledger
from lorgnette.services.errands.bound import WearerErrands
from lorgnette.store import People, Store

log = logging.getLogger(__name__)

EVERY: Final = 600.0
"""Seconds between two looks of a watch."""
AT_ONCE: Final = 4
RUN_SECONDS: Final = 180.0
AGAIN: Final = 60.0
"""Seconds after which a run is begun again whose end could not be kept."""
MOST_FAILURES: Final = 5
"""In a row; then an errand is given up, and its wearer told."""
KEPT: Final = timedelta(days=30)
LOOK: Final = 300.0
"""Seconds after which the clock is looked at again: it may have been set."""

How = Literal["came", "waits", "failed"]


@dataclass(frozen=True, slots=True)
class Result:
    """What a run gave. came: `text` is to be said; waits: it isn't so yet; failed: `text` says why."""

    how: How
    text: str = ""


class Runner(Protocol):
    """Does what an errand says, once, while nobody is there to ask."""

    async def can(self, wearer: str, errand: Errand) -> bool:
        """Whether it is understood at all."""
        ...

    async def run(self, wearer: str, errand: Errand, run: str, taint: Taint) -> Result:
        """`run` names it: begun again, it is the same, so that nothing is done twice."""
        ...


type Tell = Callable[[str, Errand, str, Result], Awaitable[None]]
"""(wearer, errand, an id that is the same each time this is told, what): durable when it returns."""


class ErrandService:
    """At most a few run at once; each is claimed before it runs and settled after it was told."""

    def __init__(self, store: Store, people: People, runner: Runner, tell: Tell) -> None:
        self._store = store
        self._people = people
        self._runner = runner
        self._tell = tell
        self._wake = asyncio.Event()
        self._running = 0

    def of(self, wearer: str) -> WearerErrands:
        """What skills of this wearer get as `sdk.errands.Errands`."""
        return WearerErrands(self._store, self._people, self._runner, wearer, self._wake.set)

    async def start(self) -> None:
        """What a hub that died was running is due again."""
        now = self._now()
        await self._store.write(lambda connection: ledger.recover(connection, now))

    async def run(self) -> None:
        """For as long as the hub lives. A slow run keeps no other waiting while there is room."""
        async with asyncio.TaskGroup() as group:
            while True:
                self._wake.clear()
                wait = 60.0
                try:
                    wait = await self._begin(group)
                except Exception:
                    log.exception("the errands stumbled; next look in a minute")
                try:
                    async with asyncio.timeout(wait):
                        await self._wake.wait()
                except TimeoutError:
                    pass

    async def tick(self) -> None:
        """Run what is due now, to its end: for tests and recordings."""
        async with asyncio.TaskGroup() as group:
            await self._begin(group)

    async def _begin(self, group: asyncio.TaskGroup) -> float:
        """Begin what is due, as far as there is room; seconds until something may be again."""
        now, room = self._now(), AT_ONCE - self._running
        if room <= 0:
            return LOOK  # whichever ends wakes us
        due = await self._store.write(lambda connection: ledger.claim(connection, now, room), durable=True)
        self._running += len(due)
        for wearer, errand, run, taint in due:
            group.create_task(self._kept(wearer, errand, run, taint)).add_done_callback(self._ended)
        ahead = await self._store.read(ledger.next_due)
        return LOOK if ahead is None else min(LOOK, max(0.05, ahead - self._now()))

    def _ended(self, _: "asyncio.Task[None]") -> None:
        self._running -= 1
        self._wake.set()

    async def prune(self) -> None:
        """Forget what ended long ago."""
        before = self._now() - KEPT.total_seconds()
        await self._store.write(lambda connection: ledger.prune(connection, before))

    async def _kept(self, wearer: str, errand: Errand, run: str, taint: Taint) -> None:
        """One whose end can't be told or noted is due again under the same run, and stops no other."""
        try:
            await self._one(wearer, errand, run, taint)
        except Exception:
            log.exception("an errand could not be settled; it is tried again")
            now, again = self._now(), self._now() + AGAIN
            await self._store.write(
                lambda connection: ledger.put_back(connection, errand.id, run, now=now, due=again)
            )

    async def _one(self, wearer: str, errand: Errand, run: str, taint: Taint) -> None:
        try:
            async with asyncio.timeout(RUN_SECONDS):
                result = await self._runner.run(wearer, errand, run, taint)
        except TimeoutError:
            result = Result("failed")
        except Exception:
            log.exception("an errand broke")
            result = Result("failed")
        now = self._now()
        due, until = await self._store.read(lambda connection: ledger.times(connection, errand.id, now))
        before = await self._store.read(lambda connection: ledger.failures(connection, errand.id))
        give_up = result.how == "failed" and (before + 1 >= MOST_FAILURES or errand.kind == "task")
        if errand.kind == "watch" and result.how != "came":
            due = now + EVERY
            if now >= until:
                due, give_up, result = 0.0, False, Result("waits", "")
        ended = errand.kind == "watch" and not due
        told = result.how == "came" or (errand.kind != "watch" and bool(result.text))
        said = told or give_up or ended
        if said:
            await self._tell(wearer, errand, f"m-{run}", result)
        await self._store.write(
            partial(
                ledger.settle,
                wearer=wearer,
                id=errand.id,
                run=run,
                now=now,
                ok=result.how != "failed",
                said=said,
                text=result.text,
                due=0.0 if give_up else due,
                give_up=give_up,
            ),
            durable=True,
        )

    def _now(self) -> float:
        return self._store.clock.now().timestamp()
