"""An account that is looked at again and again: at its intervals, when it is woken, sooner after trouble."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol


class Followed(Protocol):
    """`wake`: look now; `done`: it was looked at; `trouble`: what went wrong then, empty for nothing."""

    wake: asyncio.Event
    done: asyncio.Event
    trouble: str


async def follow[F: Followed](
    one: F, look: Callable[[F], Awaitable[None]], every: float, retry: float
) -> None:
    """Until cancelled. `every`, `retry`: seconds between looks, and after one that failed, then doubled."""
    failures = 0
    while True:
        one.wake.clear()
        await look(one)
        failures = failures + 1 if one.trouble else 0
        one.done.set()
        delay = min(every, retry * 2 ** min(failures - 1, 8)) if failures else every
        try:
            async with asyncio.timeout(delay):
                await one.wake.wait()
        except TimeoutError:
            pass
