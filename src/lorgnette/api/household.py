"""The household of the running hub: whoever is changed or leaves is so in the store and in what is live."""

from collections.abc import Callable
from typing import Any, Protocol

from lorgnette.api.pairing import PairingDesk
from lorgnette.core.errors import Denied
from lorgnette.core.people import Device, Wearer
from lorgnette.session.sessions import Sessions
from lorgnette.session.sharing import Sharing
from lorgnette.store import Devices, People
from lorgnette.store.pins import Pins


class Doors(Protocol):
    """The gateway."""

    def online(self, device: str) -> bool: ...

    def forget(self, wearer: str) -> None:
        """Hang up on every device of this wearer."""
        ...


class Household:
    """`forgetful`: called with a wearer who is gone, by whoever remembers something outside the store."""

    def __init__(
        self,
        people: People,
        devices: Devices,
        pins: Pins,
        desk: PairingDesk,
        sessions: Sessions,
        sharing: Sharing,
        doors: Doors,
        forgetful: Callable[[str], None],
    ) -> None:
        self._people = people
        self._devices = devices
        self._pins = pins
        self._desk = desk
        self._sessions = sessions
        self._sharing = sharing
        self._doors = doors
        self._forgetful = forgetful

    # ── people ─────────────────────────────────────────────────────────────────────────────────────────

    def present(self, wearer: str) -> bool:
        """Whether a device of theirs is on."""
        session = self._sessions.of(wearer)
        return session is not None and bool(session.attachments)

    async def change(self, wearer: str, **settings: Any) -> Wearer:
        """In the store, and in the conversation that runs."""
        if settings.get("role") == "guest":
            settings["shareable"] = False
        person = await self._people.change(wearer, **settings)
        session = self._sessions.of(wearer)
        if session is not None:
            session.renew(person)
        if not {"name", "role", "shareable"}.isdisjoint(settings):
            if not person.shareable:
                await self._sharing.give_back_all(wearer)
            await self._sharing.changed()
        return person

    async def set_pin(self, wearer: str, pin: str) -> Wearer:
        """Four to eight digits, empty for none. Shared devices that were taken without it are given back."""
        person = await self._pins.set(wearer, pin)
        session = self._sessions.of(wearer)
        if session is not None:
            session.renew(person)
        await self._sharing.give_back_all(wearer)
        await self._sharing.changed()
        return person

    async def remove(self, wearer: str) -> None:
        """Hang up on them, then delete every row and blob of theirs. Not the last owner (`Denied`)."""
        person = await self._people.wearer(wearer)
        if person.role == "owner" and len(await self._owners()) == 1:
            raise Denied("the hub's last owner can't go; make another wearer the owner first")
        await self._hang_up(wearer)
        await self._people.forget(wearer)
        await self._hang_up(wearer)  # who came back before their tokens were gone
        self._forgetful(wearer)
        self._pins.forget(wearer)
        await self._sharing.changed()

    async def _hang_up(self, wearer: str) -> None:
        await self._sharing.give_back_all(wearer)
        self._desk.forget(wearer)
        self._doors.forget(wearer)
        await self._sessions.dismiss(wearer)

    async def _owners(self) -> list[Wearer]:
        return [one for one in await self._people.household() if one.role == "owner"]

    # ── shared devices ─────────────────────────────────────────────────────────────────────────────────

    def online(self, device: str) -> bool:
        return self._doors.online(device)

    def worn(self, device: str) -> str:
        """Who has taken a shared device; empty for nobody."""
        return self._sharing.worn(device)

    async def take(self, device: str, wearer: str) -> None:
        """The shared device is this wearer's now. `NotFound` if it isn't on."""
        await self._sharing.take(device, wearer)

    async def give_back(self, device: str) -> None:
        """It is nobody's."""
        await self._sharing.give_back(device)

    async def pair_shared(self, owner: str, name: str) -> tuple[Device, str]:
        """A new shared device and its token; while no one has taken it, it is a guest of its own."""
        nobody = await self._people.add_nobody(name, await self._people.wearer(owner))
        return await self._devices.pair(nobody.id, name, shared=True)

    async def shared(self) -> list[Device]:
        """Every shared device."""
        nobodies = [one for one in await self._people.all() if one.nobody]
        return [device for one in nobodies for device in await self._devices.devices(one.id)]

    async def revoke_shared(self, device: Device) -> Device:
        """Take its token back; what was said into it as nobody goes with it."""
        gone = await self._devices.revoke(device.wearer, device.id)
        await self.remove(device.wearer)
        return gone

    async def adopt(self) -> None:
        """Devices that were paired as shared before anybody could take them get a nobody of their own."""
        for one in await self._people.household():
            for device in await self._devices.devices(one.id):
                if device.shared:
                    nobody = await self._people.add_nobody(device.name, one)
                    await self._devices.hand_over(one.id, device.id, nobody.id)
