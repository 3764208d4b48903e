"""The native door: who may come in, which link a connection belongs to, and when a link ends."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Final, Protocol

import msgspec
from picows import WSUpgradeRequest, WSUpgradeResponse, WSUpgradeResponseWithListener

from lorgnette.core.clock import Clock
from lorgnette.core.errors import Busy, Denied, LorgnetteError
from lorgnette.core.ids import new_id
from lorgnette.core.people import Device
from lorgnette.gateways.native.connection import Connection, OtherVersion
from lorgnette.gateways.native.link import Link
from lorgnette.gateways.native.messages import (
    RESUME_SECONDS,
    SUBPROTOCOL,
    VERSION_MAX,
    VERSION_MIN,
    Hello,
    Welcome,
)
from lorgnette.gateways.native.socket import bridge
from lorgnette.session.sessions import Sessions

PATH: Final = "/v1/device"


class Doorkeeper(Protocol):
    """Who may enter: tokens for devices, Host and Origin for browsers."""

    async def device(self, token: str) -> Device | None:
        """The device with this token, None if unknown or revoked."""
        ...

    def welcomes(self, headers: Mapping[str, str]) -> bool:
        """Whether a request with these Host and Origin headers is answered at all."""
        ...


class NativeGateway:
    """All native connections of a hub."""

    def __init__(
        self, sessions: Sessions, doorkeeper: Doorkeeper, clock: Clock, *, limit: int = 2000
    ) -> None:
        self._sessions = sessions
        self._doorkeeper = doorkeeper
        self._clock = clock
        self._limit = limit
        self._links: dict[str, Link] = {}
        self._by_device: dict[str, Link] = {}
        self._connections: set[Connection] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._sweeper: asyncio.TimerHandle | None = None
        self._draining = False
        self._revocations = 0
        self._on_gone: Callable[[str], None] = lambda _: None

    def on_gone(self, tell: Callable[[str], None]) -> None:
        """Called with each shared device that is off for good, or starts anew."""
        self._on_gone = tell

    # ── for uvicorn's upgrade ──────────────────────────────────────────────────────────────────────────

    @property
    def upgrade(self) -> Callable[..., asyncio.Protocol]:
        """What uvicorn's `ws=` wants."""
        return bridge(self.accept)

    def accept(self, request: WSUpgradeRequest) -> Connection | WSUpgradeResponseWithListener | None:
        """A listener for a good upgrade, else the refusal."""
        path = request.path.decode("latin-1").partition("?")[0]
        headers = {key.lower(): value for key, value in request.headers.items()}
        if path != PATH:
            return _refusal(404, b"no such place\n")
        if not self._doorkeeper.welcomes(headers):
            return _refusal(403, b"this host or origin is not allowed\n")
        offered = [name.strip() for name in headers.get("sec-websocket-protocol", "").split(",")]
        if SUBPROTOCOL not in offered:
            return _refusal(400, f"speak {SUBPROTOCOL}\n".encode())
        if self._draining or len(self._connections) >= self._limit:
            return _refusal(503, b"busy\n")
        connection = Connection(self, self._connections.discard)
        self._connections.add(connection)
        response = WSUpgradeResponse.create_101_response({"Sec-WebSocket-Protocol": SUBPROTOCOL})
        return WSUpgradeResponseWithListener(response, connection)

    # ── for connections ────────────────────────────────────────────────────────────────────────────────

    def steady_us(self) -> int:
        return int(self._clock.steady() * 1e6)

    def spawn(self, work: Coroutine[Any, Any, None]) -> object:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def open(self, hello: Hello, connection: Connection) -> tuple[Link, Welcome, int]:
        """Check the token, negotiate, and find or make the link."""
        del connection
        version = min(hello.version_max, VERSION_MAX)
        if version < max(hello.version_min, VERSION_MIN):
            raise OtherVersion(f"this hub speaks versions {VERSION_MIN} to {VERSION_MAX}")
        revocations = self._revocations
        device = await self._doorkeeper.device(hello.token)
        if device is None:
            raise Denied("the token is unknown or was revoked; pair again")
        if self._draining:
            raise Busy("the hub is stopping")
        link = self._resumed(hello, device)
        if link is not None and hello.resume is not None:
            link.expires = 0.0
            return link, self._welcome(link, version, resumed=True), hello.resume.seq
        link = await self._fresh(hello, device)
        if revocations != self._revocations and await self._doorkeeper.device(hello.token) is None:
            self._end(link)
            raise Denied("the token was revoked")
        return link, self._welcome(link, version, resumed=False), 0

    def entered(self, link: Link) -> None:
        """The device is there again, and has been sent what it missed."""
        if link.attachment is not None and not link.attachment.connected:
            link.attachment.resume()

    def _resumed(self, hello: Hello, device: Device) -> Link | None:
        if hello.resume is None:
            return None
        link = self._links.get(hello.resume.session)
        if link is None or link.device.id != device.id:
            return None
        if not link.forgotten <= hello.resume.seq <= link.last_seq:
            return None
        # A device that changed what it can do starts afresh.
        return link if link.capabilities == hello.capabilities else None

    async def _fresh(self, hello: Hello, device: Device) -> Link:
        self._supersede(device)
        link = Link(new_id("c-"), device, hello.capabilities, self.steady_us)
        link.attachment = await self._sessions.attach(device, hello.capabilities, link.outlet)
        self._supersede(device)  # who came while this one waited
        self._links[link.id] = link
        self._by_device[device.id] = link
        return link

    def _supersede(self, device: Device) -> None:
        old = self._by_device.get(device.id)
        if old is not None:
            if old.wire is not None:
                old.wire.replaced()
            self._end(old, leave=False)

    def _welcome(self, link: Link, version: int, *, resumed: bool) -> Welcome:
        return Welcome(
            session=link.id,
            device=link.device.id,
            version=version,
            resumed=resumed,
            microphone=link.intake.choice if link.intake is not None else None,
            speaker=link.output.choice if link.output is not None else None,
            mic_seq=link.mic_seq,
            event_seq=link.event_seq,
            now=self._clock.now().timestamp(),
            wake=self._sessions.wake_words,
        )

    def lost(self, link: Link, connection: Connection) -> None:
        """A socket broke: the link may resume for a minute."""
        if link.wire is not connection and link.wire is not None:
            return  # another connection took over
        link.wire = None
        if self._links.get(link.id) is not link:
            return
        link.expires = self._clock.steady() + RESUME_SECONDS
        if link.attachment is not None:
            link.attachment.suspend()
        if self._sweeper is None:
            self._sweep_later()

    # ── ending ─────────────────────────────────────────────────────────────────────────────────────────

    def revoke(self, device: str) -> None:
        """A token was taken back: whoever uses it is out now."""
        self._revocations += 1
        link = self._by_device.get(device)
        if link is not None:
            if link.wire is not None:
                link.wire.close(1008, "the token was revoked")
            self._end(link)

    def online(self, device: str) -> bool:
        link = self._by_device.get(device)
        return link is not None and link.wire is not None

    def _sweep_later(self) -> None:
        self._sweeper = asyncio.get_running_loop().call_later(5.0, self._sweep)

    def _sweep(self) -> None:
        now = self._clock.steady()
        lost = [link for link in self._links.values() if link.wire is None and link.expires]
        for link in lost:
            if link.expires <= now:
                self._end(link)
        self._sweeper = None
        if any(link.wire is None for link in self._links.values()):
            self._sweep_later()

    def _end(self, link: Link, *, leave: bool = True) -> None:
        self._links.pop(link.id, None)
        if self._by_device.get(link.device.id) is link:
            del self._by_device[link.device.id]
        attachment, link.attachment = link.attachment, None
        if attachment is not None:
            attachment.detach()
            if leave:
                self._sessions.left(link.device.wearer)
        link.let_go()
        if link.home.shared:
            self._on_gone(link.home.id)

    async def hand(self, device: str, wearer: str) -> bool:
        """A shared device is this wearer's from now on, nobody's if empty; False if it isn't on.

        Nothing of the former wearer's reaches it any more. `Busy` when the hub can't take the new one: it is
        nobody's then.
        """
        link = self._by_device.get(device)
        if link is None or not link.home.shared:
            return False
        wearer = wearer or link.home.wearer
        if link.device.wearer == wearer:
            return True
        former, link.attachment = link.attachment, None
        if former is not None:
            former.detach()
            self._sessions.left(link.device.wearer)
        link.change_hands(msgspec.structs.replace(link.home, wearer=wearer))
        try:
            await self._settle(link)
        except LorgnetteError:
            link.change_hands(link.home)
            try:
                await self._settle(link)
            except LorgnetteError as error:
                if link.wire is not None:
                    link.wire.close(1013, error.detail)
                self._end(link)
            raise
        return self._by_device.get(device) is link

    async def _settle(self, link: Link) -> None:
        """The link joins the session of whoever has it now."""
        attachment = await self._sessions.attach(link.device, link.capabilities, link.outlet)
        if self._links.get(link.id) is not link:  # it went away meanwhile
            attachment.detach()
            self._sessions.left(link.device.wearer)
            return
        link.attachment = attachment
        if link.wire is None:
            attachment.suspend()

    def forget(self, wearer: str) -> None:
        """Nobody of this wearer's devices is known any more."""
        self._revocations += 1
        for link in [one for one in self._links.values() if one.home.wearer == wearer]:
            self.revoke(link.device.id)

    @property
    def connections(self) -> int:
        return len(self._connections)

    @property
    def links(self) -> int:
        """Devices that are connected or may resume."""
        return len(self._links)

    @property
    def draining(self) -> bool:
        """Nobody new is let in: the hub is about to stop."""
        return self._draining

    def refuse(self) -> None:
        """From now on nobody new; who is there stays until `drain`."""
        self._draining = True

    async def drain(self, seconds: float = 1.0) -> None:
        """SIGTERM: nobody new; every device is told to come back after `seconds`."""
        self._draining = True
        if self._sweeper is not None:
            self._sweeper.cancel()
        for connection in list(self._connections):
            connection.goaway(seconds, "the hub restarts")
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=2)
        for link in list(self._links.values()):
            self._end(link, leave=False)


def _refusal(status: int, body: bytes) -> WSUpgradeResponseWithListener:
    response = WSUpgradeResponse.create_error_response(status, body)
    return WSUpgradeResponseWithListener(response, None)
