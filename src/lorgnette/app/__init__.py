"""The hub: the one place that wires everything together."""

from lorgnette.app.hub import Hub
from lorgnette.app.settings import HubSettings

__all__ = ["Hub", "HubSettings"]
