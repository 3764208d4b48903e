"""Outside agents in a conversation: the hub puts a question of theirs, and what is said next answers."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

from lorgnette.core.errors import Busy, NotFound
from lorgnette.core.ids import new_id
from lorgnette.core.people import Wearer
from lorgnette.core.scenes import Head, Label, Scene
from lorgnette.session.company import Company
from lorgnette.session.questions import ANSWER_SECONDS, Questions
from lorgnette.session.said import Said
from lorgnette.session.speaking import End, Speaking
from lorgnette.session.speech import Kind, Speech
from lorgnette.session.wiring import Wiring

TURN_SECONDS: Final = 20.0
"""How long a question waits for the floor; then nobody hears it."""
SENTENCE_SECONDS: Final = 15.0
"""An answer that was begun in time may last this long."""
FREE_SECONDS: Final = 5.0
"""So long a visit waits for what goes on to end."""
LOOK_SECONDS: Final = 0.1
MARK: Final = "agent"
"""The scene that names the agent while it asks or listens."""


class Room(Protocol):
    """The session around it."""

    wearer: Wearer

    @property
    def may_tell(self) -> bool: ...

    recognising: int

    def show(self, id: str, scene: Scene | None) -> None: ...

    def speech(self, said: Said, kind: Kind) -> Speech: ...

    def state_changed(self) -> None: ...


@dataclass(slots=True)
class _Visit:
    agent: str
    answer: "asyncio.Future[str | None]"
    asked: bool = False
    voice: str = ""
    heard: asyncio.Event = field(default_factory=asyncio.Event)


class Visitors:
    """One session's: one agent asks at a time."""

    def __init__(
        self,
        room: Room,
        company: Company,
        speaking: Speaking,
        questions: Questions,
        wiring: Wiring,
        asked: Callable[..., None],
    ) -> None:
        self._room = room
        self._company = company
        self._speaking = speaking
        self._questions = questions
        self._wiring = wiring
        self._asked = asked
        self._visit: _Visit | None = None

    @property
    def busy(self) -> bool:
        """An agent asks or listens."""
        return self._visit is not None

    async def ask(self, agent: str, text: str, *, listens: bool = False) -> str | None:
        """Say `text`, and give what the wearer says to it; None if that is nothing.

        While it waits, the agent's name is on every display. `listens`: nothing was asked, it only listens.
        `Busy` where something else goes on, `NotFound` where nobody is there.
        """
        if self._company.voice("notification") is None:
            raise NotFound("no device of the wearer is on")
        for _ in range(int(FREE_SECONDS / LOOK_SECONDS)):
            if self._free:
                break
            await asyncio.sleep(LOOK_SECONDS)
        if not self._free:
            raise Busy("the wearer is busy now; try again in a minute")
        visit = _Visit(agent, asyncio.get_running_loop().create_future())
        self._visit = visit
        self._mark(agent, listens=listens)
        try:
            return await self._answered(visit, text)
        finally:
            self._visit = None
            self._room.show(MARK, None)
            self._room.state_changed()

    @property
    def _free(self) -> bool:
        return self._visit is None and not self._questions.pending and self._room.may_tell

    def take(self, text: str) -> str:
        """The wearer said something: the agent's name where it was the answer, else empty."""
        visit = self._visit
        if visit is None or not visit.asked or visit.answer.done():
            return ""
        visit.answer.set_result(text)
        return visit.agent

    def drop(self) -> None:
        """The wearer doesn't want to answer."""
        if self._visit is not None and not self._visit.answer.done():
            self._visit.answer.set_result(None)

    def seen(self, agent: str, *, done: bool = False) -> None:
        """The camera looks for this agent: its name is on every display, beside the camera's own mark."""
        if done:
            self._room.show(MARK, None)
        else:
            self._mark(agent, listens=True)

    async def _answered(self, visit: _Visit, text: str) -> str | None:
        said = Said("", new_id("n-"), self._room.wearer.language, [text], complete=True)
        speech = self._room.speech(said, "notification")

        def ended(how: End) -> None:
            if how == "heard":
                visit.heard.set()
            else:
                self.drop()

        expires = self._wiring.clock.steady() + TURN_SECONDS
        self._speaking.say(speech, ended, when_busy="queue", expires=expires)
        visit.answer.add_done_callback(lambda _: visit.heard.set())
        await visit.heard.wait()
        if visit.answer.done():
            return visit.answer.result()
        visit.asked = True
        self._asked(listen=True)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(ANSWER_SECONDS):
                return await asyncio.shield(visit.answer)
        for _ in range(int(SENTENCE_SECONDS / LOOK_SECONDS)):  # an answer that was begun is heard to its end
            if visit.answer.done() or not (self._company.heard or self._room.recognising):
                break
            await asyncio.sleep(LOOK_SECONDS)
        return visit.answer.result() if visit.answer.done() else None

    def _mark(self, agent: str, *, listens: bool) -> None:
        key = "agent-senses" if listens else "agent-asking"
        text = self._wiring.words.say(key, self._room.wearer.language, agent=agent)
        self._room.show(MARK, Label(text=text, anchor=Head(zone="top"), tone="alert" if listens else "ask"))
