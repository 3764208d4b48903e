"""The post: letters out of the outbox, each by its way, and what came in by every way."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from sqlalchemy import Connection, select

from lorgnette.core.errors import EngineError, LorgnetteError, SkillError
from lorgnette.core.outgoing import Behalf, Parcel, on
from lorgnette.sdk import Received, Recipient
from lorgnette.services.messages import outbox, received
from lorgnette.services.messages.outbox import GIVE_UP, PAUSES, Letter
from lorgnette.services.messages.tables import marks
from lorgnette.services.messages.way import Incoming, Way
from lorgnette.store import Store
from lorgnette.store.upsert import insert_new

log = logging.getLogger(__name__)

SEND_SECONDS: Final = 20.0
LISTEN_PAUSES: Final = (2.0, 5.0, 15.0, 60.0, 300.0)
DAY: Final = 86_400.0

type Told = Callable[[str, Received], Awaitable[None]]
"""(wearer, what came): called once for each thing that is new."""

type Lost = Callable[[Letter], Awaitable[None]]
"""A letter that didn't go or may not have gone, when nobody waits for it any more."""


_FAILED: Final = "error-message-failed"


@dataclass(frozen=True, slots=True)
class _Fate:
    state: str
    why: str = ""
    phrase: str = _FAILED
    values: Mapping[str, object] = field(default_factory=dict)


