"""The mind: a reflex where a sentence fits, else thought where there is a model, else one honest sentence."""

import asyncio
import logging
from collections import OrderedDict, deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from lorgnette.agent import Budget, Tokens
from lorgnette.core.errors import LorgnetteError
from lorgnette.engines.protocols import ChatModel
from lorgnette.mind.calling import calling
from lorgnette.mind.consents import ConsentDesk, Held, Pins
from lorgnette.mind.context import Services
from lorgnette.mind.deeds import Deed, Deeds
from lorgnette.mind.offering import Offer, Offering
from lorgnette.mind.recollection import Recollection
from lorgnette.mind.reflexes import Match, Reflexes
from lorgnette.mind.request import Display, Done, Outcome, Piece, Request, Say
from lorgnette.mind.thought import think
from lorgnette.sdk.phrases import Phrases
from lorgnette.sdk.registry import RegisteredTool, SkillRegistry

log = logging.getLogger(__name__)

MOST_WEARERS: Final = 10_000
MOST_UNDO: Final = 5
SCENES_WAITING: Final = 32

ANSWER_WITHIN: Final = timedelta(seconds=30)

Undo = Callable[[], Awaitable[Say]]


def hub_phrases() -> Phrases:
    """What the mind itself says: errors, and that it didn't understand."""
    return Phrases("mind", Path(__file__).parent / "phrases")


@dataclass(frozen=True, slots=True)
class _Question:
    """A call that waits for one argument."""

    match: Match
    slot: str
    until: datetime


