"""How late the event loop is: warns at 20 ms, refuses new sessions from 50 ms on."""

import asyncio
import logging
from collections import deque
from statistics import median
from typing import Final

log = logging.getLogger(__name__)

EVERY_SECONDS: Final = 0.25
WARN_MS: Final = 20.0
REFUSE_MS: Final = 50.0
REMEMBERED: Final = 7
"""Measurements whose median counts: one hiccup refuses nobody, a second of lag does."""


class LoopLag:
    """`milliseconds`: median of how late a timer fired lately; `worst`: since the last warning."""

    def __init__(self) -> None:
        self.milliseconds = 0.0
        self.worst = 0.0
        self._late: deque[float] = deque([0.0] * REMEMBERED, maxlen=REMEMBERED)

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
            self._late.append(late)
            self.milliseconds = median(self._late)
            self.worst = max(self.worst, late)
            if self.milliseconds >= WARN_MS and loop.time() - warned > 10:
                warned = loop.time()
                log.warning("the event loop is %.0f ms late (worst %.0f ms)", self.milliseconds, self.worst)
                self.worst = 0.0
