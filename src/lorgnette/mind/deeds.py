"""Doing what was asked: one tool call, from its arguments to what is said, shown and can be undone."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from lorgnette.core.errors import Busy, Denied, LorgnetteError
from lorgnette.core.taint import CLEAN, Source, Taint
from lorgnette.mind.asking import Asking
from lorgnette.mind.consent import Asker, Verdict, decide
from lorgnette.mind.consents import ConsentDesk, Held
from lorgnette.mind.context import RequestContext, Services, SettingsOf
from lorgnette.mind.request import Display, Done, Piece, Request, Say
from lorgnette.mind.wording import own_words
from lorgnette.sdk.consent import Offer
from lorgnette.sdk.phrases import Phrases
from lorgnette.sdk.registry import Installed, RegisteredTool
from lorgnette.sdk.reply import Choice, Reply
from lorgnette.sdk.schema import kind_of, plain_value

log = logging.getLogger(__name__)

UNDONE = "undone"
SCENES = 32
"""Scenes that one undo may change."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What came of a tool call. `say` is None where nothing is to be said."""

    done: Done
    say: Say | None = None
    display: Display | None = None
    error: LorgnetteError | None = None
    asks: str = ""
    """The parameter that the answer to `say` fills."""
    choices: tuple[Choice, ...] = ()
    """What `say` lists."""
    told: str = ""
    """What a model is told instead of what is said; empty: just that."""


