"""Consents that are asked for: the order is held, the wearer answers, and it runs once or never."""

import logging
from collections import OrderedDict, deque
from collections.abc import AsyncGenerator, Mapping
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

import msgspec

from lorgnette.core.errors import LorgnetteError
from lorgnette.core.ids import new_id
from lorgnette.core.taint import Taint
from lorgnette.mind.context import Services
from lorgnette.mind.question import behind, named, shown, wish
from lorgnette.mind.request import Done, Outcome, Piece, Request, Say
from lorgnette.mind.yesno import agreed
from lorgnette.sdk.consent import Consent, Consents, How, Offer
from lorgnette.sdk.phrases import Phrases
from lorgnette.sdk.registry import RegisteredTool

if TYPE_CHECKING:
    from lorgnette.mind.deeds import Deed

log = logging.getLogger(__name__)

MOST_WEARERS: Final = 10_000
MOST_HELD: Final = 3
"""Orders of one turn that wait; they are asked about one after the other."""
NAMED: Final = 60
"""Characters of a recipient's name that are read out."""
WHOLE: Final = 4_000
"""Likewise of what they get: as long as a message may be."""
TRIES: Final = 3
"""How often one question is put: after a yes that came too early, or that needs a touch, or a wrong PIN."""


class Pins(Protocol):
    """The wearers' PINs."""

    async def fits(self, wearer: str, pin: str) -> bool:
        """`Busy` after too many wrong ones."""
        ...


@dataclass(frozen=True, slots=True)
class Held:
    """An order, frozen as it was asked about."""

    registered: RegisteredTool
    order: Mapping[str, Any]
    needs: Literal["ask", "confirm"]
    request: Request
    taint: Taint
    entry: Consent
    tries: int = 1

    @property
    def say(self) -> Say:
        """The question."""
        return Say(self.entry.question, ask=True, consent=self.needs)


class CarryOut(Protocol):
    """Runs a held order."""

    async def __call__(self, request: Request, held: Held) -> "Deed": ...


