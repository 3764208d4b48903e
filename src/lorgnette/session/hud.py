"""What is shown: scenes by id on every device with a display, captions as somebody speaks."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, Final

from lorgnette.core import events
from lorgnette.core.forms import Capabilities
from lorgnette.core.scenes import Caption, Scene
from lorgnette.session.ports import Outlet

MAX_SCENES: Final = 32

log = logging.getLogger(__name__)

_identity = id  # below, `id` names a scene
type Device = tuple[Capabilities, Outlet]
Rendered = Callable[[str, Scene, Capabilities, float, str], events.Show]
"""Makes the `show` event for one display: (id, scene, capabilities, epoch seconds, language)."""


class Hud:
    """A wearer's scenes. The newest under an id wins; beyond 32 the oldest leaves.

    `spawn` owns the task in which pictures are drawn, away from the event loop.
    """

    def __init__(
        self,
        rendered: Rendered,
        now: Callable[[], float],
        language: Callable[[], str],
        spawn: Callable[[Coroutine[Any, Any, None]], object],
    ) -> None:
        self._rendered = rendered
        self._now = now
        self._language = language
        self._spawn = spawn
        self._scenes: OrderedDict[str, tuple[Scene, float]] = OrderedDict()
        self._wanted: dict[tuple[int, str], tuple[Scene, Device]] = {}
        """What raster displays are to get, by display and id: a picture that was overtaken isn't sent."""
        self._drawing = False

    @property
    def scenes(self) -> dict[str, Scene]:
        """What is shown now."""
        self._expire()
        return {id: scene for id, (scene, _) in self._scenes.items()}

    def show(self, id: str, scene: Scene, devices: Iterable[Device]) -> None:
        """Show or replace."""
        self._expire()
        now = self._now()
        self._scenes[id] = (scene, now + scene.ttl if scene.ttl else 0.0)
        self._scenes.move_to_end(id)
        targets = [device for device in devices if shows(device[0])]
        while len(self._scenes) > MAX_SCENES:
            old, _ = self._scenes.popitem(last=False)
            self._take_away(old, targets)
        for device in targets:
            self._send(id, scene, device)

    def hide(self, id: str, devices: Iterable[Device]) -> None:
        """Take away; unknown ids are fine."""
        if self._scenes.pop(id, None) is not None:
            self._take_away(id, [device for device in devices if shows(device[0])])

    def caption(self, caption: Caption, devices: Iterable[Device]) -> None:
        """Words as they are spoken; displays that draw scenes themselves make it of the events."""
        for device in devices:
            display = device[0].display
            if display is not None and display.kind != "json":
                self._send("caption", caption, device)

    def no_caption(self, devices: Iterable[Device]) -> None:
        """The words that were shown are taken back."""
        drawn = [each for each in devices if (display := each[0].display) and display.kind != "json"]
        self._take_away("caption", drawn)

    def replay(self, device: Device) -> None:
        """Everything that is current, to a device that just came."""
        self._expire()
        if shows(device[0]):
            for id, (scene, _) in self._scenes.items():
                self._send(id, scene, device)

    def clear(self, device: Device) -> None:
        """Nothing of this is shown there any more, nor will what is being drawn for it."""
        capabilities, outlet = device
        for key in [key for key in self._wanted if key[0] == _identity(outlet)]:
            del self._wanted[key]
        if shows(capabilities):
            for id in (*self._scenes, "caption"):
                outlet.send(events.Hide(id))

    def _send(self, id: str, scene: Scene, device: Device) -> None:
        capabilities, outlet = device
        if capabilities.display is None or capabilities.display.kind != "png":
            outlet.send(self._rendered(id, scene, capabilities, self._now(), self._language()))
            return
        self._wanted[_identity(outlet), id] = (scene, device)
        if not self._drawing:
            self._drawing = True
            self._spawn(self._draw())

    async def _draw(self) -> None:
        """Draw in a thread, one picture after another, until each display has what is wanted last."""
        wanted = self._wanted
        try:
            while wanted:
                key, (scene, (capabilities, outlet)) = next(iter(wanted.items()))
                try:
                    event = await asyncio.to_thread(
                        self._rendered, key[1], scene, capabilities, self._now(), self._language()
                    )
                except Exception:
                    log.exception("a picture of %s could not be drawn", type(scene).__name__)
                    wanted.pop(key, None)
                    continue
                if key in wanted and wanted[key][0] is scene:
                    del wanted[key]
                    outlet.send(event)
        finally:
            self._drawing = False

    def _take_away(self, id: str, devices: Iterable[Device]) -> None:
        for _, outlet in devices:
            self._wanted.pop((_identity(outlet), id), None)
            outlet.send(events.Hide(id))

    def _expire(self) -> None:
        now = self._now()
        for id in [id for id, (_, until) in self._scenes.items() if until and until <= now]:
            del self._scenes[id]


def shows(capabilities: Capabilities) -> bool:
    """Whether a device shows scenes at all."""
    return capabilities.display is not None or capabilities.companion
