"""How late the event loop is: warns at 20 ms, refuses new sessions from 50 ms on."""

import asyncio
import logging
from typing import Final

log = logging.getLogger(__name__)

EVERY_SECONDS: Final = 0.25
WARN_MS: Final = 20.0
REFUSE_MS: Final = 50.0
WEIGHT: Final = 0.2
"""Of the newest measurement in the running mean: one hiccup refuses nobody, a second of lag does."""


class LoopLag:
    """`milliseconds`: running mean of how late a timer fires; `worst`: since the last warning."""

    def __init__(self) -> None:
        self.milliseconds = 0.0
        self.worst = 0.0

    @property
    def overloaded(self) -> bool:
        return self.milliseconds >= REFUSE_MS

    async def run(self) -> None:
        """Measure until cancelled."""
        loop = asyncio.get_running_loop()
        warned = 0.0
        while True:
            due = loop.time() + EVERY_SECONDS
            await asyncio.sleep(EVERY_SECONDS)
            late = max(0.0, (loop.time() - due) * 1000)
            self.milliseconds += WEIGHT * (late - self.milliseconds)
            self.worst = max(self.worst, late)
            if self.milliseconds >= WARN_MS and loop.time() - warned > 10:
                warned = loop.time()
                log.warning("the event loop is %.0f ms late (worst %.0f ms)", self.milliseconds, self.worst)
                self.worst = 0.0
