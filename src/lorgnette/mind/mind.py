"""The mind: a reflex where a sentence fits, else thought where there is a model, else one honest sentence."""

import asyncio
import logging
from collections import OrderedDict, deque
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from lorgnette.agent import Budget, Tokens
from lorgnette.core.errors import LorgnetteError
from lorgnette.core.taint import CLEAN, Source, Taint
from lorgnette.engines.protocols import ChatModel, Sized
from lorgnette.mind.asked import Answer, Asked, Question
from lorgnette.mind.asking import Asking
from lorgnette.mind.calling import calling
from lorgnette.mind.consents import ConsentDesk, Held, Pins
from lorgnette.mind.context import Services, SettingsOf, default_settings
from lorgnette.mind.deeds import Deed, Deeds
from lorgnette.mind.dialogue import Call, Dialogue
from lorgnette.mind.match import Match
from lorgnette.mind.offering import Offer, Offering, most_for
from lorgnette.mind.proposal import Guesser, Proposal
from lorgnette.mind.quarantine import LONG, Quarantine, distilled
from lorgnette.mind.recollection import Recollection
from lorgnette.mind.reflexes import Reflexes
from lorgnette.mind.request import Done, Outcome, Piece, Request, Say, TakeBack
from lorgnette.mind.stream import Stream
from lorgnette.mind.thought import think
from lorgnette.sdk.phrases import Phrases
from lorgnette.sdk.registry import RegisteredTool, SkillRegistry

log = logging.getLogger(__name__)

MOST_WEARERS: Final = 10_000
MOST_UNDO: Final = 5
LONGER: Final = 24
"""Characters from which two requests of one sentence aren't answered with the same words."""


def hub_phrases() -> Phrases:
    """What the mind itself says: errors, and that it didn't understand."""
    return Phrases("mind", Path(__file__).parent / "phrases")


