"""The mind: a reflex where a sentence fits, else thought where there is a model, else one honest sentence."""

import asyncio
import logging
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from lorgnette.engines.protocols import ChatModel
from lorgnette.mind.context import Services
from lorgnette.mind.deeds import Deed, Deeds
from lorgnette.mind.reflexes import Match, Reflexes
from lorgnette.mind.request import Display, Outcome, Piece, Request, Say
from lorgnette.sdk.phrases import Phrases
from lorgnette.sdk.registry import SkillRegistry

log = logging.getLogger(__name__)

MOST_WEARERS: Final = 10_000
MOST_UNDO: Final = 5
SCENES_WAITING: Final = 32

Undo = Callable[[], Awaitable[Say]]


def hub_phrases() -> Phrases:
    """What the hub itself says: errors, "I didn't get that", "did you say …?"."""
    return Phrases("hub", Path(__file__).parent / "phrases")


class Mind:
    """Answers requests of every wearer.

    `late(request, deed)` is told of an act that ended after its turn was cancelled.
    """

    def __init__(
        self,
        registry: SkillRegistry,
        services: Services,
        phrases: Phrases | None = None,
        chat: ChatModel | None = None,
        *,
        late: Callable[[Request, Deed], None] | None = None,
    ) -> None:
        self.registry = registry
        self.phrases = phrases or hub_phrases()
        self.reflexes = Reflexes(registry)
        self._chat = chat
        self._late_hook = late
        self._deeds = Deeds(registry.skills.values(), services, self.phrases, self._late)
        self._undo: OrderedDict[str, deque[Undo]] = OrderedDict()
        self._told: OrderedDict[str, date] = OrderedDict()

    def reflex(self, text: str, language: str, now: datetime | None = None) -> Match | None:
        """What a sentence asks for; well under 2 ms, nothing happens."""
        return self.reflexes.match(text, language, now=now)

    def whole(self, text: str, language: str) -> bool:
        """Whether these words are a complete command already, so that a short silence ends them."""
        match = self.reflex(text, language)
        return match is not None and not match.open

    def warm(self, language: str) -> None:
        """Load now what the first request in this language would wait for."""
        self.reflexes.warm(language)
        self.phrases.warm(language)
        for skill in self.registry.skills.values():
            skill.phrases.warm(language)

    async def undo(self, wearer: str) -> Say | None:
        """Take back the wearer's last undoable act; None if there is none."""
        acts = self._undo.get(wearer)
        return await acts[-1]() if acts else None

    async def close(self) -> None:
        """End what skills left running."""
        await self._deeds.close()

    async def respond(self, request: Request) -> AsyncIterator[Piece]:
        """The answer, piece by piece; the last one is its `Outcome`. Nothing but cancellation is raised."""
        match = self.reflexes.match(
            request.text, request.language, now=request.now, silent=frozenset(request.slots)
        )
        if match is not None:
            async for piece in self._act(request, match):
                yield piece
        else:
            yield Say(self._not_understood(request))
            yield Outcome("not_understood", "none")

    async def _act(self, request: Request, match: Match) -> AsyncIterator[Piece]:
        registered = self.registry.find(match.skill, match.tool)
        shown: asyncio.Queue[Display | None] = asyncio.Queue()

        def show(display: Display) -> None:
            if shown.qsize() < SCENES_WAITING:
                shown.put_nowait(display)

        async def work() -> Deed:
            try:
                return await self._deeds.do(request, registered, match.arguments, "reflex", show)
            finally:
                shown.put_nowait(None)

        task = asyncio.create_task(work())
        try:
            while (display := await shown.get()) is not None:
                yield display
            deed = self._remembered(request, await task)
        finally:
            task.cancel()
        for piece in pieces_of(deed):
            yield piece
        yield Outcome("done" if deed.error is None else "failed", "reflex")

    def _remembered(self, request: Request, deed: Deed) -> Deed:
        """The deed with an undo that can be called once, here or through `undo`."""
        take_back = deed.done.undo
        if take_back is None:
            return deed
        acts = self._undo.setdefault(request.wearer.id, deque(maxlen=MOST_UNDO))
        self._undo.move_to_end(request.wearer.id)
        while len(self._undo) > MOST_WEARERS:
            self._undo.popitem(last=False)

        async def once() -> Say:
            if once not in acts:
                return Say(self.phrases.format("nothing-to-undo", {}, request.language))
            acts.remove(once)
            return await take_back()

        acts.append(once)
        return replace(deed, done=replace(deed.done, undo=once))

    def _late(self, request: Request, deed: Deed) -> None:
        deed = self._remembered(request, deed)
        log.info("%s.%s ended after its turn", deed.done.skill, deed.done.tool)
        if self._late_hook is not None:
            self._late_hook(request, deed)

    def _not_understood(self, request: Request) -> str:
        """How to add a model, once a day and wearer; a few words from then on."""
        wearer, today = request.wearer.id, request.now.date()
        first = self._chat is None and self._told.get(wearer) != today
        if first:
            self._told[wearer] = today
            self._told.move_to_end(wearer)
            while len(self._told) > MOST_WEARERS:
                self._told.popitem(last=False)
        return self.phrases.format("no-model" if first else "not-understood", {}, request.language)


def pieces_of(deed: Deed) -> list[Piece]:
    """A deed as pieces of an answer: said, shown, done."""
    return [piece for piece in (deed.say, deed.display, deed.done) if piece is not None]
