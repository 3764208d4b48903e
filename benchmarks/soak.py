"""Soak: 100 sessions with comings and goings for ten minutes; nothing grows, nothing stays behind.

    python benchmarks/soak.py [--minutes 10] [--devices 100]

Lines drop and resume, devices leave for good and come again as new connections. Memory is the hub's process
alone (its engines are canned, the VAD is real), read every five seconds; its slope is a least-squares line
after the second minute. At the end all devices leave, and the hub's own counts must be what they were before.
"""

import argparse
import asyncio
import time
from typing import Any

import field
import numpy as np

from lorgnette.simulation import Crowd, Figures, Plan

SETTLE_S = 75.0
"""A lost link may resume for a minute; after that its session lingers for none of the devices that left."""
SAMPLE_S = 5.0


def slope(samples: list[tuple[float, float]], after: float) -> float:
    """MB a minute."""
    late = [(at, kb) for at, kb in samples if at >= after]
    if len(late) < 3:
        return 0.0
    minutes = np.array([at for at, _ in late]) / 60
    return float(np.polyfit(minutes, np.array([kb for _, kb in late]) / 1024, 1)[0])


async def main(minutes: float, devices: int) -> None:
    clips, notes = field.everyday_speech()
    async with field.field_of(clips) as here:
        await here.warm()
        # The store opens its readers' connections when they are first needed, all of them here.
        await asyncio.gather(*(here.running.ask("GET", "/v1/turns") for _ in range(24)))
        await asyncio.sleep(3)
        before = await here.status()
        samples: list[tuple[float, float]] = []
        figures = Figures()
        plan = Plan(share=0.25, reconnect=40.0, stay=90.0, loss=0.005, jitter=0.02)
        began = time.monotonic()

        def sample() -> None:
            at = time.monotonic() - began
            if not samples or at - samples[-1][0] >= SAMPLE_S:
                samples.append((at, field.memory(here)))

        cost = field.Cost(here.hub.pid)
        async with Crowd(await here.glasses(devices, plan, figures), figures) as crowd:
            cost.start()
            await crowd.run(minutes * 60, each_second=sample)
            cost.stop()
            during = await here.status()
        await here.running.ask("DELETE", "/v1/simulate")
        await asyncio.sleep(SETTLE_S)
        after = await here.status()
        counts = figures.counts
        row: dict[str, Any] = {
            "sessions": devices,
            "minutes": minutes,
            "turns": counts["turns"],
            "drops resumed": counts["resumed"] or counts["reconnects"],
            "came anew": counts["left"],
            "RSS slope MB/min": round(slope(samples, 120.0), 3),
            "RSS at 2 min MB": round(next((kb for at, kb in samples if at >= 120), samples[-1][1]) / 1024, 1),
            "RSS at end MB": round(samples[-1][1] / 1024, 1),
            "ms CPU per session-s": round(1000 * cost.hub / cost.seconds / devices, 2),
            "first sound p95 ms": figures.of("first_sound", 0.95),
            "tasks before/during/after": f"{before['tasks']}/{during['tasks']}/{after['tasks']}",
            "files before/during/after": f"{before['files']}/{during['files']}/{after['files']}",
            "links left": after["links"],
            "sessions left": after["sessions"] - before["sessions"],
            "writes failed": after["writes_failed"] + after["writes_dropped"],
            "errors": counts["errors"],
        }
        field.say(str(row))
        field.say(str(figures.summary()))
    field.finish([row], ["sessions"], notes)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--devices", type=int, default=100)
    given = parser.parse_args()
    field.run(lambda: main(given.minutes, given.devices))