class Deeds:
    """Runs tools. What acts runs to its end even when nobody waits any more."""

    def __init__(
        self,
        skills: Iterable[Installed],
        services: Services,
        phrases: Phrases,
        late: Callable[[Request, Deed], None],
        desk: ConsentDesk,
        asking: Asking,
        settings: SettingsOf,
    ) -> None:
        self._asking = asking
        self._settings = settings
        self._desk = desk
        self._skills = skills
        self._services = services
        self._phrases = phrases
        self._late = late
        self._running: set[asyncio.Future[Any]] = set()

    async def do(
        self,
        request: Request,
        registered: RegisteredTool,
        arguments: Mapping[str, Any],
        asker: Asker,
        show: Callable[[Piece], None],
        *,
        taint: Taint = CLEAN,
        agreed: Taint | None = None,
    ) -> Deed:
        """Call the tool, or hold it until the wearer consents. Never raises but when cancelled.

        `taint`: whose words are in the context that chose the call; `agreed`: an errand's consent, with the
        sources that it named. An act in flight goes on to its end when nobody waits any more.
        """
        asker = "errand" if request.alone else asker
        call = self._call(request, registered, arguments, asker, show, taint, agreed)
        return await self._ended_well(request, registered, asyncio.ensure_future(call))

    async def carry_out(self, request: Request, held: Held, show: Callable[[Piece], None]) -> Deed:
        """The wearer consented: run what was held, as it was laid out."""
        call = self._run(request, held.registered, held.order, show, held.taint)
        deed = await self._ended_well(request, held.registered, asyncio.ensure_future(call))
        return replace(deed, done=replace(deed.done, taint=deed.done.taint | held.taint))

    async def _ended_well(
        self, request: Request, registered: RegisteredTool, task: "asyncio.Future[Deed]"
    ) -> Deed:
        self.keep(task)
        if registered.tool.cancel == "safe" or registered.tool.effect in {"read", "query"}:
            try:
                return await task
            except asyncio.CancelledError:
                task.cancel()
                raise
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            task.add_done_callback(lambda ended: ended.cancelled() or self._late(request, ended.result()))
            raise

    def keep(self, work: Awaitable[Any]) -> None:
        """Own a piece of work until it ends; a failure is logged."""
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._ended)

    async def close(self) -> None:
        """Cancel what still runs, and wait for it."""
        running = tuple(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def sentence(self, error: LorgnetteError, request: Request, skill: Installed | None = None) -> str:
        """What an error says to the wearer: the skill's own phrase, else the hub's."""
        language, formal = request.language, request.wearer.formal
        if skill is not None and skill.phrases.has(error.phrase, language):
            return skill.phrases.format(error.phrase, error.values, language, formal=formal)
        key = error.phrase if self._phrases.has(error.phrase, language) else LorgnetteError.phrase
        return self._phrases.format(key, error.values, language, formal=formal)

    def _ended(self, task: asyncio.Future[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("work kept for a skill failed", exc_info=task.exception())

    async def _call(
        self,
        request: Request,
        registered: RegisteredTool,
        arguments: Mapping[str, Any],
        asker: Asker,
        show: Callable[[Piece], None],
        taint: Taint,
        agreed: Taint | None,
    ) -> Deed:
        tool, skill = registered.tool, registered.skill
        try:
            offer: Offer | None = None
            if self._decide(request, registered, arguments, asker, CLEAN, ruled=True) == "refuse":
                raise self._refused(request, registered, asker)
            if tool.preview:
                context = self._context(request, registered, show, taint)
                laid_out = await getattr(skill.skill, tool.preview)(context, **arguments)
                if isinstance(laid_out, Reply):  # something is still to be asked
                    return self._replied(request, registered, _plain(arguments), laid_out)
                offer = laid_out
                taint |= offer.taint
            left = taint - agreed if agreed is not None else taint
            ruled = agreed is not None or (
                offer is not None
                and not left
                and await self._desk.ruled(request.wearer.id, f"{skill.key}.{tool.name}", offer.to, offer.who)
            )
            verdict = self._decide(request, registered, arguments, asker, left, ruled=ruled)
            if verdict == "refuse":
                raise self._refused(request, registered, asker)
            order = arguments if offer is None else offer.order
            if verdict != "do":
                held = await self._desk.hold(request, registered, order, verdict, taint, offer)
                if held is None:
                    raise Busy(f"{registered.name}: too many questions at once")
                return self._held(held, asker)
        except LorgnetteError as error:
            log.info("%s: %s", registered.name, error.phrase)
            return self._failed(request, registered, _plain(arguments), error)
        except Exception:
            log.exception("%s could not be laid out", registered.name)
            return self._failed(
                request, registered, _plain(arguments), LorgnetteError("laying it out failed")
            )
        deed = await self._run(request, registered, order, show, taint)
        if offer is not None and deed.error is None:
            await self._desk.ruled_out(request, registered, offer, deed.done)
        return deed

    def _decide(
        self,
        request: Request,
        registered: RegisteredTool,
        arguments: Mapping[str, Any],
        asker: Asker,
        taint: Taint,
        *,
        ruled: bool,
    ) -> Verdict:
        effect = registered.tool.effect
        if asker == "errand" and effect == "act" and not registered.tool.offered:
            return "refuse"  # what no model may do, none does by way of an errand
        return decide(
            effect,
            asker,
            tainted=bool(taint),
            own=effect == "query" and own_words(registered, arguments, request.text, request.now),
            ruled=ruled,
            role=request.wearer.role,
            shared=request.shared,
            inputs=request.capabilities.inputs,
            pin=request.wearer.pin,
        )

    def _refused(self, request: Request, registered: RegisteredTool, asker: Asker) -> Denied:
        guest = request.shared or request.wearer.role == "guest"
        detail = f"{registered.name} has the effect {registered.tool.effect}, asked for by a {asker}"
        if guest:
            return Denied(detail, phrase="error-consent-guest")
        if registered.tool.effect == "spend" and asker in {"reflex", "model"}:
            return Denied(detail, phrase="error-consent-hand")
        return Denied(detail, phrase="error-consent-alone")

    def _held(self, held: Held, asker: Asker) -> Deed:
        """Nothing was done; the question is said at once, unless a model still talks or another one waits."""
        tool, first = held.registered.tool, self._desk.first(held.request)
        done = Done(
            held.registered.skill.key,
            tool.name,
            _plain(held.order),
            held.entry.question,
            taint=held.taint,
            held=True,
        )
        return Deed(done, held.say if first is held and asker == "reflex" else None)

    async def _run(
        self,
        request: Request,
        registered: RegisteredTool,
        arguments: Mapping[str, Any],
        show: Callable[[Piece], None],
        taint: Taint,
    ) -> Deed:
        tool, skill = registered.tool, registered.skill
        plain = _plain(arguments)
        try:
            context = self._context(request, registered, show, taint)
            reply = await tool.function(skill.skill, context, **arguments)
            return self._replied(request, registered, plain, reply)
        except LorgnetteError as error:
            log.info("%s: %s", registered.name, error.phrase)  # its detail may hold the wearer's words
            return self._failed(request, registered, plain, error)
        except Exception:
            log.exception("%s failed", registered.name)
            return self._failed(request, registered, plain, LorgnetteError(f"{registered.name} failed"))

    def _replied(
        self, request: Request, registered: RegisteredTool, plain: Mapping[str, Any], reply: Reply
    ) -> Deed:
        tool, skill = registered.tool, registered.skill
        text = self._text(reply, skill, request)
        undo = None
        if tool.undo and reply.undo is not None:
            undo = self._undo(request, registered, reply.undo)
        return Deed(
            Done(
                skill.key,
                tool.name,
                plain,
                text,
                undo=undo,
                taint=_taint(registered, reply.taint),
                facts=reply.facts,
            ),
            Say(text, ask=bool(reply.ask)) if text else None,
            Display(reply.scene_id or f"{skill.key}:{tool.name}", reply.scene) if reply.scene else None,
            asks=reply.ask if isinstance(reply.ask, str) else "",
            choices=tuple(reply.choices),
            told=reply.told,
        )

    def _failed(
        self, request: Request, registered: RegisteredTool, plain: Mapping[str, Any], error: LorgnetteError
    ) -> Deed:
        text = self.sentence(error, request, registered.skill)
        taint = _taint(registered, CLEAN, error.values.get("source"))
        done = Done(registered.skill.key, registered.tool.name, plain, text, ok=False, taint=taint)
        return Deed(done, Say(text), error=error)

    def _undo(self, request: Request, registered: RegisteredTool, held: Any) -> Callable[[], Awaitable[Say]]:
        async def undo() -> Say:
            skill = registered.skill
            shown: list[Display] = []

            def show(piece: Piece) -> None:
                if isinstance(piece, Display):
                    shown.append(piece)

            method = getattr(skill.skill, registered.tool.undo)
            try:
                context = self._context(request, registered, show, CLEAN)
                call = method(context, **held) if isinstance(held, Mapping) else method(context, held)
                reply = await call
                text = self._text(reply, skill, request) if reply is not None else ""
                if reply is not None and reply.scene is not None:
                    shown.append(Display(reply.scene_id or f"{skill.key}:undo", reply.scene))
            except LorgnetteError as error:
                log.info("undo of %s: %s", registered.name, error.phrase)
                return Say(self.sentence(error, request, skill), failed=True)
            except Exception:
                log.exception("undo of %s failed", registered.name)
                return Say(self.sentence(LorgnetteError("undo failed"), request, skill), failed=True)
            text = text or self._phrases.format(UNDONE, {}, request.language)
            return Say(text, displays=tuple(shown[:SCENES]))

        return undo

    def _text(self, reply: Reply, skill: Installed, request: Request) -> str:
        if not reply.key:
            return ""
        text = skill.phrases.format(
            reply.key, reply.values, request.language, now=request.now, formal=request.wearer.formal
        )
        return text[:1].upper() + text[1:]

    def _context(
        self,
        request: Request,
        registered: RegisteredTool,
        show: Callable[[Piece], None],
        taint: Taint,
    ) -> RequestContext:
        free = (p.name for p in registered.tool.parameters if kind_of(p.kind)[0] == "text")
        return RequestContext(
            request,
            self._services,
            self._skills,
            registered.skill,
            show=show,
            keep=self.keep,
            free=free,
            taint=taint,
            asking=self._asking,
            settings=self._settings,
        )


def _plain(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {name: plain_value(value) for name, value in arguments.items()}


def _taint(registered: RegisteredTool, taint: Taint, source: object = None) -> Taint:
    """Whose words are in a result: those that it names, and what answers from elsewhere is never clean.

    `source`: of an error that repeats what others said.
    """
    if isinstance(source, Source):
        return taint | {source}
    if registered.tool.effect == "query" and not taint:
        return frozenset({Source("tool", registered.skill.key)})
    return taint
