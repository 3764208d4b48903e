"""Scenes on their way to one display: as data, as text pages, or as a picture."""

import base64

from lorgnette.core import events
from lorgnette.core.forms import Capabilities
from lorgnette.core.scenes import Scene
from lorgnette.render import Png, TextPages, render


def rendered(id: str, scene: Scene, capabilities: Capabilities, now: float, language: str) -> events.Show:
    """The `show` event for one device; a display that draws by itself gets the scene alone."""
    display = capabilities.display
    if display is None or display.kind == "json":
        return events.Show(id, scene)
    match render(scene, display, now=now, language=language):
        case TextPages(pages=pages):
            return events.Show(id, scene, pages=pages)
        case Png(data=data):
            return events.Show(id, scene, image="data:image/png;base64," + base64.b64encode(data).decode())
        case _:
            return events.Show(id, scene)
