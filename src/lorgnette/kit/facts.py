"""A memory of facts that keeps what it is told, for skills that remember."""

from lorgnette.core.taint import CLEAN, Taint
from lorgnette.sdk import Fact, Remembered


class MemoryFacts:
    """`Facts`, as far as `Context.remember` needs it. `kept`: in the order in which it was told."""

    def __init__(self) -> None:
        self.kept: list[Fact] = []

    async def remember(self, text: str, language: str, *, taint: Taint = CLEAN) -> Remembered:
        fact = Fact(id=f"f{len(self.kept) + 1}", text=text, language=language, taint=taint)
        self.kept.append(fact)
        return Remembered(fact=fact)
