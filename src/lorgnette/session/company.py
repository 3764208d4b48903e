"""A wearer's devices that are on: who hears, who speaks, what they can do together."""

from collections.abc import Iterator
from typing import Final

from lorgnette.core import events
from lorgnette.core.forms import Capabilities
from lorgnette.session.attachment import Attachment
from lorgnette.session.ears import Ears
from lorgnette.session.merge import merged
from lorgnette.session.ports import Outlet
from lorgnette.session.speech import Kind

ASKED_FOR: Final[frozenset[Kind]] = frozenset({"answer", "earcon"})
"""What a passing device hears; the rest is for those that the wearer wears."""


class Company:
    """One device holds the microphone and one the voice at a time."""

    def __init__(self) -> None:
        self.attachments: dict[str, Attachment] = {}
        self.shown = True
        """Whether captions and scenes are wanted at all."""
        self._used = ""
        """The device that was spoken or typed into last."""

    @property
    def outlets(self) -> list[tuple[Capabilities, Outlet]]:
        """For the HUD."""
        return self.every_outlet if self.shown else []

    @property
    def every_outlet(self) -> list[tuple[Capabilities, Outlet]]:
        """All devices, whatever the wearer wants to see."""
        return [(one.capabilities, one.outlet) for one in self.attachments.values()]

    @property
    def capabilities(self) -> Capabilities:
        """All devices' together."""
        return merged(one.capabilities for one in self.attachments.values())

    @property
    def heard(self) -> bool:
        """Somebody is speaking into one of them."""
        return any(ears.utterance is not None for ears in self._ears())

    @property
    def pushed(self) -> bool:
        """One of them was opened to be spoken into."""
        return any(ears.mode == "push" for ears in self._ears())

    def _ears(self) -> Iterator[Ears]:
        return (one.ears for one in self.attachments.values() if one.connected and one.ears is not None)

    def broadcast(self, event: events.ToDevice) -> None:
        """Tell all of them."""
        for attachment in self.attachments.values():
            attachment.outlet.send(event)

    def use(self, device: str) -> None:
        """The wearer uses this one: it speaks, if it can."""
        self._used = device

    def leave(self, attachment: Attachment) -> bool:
        """It is gone; False if another attachment of the same device took its place."""
        id = attachment.device.id
        if self.attachments.get(id) is not attachment:
            return False
        del self.attachments[id]
        if self._used == id:
            self._used = ""
        return True

    def voice(self, kind: Kind = "answer") -> Attachment | None:
        """The device that speaks: the one last used, else any with a speaker, else any at all."""
        on = [one for one in self.attachments.values() if one.connected and not one.passing]
        used = self.attachments.get(self._used)
        if used is not None and used.connected and (not used.passing or kind in ASKED_FOR):
            if used.sink:
                return used
            on = on or [used]
        return next((one for one in on if one.sink), None) or next(iter(on), None)

    def give_microphone(self, attachment: Attachment) -> None:
        """Close the others': two that hear the same words would do the same thing twice."""
        for other in self.attachments.values():
            if other is not attachment and other.ears is not None and other.ears.mode != "closed":
                other.ears.cancel()
                if not other.ears.rest():
                    other.ears.close()
                    other.outlet.send(events.MicClose("cancelled"))
