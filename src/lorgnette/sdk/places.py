"""Places that the wearer named, and where they are, as a skill sees it."""

from typing import Protocol

import msgspec


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A circle with a name. `name`: "home" and "work" are the same in every language; `radius`: metres."""

    id: str
    name: str
    latitude: float
    longitude: float
    radius: float = 100.0
    inside: bool | None = None
    """Whether the wearer is there; None: nobody knows."""


class Whereabouts(msgspec.Struct, frozen=True, kw_only=True):
    """Where the wearer was last: WGS-84 degrees, metres of accuracy, and when (epoch seconds)."""

    latitude: float
    longitude: float
    accuracy: float = 0.0
    at: float = 0.0


class Places(Protocol):
    """Bound to one wearer."""

    async def here(self) -> Whereabouts:
        """Where they are now; `SkillError` if no device has said so lately."""
        ...

    async def save(self, name: str) -> Place:
        """Call where they are now so; the place that had the name is here from now on."""
        ...

    async def move(self, id: str, latitude: float, longitude: float, radius: float) -> Place:
        """Back to where it was."""
        ...

    async def all(self) -> list[Place]: ...

    async def named(self, name: str) -> Place:
        """The one that is called so, or nearly; `NotFound` names the others in `places`."""
        ...

    async def remove(self, id: str) -> Place:
        """It can come back by `restore`."""
        ...

    async def restore(self, id: str) -> Place: ...
