"""What the wearer does by hand: the touch strip's gestures and a device's settings."""

from collections.abc import Coroutine
from typing import Any, Final, Protocol

from lorgnette.core.people import Wearer
from lorgnette.sdk.language import languages, primary
from lorgnette.session.attachment import Attachment
from lorgnette.session.camera import SessionCamera
from lorgnette.session.control import SessionControl
from lorgnette.session.questions import ANSWER_SECONDS

VOLUME_STEP: Final = 0.1


class Room(Protocol):
    """The session around it."""

    wearer: Wearer
    control: SessionControl

    def silence(self) -> bool: ...

    def never_mind(self) -> None: ...

    def say_again(self) -> None: ...

    def listen(self, attachment: Attachment, seconds: float) -> None: ...

    def consent(self, device: str) -> None: ...

    @property
    def camera(self) -> SessionCamera: ...

    async def update(self, **changes: Any) -> None: ...

    def spawn(self, work: Coroutine[Any, Any, None]) -> object: ...


class Wishes:
    """Carries them out."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def touched(self, attachment: Attachment, gesture: str) -> None:
        """A tap silences or listens, twice says again, a long press consents to what was asked.

        Swipes: forward takes a picture or ends a film, back drops the matter, up and down volume.
        """
        if gesture == "tap":
            if not self._room.silence():
                self._room.listen(attachment, ANSWER_SECONDS)
        elif gesture == "double_tap":
            self._room.say_again()
        elif gesture == "long_press":
            self._room.consent(attachment.device.id)
        elif gesture == "swipe_forward":
            self._room.camera.shutter("photo")
        elif gesture == "swipe_back":
            self._room.never_mind()
        elif gesture in ("swipe_up", "swipe_down"):
            self._room.spawn(self._louder(VOLUME_STEP if gesture == "swipe_up" else -VOLUME_STEP))

    def set(self, name: str, value: str | float) -> None:
        """A setting was changed on a device; what makes no sense is ignored."""
        self._room.spawn(self._set(name, value))

    async def _louder(self, step: float) -> None:
        await self._room.control.set_volume(self._room.wearer.volume + step)

    async def _set(self, name: str, value: str | float) -> None:
        if name == "volume" and isinstance(value, int | float):
            await self._room.control.set_volume(float(value))
        elif name == "rate" and isinstance(value, int | float):
            await self._room.control.set_rate(float(value))
        elif name == "language" and isinstance(value, str) and primary(value) in languages():
            await self._room.update(language=value)