class Mind:
    """Answers requests of every wearer.

    `services(kind, wearer)` gives a service bound to a wearer, or raises `KeyError`; `late(request, deed)` is
    told of an act that ended after its turn was cancelled.
    """

    def __init__(
        self,
        registry: SkillRegistry,
        services: Services,
        phrases: Phrases | None = None,
        chat: ChatModel | None = None,
        *,
        reflexes: Reflexes | None = None,
        budget: Budget | None = None,
        late: Callable[[Request, Deed], None] | None = None,
        pins: Pins | None = None,
    ) -> None:
        self.registry = registry
        self.reflexes = reflexes or Reflexes(registry)
        self._phrases = phrases or hub_phrases()
        self.chat = chat
        """May be another one from the next request on; None: reflexes alone."""
        self.offer: Offer = Offering(registry)
        """Which tools a model is offered for a request."""
        self.recollection: Recollection | None = None
        """What wearers wanted to be remembered; None: nothing is."""
        self._budget = budget
        self._tokens = Tokens()
        self._late_hook = late
        self._desk = ConsentDesk(services, self._phrases, pins)
        self._deeds = Deeds(registry.skills.values(), services, self._phrases, self._late, self._desk)
        self._undo: OrderedDict[str, deque[Undo]] = OrderedDict()
        self._told: OrderedDict[str, date] = OrderedDict()
        self._asked: OrderedDict[str, _Question] = OrderedDict()

    def reflex(self, text: str, language: str, now: datetime | None = None) -> Match | None:
        """What a sentence asks for; well under 2 ms, and nothing happens."""
        return self.reflexes.match(text, language, now=now)

    def whole(self, text: str, language: str) -> bool:
        """Whether these words are a complete command already, so that a short silence ends them."""
        match = self.reflex(text, language)
        return match is not None and not match.open

    def warm(self, language: str) -> None:
        """Load now what the first request in this language would wait for."""
        self.reflexes.warm(language)
        self._phrases.warm(language)
        for skill in self.registry.skills.values():
            skill.phrases.warm(language)

    async def undo(self, wearer: str) -> Say | None:
        """Take back the wearer's last undoable act; None if there is none."""
        acts = self._undo.get(wearer)
        return await acts[-1]() if acts else None

    def forget(self, wearer: str) -> None:
        """What this wearer could take back or was asked is gone: it holds their words."""
        self._undo.pop(wearer, None)
        self._asked.pop(wearer, None)
        self._desk.forget(wearer)

    async def close(self) -> None:
        """End what skills left running."""
        await self._deeds.close()

    async def respond(self, request: Request) -> AsyncGenerator[Piece]:
        """The answer, piece by piece; the last is its `Outcome`. Nothing but cancellation is raised."""
        taint = request.taint
        async with aclosing(self._respond(request)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Done):
                    taint |= piece.taint
                yield piece
        if self.recollection is not None:
            self.recollection.heard(request, taint)

    async def _respond(self, request: Request) -> AsyncGenerator[Piece]:
        settled = await self._desk.answered(request, self._carry_out)
        if settled is not None:
            async with aclosing(settled):
                async for piece in settled:
                    yield piece
            return
        match = self._answered(request) or self.reflexes.match(
            request.text, request.language, now=request.now, silent=frozenset(request.slots)
        )
        matches = (
            (match,) if match else self.reflexes.several(request.text, request.language, now=request.now)
        )
        if matches:
            pieces = self._act(request, matches)
        elif self.chat is not None:
            pieces = self._think(await self._recalled(request), self.chat)
        else:
            yield Say(self._not_understood(request))
            yield Outcome("not_understood", "none")
            return
        async with aclosing(pieces):
            async for piece in pieces:
                yield piece

    async def _recalled(self, request: Request) -> Request:
        """With what the wearer's memory says to it; whose words those are is known from here on."""
        if self.recollection is None:
            return request
        found = await self.recollection.for_prompt(request.wearer.id, request)
        return replace(request, recalled=found.text, taint=request.taint | found.taint)

    async def _act(self, request: Request, matches: Sequence[Match]) -> AsyncGenerator[Piece]:
        failed = False
        for position, match in enumerate(matches):
            async with aclosing(self._act_once(request, match, position)) as pieces:
                async for piece in pieces:
                    failed = failed or (isinstance(piece, Done) and not piece.ok)
                    yield piece
        yield Outcome("failed" if failed else "done", "reflex")

    async def _act_once(self, request: Request, match: Match, position: int) -> AsyncGenerator[Piece]:
        registered = self.registry.find(match.skill, match.tool)
        shown: asyncio.Queue[Display | None] = asyncio.Queue()

        async def work() -> Deed:
            try:
                with calling(f"{request.turn}:{registered.name}:{position}"):
                    return await self._deeds.do(request, registered, match.arguments, "reflex", _into(shown))
            finally:
                shown.put_nowait(None)

        task = asyncio.create_task(work())
        try:
            while (display := await shown.get()) is not None:
                yield display
            deed = self._remembered(request, await task)
        finally:
            task.cancel()
        if deed.asks:
            self._asked[request.wearer.id] = _Question(match, deed.asks, request.now + ANSWER_WITHIN)
            _newest(self._asked, request.wearer.id)
        for piece in (deed.say, deed.display, deed.done):
            if piece is not None:
                yield piece

    async def _think(self, request: Request, chat: ChatModel) -> AsyncGenerator[Piece]:
        shown: asyncio.Queue[Display | None] = asyncio.Queue()

        taint = request.taint

        async def do(registered: RegisteredTool, arguments: Mapping[str, Any]) -> Deed:
            nonlocal taint
            deed = await self._deeds.do(request, registered, arguments, "model", _into(shown), taint=taint)
            taint |= deed.done.taint  # whatever it calls from now on may be somebody else's wish
            return self._remembered(request, deed)

        said = False
        try:
            thought = think(
                request,
                self.offer,
                chat,
                do,
                self._budget,
                tokens=self._tokens,
                late=lambda deed: self._ended_late(request, deed),
            )
            async with aclosing(thought) as pieces:
                async for piece in pieces:
                    while not shown.empty():
                        display = shown.get_nowait()
                        if display is not None:
                            yield display
                    held = self._desk.first(request) if isinstance(piece, Outcome) else None
                    if held is not None:
                        yield replace(held.say, text=f" {held.say.text}" if said else held.say.text)
                        piece = Outcome("done", "model")  # noqa: PLW2901
                    elif isinstance(piece, Outcome) and piece.kind == "failed":
                        yield Say(self._phrases.format("no-answer", {}, request.language))
                    said = said or isinstance(piece, Say)
                    yield piece
        except LorgnetteError as error:
            log.warning("turn %s: %s", request.turn, error.detail)
            sentence = self._deeds.sentence(error, request)
            yield Say(f" {sentence}" if said else sentence)
            yield Outcome("failed", "model")
        except Exception:
            log.exception("turn %s: thought broke", request.turn)
            yield Say(self._deeds.sentence(LorgnetteError("thought broke"), request))
            yield Outcome("failed", "model")

    def _answered(self, request: Request) -> Match | None:
        """The call that was asked about, with what the wearer says now as the answer."""
        question = self._asked.pop(request.wearer.id, None)
        if question is None or question.until < request.now:
            return None
        match, slot = question.match, question.slot
        other = self.reflex(request.text, request.language, request.now)
        registered = self.registry.find(match.skill, match.tool)
        value = self.reflexes.fill(registered, slot, request.text, request.language, now=request.now)
        if value is None or (
            other is not None and other.confidence == 1.0 and not isinstance(value, bool)
        ):  # a yes or no means this question, although one may say it to nothing, too
            return None
        return replace(match, arguments={**match.arguments, slot: value})

    def _remembered(self, request: Request, deed: Deed) -> Deed:
        """The deed with an undo that works once, here or through `undo`."""
        take_back = deed.done.undo
        if take_back is None:
            return deed
        acts = self._undo.setdefault(request.wearer.id, deque(maxlen=MOST_UNDO))
        _newest(self._undo, request.wearer.id)

        async def once() -> Say:
            if once not in acts:
                return Say(self._phrases.format("nothing-to-undo", {}, request.language))
            acts.remove(once)
            return await take_back()

        acts.append(once)
        return replace(deed, done=replace(deed.done, undo=once))

    async def _carry_out(self, request: Request, held: Held) -> Deed:
        asked = replace(
            held.request,
            turn=request.turn,
            now=request.now,
            device=request.device,
            capabilities=request.capabilities,
            control=request.control,
        )
        return self._remembered(request, await self._deeds.carry_out(asked, held, lambda _: None))

    def _late(self, request: Request, deed: Deed) -> None:
        self._ended_late(request, self._remembered(request, deed))

    def _ended_late(self, request: Request, deed: Deed) -> None:
        if deed.done.held:  # nobody was asked, so nobody can answer
            self._desk.forget(request.wearer.id, request.turn)
            return
        log.info("%s.%s ended after its turn", deed.done.skill, deed.done.tool)
        if self._late_hook is not None:
            self._late_hook(request, deed)

    def _not_understood(self, request: Request) -> str:
        """How to add a model, once a day and wearer; a few words from then on."""
        wearer, today = request.wearer.id, request.now.date()
        first = self._told.get(wearer) != today
        if first:
            self._told[wearer] = today
            _newest(self._told, wearer)
        key = "no-model" if first else "not-understood"
        return self._phrases.format(key, {}, request.language, formal=request.wearer.formal)


def _into(queue: "asyncio.Queue[Display | None]") -> Callable[[Display], None]:
    """Put scenes into a queue; what nobody takes is dropped at a bound."""

    def show(display: Display) -> None:
        if queue.qsize() < SCENES_WAITING:
            queue.put_nowait(display)

    return show


def _newest[V](table: OrderedDict[str, V], wearer: str) -> None:
    table.move_to_end(wearer)
    while len(table) > MOST_WEARERS:
        table.popitem(last=False)
