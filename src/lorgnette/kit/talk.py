"""A wearer in front of a mind with services in memory, turn by turn."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from itertools import count
from typing import Any, Final
from zoneinfo import ZoneInfo

from lorgnette.core.clock import ManualClock
from lorgnette.core.forms import Capabilities
from lorgnette.core.people import Wearer
from lorgnette.core.taint import CLEAN, Taint
from lorgnette.kit.control import MemoryControl
from lorgnette.kit.facts import MemoryFacts
from lorgnette.kit.gallery import MemoryGallery
from lorgnette.kit.notes import MemoryLists, MemoryNotes
from lorgnette.kit.schedule import MemorySchedule
from lorgnette.mind.context import SettingsOf, default_settings
from lorgnette.mind.mind import Mind
from lorgnette.mind.reflexes import Reflexes
from lorgnette.mind.request import Await, Display, Done, Outcome, Piece, Request, Say
from lorgnette.sdk import Camera, Facts, Gallery, Lists, Notes, Schedule
from lorgnette.sdk.registry import SkillRegistry

NOON: Final = datetime(2026, 11, 5, 15, 0, tzinfo=ZoneInfo("Europe/Berlin"))
"""A Thursday afternoon."""


class Talk:
    """One wearer, Ada in Berlin. `say` runs one turn and keeps what came of it.

    `services` may get more: the kind of service → what a skill gets for it.
    """

    def __init__(
        self,
        registry: SkillRegistry,
        language: str = "en",
        chat: Any = None,
        now: datetime = NOON,
        *,
        reflexes: Reflexes | None = None,
        capabilities: Capabilities | None = None,
        settings: SettingsOf = default_settings,
    ) -> None:
        self.language = language
        self.capabilities = capabilities or Capabilities()
        self.clock = ManualClock(now.astimezone(UTC))
        self.zone = ZoneInfo("Europe/Berlin")
        self.schedule = MemorySchedule(self.clock)
        self.notes = MemoryNotes()
        self.lists = MemoryLists()
        self.facts = MemoryFacts()
        self.gallery = MemoryGallery(self.clock)
        self.control = MemoryControl()
        self.services: dict[type, object] = {
            Schedule: self.schedule,
            Notes: self.notes,
            Lists: self.lists,
            Facts: self.facts,
            Camera: self.gallery,
            Gallery: self.gallery,
        }
        self.mind = Mind(
            registry, lambda kind, _: self.services[kind], chat=chat, reflexes=reflexes, settings=settings
        )
        self.control.mind = self.mind
        self.pieces: list[Piece] = []
        self.audio: bytes | None = None
        self.slots: dict[str, tuple[float, float]] = {}
        self.history: tuple[tuple[str, str], ...] = ()
        self.taint: Taint = CLEAN
        self.turn = ""
        """The id of the last request."""
        self._turns = count(1)
        self._running: AsyncGenerator[Piece] | None = None
        self._asked: Await | None = None

    def request(self, text: str, language: str = "") -> Request:
        """What the wearer says now, with its surroundings."""
        self.turn = f"t{next(self._turns)}"
        return Request(
            turn=self.turn,
            text=text,
            language=language or self.language,
            wearer=Wearer(
                id="w",
                name="Ada",
                zone="Europe/Berlin",
                language=self.language,
                quiet=self.control.quiet,
            ),
            now=self.clock.now().astimezone(self.zone),
            capabilities=self.capabilities,
            control=self.control,
            audio=self.audio,
            slots=self.slots,
            history=self.history,
            taint=self.taint,
            answers=True,
            answer="typed" if any(isinstance(piece, Say) and piece.consent for piece in self.pieces) else "",
        )

    def say(self, text: str, language: str = "") -> str:
        """What the hub says to it; a tool that asks meanwhile hears nothing."""
        return asyncio.run(self._whole(text, language))

    async def _whole(self, text: str, language: str) -> str:
        said = [await self.say_in_loop(text, language)]
        pieces = self.pieces
        while self.waiting:
            said.append(await self.silence())
            pieces += self.pieces
        self.pieces = pieces
        return " ".join(one for one in said if one)

    async def say_in_loop(self, text: str, language: str = "") -> str:
        """The same in a running loop. Where a tool waits for an answer, these words are it."""
        if self._asked is not None:
            if self._asked.judge(text, language or self.language) != "command":
                return await self._answered(text)
            await self.hang_up()
        self._running = self.mind.respond(self.request(text, language))
        return await self._on()

    async def silence(self) -> str:
        """Let a tool that waits for an answer wait in vain; what is said then."""
        return await self._answered(None) if self._asked is not None else ""

    async def hang_up(self) -> None:
        """Cancel what runs."""
        running, self._running, self._asked = self._running, None, None
        if running is not None:
            await running.aclose()

    async def _answered(self, words: str | None) -> str:
        asked, self._asked = self._asked, None
        assert asked is not None
        asked.answer.set_result(words)
        return await self._on()

    async def _on(self) -> str:
        """Until the turn ends or a tool waits."""
        assert self._running is not None
        self.pieces = []
        async for piece in self._running:
            self.pieces.append(piece)
            if isinstance(piece, Await):
                self._asked = piece
                break
        else:
            self._running = None
        spoken = self.said
        if spoken:
            self.control.last_reply = spoken
        return spoken

    @property
    def waiting(self) -> bool:
        """Whether a tool waits for what the wearer says next."""
        return self._asked is not None

    @property
    def said(self) -> str:
        """What was said in this turn."""
        said = [piece for piece in self.pieces if isinstance(piece, Say)]
        between = " " if all(piece.whole for piece in said) and self._asked is not None else ""
        return between.join(piece.text for piece in said)

    @property
    def done(self) -> Done:
        """The first call of a tool."""
        return next(piece for piece in self.pieces if isinstance(piece, Done))

    @property
    def call(self) -> tuple[str, dict[str, Any]]:
        """("skill.tool", arguments)."""
        return f"{self.done.skill}.{self.done.tool}", dict(self.done.arguments)

    @property
    def displays(self) -> dict[str, Any]:
        """Scenes by their id; None: one that was hidden."""
        return {piece.id: piece.scene for piece in self.pieces if isinstance(piece, Display)}

    @property
    def outcome(self) -> Outcome:
        """How the turn ended."""
        assert isinstance(self.pieces[-1], Outcome)
        return self.pieces[-1]

    def undo(self) -> str:
        """What is said when the last act is taken back."""
        return asyncio.run(self.undo_in_loop())

    async def undo_in_loop(self) -> str:
        """The same in a running loop."""
        say = await self.mind.undo("w")
        return say.text if say else ""

    def wait(self, seconds: float) -> None:
        """Let time pass; what is due rings."""
        self.clock.advance(seconds)
        self.schedule.ring()
