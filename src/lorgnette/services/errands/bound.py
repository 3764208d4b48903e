"""One wearer's errands: what a skill gets."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from lorgnette.core.errors import NotFound, SkillError
from lorgnette.core.taint import CLEAN, Taint
from lorgnette.sdk.errands import Errand, ErrandKind
from lorgnette.services.errands import ledger
from lorgnette.store import People, Store

if TYPE_CHECKING:
    from lorgnette.services.errands.service import Runner

ALIKE: Final = 55.0
"""Of 100: how much words must resemble an errand's to name it."""
WATCHED: Final = timedelta(days=7)


class WearerErrands:
    """Implements `sdk.errands.Errands`. `woken` is called when something may be due sooner."""

    def __init__(
        self, store: Store, people: People, runner: "Runner", wearer: str, woken: Callable[[], None]
    ) -> None:
        self._store = store
        self._people = people
        self._runner = runner
        self._wearer = wearer
        self._woken = woken

    async def watch(self, what: str, language: str, *, taint: Taint = CLEAN) -> Errand:
        now = self._store.clock.now()
        until = (now + WATCHED).timestamp()
        return await self._add("watch", what, language, at=now, until=until, taint=taint)

    async def routine(
        self, what: str, language: str, at: datetime, rule: str, *, taint: Taint = CLEAN
    ) -> Errand:
        return await self._add("routine", what, language, at=at, rule=rule, taint=taint)

    async def later(self, what: str, language: str, at: datetime, *, taint: Taint = CLEAN) -> Errand:
        return await self._add("task", what, language, at=at, taint=taint)

    async def live(self) -> list[Errand]:
        return await self._store.read(lambda connection: ledger.live(connection, self._wearer))

    async def find(self, what: str) -> Errand:
        from rapidfuzz import fuzz

        found = await self.live()
        if found and not what.strip():
            return max(found, key=lambda errand: errand.created)
        wanted = what.casefold()
        scored = [(fuzz.token_set_ratio(wanted, one.what.casefold()), one) for one in found]
        score, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
        if best is None or score < ALIKE:
            raise NotFound(f"no errand like {what!r}", phrase="error-errand-unknown")
        return best

    async def cancel(self, id: str) -> Errand:
        return await self._change(id, live=False)

    async def restore(self, id: str) -> Errand:
        return await self._change(id, live=True)

    async def _change(self, id: str, *, live: bool) -> Errand:
        now = self._store.clock.now().timestamp()
        changed = await self._store.write(
            lambda connection: ledger.change(connection, self._wearer, id, now, live=live)
        )
        self._woken()
        return changed

    async def _add(
        self,
        kind: ErrandKind,
        what: str,
        language: str,
        *,
        at: datetime,
        rule: str = "",
        until: float = 0.0,
        taint: Taint = CLEAN,
    ) -> Errand:
        planned = Errand(id="", kind=kind, what=what, language=language, rule=rule)
        if not await self._runner.can(self._wearer, planned):
            raise SkillError(f"{what!r} is not understood", phrase="error-errand-cannot", what=what)
        if at.tzinfo is UTC or not isinstance(at.tzinfo, ZoneInfo):
            at = at.astimezone(ZoneInfo((await self._people.wearer(self._wearer)).zone))
        now = self._store.clock.now().timestamp()
        added = await self._store.write(
            lambda connection: ledger.add(
                connection,
                self._wearer,
                kind,
                what,
                language,
                at=at,
                rule=rule,
                until=until,
                taint=taint,
                now=now,
            ),
            durable=True,
        )
        self._woken()
        return added
