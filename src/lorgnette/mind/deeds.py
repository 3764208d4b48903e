"""Doing what was asked: one tool call, from its arguments to what is said, shown and can be undone."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lorgnette.core.errors import Denied, LorgnetteError
from lorgnette.core.taint import Source, Taint
from lorgnette.mind.consent import Asker, allowed
from lorgnette.mind.context import RequestContext, Services
from lorgnette.mind.request import Display, Done, Request, Say
from lorgnette.sdk.phrases import Phrases
from lorgnette.sdk.registry import Installed, RegisteredTool
from lorgnette.sdk.reply import Reply
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


class Deeds:
    """Runs tools. What acts runs to its end even when nobody waits any more."""

    def __init__(
        self,
        skills: Iterable[Installed],
        services: Services,
        phrases: Phrases,
        late: Callable[[Request, Deed], None],
    ) -> None:
        self._skills = tuple(skills)
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
        show: Callable[[Display], None],
    ) -> Deed:
        """Call the tool. Never raises but when cancelled; an act in flight then goes on to its end."""
        task = asyncio.ensure_future(self._call(request, registered, arguments, asker, show))
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
        show: Callable[[Display], None],
    ) -> Deed:
        tool, skill = registered.tool, registered.skill
        plain = {name: plain_value(value) for name, value in arguments.items()}
        try:
            context = self._context(request, registered, show)
            guest = request.shared or request.wearer.role == "guest"
            if not allowed(tool.effect, asker, guest=guest):
                raise Denied(f"{registered.name} has the effect {tool.effect}, asked for by a {asker}")
            reply = await tool.function(skill.skill, context, **arguments)
            text = self._text(reply, skill, request)
        except LorgnetteError as error:
            log.info("%s: %s", registered.name, error.phrase)  # its detail may hold the wearer's words
            return self._failed(request, registered, plain, error)
        except Exception:
            log.exception("%s failed", registered.name)
            return self._failed(request, registered, plain, LorgnetteError(f"{registered.name} failed"))
        undo = None
        if tool.undo and reply.undo is not None:
            undo = self._undo(request, registered, reply.undo)
        return Deed(
            Done(skill.key, tool.name, plain, text, undo=undo, taint=_taint(registered, reply)),
            Say(text, ask=bool(reply.ask)) if text else None,
            Display(reply.scene_id or f"{skill.key}:{tool.name}", reply.scene) if reply.scene else None,
            asks=reply.ask if isinstance(reply.ask, str) else "",
        )

    def _failed(
        self, request: Request, registered: RegisteredTool, plain: Mapping[str, Any], error: LorgnetteError
    ) -> Deed:
        text = self.sentence(error, request, registered.skill)
        done = Done(registered.skill.key, registered.tool.name, plain, text, ok=False)
        return Deed(done, Say(text), error=error)

    def _undo(self, request: Request, registered: RegisteredTool, held: Any) -> Callable[[], Awaitable[Say]]:
        async def undo() -> Say:
            skill = registered.skill
            shown: list[Display] = []
            method = getattr(skill.skill, registered.tool.undo)
            try:
                context = self._context(request, registered, shown.append)
                call = method(context, **held) if isinstance(held, Mapping) else method(context, held)
                reply = await call
                text = self._text(reply, skill, request) if reply is not None else ""
                if reply is not None and reply.scene is not None:
                    shown.append(Display(reply.scene_id or f"{skill.key}:undo", reply.scene))
            except LorgnetteError as error:
                log.info("undo of %s: %s", registered.name, error.phrase)
                return Say(self.sentence(error, request, skill))
            except Exception:
                log.exception("undo of %s failed", registered.name)
                return Say(self.sentence(LorgnetteError("undo failed"), request, skill))
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
        self, request: Request, registered: RegisteredTool, show: Callable[[Display], None]
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
        )


def _taint(registered: RegisteredTool, reply: Reply) -> Taint:
    """Whose words are in a reply: those that it names, and what answers from elsewhere is never clean."""
    if registered.tool.effect == "query" and not reply.taint:
        return frozenset({Source("tool", registered.skill.key)})
    return reply.taint
