"""Who may enter: device tokens, and the Host and Origin of every request (any page may try 127.0.0.1)."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from lorgnette.core.people import Device
from lorgnette.store import Devices

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


class Doorkeeper:
    """`hosts`, `origins`: allowed beside the loopback names and the hub's own address."""

    def __init__(
        self,
        devices: Devices,
        host: str,
        port: int,
        hosts: tuple[str, ...] = (),
        origins: tuple[str, ...] = (),
    ) -> None:
        self._devices = devices
        own = LOOPBACK if host in ("0.0.0.0", "::", "127.0.0.1", "localhost", "::1") else LOOPBACK | {host}  # noqa: S104
        self._hosts = own | {name.lower() for name in hosts}
        self._origins = frozenset(origin.rstrip("/").lower() for origin in origins)
        self._at_home: frozenset[str] = frozenset()
        self.port = port

    def at_home(self, hosts: Iterable[str]) -> None:
        """The names and addresses that the hub has on the home network now; they replace the former ones."""
        self._at_home = frozenset(host.lower() for host in hosts)

    async def device(self, token: str) -> Device | None:
        """The device with this token."""
        device = await self._devices.verify(token) if 16 <= len(token) <= 256 else None
        if device is not None:
            self._devices.touch(device.wearer, device.id)
        return device

    def welcomes(self, headers: Mapping[str, str]) -> bool:
        """DNS rebinding is stopped by the Host, other pages by the Origin; no Origin = no browser."""
        name = host_name(headers.get("host", ""))
        if name not in self._hosts and name not in self._at_home:
            return False
        origin = headers.get("origin", "").rstrip("/").lower()
        if not origin:
            return True
        if origin in self._origins:
            return True
        parts = urlsplit(origin)
        return parts.scheme in ("http", "https") and parts.netloc == headers.get("host", "").lower()


def host_name(host: str) -> str:
    """The name of a Host header without its port."""
    host = host.lower()
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.rpartition(":")[0] if ":" in host else host
