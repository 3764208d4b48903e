"""What systemd wants to know of a service (sd_notify): that it is ready, that it stops, that it is alive."""

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator, Mapping
from typing import Self


class Manager:
    """The service manager behind `NOTIFY_SOCKET`; without one every call does nothing.

    `seconds`: how often the watchdog wants a sign of life, half of what it asks for; 0 = never.
    """

    def __init__(self, address: str = "", seconds: float = 0.0) -> None:
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self.seconds = seconds

    @classmethod
    def of(cls, environ: Mapping[str, str] | None = None) -> Self:
        """As systemd says it in the environment."""
        environ = os.environ if environ is None else environ
        mine = environ.get("WATCHDOG_PID", "") in ("", str(os.getpid()))
        microseconds = environ.get("WATCHDOG_USEC", "") if mine else ""
        seconds = int(microseconds) / 2e6 if microseconds.isdecimal() else 0.0
        return cls(environ.get("NOTIFY_SOCKET", ""), seconds)

    @property
    def present(self) -> bool:
        """Whether this process is a service."""
        return bool(self._address)

    def tell(self, *lines: str) -> None:
        """Send a state, such as `READY=1`; a manager that doesn't listen is none of our business."""
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as out:
                out.sendto("\n".join(lines).encode(), self._address)
        except OSError:
            return

    @contextlib.asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        """Signs of life while inside: an event loop that hangs sends none, and systemd restarts the hub."""
        task = asyncio.create_task(self._watch(), name="watchdog") if self._address and self.seconds else None
        try:
            yield
        finally:
            if task is not None:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

    async def _watch(self) -> None:
        while True:
            self.tell("WATCHDOG=1")
            await asyncio.sleep(self.seconds)