class ConsentDesk:
    """Every wearer's open questions. Nothing here believes a model."""

    def __init__(self, services: Services, phrases: Phrases, pins: Pins | None = None) -> None:
        self._services = services
        self._phrases = phrases
        self._pins = pins
        self._held: OrderedDict[str, deque[Held]] = OrderedDict()

    def book(self, wearer: str) -> Consents | None:
        """What this wearer allowed so far; None where nothing of it is kept."""
        try:
            return self._services(Consents, wearer)  # type: ignore[return-value]
        except KeyError:
            return None

    async def ruled(self, wearer: str, tool: str, to: str, who: str) -> bool:
        """Whether a standing rule covers it: the recipient, by the name that the wearer knew them by."""
        book = self.book(wearer) if to else None
        rule = await book.allows(tool, to) if book is not None else None
        return rule is not None and rule.who.casefold() == who.casefold()

    async def hold(
        self,
        request: Request,
        registered: RegisteredTool,
        order: Mapping[str, Any],
        needs: Literal["ask", "confirm"],
        taint: Taint,
        offer: Offer | None = None,
    ) -> Held | None:
        """Keep the order until its question is answered; None where too many wait already."""
        wearer = request.wearer.id
        waiting = self._held.setdefault(wearer, deque())
        self._held.move_to_end(wearer)
        while len(self._held) > MOST_WEARERS:
            self._held.popitem(last=False)
        if len(waiting) >= MOST_HELD:
            return None
        entry = Consent(
            id=new_id("k-"),
            at=request.now.timestamp(),
            tool=f"{registered.skill.key}.{registered.tool.name}",
            question=self._question(request, registered, order, taint, offer),
            to=offer.to if offer is not None else "",
            who=offer.who if offer is not None else "",
            sources=tuple(sorted(taint, key=named)),
        )
        held = Held(registered, deepcopy(dict(order)), needs, replace(request), taint, entry)
        waiting.append(held)
        await self._note(wearer, entry)
        return held

    def first(self, request: Request) -> Held | None:
        """What is to be asked at the end of this turn."""
        waiting = self._held.get(request.wearer.id)
        return waiting[0] if waiting and waiting[0].request.turn == request.turn else None

    def forget(self, wearer: str, turn: str = "") -> None:
        """What waits is never done: all of it, or what this turn brought."""
        kept = [held for held in self._held.pop(wearer, ()) if turn and held.request.turn != turn]
        if kept:
            self._held[wearer] = deque(kept)

    async def answered(self, request: Request, carry_out: CarryOut) -> AsyncGenerator[Piece] | None:
        """What an answer brings about. None: nothing was asked, or this is no answer, and it is dropped."""
        waiting = self._held.get(request.wearer.id)
        if not waiting:
            return None
        said = "yes" if request.pin or request.answer == "touch" else agreed(request.text, request.language)
        if not request.answer or not said:
            for held in self._held.pop(request.wearer.id):
                await self._closed(request, held, "dropped")
            return None
        held = waiting.popleft()  # whatever comes of it, it isn't there a second time
        if not waiting:
            del self._held[request.wearer.id]
        return self._settle(request, held, said, carry_out)

    async def _settle(
        self, request: Request, held: Held, said: str, carry_out: CarryOut
    ) -> AsyncGenerator[Piece]:
        outcome = Outcome("done", "reflex")
        if said == "no":
            await self._closed(request, held, "no")
            yield Say(self._say("consent-no", request))
        elif again := await self._not_yet(request, held):
            asked = replace(held, tries=held.tries + 1)
            if asked.tries > TRIES:
                await self._closed(request, held, "dropped")
                yield Say(self._say("consent-given-up", request))
            else:
                self._held.setdefault(request.wearer.id, deque()).appendleft(asked)
                yield replace(asked.say, text=again)
            yield outcome
            return
        else:
            how = _how(request)
            entry = msgspec.structs.replace(held.entry, answer="yes", how=how)
            await self._note(request.wearer.id, entry)
            deed = await carry_out(request, held)
            await self._note(request.wearer.id, msgspec.structs.replace(entry, result=deed.done.result[:400]))
            for piece in (deed.say, deed.display, deed.done):
                if piece is not None:
                    yield piece
            if said == "always" and deed.error is None:
                yield Say(await self._always(request, held))
            outcome = Outcome("done" if deed.done.ok else "failed", "reflex")
        following = self._held.get(request.wearer.id)
        if following:
            yield following[0].say
        yield outcome

    async def _not_yet(self, request: Request, held: Held) -> str:
        """Why this yes isn't enough, as what is said; empty where it is."""
        if request.answer == "early":
            return held.entry.question
        if held.needs == "ask" or request.answer == "touch":
            return ""
        if not request.pin or self._pins is None:
            return self._say("consent-by-hand", request)
        try:
            right = await self._pins.fits(request.wearer.id, request.pin)
        except LorgnetteError as error:
            log.info("a PIN was not tried: %s", error.detail)
            return self._say("consent-pin-busy", request)
        return "" if right else self._say("consent-pin-wrong", request)

    async def _always(self, request: Request, held: Held) -> str:
        """A rule from "yes, always": for a recipient, and never out of what others said."""
        book, entry = self.book(request.wearer.id), held.entry
        if book is None or held.taint or not entry.to or held.registered.tool.effect != "reach_out":
            return self._say("consent-only-once", request)
        with suppress(LorgnetteError):
            await book.allow(entry.tool, entry.to, entry.who)
            return self._say("consent-always", request, who=entry.who or entry.to)
        return self._say("consent-only-once", request)

    async def ruled_out(self, request: Request, registered: RegisteredTool, offer: Offer, done: Done) -> None:
        """Something was sent unasked: the log says so."""
        await self._note(
            request.wearer.id,
            Consent(
                id=new_id("k-"),
                at=request.now.timestamp(),
                tool=f"{registered.skill.key}.{registered.tool.name}",
                question=self._question(request, registered, offer.order, offer.taint, offer),
                answer="rule",
                how="rule",
                to=offer.to,
                who=offer.who,
                sources=tuple(sorted(offer.taint, key=named)),
                result=done.result[:400],
            ),
        )

    def _question(
        self,
        request: Request,
        registered: RegisteredTool,
        order: Mapping[str, Any],
        taint: Taint,
        offer: Offer | None,
    ) -> str:
        language, formal = request.language, request.wearer.formal
        who = behind(taint, self._phrases, language) if taint else ""
        if offer is None:
            text = wish(registered, order, language)
            return self._say("consent-suggested", request, source=who, what=text)
        values = {
            name: shown(value, NAMED if name == "who" else WHOLE) if isinstance(value, str) else value
            for name, value in offer.values.items()
        }
        asked = registered.skill.phrases.format(offer.key, values, language, now=request.now, formal=formal)
        if not who:
            return asked
        return f"{self._say('consent-behind', request, source=who)} {asked}"

    async def _closed(self, request: Request, held: Held, answer: Literal["no", "dropped"]) -> None:
        how: How | Literal[""] = _how(request) if answer == "no" else ""
        await self._note(request.wearer.id, msgspec.structs.replace(held.entry, answer=answer, how=how))

    async def _note(self, wearer: str, entry: Consent) -> None:
        book = self.book(wearer)
        if book is not None:
            await book.note(entry)

    def _say(self, key: str, request: Request, **values: Any) -> str:
        return self._phrases.format(key, values, request.language, formal=request.wearer.formal)


def _how(request: Request) -> How:
    return "voice" if request.answer in {"", "early"} else request.answer  # type: ignore[return-value]
