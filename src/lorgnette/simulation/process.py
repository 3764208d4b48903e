"""What processes cost, read from /proc: CPU of a process with its children, and its memory."""

import os
from pathlib import Path
from typing import Final

_TICKS: Final = os.sysconf("SC_CLK_TCK")


def tree(pid: int) -> list[int]:
    """The process and all its descendants."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            fields = _stat(int(entry.name))
            if fields:
                children.setdefault(int(fields[1]), []).append(int(entry.name))
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return found


def cpu_seconds(pid: int) -> float:
    """User and system time of the process, its threads, its living and its ended children."""
    total = 0
    for one in tree(pid):
        fields = _stat(one)
        if fields:
            total += (
                sum(int(value) for value in fields[11:15])
                if one == pid
                else int(fields[11]) + int(fields[12])
            )
    return total / _TICKS


def waited_seconds(pid: int) -> float:
    """How long the process's main thread was ready to run and had no processor: what others took from it."""
    try:
        text = Path(f"/proc/{pid}/task/{pid}/schedstat").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return int(text.split()[1]) / 1e9


def memory_kb(pid: int) -> int:
    """Resident memory of the process alone."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("Rss:")), 0)


def _stat(pid: int) -> list[str]:
    """The fields after the name; field 0 is the state. Empty when it is gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return text.rpartition(")")[2].split()
