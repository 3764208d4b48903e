"""The hub by mDNS: the service `_lorgnette._tcp` and the machine's `.local` name."""

import logging
import socket
from collections.abc import Sequence
from typing import Final, Protocol

from lorgnette.lan.addresses import Address

log = logging.getLogger(__name__)

SERVICE: Final = "_lorgnette._tcp.local."


class Announcement(Protocol):
    """What tells the network where the hub is."""

    async def update(self, addresses: Sequence[Address]) -> None:
        """From now on under these addresses; never fails."""
        ...

    async def close(self) -> None:
        """Take it back."""
        ...


class Silence:
    """Nothing is announced."""

    async def update(self, addresses: Sequence[Address]) -> None: ...

    async def close(self) -> None: ...


class Multicast:
    """Announced on the interfaces of the hub's addresses. `name` is for people, `label` for resolvers."""

    def __init__(self, name: str, label: str, port: int, properties: dict[str, str]) -> None:
        self._name = name
        self._label = label
        self._port = port
        self._properties = properties
        self._running: object = None

    async def update(self, addresses: Sequence[Address]) -> None:
        from zeroconf import Error
        from zeroconf.asyncio import AsyncServiceInfo, AsyncZeroconf

        await self.close()
        addresses = [address for address in addresses if _there(address)]  # zeroconf leaks a socket else
        if not addresses:
            log.warning("the hub can't be announced by mDNS: it has no address")
            return
        info = AsyncServiceInfo(
            SERVICE,
            f"{_instance(self._name)}.{SERVICE}",
            port=self._port,
            addresses=[address.packed for address in addresses],
            properties=self._properties,
            server=f"{self._label}.local.",
        )
        interfaces = [str(address) for address in addresses if address.version == 4]
        try:
            self._running = running = AsyncZeroconf(interfaces=interfaces or [str(addresses[0])])
            await running.async_register_service(info, allow_name_change=True)
        except (OSError, Error) as error:
            log.warning("the hub can't be announced by mDNS: %s", error or type(error).__name__)
            await self.close()

    async def close(self) -> None:
        from zeroconf.asyncio import AsyncZeroconf

        running, self._running = self._running, None
        if isinstance(running, AsyncZeroconf):
            await running.async_unregister_all_services()
            await running.async_close()


def _there(address: Address) -> bool:
    """Whether an interface has this address at the moment."""
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((str(address), 0))
        except OSError:
            return False
    return True


def _instance(name: str) -> str:
    """A service's name holds at most 63 bytes; a full stop would end it."""
    return name.replace(".", " ").encode()[:63].decode(errors="ignore").strip() or "Lorgnette"
