"""What an outside agent may do at its wearer's: see, show, say, ask, listen; each use is shown and noted."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final, Protocol

from lorgnette.core.clock import Clock
from lorgnette.core.errors import Busy, Denied, LorgnetteError, NotFound
from lorgnette.core.events import Notice
from lorgnette.core.ids import new_id
from lorgnette.core.people import Wearer
from lorgnette.core.scenes import Card, Label, ListScene, Scene
from lorgnette.core.speech import Message
from lorgnette.services.mcp.agents import SENSES, Agent, Agents, Pace, Scope, required
from lorgnette.services.mcp.pinned import shown
from lorgnette.services.mcp.uses import How, Uses
from lorgnette.session.session import Session
from lorgnette.session.wiring import Words

LONGEST_SAID: Final = 300
LONGEST_TITLE: Final = 60
LONGEST_LINE: Final = 80
MOST_LINES: Final = 6
SHOWN_SECONDS: Final = 30.0
LONGEST_SHOWN: Final = 600.0
WAITS_SECONDS: Final = 3600.0
"""What is said waits so long for a device or the end of quiet hours; then nobody wants it any more."""
NOTICED_SECONDS: Final = 4.0


class Sessions(Protocol):
    """Who is there."""

    def of(self, wearer: str) -> Session | None: ...

    async def tell(self, message: Message) -> None: ...


class People(Protocol):
    """Who they are."""

    async def wearer(self, id: str) -> Wearer: ...


class Visits:
    """Raises `Denied` (no scope, no yes, quiet hours), `Busy` or `NotFound` (nobody is there)."""

    def __init__(
        self,
        sessions: Sessions,
        people: People,
        words: Words,
        agents: Agents,
        uses: Uses,
        pace: Pace,
        clock: Clock,
    ) -> None:
        self._sessions = sessions
        self._people = people
        self._words = words
        self._agents = agents
        self._uses = uses
        self._pace = pace
        self._clock = clock
        self._asking: set[str] = set()

    async def see(self, agent: Agent) -> bytes:
        """A picture of what the wearer sees now; it isn't kept. Light, mark and sound show it."""
        async with self._use(agent, "see") as (wearer, session):
            await self._consent(agent, "see", wearer, session)
            session.visitors.seen(agent.name)
            try:
                return await session.camera.look()
            finally:
                session.visitors.seen(agent.name, done=True)

    async def show(
        self,
        agent: Agent,
        title: str,
        lines: Sequence[str] = (),
        items: Sequence[str] = (),
        seconds: float = 0.0,
    ) -> None:
        """A card, or a list; it stands under the agent's name and leaves by itself."""
        async with self._use(agent, "show") as (_, session):
            ttl = min(max(seconds or SHOWN_SECONDS, 1.0), LONGEST_SHOWN)
            head = shown(title, LONGEST_TITLE)
            scene: Scene
            if items:
                listed = tuple(shown(one, LONGEST_LINE) for one in items[:MOST_LINES])
                scene = ListScene(title=f"{agent.name}: {head}".rstrip(": "), items=listed, ttl=ttl)
            else:
                text = tuple(shown(one, LONGEST_LINE) for one in lines[: MOST_LINES // 2])
                scene = Card(title=agent.name, value=head, lines=text, ttl=ttl)
            session.show(f"agent:{agent.id}", scene)

    async def say(self, agent: Agent, text: str) -> None:
        """Said under the agent's name when there is a good moment; after quiet hours, if they are now."""
        async with self._use(agent, "say", waits=True) as (wearer, _):
            said = shown(text, LONGEST_SAID)
            if not said:
                raise LorgnetteError("there is nothing to say")
            language, formal = wearer.language, wearer.formal
            sentence = self._words.say("agent-says", language, formal=formal, agent=agent.name, text=said)
            expires = self._clock.now().timestamp() + WAITS_SECONDS
            await self._sessions.tell(Message(new_id("m-"), wearer.id, sentence, language, expires=expires))
            session = self._sessions.of(wearer.id)
            if session is not None:
                session.broadcast(Notice(sentence))

    async def ask(self, agent: Agent, question: str) -> str | None:
        """What the wearer answers, in their words; None if nothing."""
        async with self._use(agent, "ask") as (wearer, session):
            said = shown(question, LONGEST_SAID)
            if not said:
                raise LorgnetteError("there is nothing to ask")
            text = self._words.say(
                "agent-asks", wearer.language, formal=wearer.formal, agent=agent.name, text=said
            )
            return await session.visitors.ask(agent.name, text)

    async def listen(self, agent: Agent) -> str | None:
        """What the wearer says next, in words; None if nothing. They are told before."""
        async with self._use(agent, "listen") as (wearer, session):
            await self._consent(agent, "listen", wearer, session)
            text = self._words.say("agent-listens", wearer.language, formal=wearer.formal, agent=agent.name)
            return await session.visitors.ask(agent.name, text, listens=True)

    # ── what comes before ──────────────────────────────────────────────────────────────────────────────

    @asynccontextmanager
    async def _use(
        self, agent: Agent, scope: Scope, *, waits: bool = False
    ) -> AsyncIterator[tuple[Wearer, Session]]:
        """One use: allowed, not too often, somebody is there, noted. `waits`: they may be away."""
        how: How = "refused"
        try:
            required(agent, scope)
            self._pace.take(agent.id, scope)
            wearer = await self._people.wearer(agent.wearer)
            session = self._sessions.of(wearer.id)
            if session is not None and not session.attachments:
                session = None
            if not waits:
                if wearer.quiet_until(self._clock.now()) is not None:
                    raise Denied("the wearer has quiet hours now")
                if session is None:
                    raise NotFound("no device of the wearer is on")
            if session is not None:
                self._noticed(agent, session)
            how = "failed"
            yield wearer, session  # type: ignore[misc]  # None only where it may be, which asks itself
            how = "ok"
        except (Denied, Busy):
            how = "refused"
            raise
        except asyncio.CancelledError:
            how = "stopped"
            raise
        finally:
            self._uses.note(agent.wearer, "in", agent.name, scope, how)

    def _noticed(self, agent: Agent, session: Session) -> None:
        """Whoever wears it sees who is there, whatever is done."""
        session.show("agent:here", Label(text=agent.name, ttl=NOTICED_SECONDS))

    async def _consent(self, agent: Agent, sense: Scope, wearer: Wearer, session: Session) -> None:
        """Before the first time the wearer says yes, aloud, by touch or on the page; then it holds."""
        if sense not in SENSES or sense in agent.allowed:
            return
        if agent.id in self._asking:
            raise Busy("the wearer is being asked already")
        self._asking.add(agent.id)
        try:
            key = f"agent-wants-{sense}"
            text = self._words.say(key, wearer.language, formal=wearer.formal, agent=agent.name)
            said = await session.visitors.ask(agent.name, text)
        finally:
            self._asking.discard(agent.id)
        if said is None or self._words.answer(said, wearer.language) is not True:
            raise Denied(f"the wearer didn't allow you to {sense}; on the hub's page it can be allowed, too")
        await self._agents.allow(agent.wearer, agent.id, [*agent.allowed, sense])
