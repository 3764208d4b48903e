"""How a wearer likes it, applied to what is live: pauses, sound or captions alone, text size, quiet hours."""

import dataclasses
from collections.abc import Collection
from typing import Protocol

from lorgnette.core import events
from lorgnette.core.people import Device, Wearer
from lorgnette.session.attachment import Attachment
from lorgnette.session.company import Company
from lorgnette.session.endpoint import Patience
from lorgnette.session.hud import Hud
from lorgnette.session.router import Pacer, Sink
from lorgnette.session.speaking import Speaking


class Room(Protocol):
    """The session around it."""

    wearer: Wearer

    def welcome_back(self) -> None:
        """Something that waited may be said now."""
        ...


def profile_of(wearer: Wearer, device: Device) -> events.Profile:
    """What a device is told of its wearer."""
    return events.Profile(
        wearer.id,
        wearer.name,
        wearer.language,
        wearer.zone,
        wearer.volume,
        wearer.rate,
        text_size=wearer.text_size,
        output=wearer.output,
        formal=wearer.formal,
        shared=device.shared,
        nobody=wearer.nobody,
    )


def patience_of(usual: Patience, pause: float) -> Patience:
    """The silences that end an utterance, `pause` times as long."""
    if pause == 1.0:
        return usual
    return dataclasses.replace(
        usual,
        complete=usual.complete * pause,
        unknown=usual.unknown * pause,
        open=usual.open * pause,
        nobody=usual.nobody * max(1.0, pause),
    )


class Likings:
    """Carries a change of settings to the wearer's devices that are on."""

    def __init__(
        self,
        room: Room,
        company: Company,
        speaking: Speaking,
        hud: Hud,
        pacer: Pacer,
        patience: Patience,
    ) -> None:
        self._room = room
        self._company = company
        self._speaking = speaking
        self._hud = hud
        self._pacer = pacer
        self._patience = patience

    @property
    def patience(self) -> Patience:
        """For this wearer's ears."""
        return patience_of(self._patience, self._room.wearer.pause)

    def equip(self, attachment: Attachment) -> None:
        """A voice for a device that has a speaker, unless the wearer wants captions alone."""
        audible = attachment.capabilities.speaker is not None and self._room.wearer.output != "captions"
        if not audible:
            attachment.sink = None
        elif attachment.sink is None:
            attachment.sink = Sink(attachment.play, self._pacer)

    def apply(self, changed: Collection[str]) -> None:
        """These settings of the wearer are others now."""
        attachments = tuple(self._company.attachments.values())
        wearer = self._room.wearer
        for attachment in attachments:
            attachment.outlet.send(profile_of(wearer, attachment.device))
            if "volume" in changed:
                attachment.outlet.send(events.VolumeChanged(wearer.volume))
            if "pause" in changed and attachment.ears is not None:
                attachment.ears.endpointer.patience = self.patience
        if "output" in changed:
            self._put_out(attachments)
        if not {"quiet", "zone"}.isdisjoint(changed):
            self._room.welcome_back()

    def _put_out(self, attachments: Collection[Attachment]) -> None:
        """What is being said goes on in the other way; what is shown goes or comes."""
        for attachment in attachments:
            self._speaking.suspend(attachment)
            self.equip(attachment)
        shown = self._room.wearer.output != "speech"
        for device in self._company.every_outlet if shown != self._company.shown else ():
            if shown:
                self._hud.replay(device)
            else:
                self._hud.clear(device)
        self._company.shown = shown
        self._speaking.resume()
