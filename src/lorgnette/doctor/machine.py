"""The machine: Python, processors, memory, disk, clock, graphics."""

import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lorgnette.doctor.finding import Finding
from lorgnette.doctor.patient import Patient

AREA: Final = "machine"
OLDEST_PYTHON: Final = (3, 12)
LITTLE_MEMORY: Final = 700 << 20
"""Bytes: the hub and the engines of the base install run in about half of it."""
LITTLE_DISK: Final = 500 << 20
NO_DISK: Final = 50 << 20
SEEN: Final = 3.0
"""Seconds for a program that is asked."""
DEVICES: Final = (
    ("/dev/nvidia0", "NVIDIA"),
    ("/dev/kfd", "AMD (ROCm)"),
    ("/dev/davinci0", "Ascend"),
    ("/dev/accel/accel0", "an accelerator"),
    ("/dev/dri/renderD128", "a graphics device"),
)


PROGRAMS: Final = (
    ("AMD (ROCm)", ("rocm-smi", "--showproductname", "--csv")),
    ("Ascend (CANN)", ("npu-smi", "info", "-l")),
    ("Moore Threads", ("mthreads-gmi", "-L")),
    ("Cambricon", ("cnmon", "-l")),
)
"""What lists accelerators, beside NVIDIA's; written from their manuals, run on none of them yet."""


def check_machine(patient: Patient) -> Iterator[Finding]:
    """Blocks for at most a few seconds."""
    yield _python()
    yield _sqlite()
    yield _cores()
    yield _memory()
    yield _disk(patient.data)
    yield _clock()
    yield _graphics()


def _python() -> Finding:
    flags = sysconfig.get_config_var("CONFIG_ARGS") or ""
    built = [name for name in ("--enable-optimizations", "--with-lto", "--disable-gil") if name in flags]
    if sysconfig.get_config_var("Py_DEBUG"):
        built.append("debug")
    found = f"{platform.python_implementation()} {platform.python_version()}"
    found += f", {platform.machine()}" + (f", built {' '.join(built)}" if built else "")
    if sys.version_info < OLDEST_PYTHON:
        return Finding(
            AREA, "Python", "missing", found, "the hub needs 3.12", "uv python install 3.12", needed=True
        )
    if "debug" in built:
        return Finding(AREA, "Python", "warning", found, "a debug build is several times slower")
    return Finding(AREA, "Python", "ok", found)


def _sqlite() -> Finding:
    if sqlite3.sqlite_version_info < (3, 35):
        means = "the store needs 3.35"
        return Finding(
            AREA, "SQLite", "missing", sqlite3.sqlite_version, means, "uv python install 3.12", needed=True
        )
    return Finding(AREA, "SQLite", "ok", sqlite3.sqlite_version)


def _cores() -> Finding:
    here = hasattr(os, "sched_getaffinity")
    usable = len(os.sched_getaffinity(0)) if here else os.cpu_count() or 1
    found = f"{usable} of {os.cpu_count()}" if usable != os.cpu_count() else str(usable)
    if usable == 1:
        return Finding(AREA, "cores", "warning", found, "engines and hub share one; answers come later")
    return Finding(AREA, "cores", "ok", found)


def _memory() -> Finding:
    total, free = memory_bytes()
    if not total:
        return Finding(AREA, "memory", "warning", "this system doesn't say")
    found = f"{free / 1e9:.1f} of {total / 1e9:.1f} GB free"
    if free < LITTLE_MEMORY:
        return Finding(
            AREA, "memory", "warning", found, "hub and engines may be slowed by swapping or killed"
        )
    return Finding(AREA, "memory", "ok", found)


def memory_bytes() -> tuple[int, int]:
    """All and what is free, in this process's control group if that allows less."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        table = {line.partition(":")[0]: int(line.split()[1]) * 1024 for line in lines}
        total, free = table["MemTotal"], table["MemAvailable"]
    except (OSError, KeyError, ValueError, IndexError):
        try:
            return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"), sys.maxsize
        except (ValueError, OSError):
            return 0, 0
    try:
        most = int(Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii"))
        used = int(Path("/sys/fs/cgroup/memory.current").read_text(encoding="ascii"))
    except (OSError, ValueError):  # no such group, or "max"
        return total, free
    return min(total, most), min(free, max(0, most - used))


def _disk(data: Path) -> Finding:
    place = data
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    found = f"{free / 1e9:.1f} GB free at {data}"
    if not os.access(place, os.W_OK):
        fix = f"chown -R $(id -un) {place}"
        return Finding(
            AREA, "disk", "missing", f"{place} can't be written", "the store lives there", fix, needed=True
        )
    if free < NO_DISK:
        return Finding(
            AREA, "disk", "missing", found, "the store can't be written soon", "free some", needed=True
        )
    if free < LITTLE_DISK:
        return Finding(AREA, "disk", "warning", found, "sounds of notes and backups need room")
    return Finding(AREA, "disk", "ok", found)


def _clock() -> Finding:
    now = time.time()
    shown = time.strftime("%Y-%m-%d %H:%M:%S %Z", time.localtime(now))
    if now < Path(__file__).stat().st_mtime - 86_400:
        means = "it is before this program was installed: alarms and certificates go wrong"
        return Finding(AREA, "clock", "missing", shown, means, "timedatectl set-ntp true", needed=True)
    if not Path("/run/systemd/timesync").is_dir():
        return Finding(AREA, "clock", "ok", shown)
    if not Path("/run/systemd/timesync/synchronized").exists():
        means = "not yet set by a time server since the start"
        return Finding(AREA, "clock", "warning", shown, means, "timedatectl set-ntp true")
    return Finding(AREA, "clock", "ok", f"{shown}, set by a time server")


def _graphics() -> Finding:
    """Nobody needs one: what can use it says so among the engines."""
    program = shutil.which("nvidia-smi")
    if program:
        names = _ask(program, "--query-gpu=name,memory.total", "--format=csv,noheader")
        if names:
            return Finding(AREA, "GPU", "ok", "; ".join(names))
        means = "a driver is installed and doesn't answer"
        return Finding(AREA, "GPU", "warning", "nvidia-smi without a device", means, "nvidia-smi")
    for name, command in PROGRAMS:
        if shutil.which(command[0]) and (lines := _ask(*command)):
            return Finding(
                AREA, "GPU", "ok", f"{name}: {_named(lines)}", "the engines here use the processor"
            )
    for path, name in DEVICES:
        if Path(path).exists():
            return Finding(AREA, "GPU", "ok", f"{name} at {path}", "the engines here use the processor")
    return Finding(AREA, "GPU", "ok", "none", "the engines here use the processor")


def _named(lines: list[str]) -> str:
    """The longest lines: in such lists the ones with names."""
    return "; ".join(sorted(lines, key=len, reverse=True)[:2])[:160]


def _ask(*command: str) -> list[str]:
    """The lines that a program prints, none if it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SEEN, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return []
    return [" ".join(line.split()) for line in done.stdout.splitlines() if line.strip()]
