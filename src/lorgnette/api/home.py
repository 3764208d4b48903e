"""The hub's doors on the home network: HTTPS on every private address, and beside it a door for `/trust`."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.types import ASGIApp

from lorgnette.api.doorkeeper import Doorkeeper
from lorgnette.api.guard import Guard
from lorgnette.api.server import listening
from lorgnette.api.trust import front_door
from lorgnette.core.errors import ConfigError
from lorgnette.lan import Address, Announcement, Certificates, Silence, home_addresses, netloc

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Ports:
    """`https`: pages and devices; `plain`: `/trust` alone, everything else is sent to `https`."""

    https: int
    plain: int


class HomeNetwork:
    """Follows the machine's addresses: with them change listeners, certificate, allowed hosts, announcement.

    `find` gives the addresses to listen on; it is asked off the loop, every minute.
    """

    def __init__(
        self,
        ports: Ports,
        certificates: Certificates,
        doorkeeper: Doorkeeper,
        now: Callable[[], datetime],
        *,
        find: Callable[[], Sequence[Address]] = home_addresses,
        announcement: Announcement | None = None,
    ) -> None:
        self._ports = ports
        self._certificates = certificates
        self._doorkeeper = doorkeeper
        self._now = now
        self._find = find
        self._announcement = announcement or Silence()
        self._announced: tuple[Address, ...] = ()
        self._doors: dict[Address, contextlib.AsyncExitStack] = {}
        self._shut: set[Address] = set()
        """Addresses that can't be used, told of once."""
        self._app: ASGIApp | None = None
        self._upgrade: Callable[..., asyncio.Protocol] | None = None

    @contextlib.asynccontextmanager
    async def open(
        self,
        app: ASGIApp,
        upgrade: Callable[..., asyncio.Protocol],
        drain: Callable[[], Awaitable[None]],
    ) -> AsyncIterator[None]:
        """Answer while inside. `ConfigError` if there is no address at all that can be used."""
        self._app, self._upgrade = app, upgrade
        try:
            await self.look(first=True)
            watch = asyncio.create_task(self._watch(), name="home network")
            try:
                yield
            finally:
                watch.cancel()
                await asyncio.gather(watch, return_exceptions=True)
                await drain()
        finally:
            doors = (self._close(address) for address in tuple(self._doors))
            await asyncio.gather(self._announcement.close(), *doors)

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Where it answers now."""
        return tuple(self._doors)

    @property
    def host(self) -> str:
        """What other devices call it: a given certificate's first name, else the first address."""
        certificates = self._certificates
        if certificates.authority is None:
            for name in certificates.names:
                if "*" not in name:
                    return name
        return netloc(next(iter(self._doors), "127.0.0.1"))

    def reached(self) -> dict[str, str]:
        """As `Live.reached` says it."""
        authority = self._certificates.authority
        found = {"url": f"https://{self.host}:{self._ports.https}/"}
        if authority is not None:
            found["trust"] = f"http://{self.host}:{self._ports.plain}/trust"
            found["fingerprint"] = authority.fingerprint
        return found

    async def look(self, *, first: bool = False) -> None:
        """See which addresses there are, and follow. `first`: what fails is a `ConfigError`."""
        addresses = await asyncio.to_thread(self._find)
        try:
            renewed = await asyncio.to_thread(self._certificates.refresh, addresses, self._now())
        except (OSError, ConfigError) as error:
            if first:
                raise ConfigError(str(error)) from None
            log.warning("the certificate stays as it is: %s", error)
            renewed = False
        if renewed and not first:
            log.info("the hub has a new certificate")
        names = self._certificates.names
        self._doorkeeper.at_home([*names, *map(netloc, addresses)])
        await self._settle(addresses, first=first)

    async def _watch(self) -> None:
        while True:
            try:
                if self.addresses != self._announced:  # takes a second, which the start doesn't wait for
                    self._announced = self.addresses
                    await self._announcement.update(self._announced)
                await asyncio.sleep(LOOK_SECONDS)
                await self.look()
            except Exception:
                log.exception("the home network could not be followed; next try in a minute")
                await asyncio.sleep(LOOK_SECONDS)

    async def _settle(self, addresses: Sequence[Address], *, first: bool) -> None:
        failed: list[ConfigError] = []
        for gone in [one for one in self._doors if one not in addresses]:
            log.info("%s is gone", gone)
            await self._close(gone)
        self._shut.intersection_update(addresses)
        for address in addresses:
            if address in self._doors:
                continue
            try:
                self._doors[address] = await self._opened(address)
            except ConfigError as error:
                failed.append(error)
                if address not in self._shut:
                    log.warning("%s", error.detail)
                self._shut.add(address)
            else:
                self._shut.discard(address)
        self._doors = {address: self._doors[address] for address in addresses if address in self._doors}
        if first and not self._doors:
            raise failed[0] if failed else ConfigError("this machine has no private address to listen on")

    async def _opened(self, address: Address) -> contextlib.AsyncExitStack:
        assert self._app is not None
        ports, host = self._ports, str(address)
        plain = Guard(front_door(self._certificates.authority, self.reached), self._doorkeeper)
        async with contextlib.AsyncExitStack() as stack:
            tls = self._certificates.context
            await stack.enter_async_context(listening(self._app, host, ports.https, self._upgrade, tls))
            await stack.enter_async_context(listening(plain, host, ports.plain))
            return stack.pop_all()

    async def _close(self, address: Address) -> None:
        await self._doors.pop(address).aclose()