@dataclass(frozen=True, slots=True)
class _Step:
    """A call to make. `undo`: what it corrects; `taint`: whose words are in its arguments."""

    match: Match
    undo: TakeBack | None = None
    taint: Taint = CLEAN


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
        settings: SettingsOf = default_settings,
    ) -> None:
        self.registry = registry
        self.reflexes = reflexes or Reflexes(registry)
        self._phrases = phrases or hub_phrases()
        self.chat = chat
        """May be another one from the next request on; None: reflexes alone."""
        self._offering = Offering(registry, self._most_tools)
        self.offer: Offer = self._offering
        """Which tools a model is offered for a request."""
        self.recollection: Recollection | None = None
        """What wearers wanted to be remembered; None: nothing is."""
        self._budget = budget
        self._tokens = Tokens()
        self._late_hook = late
        self.reader = Quarantine(lambda: self.chat)
        self._desk = ConsentDesk(services, self._phrases, pins)
        asking = Asking(registry, self.reflexes, self._phrases)
        self._deeds = Deeds(
            registry.skills.values(), services, self._phrases, self._late, self._desk, asking, settings
        )
        self._undo: OrderedDict[str, deque[TakeBack]] = OrderedDict()
        self._told: OrderedDict[str, date] = OrderedDict()
        self._asked = Asked(registry, self.reflexes)
        self._dialogue = Dialogue(registry, self.reflexes)
        self.guess: Guesser = lambda _request: None
        """What may be meant by what no sentence of the grammar fits."""
        self.doubt: Callable[[Request, Match], bool] = lambda _request, _match: False
        """Whether a sentence that fits isn't surely what was meant; then it is guessed, too."""

    def _most_tools(self) -> int:
        return most_for(self.chat.window if isinstance(self.chat, Sized) else 0)

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
        self._offering.warm(language)
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
        self._asked.forget(wearer)
        self._dialogue.forget(wearer)
        self._desk.forget(wearer)

    def become(self, registry: SkillRegistry, learned: Sequence[Callable[[], None]] = ()) -> None:
        """Have other skills from the next request on; what runs ends with those it began with.

        `learned`: what `learn` of the reflexes and of who guesses gave for that registry.
        """
        before = dict(self.registry.skills)
        self.registry.become(registry)
        for hold in learned:
            hold()
        after = self.registry.skills
        changed = {key for key in (*before, *after) if before.get(key) is not after.get(key)}
        self._asked.drop(changed)
        self._dialogue.drop(changed)

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
        if self.recollection is not None and not request.alone:
            self.recollection.heard(request, taint)

    async def think(self, request: Request) -> AsyncGenerator[Piece]:
        """As `respond`, by the model whatever the sentences say; failed where there is none."""
        if self.chat is None:
            yield Outcome("failed", "none")
            return
        async with aclosing(self._think(await self._recalled(request), self.chat)) as pieces:
            async for piece in pieces:
                yield piece

    async def _respond(self, request: Request) -> AsyncGenerator[Piece]:
        if request.alone:
            steps = self._steps(request)
            async with aclosing(self._act(request, steps) if steps else self._otherwise(request)) as pieces:
                async for piece in pieces:
                    yield piece
            return
        settled = await self._desk.answered(request, self._carry_out)
        if settled is not None:
            async with aclosing(settled):
                async for piece in settled:
                    yield piece
            return
        answer = self._asked.answered(request)
        if answer is not None:
            pieces = self._answer(request, answer)
        elif steps := self._steps(request):
            pieces = self._act(request, steps)
        else:
            pieces = self._otherwise(request)
        async with aclosing(pieces):
            async for piece in pieces:
                yield piece

    def _steps(self, request: Request) -> list[_Step]:
        """What the grammar and the last exchange make of it; nothing happens."""
        follow = None if request.slots or request.alone else self._dialogue.follow(request)
        if follow is not None and follow.firm:
            return [_Step(follow.match, follow.undo, follow.taint)]
        text, language, now = request.text, request.language, request.now
        match = self.reflexes.match(text, language, now=now, silent=frozenset(request.slots))
        if match is not None and not request.slots and self.doubt(request, match):
            match = None
        if follow is not None and (match is None or (follow.sure and match.confidence < 1)):
            return [_Step(follow.match, follow.undo, follow.taint)]
        if match is None or match.confidence < 1:
            several = self.reflexes.several(text, language, now=now)
            if several and (match is None or match.open or _exact(several) > match.confidence):
                return [_Step(one) for one in several]
        return [_Step(match)] if match is not None else []

    async def _otherwise(self, request: Request) -> AsyncGenerator[Piece]:
        """No sentence fits: a guess, thought, or one honest sentence."""
        guess = None if request.alone else self.guess(request)
        if isinstance(guess, Match):
            pieces = self._act(request, [_Step(guess)])
        elif guess is not None:
            pieces = self._propose(request, guess)
        elif self.chat is not None:
            pieces = self._think(await self._recalled(request), self.chat)
        else:
            yield Say(self._not_understood(request))
            yield Outcome("not_understood", "none")
            return
        async with aclosing(pieces):
            async for piece in pieces:
                yield piece

    async def _propose(self, request: Request, proposal: Proposal) -> AsyncGenerator[Piece]:
        say = Say(self._say("did-you-mean", request, what=proposal.sentence), ask=True)
        self._asked.put(request, [Question(proposal.match, "", say)])
        yield say
        yield Outcome("proposed", "reflex")

    async def _answer(self, request: Request, answer: Answer) -> AsyncGenerator[Piece]:
        if answer.match is None:
            yield Say(self._say("all-right", request))
            yield answer.next or Outcome("done", "reflex")
            if answer.next is not None:
                yield Outcome("done", "reflex")
            return
        async with aclosing(self._act(request, [_Step(answer.match)])) as pieces:
            async for piece in pieces:
                if isinstance(piece, Outcome) and answer.next is not None:
                    yield answer.next
                yield piece

    async def _recalled(self, request: Request) -> Request:
        """With what the wearer's memory says to it; whose words those are is known from here on."""
        if self.recollection is None:
            return request
        found = await self.recollection.for_prompt(request.wearer.id, request)
        return replace(request, recalled=found.text, taint=request.taint | found.taint)

    async def _act(self, request: Request, steps: Sequence[_Step]) -> AsyncGenerator[Piece]:
        """Each step, whatever becomes of the others. What is asked comes last, so that it can be answered."""
        failed = False
        consents: list[Say] = []
        questions: list[Question] = []
        told: set[str] = set()
        tools = [self.registry.find(step.match.skill, step.match.tool) for step in steps]
        for position, (step, registered) in enumerate(zip(steps, tools, strict=True)):
            async with aclosing(self._act_once(request, step, registered, position, questions)) as pieces:
                async for piece in pieces:
                    failed = failed or (isinstance(piece, Done) and not piece.ok)
                    if isinstance(piece, Say) and piece.consent:
                        consents.append(piece)
                    elif isinstance(piece, Say) and len(piece.text) > LONGER and piece.text in told:
                        continue  # "no smart home is set up" is said once
                    else:
                        told |= {piece.text} if isinstance(piece, Say) else set()
                        yield piece
        if request.alone:
            ask = questions[0].say if questions else None
        else:
            ask = self._asked.put(request, questions)
        for say in consents or ([ask] if ask is not None else []):
            yield say
        yield Outcome("failed" if failed else "done", "reflex")

    async def _act_once(
        self,
        request: Request,
        step: _Step,
        registered: RegisteredTool,
        position: int,
        questions: list[Question],
    ) -> AsyncGenerator[Piece]:
        match = step.match
        undone = await self._taken_back(request, step.undo)
        if undone is not None:
            for display in undone.displays:
                yield display
            if undone.failed:
                yield undone
                yield Done(match.skill, match.tool, {}, undone.text, ok=False)
                return
        deeds: list[Deed] = []
        # an errand's own words may be others'
        taint = step.taint | request.taint if request.alone else step.taint

        async def work(stream: Stream) -> None:
            with calling(f"{request.turn}:{registered.name}:{position}"):
                deeds.append(
                    await self._deeds.do(
                        request, registered, match.arguments, "reflex", stream.put, taint=taint
                    )
                )

        async with aclosing(Stream().flow(work)) as pieces:
            async for piece in pieces:
                yield piece
        deed = self._remembered(request, deeds[0])
        self._note(request, registered, match.arguments, deed, step.taint)
        if undone is not None and not deed.done.ok:
            yield undone  # what was wrong is gone, and what is right couldn't be done
        say = deed.say
        if deed.asks and say is not None:
            questions.append(Question(match, deed.asks, say))
            say = None
        for last in (say, deed.display, deed.done):
            if last is not None:
                yield last

    async def _taken_back(self, request: Request, undo: TakeBack | None) -> Say | None:
        """Undo what is corrected, to its end; None where that isn't to be undone any more."""
        if undo is None or undo not in self._undo.get(request.wearer.id, ()):
            return None
        task = asyncio.ensure_future(undo())
        self._deeds.keep(task)
        return await asyncio.shield(task)

    def _note(
        self,
        request: Request,
        registered: RegisteredTool,
        arguments: Mapping[str, Any],
        deed: Deed,
        taint: Taint,
    ) -> None:
        """What was done may be gone on from; yes, thanks and stop are nothing of the kind."""
        if request.alone or self.registry.tools.get(registered.name) is not registered:
            return  # a tool from outside has no sentences that one could go on with
        if registered.tool.offered and not registered.tool.final and deed.done.result:
            match = Match(registered.skill.key, registered.tool.name, arguments)
            call = Call(match, deed.done.undo, deed.choices, taint, deed.done.taint)
            self._dialogue.note(request, call)

    async def _thought(self, request: Request, chat: ChatModel, stream: Stream) -> None:
        """What a model makes of it, with the tools that it calls, into the stream."""
        taint, noted = request.taint, False
        if request.images:
            taint |= {Source("picture")}  # whatever is written in it

        def offer(request: Request) -> Sequence[RegisteredTool]:
            nonlocal taint
            tools = self.offer(request)
            taint |= {source for one in tools for source in one.taint}
            return tools

        async def do(registered: RegisteredTool, arguments: Mapping[str, Any]) -> Deed:
            nonlocal taint, noted
            before = taint
            deed = await self._deeds.do(request, registered, arguments, "model", stream.put, taint=before)
            taint |= deed.done.taint  # whatever it calls from now on may be somebody else's wish
            told = deed.told or deed.done.result
            if deed.done.taint and len(told) > LONG and not deed.done.held:
                deed = replace(deed, told=await distilled(self.reader, told, request.text))
            deed, noted = self._remembered(request, deed), True
            if not deed.done.held:  # "again" must not do what nobody said yes to
                self._note(request, registered, arguments, deed, before)
            return deed

        thought = think(
            request,
            offer,
            chat,
            do,
            self._budget,
            known=tuple(self.registry.tools.values()),
            tokens=self._tokens,
            late=lambda deed: self._ended_late(request, deed),
        )
        async with aclosing(thought) as pieces:
            async for piece in pieces:
                await stream.send(replace(piece, taint=taint) if isinstance(piece, Outcome | Say) else piece)
        if not noted:
            self._dialogue.forget(request.wearer.id)  # the talk has moved on

    async def _think(self, request: Request, chat: ChatModel) -> AsyncGenerator[Piece]:
        said = False
        try:
            flow = Stream().flow(lambda stream: self._thought(request, chat, stream))
            async with aclosing(flow) as pieces:
                async for piece in pieces:
                    held = self._desk.first(request) if isinstance(piece, Outcome) else None
                    if isinstance(piece, Outcome) and held is not None:
                        yield replace(held.say, text=f" {held.say.text}" if said else held.say.text)
                        piece = Outcome("done", "model", piece.taint)  # noqa: PLW2901
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
        return self._say("no-model" if first else "not-understood", request)

    def _say(self, key: str, request: Request, **values: Any) -> str:
        return self._phrases.format(key, values, request.language, formal=request.wearer.formal)


def _exact(matches: Sequence[Match]) -> float:
    return sum(match.confidence for match in matches) / len(matches)


def _newest[V](table: OrderedDict[str, V], wearer: str) -> None:
    table.move_to_end(wearer)
    while len(table) > MOST_WEARERS:
        table.popitem(last=False)
