"""A wearer who talks to a mind, turn by turn, and answers tools that ask."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.mind.tearoom import tea_registry
from tests.skills.memory import MemoryControl

from lorgnette.core.forms import Capabilities
from lorgnette.core.people import Wearer
from lorgnette.mind.mind import Mind
from lorgnette.mind.request import Await, Done, Outcome, Piece, Request, Say
from lorgnette.sdk.registry import SkillRegistry

NOON = datetime(2026, 11, 5, 15, 0, tzinfo=ZoneInfo("Europe/Berlin"))


class Conversation:
    """With skills of its own; `answers` are given to tools that ask, None is a silence."""

    def __init__(
        self,
        language: str = "en",
        registry: SkillRegistry | None = None,
        *,
        chat: Any = None,
        **services: Any,
    ) -> None:
        self.language = language
        self.now = NOON
        self.registry = registry or tea_registry()
        self.control = MemoryControl()
        self.mind = Mind(self.registry, lambda kind, _: services[kind.__name__], chat=chat)
        self.control.mind = self.mind
        self.pieces: list[Piece] = []
        self.judged: list[str] = []
        self.turn = 0

    def later(self, **delta: float) -> None:
        self.now += timedelta(**delta)

    def request(self, text: str, *, device: str = "d", wearer: str = "w", **more: Any) -> Request:
        self.turn += 1
        return Request(
            turn=f"t{self.turn}",
            text=text,
            language=self.language,
            wearer=Wearer(id=wearer, name="Ada", zone="Europe/Berlin", language=self.language),
            now=self.now,
            capabilities=Capabilities(),
            control=self.control,
            device=device,
            **{"answers": True, **more},
        )

    def say(self, text: str, *answers: str | None, **more: Any) -> str:
        """What is said to it, all of it."""
        return asyncio.run(self.say_in_loop(text, *answers, **more))

    async def say_in_loop(self, text: str, *answers: str | None, **more: Any) -> str:
        waiting = list(answers)
        self.pieces = []
        async for piece in self.mind.respond(self.request(text, **more)):
            self.pieces.append(piece)
            if isinstance(piece, Await):
                words = waiting.pop(0) if waiting else None
                self.judged.append(piece.judge(words or "", self.language))
                piece.answer.set_result(words)
        assert not waiting, f"nobody asked for {waiting}"
        return " ".join(piece.text for piece in self.pieces if isinstance(piece, Say))

    @property
    def calls(self) -> list[tuple[str, dict[str, Any]]]:
        return [(one.tool, dict(one.arguments)) for one in self.pieces if isinstance(one, Done)]

    @property
    def outcome(self) -> str:
        last = self.pieces[-1]
        assert isinstance(last, Outcome)
        return last.kind
