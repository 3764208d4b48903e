"""What a skill gets to count and forget: one wearer's memory."""

from lorgnette.sdk import Held
from lorgnette.services.privacy.estate import Estate
from lorgnette.store import EVER, Journal, Span

SAID = ("conversations",)


class WearerMemory:
    """Implements `sdk.Memory`. The turn in which it is asked is in the journal already, and not counted."""

    def __init__(self, estate: Estate, journal: Journal, wearer: str) -> None:
        self._estate = estate
        self._journal = journal
        self._wearer = wearer

    async def held(self) -> list[Held]:
        kept = await self._estate.kept(self._wearer, self._estate.names)
        counts = {one.name: one.count for one in kept}
        counts["conversations"] -= 1
        return [Held(name, count) for name, count in counts.items() if count > 0]

    async def said(self, since: float) -> int:
        (kept,) = await self._estate.kept(self._wearer, SAID, _from(since))
        return max(0, kept.count - 1)

    async def forget_said(self, since: float) -> int:
        (gone,) = await self._estate.forget(self._wearer, SAID, _from(since))
        return max(0, gone.count - 1)

    async def forget_last(self) -> bool:
        last = await self._journal.before_this(self._wearer)
        if last:
            await self._estate.forget(self._wearer, SAID, Span(since=last))
        return last > 0


def _from(since: float) -> Span:
    return Span(since=since) if since else EVER
