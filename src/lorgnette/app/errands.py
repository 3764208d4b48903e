"""An errand's run: a request to the mind while nobody is there, and what came of it."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Final
from zoneinfo import ZoneInfo

from lorgnette.core.clock import Clock
from lorgnette.core.forms import Capabilities
from lorgnette.core.ids import new_id
from lorgnette.core.quiet import QuietHours
from lorgnette.core.taint import CLEAN, Taint
from lorgnette.mind.mind import Mind
from lorgnette.mind.request import Done, Outcome, Piece, Request, Say
from lorgnette.sdk.errands import Errand
from lorgnette.services.errands import Condition, Result, condition_of
from lorgnette.store import People

NOT_YET: Final = "NOT YET"
WATCH: Final = (
    "Find out whether this is so now: “{what}”. If it is so, tell me in one short sentence. If it isn't so "
    "yet, or can't be found out, answer with nothing but: " + NOT_YET
)


class Alone:
    """`sdk.Control` where there is no conversation."""

    volume = 0.5
    rate = 1.0
    batteries: tuple[tuple[str, float, bool], ...] = ()
    last_reply = ""

    async def set_volume(self, level: float) -> None:
        del level

    async def set_rate(self, rate: float) -> None:
        del rate

    async def set_quiet(self, hours: QuietHours | None) -> None:
        del hours

    async def stop(self) -> bool:
        return False

    async def undo(self) -> bool:
        return False


class Runs:
    """Implements `services.errands.Runner`."""

    def __init__(self, mind: Mind, people: People, clock: Clock) -> None:
        self._mind = mind
        self._people = people
        self._clock = clock

    async def can(self, wearer: str, errand: Errand) -> bool:
        if self._mind.chat is not None:
            return True
        if errand.kind != "watch":
            return self._understood(errand.what, errand.language)
        looked = await self._look(wearer, errand, new_id("er-"), CLEAN)
        return looked is not None and looked.how != "failed"

    async def run(self, wearer: str, errand: Errand, run: str, taint: Taint) -> Result:
        if errand.kind != "watch":
            return await _said(
                self._mind.respond(await self._request(wearer, errand, run, errand.what, taint))
            )
        looked = await self._look(wearer, errand, run, taint)
        if looked is not None and (looked.how != "failed" or self._mind.chat is None):
            return looked
        request = await self._request(wearer, errand, run, WATCH.format(what=errand.what), taint)
        said = await _said(self._mind.think(request))
        return Result("waits") if said.how == "came" and NOT_YET in said.text.upper() else said

    async def _look(self, wearer: str, errand: Errand, run: str, taint: Taint) -> Result | None:
        """By the skills alone; None where they have no such question."""
        condition = condition_of(errand.what, errand.language)
        if condition is None or not self._understood(condition.ask, errand.language):
            return None
        request = await self._request(wearer, errand, run, condition.ask, taint)
        return await self._held(self._mind.respond(request), condition)

    async def _held(self, pieces: AsyncGenerator[Piece], condition: Condition) -> Result:
        """Whether what was waited for is so now."""
        text, facts, ok = "", {}, True
        async with aclosing(pieces):
            async for piece in pieces:
                match piece:
                    case Say(text=said):
                        text += said
                    case Done():
                        facts, ok = dict(piece.facts), piece.ok
                    case _:
                        pass
        if not ok or condition.fact not in facts:
            return Result("failed", text)
        return Result("came", text) if facts[condition.fact] == condition.value else Result("waits")

    def _understood(self, text: str, language: str) -> bool:
        return self._mind.reflex(text, language, self._clock.now()) is not None

    async def _request(self, wearer: str, errand: Errand, run: str, text: str, taint: Taint) -> Request:
        person = await self._people.wearer(wearer)
        return Request(
            turn=run,
            text=text,
            language=errand.language,
            wearer=person,
            now=self._clock.now().astimezone(ZoneInfo(person.zone)),
            capabilities=Capabilities(),
            control=Alone(),
            taint=taint,
            alone=True,
        )


async def _said(pieces: AsyncGenerator[Piece]) -> Result:
    text, failed = "", False
    async with aclosing(pieces):
        async for piece in pieces:
            match piece:
                case Say():
                    text += piece.text + (" " if piece.whole else "")
                case Outcome(kind=kind):
                    failed = kind != "done"
                case _:
                    pass
    text = " ".join(text.split())
    return Result("failed" if failed or not text else "came", text)
