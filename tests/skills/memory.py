"""The kit's talk with every built-in skill, compiled once for all tests."""

from datetime import datetime
from functools import cache
from typing import Any

from lorgnette import kit
from lorgnette.kit import NOON, MemoryControl, MemoryLists, MemoryNotes, MemorySchedule
from lorgnette.mind.reflexes import Reflexes
from lorgnette.sdk import Held, Memory
from lorgnette.sdk.registry import SkillRegistry, load_skills

__all__ = [
    "NOON",
    "UNDO",
    "MemoryControl",
    "MemoryLists",
    "MemoryNotes",
    "MemorySchedule",
    "Row",
    "Talk",
    "hold",
    "reflexes",
    "registry",
]


class MemoryMemory:
    """`Memory` of a few things said, the running one among them."""

    def __init__(self, count: int = 3) -> None:
        self.count = count
        self.since: list[float] = []

    async def held(self) -> list[Held]:
        return [Held("conversations", self.count), Held("notes", 1), Held("timings", 9)] if self.count else []

    async def said(self, since: float) -> int:
        return self.count

    async def forget_said(self, since: float) -> int:
        self.since.append(since)
        gone, self.count = self.count, 0
        return gone

    async def forget_last(self) -> bool:
        self.count -= 1
        return self.count >= 0


@cache
def registry() -> SkillRegistry:
    """Every built-in skill."""
    found = load_skills()
    assert not found.broken
    return found


@cache
def reflexes() -> Reflexes:
    """Compiled once for all tests."""
    return Reflexes(registry())


class Talk(kit.Talk):
    """One wearer in front of all built-in skills."""

    def __init__(self, language: str = "en", chat: Any = None, now: datetime = NOON) -> None:
        super().__init__(registry(), language, chat, now, reflexes=reflexes())
        self.memory = MemoryMemory()
        self.services[Memory] = self.memory


Row = tuple[str, str, dict[str, Any], str] | tuple[str, str] | float
"""(said, tool, arguments, answer), (undo's name, answer), or seconds that pass."""

UNDO = "<undo>"


def hold(talk: Talk, skill: str, rows: list[Row]) -> None:
    """Hold a dialogue and compare every call and answer."""
    for row in rows:
        if isinstance(row, float):
            talk.wait(row)
        elif len(row) == 2:
            assert talk.undo() == row[1], row
        else:
            text, tool, arguments, answer = row
            assert talk.say(text) == answer, text
            assert talk.call == (f"{skill}.{tool}", arguments), text