class Post:
    """Every wearer's messages. `ways`: wearer → accounts; `tell` hears of what leaves the machine."""

    def __init__(
        self,
        store: Store,
        ways: Mapping[str, Sequence[Way]],
        told: Told,
        lost: Lost,
        tell: Callable[[Parcel], None],
        *,
        keep_days: float = 30.0,
    ) -> None:
        self._store = store
        self._ways = ways
        self._told = told
        self._lost = lost
        self._tell = tell
        self._keep = keep_days * DAY
        self._wake = asyncio.Event()
        self._going: dict[str, asyncio.Task[_Fate | None]] = {}

    # ── in ─────────────────────────────────────────────────────────────────────────────────────────────

    async def take(self, wearer: str, item: Incoming) -> Received:
        """Something came for this wearer: kept, and told if it is new."""
        now = self._store.clock.now().timestamp()
        kept, new = await self._store.write(lambda connection: received.take(connection, wearer, item, now))
        if new:
            await self._told(wearer, kept)
        return kept

    # ── out ────────────────────────────────────────────────────────────────────────────────────────────

    def ways(self, wearer: str) -> Sequence[Way]:
        """A wearer's accounts."""
        return self._ways.get(wearer, ())

    async def send(self, wearer: str, to: Recipient, text: str, key: str) -> None:
        """See `sdk.Messages.send`."""
        way = self._way(wearer, to)
        if way is None:
            raise SkillError(f"no way to {to.address}", phrase="error-message-unset")
        now = self._store.clock.now().timestamp()
        letter = await self._store.write(
            lambda connection: outbox.put(connection, wearer, to, text, key, now), durable=True
        )
        if letter.state == "sent":
            return
        fate = await self._hand_over(letter)
        state = letter.state if fate is None else fate.state
        if state == "waiting":
            self._wake.set()
            raise SkillError("not reached; tried again later", phrase="message-later", who=to.name)
        if state == "failed":
            phrase = fate.phrase if fate is not None else _FAILED
            raise SkillError("not sent", phrase=phrase, who=to.name, **(fate.values if fate else {}))

    def _way(self, wearer: str, to: Recipient) -> Way | None:
        scheme = to.address.partition(":")[0]
        return next((way for way in self.ways(wearer) if way.name == scheme), None)

    async def _hand_over(self, letter: Letter) -> "_Fate | None":
        """What became of it; None if it is over. Once begun it ends, whoever stops waiting."""
        task = self._going.get(letter.id)
        if task is None:
            task = self._going[letter.id] = asyncio.create_task(self._try(letter))
            task.add_done_callback(lambda _: self._going.pop(letter.id, None))
        return await asyncio.shield(task)

    async def _try(self, waiting: Letter) -> "_Fate | None":
        letter = await self._store.write(
            lambda connection: outbox.claim(connection, waiting.id), durable=True
        )
        if letter is None:
            return None
        fate = await self._sent(letter)
        if fate.why:
            log.info("a message by %s: %s", letter.to.address.partition(":")[0], fate.why)
        now = self._store.clock.now().timestamp()
        due = now + PAUSES[min(letter.tries, len(PAUSES)) - 1]
        if fate.state == "waiting" and now - letter.created >= GIVE_UP:
            fate = replace(fate, state="failed")
        await self._store.write(
            lambda connection: outbox.settle(connection, letter, fate.state, error=fate.why, due=due),
            durable=True,
        )
        return fate

    async def _sent(self, letter: Letter) -> "_Fate":
        way = self._way(letter.wearer, letter.to)
        try:
            if way is None:
                raise SkillError("its way isn't set up any more", phrase=_FAILED)
            with on(Behalf(letter.wearer, self._tell)):
                async with asyncio.timeout(SEND_SECONDS):
                    await way.send(letter.to.address, letter.text, letter.key)
        except SkillError as error:
            return _Fate("failed", error.detail, error.phrase, error.values)
        except LorgnetteError as error:
            again = isinstance(error, EngineError) and error.retryable
            return _Fate("waiting" if again else "failed", error.detail)
        except Exception as error:
            if not isinstance(error, TimeoutError):
                log.exception("a way of sending broke")
            elif way is not None and way.repeatable:
                return _Fate("waiting", "no answer")
            return _Fate("failed", "no answer", "error-message-unsure")
        return _Fate("sent")

    # ── living ─────────────────────────────────────────────────────────────────────────────────────────

    async def recover(self) -> None:
        """After a start: what was being handed over goes again where the server knows it, else it is told."""
        for letter in await self._store.read(outbox.left_going):
            way = self._way(letter.wearer, letter.to)
            state = "waiting" if way is not None and way.repeatable else "failed"
            if state == "failed":
                await self._lost(letter)  # under the same id as before, should we die again meanwhile
            await self._store.write(partial(outbox.settle, letter=letter, state=state))

    async def run(self) -> None:
        """Send what waits, and listen on every way, for as long as the hub lives."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._pump())
            for wearer, ways in self._ways.items():
                for way in ways:
                    group.create_task(self._listen(wearer, way))

    async def prune(self) -> None:
        """What is older than it is kept."""
        before = self._store.clock.now().timestamp() - self._keep
        await self._store.write(lambda connection: received.prune(connection, before))
        await self._store.write(lambda connection: outbox.prune(connection, before))

    async def close(self) -> None:
        """Hang up."""
        for ways in self._ways.values():
            for way in ways:
                await way.close()

    async def _pump(self) -> None:
        while True:
            self._wake.clear()
            wait: float | None = 60.0
            try:
                wait = await self._send_due()
            except Exception:
                log.exception("the outbox stumbled; next try in a minute")
            try:
                async with asyncio.timeout(wait):
                    await self._wake.wait()
            except TimeoutError:
                pass

    async def _send_due(self) -> float | None:
        """Seconds until the next one may be tried; None where none waits."""
        now = self._store.clock.now().timestamp()
        for letter in await self._store.read(lambda connection: outbox.due(connection, now)):
            fate = await self._hand_over(letter)
            if fate is not None and fate.state == "failed":
                await self._lost(letter)
        ahead = await self._store.read(outbox.next_due)
        return None if ahead is None else max(0.5, ahead - self._store.clock.now().timestamp())

    async def _listen(self, wearer: str, way: Way) -> None:
        failures = 0
        while True:
            try:
                with on(Behalf(wearer, self._tell)):
                    async with aclosing(way.listen(await self._mark(wearer, way))) as batches:
                        async for batch in batches:
                            for item in batch.items:
                                await self.take(wearer, item)
                            await self._set_mark(wearer, way, batch.mark)
                            failures = 0
            except LorgnetteError as error:
                log.warning("%s of a wearer: %s", way.name, error.detail)
            except Exception:
                log.exception("%s of a wearer broke", way.name)
            await asyncio.sleep(LISTEN_PAUSES[min(failures, len(LISTEN_PAUSES) - 1)])
            failures += 1

    async def _mark(self, wearer: str, way: Way) -> str:
        query = select(marks.c.mark).where(marks.c.wearer == wearer, marks.c.way == way.name)
        return await self._store.read(lambda connection: connection.execute(query).scalar()) or ""

    async def _set_mark(self, wearer: str, way: Way, mark: str) -> None:
        now = self._store.clock.now().timestamp()
        values = {"wearer": wearer, "way": way.name, "mark": mark, "changed": now}

        def work(connection: Connection) -> None:
            insert = insert_new(connection, marks).values(values)
            change = insert.on_conflict_do_update(
                index_elements=["wearer", "way"], set_={"mark": mark, "changed": now}
            )
            connection.execute(change)

        await self._store.write(work)
