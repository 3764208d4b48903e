"""Devices come, fall silent, come back and go: what each of them finds and leaves."""

import asyncio
from collections.abc import Coroutine
from typing import Any, Final, Protocol

from lorgnette.core import events
from lorgnette.core.people import Wearer
from lorgnette.session.agenda import Agenda
from lorgnette.session.attachment import Attachment
from lorgnette.session.camera import SessionCamera
from lorgnette.session.company import Company
from lorgnette.session.ears import Ears
from lorgnette.session.hud import Hud
from lorgnette.session.likings import Likings, profile_of
from lorgnette.session.listening import Hearer, Listening
from lorgnette.session.resuming import Resuming
from lorgnette.session.speaking import Speaking
from lorgnette.session.wiring import Wiring

SETTLE_SECONDS: Final = 0.2
"""A device that is back first says what it played meanwhile; then speech goes on."""


class Room(Hearer, Protocol):
    """The session around it."""

    wearer: Wearer
    camera: SessionCamera

    @property
    def state(self) -> events.StateName: ...

    def spawn(self, work: Coroutine[Any, Any, None]) -> object: ...

    async def deliver(self) -> None: ...


class Arrivals:
    """One session's."""

    def __init__(
        self,
        room: Room,
        company: Company,
        speaking: Speaking,
        hud: Hud,
        likings: Likings,
        agenda: Agenda,
        resuming: Resuming,
        wiring: Wiring,
    ) -> None:
        self._room = room
        self._company = company
        self._speaking = speaking
        self._hud = hud
        self._likings = likings
        self._agenda = agenda
        self._resuming = resuming
        self._wiring = wiring
        self._listeners: dict[str, Listening] = {}

    def come(self, attachment: Attachment) -> None:
        """A device comes. An older attachment of the same device is replaced."""
        device = attachment.device
        old = self._company.attachments.get(device.id)
        if old is not None:
            old.detach()
        self._likings.equip(attachment)
        self._company.attachments[device.id] = attachment
        self._give_ears(attachment)
        outlet = attachment.outlet
        outlet.send(profile_of(self._room.wearer, device))
        if device.shared:
            outlet.send(events.Forgotten())  # what it still keeps was somebody else's
        outlet.send(events.VolumeChanged(self._room.wearer.volume))
        if attachment.passing:
            return
        if self._room.state != "idle":
            outlet.send(events.State(self._room.state))
        if self._company.shown:
            self._hud.replay((attachment.capabilities, outlet))
        if device.shared and self._wiring.sharing is not None:
            self._wiring.sharing.arrived(attachment)
        self._room.camera.arrived(attachment)
        self._speaking.resume()
        self._room.spawn(self._welcome(attachment))

    def suspended(self, attachment: Attachment) -> None:
        """What is being said into it goes on when it is back; it resends what was lost."""
        self._speaking.suspend(attachment)
        self._room.state_changed()

    def resumed(self, attachment: Attachment) -> None:
        """Its connection is back."""
        asyncio.get_running_loop().call_later(SETTLE_SECONDS, self._settled, attachment)
        self._room.state_changed()

    def gone(self, attachment: Attachment) -> None:
        """It left for good, or to somebody else."""
        if attachment.device.shared:
            self._vanish(attachment)
        self._speaking.suspend(attachment)
        self._room.camera.left(attachment)
        if self._company.leave(attachment):
            self._listeners.pop(attachment.device.id, None)
        if attachment.ears is not None:
            attachment.ears.dispose()
            attachment.ears = None
        attachment.sink = None  # they hold each other, and nothing here may wait for the garbage collector
        self._speaking.resume()

    def sounding(self, *, sounding: bool) -> None:
        """Tell the ears whether the hub is heard."""
        for listening in self._listeners.values():
            listening.playback(sounding=sounding)

    def _give_ears(self, attachment: Attachment) -> None:
        microphone = attachment.capabilities.microphone
        if microphone is None:
            return
        wiring = self._wiring
        listening = Listening(attachment, self._room, self._speaking, wiring, self._room.spawn)
        if microphone.aec == "hub":
            attachment.echo = wiring.echo()
        attachment.ears = Ears(
            wiring.vad, wiring.levels, wiring.gate(), listening, wiring.clock.steady, self._likings.patience
        )
        self._listeners[attachment.device.id] = listening

    async def _welcome(self, attachment: Attachment) -> None:
        """What waited for a device: running timers, a reply that was cut off, then the inbox."""
        await self._agenda.sync()
        await self._resuming.take_up(attachment)
        await self._room.deliver()

    def _settled(self, attachment: Attachment) -> None:
        if attachment.connected:
            self._speaking.resume()
            if attachment.reports:
                self._room.spawn(self._resuming.take_up(attachment))

    def _vanish(self, attachment: Attachment) -> None:
        """A shared device leaves for somebody else, who is to see and hear nothing of this."""
        self._speaking.suspend(attachment)
        self._hud.clear((attachment.capabilities, attachment.outlet))
        if attachment.ears is not None and attachment.ears.mode != "closed":
            attachment.outlet.send(events.MicClose("cancelled"))
        if self._room.state != "idle":
            attachment.outlet.send(events.State("idle"))
        attachment.outlet.send(events.CaptureLight(on=False))
        if self._wiring.sharing is not None:
            self._wiring.sharing.left(attachment)
