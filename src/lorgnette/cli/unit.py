"""The systemd unit as text, for one user or for the whole machine."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from lorgnette.core.errors import ConfigError

NAME: Final = "lorgnette.service"
HOMES: Final = (Path("/", "home"), Path("/", "root"))

NETWORK: Final = """\
Wants=network-online.target
After=network-online.target
"""

UNIT: Final = """\
[Unit]
Description=Lorgnette, the hub of your glasses
{network}StartLimitIntervalSec=300
StartLimitBurst=10

[Service]
Type=notify
ExecStart={command}
Restart=on-failure
RestartSec=5
WatchdogSec=60
TimeoutStartSec=300
TimeoutStopSec=60
# The hub ends its engines' workers itself; what is left at the end is killed.
KillMode=mixed
# The address with the first pairing code is not for the journal; `lorgnette pair` gives another.
StandardOutput=null
StandardError=journal
LimitNOFILE=65536
UMask=0077
{place}# What the hub never needs. Devices (a GPU), namespaces and code made in memory (ctypes) it may.
{sandbox}
[Install]
WantedBy={target}
"""

SANDBOX: Final = """\
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM
"""
"""Needs no namespace, which not every system gives to a user's services."""

MACHINE_SANDBOX: Final = """\
CapabilityBoundingSet=
ProtectSystem=strict
ProtectHome={home}
PrivateTmp=yes
ProtectClock=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
"""

MACHINE: Final = """\
DynamicUser=yes
User=lorgnette
StateDirectory=lorgnette
StateDirectoryMode=0700
CacheDirectory=lorgnette
ConfigurationDirectory=lorgnette
RuntimeDirectory=lorgnette
RuntimeDirectoryMode=0700
Environment=HOME=/var/lib/lorgnette XDG_CONFIG_HOME=/etc XDG_DATA_HOME=/var/lib
Environment=XDG_STATE_HOME=/var/lib XDG_CACHE_HOME=/var/cache XDG_RUNTIME_DIR=/run
"""


def unit(command: Sequence[str], *, system: bool) -> str:
    """The unit's text. `command`: an absolute program and its arguments."""
    line = " ".join(_quoted(word) for word in command)
    if not system:
        return UNIT.format(network="", command=line, place="", sandbox=SANDBOX, target="default.target")
    at_home = any(Path(command[0]).is_relative_to(home) for home in HOMES)
    sandbox = SANDBOX + MACHINE_SANDBOX.format(home="read-only" if at_home else "yes")
    return UNIT.format(
        network=NETWORK, command=line, place=MACHINE, sandbox=sandbox, target="multi-user.target"
    )


def _quoted(word: str) -> str:
    """As systemd.service(5) reads it: `%` and `$` mean something, a line break can't be said."""
    if not word.isprintable():
        raise ConfigError(f"{word!r} can't stand in a systemd unit")
    said = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{said}"' if not said or any(letter in " '\"\\;" for letter in said) else said
