"""What is shown: scenes by id on every device with a display, captions as somebody speaks."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Final

from lorgnette.core import events
from lorgnette.core.forms import Capabilities
from lorgnette.core.scenes import Caption, Scene
from lorgnette.session.ports import Outlet

MAX_SCENES: Final = 32

Rendered = Callable[[str, Scene, Capabilities, float], events.Show]
"""Makes the `show` event for one display: (id, scene, capabilities, epoch seconds)."""


class Hud:
    """A wearer's scenes. The newest under an id wins; beyond 32 the oldest leaves."""

    def __init__(self, rendered: Rendered, now: Callable[[], float]) -> None:
        self._rendered = rendered
        self._now = now
        self._scenes: OrderedDict[str, tuple[Scene, float]] = OrderedDict()

    @property
    def scenes(self) -> dict[str, Scene]:
        """What is shown now."""
        self._expire()
        return {id: scene for id, (scene, _) in self._scenes.items()}

    def show(self, id: str, scene: Scene, devices: Iterable[tuple[Capabilities, Outlet]]) -> None:
        """Show or replace."""
        self._expire()
        now = self._now()
        self._scenes[id] = (scene, now + scene.ttl if scene.ttl else 0.0)
        self._scenes.move_to_end(id)
        targets = [device for device in devices if shows(device[0])]
        while len(self._scenes) > MAX_SCENES:
            old, _ = self._scenes.popitem(last=False)
            for _, outlet in targets:
                outlet.send(events.Hide(old))
        for capabilities, outlet in targets:
            outlet.send(self._rendered(id, scene, capabilities, now))

    def hide(self, id: str, devices: Iterable[tuple[Capabilities, Outlet]]) -> None:
        """Take away; unknown ids are fine."""
        if self._scenes.pop(id, None) is not None:
            for capabilities, outlet in devices:
                if shows(capabilities):
                    outlet.send(events.Hide(id))

    def caption(self, caption: Caption, devices: Iterable[tuple[Capabilities, Outlet]]) -> None:
        """Words as they are spoken; displays that draw scenes themselves make it of the events."""
        now = self._now()
        for capabilities, outlet in devices:
            if capabilities.display is not None and capabilities.display.kind != "json":
                outlet.send(self._rendered("caption", caption, capabilities, now))

    def replay(self, capabilities: Capabilities, outlet: Outlet) -> None:
        """Everything that is current, to a device that just came."""
        self._expire()
        if shows(capabilities):
            now = self._now()
            for id, (scene, _) in self._scenes.items():
                outlet.send(self._rendered(id, scene, capabilities, now))

    def _expire(self) -> None:
        now = self._now()
        for id in [id for id, (_, until) in self._scenes.items() if until and until <= now]:
            del self._scenes[id]


def shows(capabilities: Capabilities) -> bool:
    """Whether a device shows scenes at all."""
    return capabilities.display is not None or capabilities.companion
