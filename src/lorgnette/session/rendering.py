"""Scenes on their way to one display: as data, as text pages, or as a picture."""

from lorgnette.core import events
from lorgnette.core.forms import Capabilities
from lorgnette.core.scenes import Scene


def rendered(id: str, scene: Scene, capabilities: Capabilities, now: float) -> events.Show:
    """The `show` event for one device."""
    del capabilities, now
    return events.Show(id, scene)
