"""Where a server's program runs: in bubblewrap, with nothing of this machine but what it needs to start."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal

from lorgnette.core.errors import ConfigError
from lorgnette.services.mcp.place import Place

Wish = Literal["auto", "always", "never"]

SYSTEM: Final = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/opt", "/etc", "/nix")
"""Read by every program; keys in /etc are root's, and this isn't."""
HIDDEN: Final = ("/etc/shadow", "/etc/gshadow", "/etc/ssh", "/etc/ssl/private")


def boxed(place: Place, wish: Wish) -> list[str]:
    """The command to start. `ConfigError` where the program or a sandbox that is wanted isn't there."""
    program = shutil.which(place.command[0], path=place.variables().get("PATH"))
    if program is None:
        raise ConfigError(f"the program {place.command[0]!r} isn't found")
    command = [program, *place.command[1:]]
    bwrap = None if wish == "never" else shutil.which("bwrap")
    if bwrap is None:
        if wish == "always":
            raise ConfigError("[mcp] sandbox = always, and bwrap isn't installed: apt install bubblewrap")
        tied = shutil.which("setpriv")  # it dies with the hub, as in bubblewrap
        return command if tied is None else [tied, "--pdeathsig", "KILL", "--", *command]
    return [bwrap, *_walls(place, Path(program)), "--", *command]


def _walls(place: Place, program: Path) -> list[str]:
    walls = ["--unshare-all", "--die-with-parent", "--new-session", "--proc", "/proc", "--dev", "/dev"]
    walls += ["--tmpfs", "/tmp", "--tmpfs", "/run", "--tmpfs", "/var"]  # noqa: S108 — its own, empty ones
    if place.network:
        walls += ["--share-net"]
    for folder in SYSTEM:
        walls += ["--ro-bind-try", folder, folder]
    for hidden in HIDDEN:
        if Path(hidden).is_dir():
            walls += ["--tmpfs", hidden]
        elif Path(hidden).exists():
            walls += ["--ro-bind", "/dev/null", hidden]
    home = place.variables().get("HOME", "")
    if home.startswith("/") and home != "/":
        walls += ["--tmpfs", home]
    if place.network:  # names are looked up where this link leads
        walls += ["--ro-bind-try", "/run/systemd/resolve", "/run/systemd/resolve"]
    for folder in (*_needed(program, place.command[1:]), *place.folders):
        walls += ["--ro-bind-try", folder, folder]
    return [*walls, "--chdir", "/"]


def _needed(program: Path, arguments: Sequence[str]) -> list[str]:
    """What starts it: its own folder or virtual environment, and the file that it is told to run."""
    needed = []
    for name in (program, *(Path(one) for one in arguments[:2] if one.startswith("/"))):
        for real in dict.fromkeys((name, name.resolve())):
            if any(str(real).startswith(f"{folder}/") for folder in SYSTEM):
                continue
            folder = real.parent.parent if (real.parent.parent / "pyvenv.cfg").exists() else real
            needed.append(str(folder))
            needed += _base(folder)
    return list(dict.fromkeys(needed))


def _base(folder: Path) -> list[str]:
    """The Python that a virtual environment stands on."""
    told = folder / "pyvenv.cfg"
    if not told.is_file():
        return []
    for line in told.read_text(encoding="utf-8", errors="replace").splitlines():
        key, _, value = line.partition("=")
        if key.strip() == "home" and value.strip().startswith("/"):
            return [str(Path(value.strip()).resolve().parent)]
    return []


def has_sandbox() -> bool:
    """Whether programs can be shut in on this machine."""
    return sys.platform == "linux" and shutil.which("bwrap") is not None
