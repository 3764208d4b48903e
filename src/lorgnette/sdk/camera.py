"""Camera and gallery as a skill sees them."""

from typing import Literal, Protocol

import msgspec


class Shot(msgspec.Struct, frozen=True, kw_only=True):
    """A picture or film that was kept.

    `taken`: UTC epoch seconds; width and height as it is looked at, 0 if not known (films).

    `place`: latitude and longitude, only where the wearer wants places kept. `thumb`: there is a thumbnail.
    """

    id: str
    kind: Literal["photo", "film"]
    mime: str
    bytes: int
    width: int = 0
    height: int = 0
    seconds: float = 0.0
    taken: float = 0.0
    device: str = ""
    place: tuple[float, float] | None = None
    thumb: bool = False


class Camera(Protocol):
    """The wearer's cameras, whichever device has one. What goes wrong is a `LorgnetteError` with a sentence.

    While a camera is on, every device of the wearer shows it by light, mark and sound.
    """

    @property
    def filming(self) -> bool: ...

    async def photo(self) -> Shot:
        """Take a picture and keep it."""
        ...

    async def look(self) -> bytes:
        """Take a picture that isn't kept: JPEG, PNG or WebP as the device gives it."""
        ...

    async def film(self) -> None:
        """Begin a film; it runs on return."""
        ...

    async def stop(self) -> Shot:
        """End the film and keep it; `SkillError` if none runs."""
        ...


class Gallery(Protocol):
    """Bound to one wearer: what was kept, newest first."""

    async def recent(self, limit: int = 10) -> list[Shot]: ...

    async def get(self, id: str) -> Shot: ...

    async def thumbnail(self, id: str) -> bytes | None:
        """A small JPEG, upright."""
        ...

    async def delete(self, id: str) -> Shot:
        """It can come back by `restore` for a while."""
        ...

    async def restore(self, id: str) -> Shot: ...
