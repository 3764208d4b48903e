"""The machine, as far as its speed is concerned, and what a process takes of its memory."""

import contextlib
import os
import platform
from pathlib import Path

from lorgnette.gauge.figure import Machine


def this_machine() -> Machine:
    """Reads; asks nobody."""
    processor = platform.processor() or platform.machine()
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                processor = line.partition(":")[2].strip()
                break
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
    except (ValueError, OSError):
        memory = 0
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return Machine(processor, usable, memory, f"{platform.system()} {platform.machine()}")


def load() -> float:
    """Processes that wanted to run in the last minute, on average."""
    try:
        return round(os.getloadavg()[0], 2)
    except OSError:
        return 0.0


def footprint() -> float | None:
    """MB of this process and its children; memory that several share counts once (PSS). None: unknown."""
    try:
        own = _proportional(os.getpid())
    except OSError:
        return None
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(OSError):
            for child in (task / "children").read_text(encoding="ascii").split():
                with contextlib.suppress(OSError):
                    own += _proportional(int(child))
    return own / 1024


def _proportional(pid: int) -> int:
    text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")), 0)
