"""A wake word was said: the device that heard it first opens as if pushed, with a sound and its light."""

from collections.abc import Sequence
from typing import Final, Protocol

from lorgnette.core import events
from lorgnette.engines.protocols import Supervised, Wake, WakeDetector
from lorgnette.session.attachment import Attachment
from lorgnette.session.chime import chime
from lorgnette.session.company import Company
from lorgnette.session.speaking import Speaking
from lorgnette.session.waking import Waking
from lorgnette.session.wiring import Wiring

SOUND: Final = "listening"
SAME_WORD_SECONDS: Final = 1.5
"""Two devices that hear a word within so long heard the same one."""


def detector(wiring: Wiring) -> WakeDetector | None:
    """Who waits for wake words, if there is one and it is well."""
    wake = wiring.wake
    return wake if not isinstance(wake, Supervised) or wake.health().usable else None


class Room(Protocol):
    """The session around it."""

    @property
    def language(self) -> str: ...

    def interrupt(self) -> None: ...

    def state_changed(self) -> None: ...

    def say_once(self, key: str, device: str) -> None: ...


class Awakening:
    """One session's."""

    def __init__(self, room: Room, company: Company, speaking: Speaking, wiring: Wiring) -> None:
        self._room = room
        self._company = company
        self._speaking = speaking
        self._wiring = wiring
        self._last = ("", 0.0)
        """The device that was woken last, and when."""

    def wait(self, attachment: Attachment) -> None:
        """Wait for a wake word on this microphone; where no engine can, say so and leave it shut."""
        ears, found = attachment.ears, detector(self._wiring)
        if ears is None:
            return
        if found is None:
            ears.cancel()
            ears.close()
            attachment.outlet.send(events.MicClose("cancelled"))
            self._room.say_once("no-wake-word", attachment.device.id)
            return

        def woken(wake: Wake, windows: Sequence[tuple[bytes, float]]) -> None:
            del wake  # which of several words it was makes no difference
            if attachment.connected and self._first(attachment):
                self._open(attachment, windows)

        ears.wait(lambda: Waking(found, woken))
        self._room.state_changed()

    def open(self, attachment: Attachment, seconds: float) -> bool:
        """Listen without a wake word, for an answer or after a tap; False where the device opens itself."""
        if attachment.ears is None or not attachment.ears.waiting:
            return False
        attachment.ears.awaken((), seconds)
        self._room.state_changed()
        return True

    def _first(self, attachment: Attachment) -> bool:
        """Whether no other device of the wearer's heard this very word before."""
        now, (device, at) = self._wiring.clock.steady(), self._last
        if device not in ("", attachment.device.id) and now - at < SAME_WORD_SECONDS:
            return False
        self._last = (attachment.device.id, now)
        return True

    def _open(self, attachment: Attachment, windows: Sequence[tuple[bytes, float]]) -> None:
        ears = attachment.ears
        if ears is None:
            return
        self._company.give_microphone(attachment)
        if self._speaking.current is not None:
            self._room.interrupt()
        self._company.use(attachment.device.id)
        ears.awaken(windows)
        microphone = attachment.capabilities.microphone
        if attachment.sink is None or microphone is None or microphone.aec == "none":
            # Where hub and wearer take turns a sound would make the ear deaf to what follows the word.
            attachment.outlet.send(events.Earcon(SOUND))
        else:
            chime(attachment, self._speaking, self._wiring.synthesizer, self._room.language, SOUND)
        self._room.state_changed()
