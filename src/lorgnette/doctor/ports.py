"""Whether a port can be taken, and who has it where it can't."""

import errno
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

LISTENS: Final = "0A"
"""A socket's state in /proc/net/tcp."""
FIRST_FREE: Final = 1024
"""Below it a port needs a privilege."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Why it can't be taken. `who`: the process that has it, as far as this user may see."""

    why: str
    who: str = ""
    privileged: bool = False

    def __str__(self) -> str:
        return self.why + (f" ({self.who})" if self.who else "")


def tried(host: str, port: int) -> Taken | None:
    """Take it for a moment; None: it is free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return Taken("somebody has it", holder(port))
            if error.errno in {errno.EACCES, errno.EPERM}:
                return Taken(f"ports below {first_free()} need a privilege", privileged=True)
            if error.errno == errno.EADDRNOTAVAIL:
                return Taken("this machine has no such address")
            return Taken(error.strerror or str(error))
    return None


def holder(port: int) -> str:
    """As "nginx, process 12"; empty where another user has it."""
    inodes = set(_inodes(port))
    if not inodes:
        return ""
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and _has(entry, inodes):
            try:
                return f"{(entry / 'comm').read_text(encoding='utf-8').strip()}, process {entry.name}"
            except (OSError, UnicodeDecodeError):
                return f"process {entry.name}"
    return ""


def first_free() -> int:
    """The lowest port that every user may take."""
    try:
        return int(Path("/proc/sys/net/ipv4/ip_unprivileged_port_start").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return FIRST_FREE


def _inodes(port: int) -> Iterator[str]:
    for name in ("tcp", "tcp6"):
        try:
            lines = Path("/proc/net", name).read_text(encoding="ascii").splitlines()[1:]
        except OSError:
            continue
        for line in lines:
            fields = line.split()
            if fields[3] == LISTENS and int(fields[1].rpartition(":")[2], 16) == port:
                yield fields[9]


def _has(process: Path, inodes: set[str]) -> bool:
    try:
        for one in (process / "fd").iterdir():
            target = str(one.readlink())
            if target.startswith("socket:[") and target[8:-1] in inodes:
                return True
    except OSError:  # not ours, or gone meanwhile
        return False
    return False
