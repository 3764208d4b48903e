"""What this machine says of its owner and itself: the language, the time zone, its name."""

import os
import re
import socket
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LOCALTIME = Path("/etc/localtime")


def language(environ: Mapping[str, str] | None = None) -> str:
    """BCP 47 from LC_ALL, LC_MESSAGES or LANG; `en` if they name none."""
    environ = os.environ if environ is None else environ
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        match = re.match(r"([a-z]{2,3})(?:_([A-Z]{2}))?(?:[.@]|$)", environ.get(name, ""))
        if match:
            return f"{match[1]}-{match[2]}" if match[2] else match[1]
    return "en"


def zone(environ: Mapping[str, str] | None = None, localtime: Path = LOCALTIME) -> str:
    """The IANA name from TZ or the system's clock; `UTC` if neither has one."""
    environ = os.environ if environ is None else environ
    named = environ.get("TZ", "").removeprefix(":")
    candidates = [named.partition("zoneinfo/")[2] or named]
    if localtime.is_symlink():
        candidates += [
            str(path).partition("zoneinfo/")[2] for path in (localtime.readlink(), localtime.resolve())
        ]
    return next((name for name in candidates if is_zone(name)), "UTC")


def label(hostname: str | None = None) -> str:
    """What this machine is called on a network: its name's first part, as the name system allows it."""
    first = (socket.gethostname() if hostname is None else hostname).partition(".")[0].lower()
    kept = re.sub(r"[^a-z0-9-]+", "-", first)[:63].strip("-")
    return kept if kept not in ("", "localhost") else "lorgnette"


def is_zone(name: str) -> bool:
    """Whether this machine knows the zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return bool(name)
