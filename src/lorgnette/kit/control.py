"""A conversation's controls that only remember."""

from dataclasses import dataclass, field

from lorgnette.core.quiet import QuietHours
from lorgnette.mind.mind import Mind


@dataclass
class MemoryControl:
    """`Control` that only remembers."""

    mind: Mind | None = None
    volume: float = 0.5
    rate: float = 1.0
    batteries: tuple[tuple[str, float, bool], ...] = ()
    last_reply: str = ""
    sounds: bool = False
    said: list[str] = field(default_factory=list)
    quiet: QuietHours | None = None

    async def set_volume(self, level: float) -> None:
        self.volume = min(1.0, max(0.0, level))

    async def set_rate(self, rate: float) -> None:
        self.rate = min(2.0, max(0.5, rate))

    async def set_quiet(self, hours: QuietHours | None) -> None:
        self.quiet = hours

    async def stop(self) -> bool:
        sounded, self.sounds = self.sounds, False
        return sounded

    async def undo(self) -> bool:
        assert self.mind is not None
        say = await self.mind.undo("w")
        if say is None:
            return False
        self.said.append(say.text)
        return True
