"""The whole checkup, area by area, as findings come."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Container, Iterator
from contextlib import aclosing
from typing import Final

from lorgnette.doctor.doors import check_doors
from lorgnette.doctor.engines import check_engines
from lorgnette.doctor.finding import Finding
from lorgnette.doctor.libraries import check_libraries
from lorgnette.doctor.machine import check_machine
from lorgnette.doctor.models import check_model
from lorgnette.doctor.patient import Patient
from lorgnette.doctor.sound import check_sound
from lorgnette.doctor.store import check_store

type Look = Callable[[Patient], Iterator[Finding]]
type Ask = Callable[[Patient], AsyncGenerator[Finding]]

LOOKS: Final[tuple[tuple[str, Look], ...]] = (
    ("machine", check_machine),
    ("libraries", check_libraries),
    ("store", check_store),
    ("doors", check_doors),
    ("sound", check_sound),
)
ASKS: Final[tuple[tuple[str, Ask], ...]] = (("engines", check_engines), ("model", check_model))
AREAS: Final = tuple(area for area, _ in (*LOOKS, *ASKS))
BARE: Final = ("machine", "libraries")
"""What can be looked at without a configuration."""


async def check_up(patient: Patient, areas: Container[str] = AREAS) -> AsyncGenerator[Finding]:
    """A check that stumbles is a finding itself, and the next goes on."""
    for area, look in LOOKS:
        if area not in areas:
            continue
        for finding in await asyncio.to_thread(_looked, area, look, patient):
            yield finding
    for area, ask in ASKS:
        if area not in areas:
            continue
        try:
            async with aclosing(ask(patient)) as findings:
                async for finding in findings:
                    yield finding
        except Exception as error:  # noqa: BLE001 - see above
            yield _stumbled(area, error)


def _looked(area: str, look: Look, patient: Patient) -> list[Finding]:
    found: list[Finding] = []
    try:
        for finding in look(patient):
            found.append(finding)  # noqa: PERF402 - what was found before it stumbled stays
    except Exception as error:  # noqa: BLE001 - see above
        found.append(_stumbled(area, error))
    return found


def _stumbled(area: str, error: Exception) -> Finding:
    return Finding(area, "check", "warning", f"it stumbled: {type(error).__name__}: {error}")
