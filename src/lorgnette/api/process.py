"""What this process uses of the machine, under the names that every Prometheus dashboard knows."""

import math
import os
import resource
import sys
from functools import cache
from pathlib import Path
from typing import Final

from lorgnette.api.exposition import Family, counter, gauge

PROC: Final = Path("/proc/self")


def process_families() -> list[Family]:
    """Reads /proc where there is one; a list of thousands of files takes a moment: call it in a thread."""
    used = os.times()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    families = [
        counter("process_cpu_seconds", "CPU time of the hub's own process.", used.user + used.system),
        counter(
            "lorgnette_ended_workers_cpu_seconds",
            "CPU time of engine workers that have ended.",
            used.children_user + used.children_system,
        ),
        gauge(
            "process_max_fds",
            "Files and sockets that may be open.",
            math.inf if most == resource.RLIM_INFINITY else most,
        ),
    ]
    try:
        virtual, resident = (PROC / "statm").read_text(encoding="ascii").split()[:2]
        files = sum(1 for _ in (PROC / "fd").iterdir()) - 1  # less the one that lists them
        started = _started()
    except (OSError, ValueError, IndexError):
        unit = 1 if sys.platform == "darwin" else 1024
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
        return [*families, gauge("lorgnette_memory_peak_bytes", "Most memory that was ever resident.", peak)]
    page = os.sysconf("SC_PAGE_SIZE")
    return [
        *families,
        gauge("process_open_fds", "Open files and sockets.", files),
        gauge("process_resident_memory_bytes", "Resident memory.", int(resident) * page),
        gauge("process_virtual_memory_bytes", "Virtual memory.", int(virtual) * page),
        gauge("process_start_time_seconds", "When the process began, in seconds since 1970.", started),
    ]


@cache
def _started() -> float:
    """The system's start and the ticks from there to ours; the name before them may hold anything."""
    ticks = (PROC / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[19]
    lines = Path("/proc/stat").read_text(encoding="ascii").splitlines()
    boot = next(line.split()[1] for line in lines if line.startswith("btime "))
    return float(boot) + float(ticks) / os.sysconf("SC_CLK_TCK")
