"""Many devices in one process: one timer for all, each frame at its own moment within the 20 ms."""

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Final, Protocol, Self

from lorgnette.core.audio import FRAME_MS
from lorgnette.simulation.figures import Figures

SLICES: Final = 10
"""Devices are spread over the 20 ms in steps of 2 ms."""
STEP: Final = FRAME_MS / 1000 / SLICES
ARRIVING: Final = 50
"""Connections that are being made at once."""


class Member(Protocol):
    """A device of the crowd."""

    async def arrive(self) -> bool: ...

    def tick(self, at: float) -> None: ...

    async def leave(self) -> None: ...


class Crowd:
    """`async with Crowd(…) as crowd: await crowd.run(seconds)`. Everybody has left at the end."""

    def __init__(
        self, members: Sequence[Member], figures: Figures, now: Callable[[], float] = time.monotonic
    ) -> None:
        self.members = tuple(members)
        self._figures = figures
        self._now = now
        self.arrived = 0

    async def __aenter__(self) -> Self:
        await self.gather(self.members)
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.gather(*(member.leave() for member in self.members), return_exceptions=True)

    async def gather(self, members: Sequence[Member], at_once: int = ARRIVING) -> None:
        """Let them arrive, so many at once."""
        room = asyncio.Semaphore(at_once)

        async def arrive(member: Member) -> None:
            async with room:
                arrived = await member.arrive()
                self.arrived += arrived

        await asyncio.gather(*(arrive(member) for member in members))

    async def run(
        self,
        seconds: float,
        *,
        stop: asyncio.Event | None = None,
        each_second: Callable[[], None] | None = None,
    ) -> None:
        """Tick every device 50 times a second, for so long or until `stop` is set."""
        slices = [self.members[number::SLICES] for number in range(SLICES)]
        start = self._now()
        step, second = 0, 0
        while (due := start + step * STEP) < start + seconds and not (stop is not None and stop.is_set()):
            wait = due - self._now()
            if wait > 0 or step % SLICES == 0:
                await asyncio.sleep(max(0.0, wait))
            for member in slices[step % SLICES]:
                member.tick(due)
            step += 1
            if step % SLICES == 0:
                self._figures.time("late", max(0.0, (self._now() - due) * 1000))
            if each_second is not None and (due - start) >= second:
                second += 1
                each_second()
