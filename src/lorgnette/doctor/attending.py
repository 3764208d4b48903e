"""The ears beside the recogniser: who waits for a wake word, and who hears that a sentence is finished."""

import asyncio
import time
from collections.abc import AsyncGenerator
from typing import Final

from lorgnette.core.errors import LorgnetteError
from lorgnette.doctor.finding import Finding
from lorgnette.engines.protocols import Supervised, TurnJudge, WakeDetector
from lorgnette.engines.registry import Engines

AREA: Final = "engines"
SECONDS: Final = 20.0
_WINDOW, _SECOND = bytes(1024), bytes(32_000)
_LOOK_SECONDS: Final = 0.02


async def check_attending(engines: Engines) -> AsyncGenerator[Finding]:
    """Nothing where neither is set up: both are extras."""
    if engines.wake is not None:
        yield await _waits(engines.wake)
    if engines.turn is not None:
        yield await _judges(engines.turn)


async def _waits(wake: WakeDetector) -> Finding:
    name, began = f"wake {wake.name}", time.monotonic()
    slot = wake.open(lambda _: None)
    wake.submit(slot, _WINDOW)
    try:
        async with asyncio.timeout(SECONDS):
            while isinstance(wake, Supervised) and wake.health().state == "starting":
                await asyncio.sleep(_LOOK_SECONDS)
    except TimeoutError:
        return Finding(AREA, name, "missing", f"not ready within {SECONDS:g} s", "the mode wake stays shut")
    finally:
        wake.close(slot)
    if isinstance(wake, Supervised) and not wake.health().usable:
        return Finding(AREA, name, "missing", wake.health().last_error, "the mode wake stays shut")
    words = ", ".join(f"“{word}”" for word in wake.words)
    return Finding(
        AREA, name, "ok", f"waits for {words}; loaded in {(time.monotonic() - began) * 1000:.0f} ms"
    )


async def _judges(turn: TurnJudge) -> Finding:
    name = f"turn {turn.name}"
    try:
        async with asyncio.timeout(SECONDS):
            await turn.finished(_SECOND)  # loads it
            began = time.monotonic()
            await turn.finished(_SECOND)
    except (LorgnetteError, TimeoutError) as error:
        said = error.detail if isinstance(error, LorgnetteError) else f"no answer in {SECONDS:g} s"
        return Finding(AREA, name, "missing", said, "silence and words alone tell when you are done")
    return Finding(AREA, name, "ok", f"answers in {(time.monotonic() - began) * 1000:.0f} ms")
